"""Check one file: `python -m interview.child 4 answer.py`, in a process of its own.

`interview.judge` starts this, so that a file that never ends can be ended, and reads
one JSON object a line from its standard output. What the learner's file prints goes to
standard error, whichever of the two it prints to.
"""

import importlib
import json
import linecache
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import nbformat

from interview import questions
from interview.checks import machinery

SECTIONS = ("## The answer", "## Bug hunt")
LARGEST_FILE = 10**9

Report = Callable[..., None]


class CannotRun(Exception):
    """The file can't be run as Python; the message says where and why."""


def main(number: int, path: Path, with_traceback: bool = False) -> None:
    """Run the file and check what it defines, one name after the other."""
    report = _take_standard_output()
    _limit_files()
    check_file(number, path, report, with_traceback)
    report("done")


def check_file(
    number: int, path: Path, report: Report, with_traceback: bool = False
) -> None:
    """Check all that a file defines of what a question checks, and report on each.

    Args:
        number: the question.
        path: of the learner's file.
        report: called with an event and its details: "tick", "passed", "failed",
            "unwritten" and "missing", of a `name` and with a `text`; or "cannot_run".
        with_traceback: report the traceback of an error too, as "text".
    """
    try:
        answers = load(path)
    except CannotRun as error:
        report("cannot_run", text=str(error))
        if with_traceback and error.__cause__:
            report("text", text="".join(traceback.format_exception(error.__cause__)))
        return
    module = importlib.import_module(f"interview.checks.q{number:02d}")
    question: machinery.Question = module.question
    machinery.tell = lambda line: report("tick", text=line)
    defined = {n: getattr(answers, n) for n in question.names if hasattr(answers, n)}
    for name in question.asked:
        if name not in defined:
            text = f"✗ {path.name} doesn't define {name}. Question {number} asks for "
            report("missing", name=name, text=f"{text}{', '.join(question.asked)}.")
    for name, failure in question.outcomes(defined):
        if failure is None:
            report("passed", name=name)
            continue
        unwritten = str(failure).endswith(": not written yet")
        text = str(failure).replace("`interview.checks.why()`", "`--traceback`")
        report("unwritten" if unwritten else "failed", name=name, text=text)
        if with_traceback and (text := machinery.last_traceback()):
            report("text", text=text)


def _take_standard_output() -> Report:
    """Keep standard output for reports; all other output goes to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    own = os.getpid()

    def report(event: str, **details: str) -> None:
        if os.getpid() != own:  # a fork in the learner's file runs on to here
            os._exit(0)
        sys.stderr.flush()
        channel.write(json.dumps({"event": event, **details}) + "\n")
        channel.flush()

    return report


def _limit_files() -> None:
    """No file beyond a gigabyte, where the system can be asked for that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def load(path: Path) -> ModuleType:
    """Execute a learner's .py, or the answers in a notebook, as a module.

    Raises:
        CannotRun: a syntax error, or any error while the file runs.
    """
    pieces = []
    for name, source in _sources(path):
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)
        try:
            pieces.append((name, compile(source, name, "exec")))
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            text = getattr(error, "msg", error)
            raise CannotRun(f"{name}, line {line}: {text}.") from error
    # Only now: a file with a syntax error needn't wait for TensorFlow. And before the
    # learner's own imports, which would let its start-up notes through.
    importlib.import_module("helpers.quiet")
    module = ModuleType("answer")
    sys.path.insert(0, str(path.parent.resolve()))
    for name, piece in pieces:
        try:
            exec(piece, module.__dict__)
        except BaseException as error:
            lines = [
                frame.lineno
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename == name
            ]
            place = f", line {lines[-1]}" if lines else ""
            text = (str(error).strip().splitlines() or [""])[0]
            if isinstance(error, ModuleNotFoundError):
                text += ". A file is checked alone: what it imports must be installed"
            raise CannotRun(
                f"{name}{place}: {type(error).__name__}{': ' * bool(text)}{text}"
            ) from error
    return module


def _sources(path: Path) -> list[tuple[str, str]]:
    """Pieces of Python and what to call them in a message."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRun(f"{path.name} can't be read: {error}") from error
    if path.suffix != ".ipynb":
        return [(path.name, text)]
    try:
        notebook = nbformat.reads(text, as_version=4)
    except Exception as error:
        raise CannotRun(f"{path.name} isn't a notebook: {error}") from error
    imports, answers, section = [], [], ""
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0].strip()
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("tags", [])
        name = f"{path.name}, cell {number}"
        if section in SECTIONS and not {"check", "bughunt"} & set(tags):
            answers.append((name, cell.source))
        elif "parameters" in tags:
            imports.append((name, cell.source))
        else:
            imports.append((name, "\n".join(questions.imports(cell.source))))
    return [piece for piece in imports + answers if piece[1].strip()]


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), "--traceback" in sys.argv[3:])
