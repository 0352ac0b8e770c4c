"""Each check is proved from both sides: right answers pass, wrong ones are named."""

import importlib
import importlib.util

import pytest

import interview.checks.machinery
from interview.checks.machinery import CheckFailed, fail, run
from interview.practice import numbers
from tests.support import ROOT


def cases(folder: str) -> list:
    found = sorted((ROOT / "tests" / folder).glob("q*/*.py"))
    return [pytest.param(p, id=f"{p.parent.name}-{p.stem}") for p in found]


def load(path):
    """The question's check, the module in `path`, and the answers found in it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    question = importlib.import_module(f"interview.checks.{path.parent.name}")
    answers = {n: getattr(module, n) for n in question.NAMES if hasattr(module, n)}
    return question, module, answers


@pytest.mark.parametrize("answer", cases("right_answers"))
def test_right_answer_passes(answer, capsys):
    question, _, answers = load(answer)
    assert set(question.ASKED) <= set(answers)
    question.check(**answers)
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("✓ ") for line in lines)


@pytest.mark.parametrize("answer", cases("wrong_answers"))
def test_wrong_answer_is_named(answer, capsys):
    question, module, answers = load(answer)
    assert answers
    with pytest.raises(CheckFailed) as caught:
        question.check(**answers)
    message = str(caught.value)
    assert module.FAULT.casefold() in message.casefold()
    assert message.startswith("✗ ")
    assert "not written yet" in message or all(
        part in message for part in ("\nexpected: ", "\ngot: ", "\nhint: ")
    )


@pytest.mark.parametrize("number", numbers())
def test_there_is_enough_of_both_sides(number):
    question = importlib.import_module(f"interview.checks.q{number:02d}")
    right = list((ROOT / "tests/right_answers").glob(f"q{number:02d}/*.py"))
    wrong = list((ROOT / "tests/wrong_answers").glob(f"q{number:02d}/*.py"))
    assert len(right) >= 2
    assert len(wrong) >= 6
    for name in question.NAMES:
        assert any(name in load(path)[2] for path in wrong), name
        assert any(name in load(path)[2] for path in right), name


@pytest.mark.parametrize("number", numbers())
def test_check_wants_known_names(number):
    question = importlib.import_module(f"interview.checks.q{number:02d}")
    with pytest.raises(TypeError, match=question.NAMES[0]):
        question.check(bild_model=None)
    with pytest.raises(TypeError, match="got nothing"):
        question.check()


def is_even(answer):
    """says that two is even"""
    if answer(2) is not True:
        fail(expected="True", got=repr(answer(2)), hint="what is left over?")


def test_ticks_are_printed_until_the_first_failure(capsys):
    run({"even": [is_even]}, {"even": lambda n: n % 2 == 0})
    assert capsys.readouterr().out == "✓ even: says that two is even\n"
    with pytest.raises(CheckFailed) as caught:
        run({"even": [is_even]}, {"even": lambda n: n % 2 == 1})
    assert str(caught.value) == (
        "✗ even: says that two is even\n"
        "expected: True\ngot:      False\nhint:     what is left over?"
    )


def test_jupyter_shows_the_message_alone():
    assert CheckFailed("✗ wrong")._render_traceback_() == ["✗ wrong"]


def test_an_error_in_the_answer_is_one_message(capsys):
    def divides(n):
        return n / 0

    with pytest.raises(CheckFailed) as caught:
        run({"even": [is_even]}, {"even": divides}, [("division", "who divides?")])
    assert "ZeroDivisionError: division by zero" in str(caught.value)
    assert "return n / 0" in str(caught.value)
    assert "who divides?" in str(caught.value)
    assert caught.value.__suppress_context__
    interview.checks.machinery.why()
    assert "Traceback" in capsys.readouterr().err


def test_an_error_within_a_layer_is_told_without_its_frame():
    def fails(n):
        raise ValueError(
            "Exception encountered when calling Dense.call().\n\n"
            "\x1b[1mExpected 4 columns\x1b[0m\n\nArguments received: none"
        )

    with pytest.raises(CheckFailed, match="got:      ValueError: Expected 4 columns"):
        run({"even": [is_even]}, {"even": fails})


def test_an_error_of_tensorflow_is_told_without_its_notes():
    def fails(n):
        raise ValueError(
            "{{function_node __wrapped__AddV2_device_/job:localhost/device:CPU:0}} "
            "Incompatible shapes: [3,9,1] vs. [5,1] [Op:AddV2] name: "
        )

    with pytest.raises(CheckFailed, match=r"vs\. \[5,1\], from this line of yours"):
        run({"even": [is_even]}, {"even": fails})


def test_an_answer_that_leaves_is_a_failure():
    def leaves(n):
        raise SystemExit(0)

    with pytest.raises(CheckFailed, match="SystemExit"):
        run({"even": [is_even]}, {"even": leaves})


def test_a_stub_is_not_written_yet():
    def stub(n):
        raise NotImplementedError

    with pytest.raises(CheckFailed, match=r"^✗ even: not written yet$"):
        run({"even": [is_even]}, {"even": stub})
