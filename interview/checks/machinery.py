"""The ✓/✗ machinery behind `interview.checks`: steps, messages, no tracebacks.

A check is a list of steps for one asked name. Each step is a function that takes the
learner's answer, and whose docstring is the sentence behind the ✓. A step that isn't
satisfied calls `fail`; whatever else it raises came out of the learner's code.
"""

import re
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

Step = Callable[[Any], None]

# Where a ✓ line goes, and who else hears of a name whose steps have all passed: in a
# practice copy the clock, which records it.
tell: Callable[[str], None] = print
observers: list[Callable[[str], None]] = []

_HELPERS = Path(__file__).parent
_STYLED = re.compile(r"\x1b\[[0-9;]*m")
# TensorFlow's own notes on where in its machinery an error was met.
_NOTES = re.compile(r"\{\{function_node [^}]*\}\} *| *\[Op:\w+\]( name: *)?")
_last_error: BaseException | None = None


class CheckFailed(AssertionError):
    """An answer isn't right yet; the message says what was expected and what came.

    Jupyter shows the message alone; papermill, nbval and nbgrader see a failed cell.
    """

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def fail(*, expected: str, got: str, hint: str) -> NoReturn:
    """End a step: say what was expected, what came, and which way to look."""
    raise CheckFailed(f"expected: {expected}\ngot:      {got}\nhint:     {hint}")


def run(
    checks: Mapping[str, Sequence[Step]],
    answers: Mapping[str, Any],
    hints: Sequence[tuple[str, str]] = (),
) -> None:
    """Check the answers given, one ✓ line a step, and stop at the first ✗.

    Args:
        checks: for each name that can be checked its steps, in order.
        answers: the learner's objects by name.
        hints: pairs of a text and a hint; where the learner's code raises an error
            whose message holds the text, the hint is added.

    Raises:
        CheckFailed: at the first step that isn't satisfied.
        TypeError: no answer, or a name that this question doesn't ask for.
    """
    unknown = [name for name in answers if name not in checks]
    if unknown or not answers:
        raise TypeError(
            f"check() takes {', '.join(checks)}; got {', '.join(unknown) or 'nothing'}."
        )
    for name, answer in answers.items():
        for step in checks[name]:
            _run_step(name, step, answer, hints)
        for observer in observers:
            observer(name)


def last_traceback() -> str:
    """The traceback of the error that the last failed check met; empty if none."""
    if _last_error is None:
        return ""
    return "".join(traceback.format_exception(_last_error))


def why() -> None:
    """Print the traceback of the error that the last failed check met."""
    if _last_error is None:
        print("The last check met no error of its own in your code.")
    else:
        print(last_traceback(), file=sys.stderr)


def _run_step(
    name: str, step: Step, answer: Any, hints: Sequence[tuple[str, str]]
) -> None:
    global _last_error
    _last_error = None
    title = step.__doc__.strip().splitlines()[0]
    try:
        step(answer)
    except CheckFailed as failure:
        raise CheckFailed(f"✗ {name}: {title}\n{failure}") from None
    except (Exception, SystemExit) as error:
        # SystemExit too: an answer that leaves mustn't look like one that passes.
        _last_error = error
        message = _describe(name, title, error, hints)
        # The error is kept for why(), not chained: a chain would be shown.
        raise CheckFailed(message) from None
    tell(f"✓ {name}: {title}")


def _describe(
    name: str, title: str, error: BaseException, hints: Sequence[tuple[str, str]]
) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, NotImplementedError) and not _in_library(frames[-1].filename):
        return f"✗ {name}: not written yet"
    place = next(
        (
            f", from this line of yours: {frame.line}"
            for frame in reversed(frames)
            if frame.line and not _in_library(frame.filename)
        ),
        "",
    )
    text = str(error).strip()
    plain = _NOTES.sub("", _STYLED.sub("", text))
    lines = [line for line in plain.splitlines() if line.strip()]
    if len(lines) > 1 and lines[0].startswith("Exception encountered when calling"):
        del lines[0]  # Keras's frame around the error that matters
    first = lines[0] if lines else "no message"
    if len(first) > 300:
        first = first[:300] + "…"
    hint = next((hint for part, hint in hints if part in text), None)
    return (
        f"✗ {name}: {title}\n"
        f"expected: no error\n"
        f"got:      {type(error).__name__}: {first}{place}\n"
        f"hint:     {hint or 'the line above is where to look.'}"
        f" `interview.checks.why()` shows the whole traceback."
    )


def _in_library(filename: str) -> bool:
    """Whether a frame is the framework's or the checks', not the learner's."""
    path = Path(filename)
    return (
        "site-packages" in path.parts
        or _HELPERS in path.parents
        or filename.startswith("<frozen")
    )
