"""Loads the objects that a learner's file defines, for a check.

A .py runs whole, but not as the main program. For a notebook, `needed_code` finds the
statements that the answers need, and only these run. Training, figures and scratch
cells, which may hold errors, don't run.
"""

import ast
import importlib
import io
import re
import sys
import tokenize
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from interview import notebook_json, study_notebooks
from interview.checks import errors, registry
from interview.judging import needed_code, stubs
from interview.judging.needed_code import Cell, Statement
from interview.main_guard import GUARD
from interview.notebook_json import Node

_DEFINES = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
_USES_TENSORFLOW = re.compile(r"keras|tensorflow")


class CannotRun(Exception):
    """The file can't be run as Python; the message says where and why."""


@dataclass
class Answers:
    """The names that a learner's file defines or fails to define.

    Attributes:
        defined: the checked names and their objects.
        broken: for each name whose definition can't run, the reason.
        lost: for any other name that the code failed to define, the reason.
        other_question: the question that the file answers, if it isn't the one asked.
        blank: the names that hold stubs, if the file holds nothing but stubs; then no
            code in it has run.
    """

    defined: dict[str, object] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    other_question: int | None = None
    blank: set[str] = field(default_factory=set)


def load(path: Path, number: int) -> Answers:
    """Load the checked names that a .py or a notebook defines.

    Raises:
        CannotRun: the file can't be read; a .py has a syntax error or raises an error.
    """
    if path.suffix == ".ipynb":
        return _load_notebook(path, number)
    source = _text(path.name, _bytes(path))
    needed_code.remember(path.name, source)
    try:
        tree = ast.parse(source)
        code = compile(tree, path.name, "exec")
    except (SyntaxError, ValueError) as error:
        raise CannotRun(f"{_syntax(path.name, error)}.") from error
    if blank := stubs.only(tree.body, registry.of(number).names):
        return Answers(blank=blank)
    module = _module(source)
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        text = _said(error, path.name)
        if all(hasattr(module, name) for name in registry.of(number).asked):
            text += f". The answers stand above it: training belongs under `{GUARD}`"
        raise CannotRun(text) from error
    names = [name for name in registry.of(number).names if hasattr(module, name)]
    answers = Answers({name: getattr(module, name) for name in names})
    answers.other_question = None if names else _question_of(set(vars(module)))
    return answers


def unfinished(name: str, content: bytes, number: int) -> str:
    """A line that says where a file has a syntax error; empty if it has none.

    A file that is being typed often has one when it is saved.

    In a notebook only cells that define checked names count. Nothing runs.

    Args:
        name: the file's name, with its suffix.
        content: what is in it.
        number: the question.
    """
    try:
        if not name.endswith(".ipynb"):
            with warnings.catch_warnings(action="ignore"):
                compile(_text(name, content), name, "exec")
            return ""
        for cell, _ in _cells(name, content, number):
            if "check" in cell.tags or not _defined_in(cell, number):
                continue
            try:
                needed_code.parse(cell.source)
            except (SyntaxError, ValueError) as error:
                return f"{_syntax(cell.name, error)}."
    except CannotRun as error:
        return str(error)
    except (SyntaxError, ValueError) as error:
        return f"{_syntax(name, error)}."
    return ""


def code_in(name: str, content: bytes) -> str:
    """The Python in a file that isn't `unfinished`; for a notebook, all code cells."""
    if not name.endswith(".ipynb"):
        return _text(name, content)
    cells = _parse(content.decode("utf-8-sig")).cells
    return "\n".join(c.source for c in cells if c.cell_type == "code")


