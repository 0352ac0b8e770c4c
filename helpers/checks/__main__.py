"""Check one file: `python -m helpers.checks 4 answer.py`, in a process of its own.

`interview check` starts this, so that a file that never ends can be ended.
Exit code RIGHT, or WRONG: not right, or the file can't be run; one message says why.
"""

import ast
import importlib
import linecache
import sys
import traceback
from pathlib import Path
from types import ModuleType

import nbformat

from helpers.check import CheckFailed, why
from helpers.checks import RIGHT, WRONG

SECTIONS = ("## The answer", "## Bug hunt")


class CannotRun(Exception):
    """The file can't be run as Python; the message says where and why."""


def main(number: int, path: Path, with_traceback: bool = False) -> int:
    """Run the file, check what it defines, print ✓ lines or one message."""
    try:
        answers = load(path)
    except CannotRun as error:
        print(f"✗ {error}")
        if with_traceback and error.__cause__:
            traceback.print_exception(error.__cause__)
        return WRONG
    check = importlib.import_module(f"helpers.checks.q{number:02d}")
    missing = [name for name in check.ASKED if not hasattr(answers, name)]
    if missing:
        print(
            f"✗ {path.name} doesn't define {', '.join(missing)}. Question {number} "
            f"asks for {', '.join(check.ASKED)}."
        )
        return WRONG
    given = {n: getattr(answers, n) for n in check.NAMES if hasattr(answers, n)}
    try:
        for name, answer in given.items():
            check.check(**{name: answer})
    except CheckFailed as failure:
        unwritten_extra = name not in check.ASKED and "not written yet" in str(failure)
        print(failure)
        if with_traceback:
            why()
        return RIGHT if unwritten_extra else WRONG
    return RIGHT


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
            imports.append((name, _imports(cell.source)))
    return [piece for piece in imports + answers if piece[1].strip()]


def _imports(source: str) -> str:
    """The import statements of a cell, and nothing else of it."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, or a cell the learner is in the middle of
        return ""
    kept = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join(ast.unparse(node) for node in kept)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]), "--traceback" in sys.argv[3:]))
