"""An error in a learner's code: its kind, its message, and the learner's own line.

Keras and TensorFlow wrap an error in text of their own, and a `tf.function` runs code
that AutoGraph has rewritten. This module finds the learner's part in all of that text.
"""

import ast
import linecache
import re
import sys
import sysconfig
import traceback
from pathlib import Path
from typing import NamedTuple

LONGEST_STATEMENT = 120

_ROOT = Path(__file__).parent.parent.parent
_PYTHONS_OWN = ("stdlib", "platstdlib", "purelib", "platlib")
_NOT_THEIRS = {_ROOT / "interview", _ROOT / "helpers"} | {
    Path(sysconfig.get_paths()[kind]) for kind in _PYTHONS_OWN
}
_STYLED = re.compile(r"\x1b\[[0-9;]*m")
# TensorFlow's notes on where in its own code an error occurred.
_NOTES = re.compile(
    r"\{\{function_node [^}]*\}\} *| *\[Op:\w+\]( name: *)?| for '\{\{node [^']*'"
)
# The lines that Keras and TensorFlow put around an error; the first two begin a
# traceback.
_TRACES = ("in user code:", "Graph execution error:")
_WRAPPER = re.compile(
    r"in user code:|\AGraph execution error:"
    r"|\A\s*Exception encountered when calling .*"
    r"|\A\s*Could not automatically infer the output shape.*Error encountered:"
    r"|\A[\s\S]* could not be deserialized properly\.[\s\S]*Exception encountered: "
)
# The spaces that remain where a statement of several lines was joined into one.
_SPACES = re.compile(r"(?<=[(\[{]) |,? (?=[)\]}])")
_FILE = re.compile(r'\s*File "(.+)", line (\d+), in ')
_KIND = re.compile(r"([A-Za-z_][\w.]*): ?")
# An attribute that TensorFlow's copy of Keras's namespace lacks.
_MODULE = r"'(?:keras\._tf_keras|tensorflow)\.(?P<module>keras[.\w]*)'"
_NAME = r"'(?P<name>\w+)'"
_NOT_THERE = (
    re.compile(rf"module {_MODULE} has no attribute {_NAME}"),
    re.compile(rf"cannot import name {_NAME} from {_MODULE}"),
)
# AutoGraph's names for its versions of the learner's functions.
_REWRITTEN = re.compile(r"(?:\w+\.<locals>\.)*\btf__(?=\w)|\bag__\.ld\b")


class Met(NamedTuple):
    """An error's kind, its message and the learner's line; empty if there is none."""

    kind: str
    text: str
    line: str


def met(error: BaseException) -> Met:
    """Find the error that matters in the text that Keras and TensorFlow wrap it in.

    If the error was raised inside a `tf.function`, only the message has the learner's
    line and the kind of error raised there.
    """
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.line and is_learners(frame.filename)]
    line = _source(own[-1].filename, own[-1].lineno) if own else ""
    text = _NOTES.sub("", _STYLED.sub("", str(error)))
    while wrapper := _WRAPPER.search(text):
        text = text[wrapper.end() :]
        if wrapper[0] not in _TRACES:
            text = text.split("\nArguments received by ")[0]
            continue
        rows = text.splitlines()
        places = [place for place in enumerate(map(_FILE.match, rows)) if place[1]]
        theirs = []
        for _, place in places:
            # What stands above a line of a check isn't the answer, but the cell that
            # called it.
            theirs = [] if is_ours(place[1]) else theirs
            theirs += [place] * is_learners(place[1])
        if theirs:
            line = _source(theirs[-1][1], int(theirs[-1][2]))
        # The error stands below the last place, after its source and an empty line.
        last = places[-1][0] if places else 0
        blank = next((i for i in range(last, len(rows)) if not rows[i].strip()), last)
        text = "\n".join(row.strip() for row in rows[blank:]).strip()
        if wrapper[0] == _TRACES[0] and (named := _KIND.match(text)):
            kind, text = named[1], text[named.end() :]
    return Met(kind, _REWRITTEN.sub("", text.strip()), line)


def advice(text: str) -> str:
    """Advice on an error that can occur in any question's answer; usually empty.

    Args:
        text: the error's message.
    """
    for message in _NOT_THERE:
        if found := message.search(text):
            path = f"{found['module']}.{found['name']}"
            if _keras_has(path):
                return f"TensorFlow's `keras` lacks `{path}`: `import keras` has it."
    return ""


def _keras_has(path: str) -> bool:
    """Whether Keras has a name such as `keras.saving`."""
    thing = sys.modules.get("keras")
    for name in path.split(".")[1:]:
        thing = getattr(thing, name, None)
    return thing is not None


def _source(filename: str, number: int) -> str:
    """The whole statement on a line if it is short; otherwise that line alone."""
    rows = linecache.getlines(filename)
    line = linecache.getline(filename, number).strip()
    try:
        tree = ast.parse("".join(rows))
    except (SyntaxError, ValueError):
        return line
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt) or hasattr(node, "body"):
            continue
        if node.lineno <= number <= node.end_lineno:
            pieces = [row.strip() for row in rows[node.lineno - 1 : node.end_lineno]]
            whole = _SPACES.sub("", " ".join(pieces))
            # In one line, a comment would hide the code after it.
            short = len(whole) <= LONGEST_STATEMENT and "#" not in whole
            return whole if short else line
    return line


def is_raised_by_learner(error: BaseException) -> bool:
    """Whether a `raise` in the learner's code raised an error.

    The learner's line may be the innermost one although a library raised the error:
    Keras takes TensorFlow's frames out of tracebacks. So the line has to hold a
    `raise`, as long as its source is known.
    """
    frame = traceback.extract_tb(error.__traceback__)[-1]
    if not is_learners(frame.filename) and not _is_generated(frame.filename):
        return False
    return not frame.line or bool(re.search(r"\braise\b", frame.line))


def is_learners(filename: str) -> bool:
    """Whether a frame is the learner's code and not a library's, Python's or ours."""
    if filename.startswith("<"):
        return filename.startswith("<ipython")
    path = Path(filename)
    return not (
        _is_generated(filename)
        or {"site-packages", "dist-packages"} & set(path.parts)
        or _NOT_THEIRS.intersection(path.parents)
    )


def is_ours(filename: str) -> bool:
    """Whether a frame is of a check."""
    return _ROOT / "interview" in Path(filename).parents


def _is_generated(filename: str) -> bool:
    """Whether AutoGraph wrote the file, as it does for each `tf.function`."""
    return Path(filename).name.startswith("__autograph_generated_file")