def _question_of(names: set[str]) -> int | None:
    """The question that asks for one of these names."""
    return next(
        (n for n in registry.numbers() if names.intersection(registry.of(n).asked)),
        None,
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotRun(f"{path.name} can't be read: {error}") from error


def _text(name: str, content: bytes) -> str:
    """A Python file as text, in the encoding that it says it has."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        return io.TextIOWrapper(io.BytesIO(content), encoding).read()
    except (SyntaxError, UnicodeDecodeError) as error:
        raise CannotRun(f"{name} can't be read: {error}") from error


def _load_notebook(path: Path, number: int) -> Answers:
    answers = Answers()
    statements: list[Statement] = []
    limits: dict[str, int] = {}
    for cell, checks in _cells(path.name, _bytes(path), number):
        limits.update(dict.fromkeys(checks, cell.position))
        if "check" in cell.tags:
            continue
        try:
            statements += needed_code.statements(cell)
        except (SyntaxError, ValueError) as error:
            for name in _defined_in(cell, number):
                answers.broken[name] = f"{_syntax(cell.name, error)}."
    known = registry.of(number)
    running = needed_code.needed(statements, known.names, known.asked, limits)
    blank = stubs.only([s.node for s in running], known.names)
    if blank and not answers.broken:
        return Answers(blank=blank)
    module = _module("\n".join(s.cell.source for s in running))
    flags = needed_code.future(running)
    for statement in running:
        tree = ast.Module([statement.node], type_ignores=[])
        try:
            exec(compile(tree, statement.cell.name, "exec", flags), module.__dict__)
        except BaseException as error:
            why = _said(error, statement.cell.name)
            answers.lost.update(dict.fromkeys(statement.binds, why))
    for name in registry.of(number).names:
        if hasattr(module, name):
            answers.defined[name] = getattr(module, name)
            answers.broken.pop(name, None)
        elif name in answers.lost:
            answers.broken[name] = answers.lost[name]
    if not answers.defined and not answers.broken:
        bound = {name for s in statements if s.is_definition for name in s.binds}
        answers.other_question = _question_of(bound)
    return answers


def _defined_in(cell: Cell, number: int) -> set[str]:
    """The checked names that a cell defines, judged by its text."""
    return set(_DEFINES.findall(cell.source)) & set(registry.of(number).names)


def _cells(file: str, content: bytes, number: int) -> Iterable[tuple[Cell, list[str]]]:
    """The code cells of a notebook, each with the names that it hands to a check."""
    try:
        notebook = _parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file} can't be read: {error}") from error
    except notebook_json.NotANotebook as error:
        raise CannotRun(f"{file} isn't a notebook: {error}") from error
    ours, sources = _our_cells(number)
    section = ""
    for position, node in enumerate(notebook.cells, start=1):
        if node.cell_type == "markdown" and node.source.startswith("## "):
            section = node.source.splitlines()[0].strip()
        if node.cell_type != "code" or not node.source.strip():
            continue
        # Most editors keep a cell's id; for the others the cell's text identifies it.
        same = ours.get(node.get("id")) or sources.get(node.source)
        tags = set(notebook_json.tags(node)) | set(
            notebook_json.tags(same) if same else ()
        )
        name = f"{file}, cell {position}"
        bound = frozenset(_DEFINES.findall(same.source)) if same else None
        is_edited = same is None or same.source != node.source
        cell = Cell(
            name, position, node.source, section, frozenset(tags), bound, is_edited
        )
        yield cell, notebook_json.checked_names(node)


def _parse(text: str) -> Node:
    try:
        return notebook_json.parse(text)
    except notebook_json.NotANotebook:
        # Older formats need nbformat, which is imported here because it takes a second.
        import nbformat

        try:
            return notebook_json.parse(
                nbformat.writes(nbformat.reads(text, as_version=4))
            )
        except Exception as error:
            raise notebook_json.NotANotebook(str(error)) from None


def _our_cells(number: int) -> tuple[dict[str, Node], dict[str, Node]]:
    """The study notebook's code cells by id, and by what is in them."""
    try:
        cells = notebook_json.read(study_notebooks.path_of(number)).cells
    except (study_notebooks.NotebookError, notebook_json.NotANotebook, OSError):
        return {}, {}
    code = [cell for cell in cells if cell.cell_type == "code"]
    return {cell.get("id"): cell for cell in code}, {c.source: c for c in code}


def _module(source: str) -> ModuleType:
    """The module that a learner's code runs in."""
    if _USES_TENSORFLOW.search(source):
        # Imported before the learner's imports, which would show TensorFlow's notes.
        importlib.import_module("helpers.quiet")
    module = ModuleType("answer")
    # Dataclasses and saved layers look for the module that they were defined in.
    sys.modules["answer"] = module
    return module


def _syntax(name: str, error: Exception) -> str:
    line = getattr(error, "lineno", None) or 1
    return f"{name}, line {line}: {getattr(error, 'msg', error)}"


def _said(error: BaseException, name: str) -> str:
    """A line that says where a piece of the file failed, and how."""
    lines, at = [], error.__traceback__
    while at:
        if at.tb_frame.f_code.co_filename == name:
            lines.append(at.tb_lineno)
        at = at.tb_next
    if isinstance(error, SyntaxError) and not lines:
        return f"{_syntax(name, error)}."
    place = f", line {lines[-1]}" if lines else ""
    text = (str(error).strip().splitlines() or [""])[0]
    if advice := errors.advice(str(error)):
        text += f". {advice}"
    elif isinstance(error, ModuleNotFoundError):
        text += ". A file is checked alone: what it imports must be installed"
    return f"{name}{place}: {type(error).__name__}{': ' * bool(text)}{text}"
