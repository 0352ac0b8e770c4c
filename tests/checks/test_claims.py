"""What a claim prints, and how an error in an answer is reported."""

import json
import linecache
import random
import subprocess
import sys

import pytest

from interview.checks import claims, errors, why
from interview.checks.claims import CheckFailed, Part, Question, fail
from tests.support import ROOT


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


def message(answer) -> str:
    with pytest.raises(CheckFailed) as caught:
        check(answer)
    return str(caught.value)


def test_the_librarys_line_is_not_the_learners():
    """Python's own `random` raises, two frames below the line that called it."""

    def draws(n):
        return random.choice([])

    assert (
        "IndexError: Cannot choose from an empty sequence, "
        "from this line of yours: return random.choice([])\n"
    ) in message(draws)


def test_a_statement_of_several_rows_is_told_whole():
    def spread(n):
        return {
            "first": n.nothing,
            "second": 2,
        }

    line = 'from this line of yours: return {"first": n.nothing, "second": 2}'
    assert line in message(spread)


def test_an_error_without_a_line_does_not_point_at_one():
    """No line of the learner's stands between the check and the error."""
    space = {}
    place = f"{ROOT}/interview/checks/made.py"
    exec(compile("def proof(answer): answer(2)", place, "exec"), space)
    part = Part("even")
    part.claim("is called")(space["proof"])
    with pytest.raises(CheckFailed) as caught:
        Question(99, part).check(even=json.JSONEncoder().default)
    said = str(caught.value)
    assert "TypeError: Object of type int is not JSON serializable\n" in said
    assert "no line of yours raised this" in said
    assert "the line above" not in said


@pytest.mark.parametrize(
    ("file", "theirs"),
    [
        ("answer.py", True),
        ("04_custom_training_loop.ipynb, cell 30", True),
        ("<ipython-input-3-0123456789ab>", True),
        ("/tmp/ipykernel_4711/1234567.py", True),
        ("/home/ann/keras/json.py", True),
        (json.__file__, False),
        (pytest.__file__, False),
        (claims.__file__, False),
        ("/usr/lib/python3/dist-packages/numpy/core.py", False),
        ("<frozen importlib._bootstrap>", False),
        ("<string>", False),
        ("/tmp/__autograph_generated_file0xe1w63_.py", False),
    ],
)
def test_whose_file_it_is(file, theirs):
    assert errors.is_learners(file) is theirs


# As TensorFlow 2.21 and Keras 3.15 print them.
IN_A_FUNCTION = """in user code:

    File "answer.py", line 2, in step  *
        gradients = tape.gradient(
    File "/opt/lib/site-packages/keras/src/utils/traceback_utils.py", line 122, in f  **
        raise e.with_traceback(filtered_tb) from None

    AttributeError: 'Sequential' object has no attribute 'trainable_variable'
"""
IN_A_LAYER_IN_A_FUNCTION = """in user code:

    File "answer.py", line 2, in step  *
        gradients = tape.gradient(

    AttributeError: Exception encountered when calling L.call().

    \x1b[1m'L' object has no attribute 'kernal'\x1b[0m

    Arguments received by L.call():
      • x=tf.Tensor(shape=(2, 3), dtype=float32)
"""
IN_A_FUNCTION_IN_A_LAYER = """Exception encountered when calling L.call().

\x1b[1mCould not automatically infer the output shape / dtype of 'l_1' (of type L). \
Either the `L.call()` method is incorrect. Error encountered:

in user code:

    File "answer.py", line 2, in inner  *
        gradients = tape.gradient(

    NameError: name 'nowhere' is not defined
\x1b[0m

Arguments received by L.call():
  • args=('<KerasTensor shape=(None, 3), dtype=float32>',)"""
WHILE_A_GRAPH_RAN = """Graph execution error:

Detected at node GatherV2 defined at (most recent call last):
  File "/opt/lib/site-packages/pytest/__main__.py", line 1, in <module>

  File "answer.py", line 2, in gather

indices[0] = 10 is not in [0, 2)
\t [[{{node GatherV2}}]] [Op:__inference_gather_63]"""
WHILE_ANOTHER_GRAPH_RAN = f"""Graph execution error:

Detected at node Sub defined at (most recent call last):
  File "answer.py", line 2, in <module>

  File "{ROOT}/interview/checks/q09/pooling.py", line 1, in trains_behind_a_mask

  File "/opt/lib/site-packages/keras/src/losses/losses.py", line 33, in call

Incompatible shapes: [8] vs. [8,7]
\t [[{{{{node Sub}}}}]] [Op:__inference_step_63]"""
RENAMED = """in user code:

    File "answer.py", line 2, in step  *
        gradients = tape.gradient(

    TypeError: outer_factory.<locals>.inner_factory.<locals>.tf__mean() missing 1 \
required positional argument: 'x'
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            IN_A_FUNCTION,
            "AttributeError: 'Sequential' object has no attribute 'trainable_variable'",
        ),
        (
            IN_A_LAYER_IN_A_FUNCTION,
            "AttributeError: 'L' object has no attribute 'kernal'",
        ),
        (IN_A_FUNCTION_IN_A_LAYER, "NameError: name 'nowhere' is not defined"),
        (WHILE_A_GRAPH_RAN, "StagingError: indices[0] = 10 is not in [0, 2)"),
        (RENAMED, "TypeError: mean() missing 1 required positional argument: 'x'"),
    ],
)
def test_an_error_in_a_traced_function_is_told_by_its_own_line(monkeypatch, text, told):
    source = ["\n", "gradients = tape.gradient(\n", "    loss, model.weights)\n"]
    entry = len("".join(source)), None, source, "answer.py"
    monkeypatch.setitem(linecache.cache, "answer.py", entry)

    class StagingError(Exception):
        """The name that AutoGraph gives an error which it can't construct again."""

    def fails(n):
        raise StagingError(text)

    line = "from this line of yours: gradients = tape.gradient(loss, model.weights)"
    assert f"got:      {told}, {line}\n" in message(fails)


def test_the_cell_that_calls_a_check_is_no_line_of_the_answer():
    class InvalidArgumentError(Exception):
        """As TensorFlow calls it."""

    error = InvalidArgumentError(WHILE_ANOTHER_GRAPH_RAN)
    met = errors.met(error)
    assert met.text.startswith("Incompatible shapes: [8] vs. [8,7]")
    assert met.line == ""


def test_the_machinery_imports_no_tensorflow():
    code = "import sys, interview.checks.claims; print('tensorflow' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "False\n"


def test_two_claims_of_a_part_have_two_ids():
    part = Part("even")
    for says in ("is one claim", "is another"):
        part.claim(says)(is_even)
    with pytest.raises(ValueError, match=r"the same id.*is_even"):
        Question(99, part)
