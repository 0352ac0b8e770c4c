"""✓ and ✗: what a claim prints, and what becomes of an error in an answer."""

import pytest

from interview.checks import machinery, why
from interview.checks.machinery import CheckFailed, Part, Question, fail


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """A question 99, which asks for one function."""
    monkeypatch.setitem(machinery.ASKED, 99, ("even",))
    monkeypatch.setitem(machinery.NAMES, 99, ("even",))


def check(answer, hints=()):
    part = Part("even")
    part.claim("says that two is even")(is_even)
    Question(99, part, hints=hints).check(even=answer)


def is_even(answer):
    if answer(2) is not True:
        fail(expected="True", got=repr(answer(2)), hint="what is left over?")


def test_ticks_are_printed_until_the_first_failure(capsys):
    check(lambda n: n % 2 == 0)
    assert capsys.readouterr().out == "✓ even: says that two is even\n"
    with pytest.raises(CheckFailed) as caught:
        check(lambda n: n % 2 == 1)
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
        check(divides, [("division", "who divides?")])
    assert "ZeroDivisionError: division by zero" in str(caught.value)
    assert "return n / 0" in str(caught.value)
    assert "who divides?" in str(caught.value)
    assert caught.value.__suppress_context__
    why()
    assert "Traceback" in capsys.readouterr().err


def test_an_error_within_a_layer_is_told_without_its_frame():
    def fails(n):
        raise ValueError(
            "Exception encountered when calling Dense.call().\n\n"
            "\x1b[1mExpected 4 columns\x1b[0m\n\nArguments received: none"
        )

    with pytest.raises(CheckFailed, match="got:      ValueError: Expected 4 columns"):
        check(fails)


def test_an_error_of_tensorflow_is_told_without_its_notes():
    def fails(n):
        raise ValueError(
            "{{function_node __wrapped__AddV2_device_/job:localhost/device:CPU:0}} "
            "Incompatible shapes: [3,9,1] vs. [5,1] [Op:AddV2] name: "
        )

    with pytest.raises(CheckFailed, match=r"vs\. \[5,1\], from this line of yours"):
        check(fails)


def test_an_answer_that_leaves_is_a_failure():
    def leaves(n):
        raise SystemExit(0)

    with pytest.raises(CheckFailed, match="SystemExit"):
        check(leaves)


def test_a_stub_is_not_written_yet():
    def stub(n):
        raise NotImplementedError

    with pytest.raises(CheckFailed, match=r"^✗ even: not written yet$"):
        check(stub)
