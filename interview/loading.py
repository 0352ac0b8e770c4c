"""A learner's file as the objects that it defines, for a check.

A .py runs whole. Of a notebook runs what defines the checked names, and what these use:
imports, parameters, constants, functions. All else in it (training, figures, scratch
cells that can't run) stays out, since an answer doesn't hang on it.
"""

import __future__

import ast
import builtins
import importlib
import io
import linecache
import re
import symtable
import sys
import tokenize
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from interview import practice, reading, stubs
from interview.checks import ASKED, NAMES
from interview.reading import Node

# Below these headings stands what an answer may need from its own notebook; elsewhere
# the notebook trains.
PREPARES = ("## Set-up", "## The data", "## The answer")
# Cell magics whose cell is Python that runs as if they weren't there.
TRANSPARENT = ("%%time", "%%capture", "%%prun")
# Methods that do nothing to an object that a check would need, or take long.
IDLE = {"fit", "evaluate", "predict", "summary", "train_on_batch", "show"}

_DEFINES = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
_USES_TENSORFLOW = re.compile(r"keras|tensorflow")


class CannotRun(Exception):
    """The file can't be run as Python; the message says where and why."""


@dataclass
class Answers:
    """What a learner's file defines.

    Attributes:
        defined: the checked names and what they stand for.
        broken: for a name whose definition is there and can't run, why.
        lost: for any other name, why there is nothing under it.
        other_question: the one that it answers, if it isn't the one it's checked for.
        blank: of the names defined, those that are nothing but the stub.
    """

    defined: dict[str, object] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    other_question: int | None = None
    blank: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Cell:
    """A code cell: what to call it, where it stands, and whose it is."""

    name: str
    position: int
    source: str
    section: str
    tags: frozenset[str]
    # None for a learner's own cell, otherwise the names that ours of that id binds.
    ours: frozenset[str] | None

    @property
    def is_answer(self) -> bool:
        return "answer" in self.tags

    @property
    def prepares(self) -> bool:
        """Whether answers may lean on it: the notebook's data, or the learner's own."""
        return self.ours is None or self.is_answer or self.section in PREPARES


class Statement(NamedTuple):
    """A statement at the top level of a cell: names it gives, uses, and works upon."""

    node: ast.stmt
    cell: Cell
    binds: frozenset[str]
    uses: frozenset[str]
    changes: frozenset[str]

    @property
    def is_definition(self) -> bool:
        return isinstance(
            self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        )

    @property
    def is_stub(self) -> bool:
        return any(
            isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
            for node in ast.walk(self.node)
        )

    @property
    def trains(self) -> bool:
        calls = (n for n in ast.walk(self.node) if isinstance(n, ast.Call))
        return not self.is_definition and any(
            getattr(call.func, "attr", "") == "fit" for call in calls
        )


def load(path: Path, number: int) -> Answers:
    """What a .py or a notebook defines of what a question checks.

    Raises:
        CannotRun: it can't be read; a .py has a syntax error, or raises an error.
    """
    if path.suffix == ".ipynb":
        return _load_notebook(path, number)
    source = _text(path.name, _bytes(path))
    _remember(path.name, source)
    try:
        tree = ast.parse(source)
        code = compile(tree, path.name, "exec")
    except (SyntaxError, ValueError) as error:
        raise CannotRun(f"{_syntax(path.name, error)}.") from error
    module = _module(source)
    try:
        exec(code, module.__dict__)
    except BaseException as error:
        raise CannotRun(_said(error, path.name)) from error
    names = [name for name in NAMES[number] if hasattr(module, name)]
    answers = Answers({name: getattr(module, name) for name in names})
    answers.other_question = None if names else _question_of(set(vars(module)))
    answers.blank = stubs.blank(tree.body, names)
    return answers


def unfinished(name: str, content: bytes, number: int) -> str:
    """Where a file isn't Python, as one that is being typed; empty if it is.

    Of a notebook only cells that define checked names count. Nothing runs.

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
                _tree(cell.source)
            except (SyntaxError, ValueError) as error:
                return f"{_syntax(cell.name, error)}."
    except CannotRun as error:
        return str(error)
    except (SyntaxError, ValueError) as error:
        return f"{_syntax(name, error)}."
    return ""


def code(name: str, content: bytes) -> str:
    """The Python in a file that isn't `unfinished`; of a notebook all code cells."""
    if not name.endswith(".ipynb"):
        return _text(name, content)
    cells = _parse(content.decode("utf-8-sig")).cells
    return "\n".join(c.source for c in cells if c.cell_type == "code")


def _question_of(names: set[str]) -> int | None:
    """The question that asks for one of these names."""
    return next((n for n, asked in ASKED.items() if names.intersection(asked)), None)


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
            statements += _statements(cell)
        except (SyntaxError, ValueError) as error:
            for name in _defined_in(cell, number):
                answers.broken[name] = f"{_syntax(cell.name, error)}."
    chosen: set[Statement] = set()
    for name in NAMES[number]:
        limit = limits.get(name, sys.maxsize)
        chosen |= _slice(_definitions(name, statements, limit), statements, limit)
    running = [s for s in statements if s in chosen or _is_for_all(s)]
    module = _module("\n".join(s.cell.source for s in running))
    flags = _future(running)
    for statement in running:
        tree = ast.Module([statement.node], type_ignores=[])
        try:
            exec(compile(tree, statement.cell.name, "exec", flags), module.__dict__)
        except BaseException as error:
            why = _said(error, statement.cell.name)
            answers.lost.update(dict.fromkeys(statement.binds, why))
    for name in NAMES[number]:
        if hasattr(module, name):
            answers.defined[name] = getattr(module, name)
            answers.broken.pop(name, None)
        elif name in answers.lost:
            answers.broken[name] = answers.lost[name]
    nodes = [statement.node for statement in running]
    answers.blank = stubs.blank(nodes, answers.defined)
    if not answers.defined and not answers.broken:
        bound = {name for s in statements if s.is_definition for name in s.binds}
        answers.other_question = _question_of(bound)
    return answers


def _defined_in(cell: Cell, number: int) -> set[str]:
    """The checked names that a cell defines, as far as its text tells."""
    return set(_DEFINES.findall(cell.source)) & set(NAMES[number])


def _cells(file: str, content: bytes, number: int) -> Iterable[tuple[Cell, list[str]]]:
    """The code cells of a notebook, each with the names that it hands to a check."""
    try:
        notebook = _parse(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file} can't be read: {error}") from error
    except reading.NotANotebook as error:
        raise CannotRun(f"{file} isn't a notebook: {error}") from error
    ours, sources = _our_cells(number)
    section = ""
    for position, node in enumerate(notebook.cells, start=1):
        if node.cell_type == "markdown" and node.source.startswith("## "):
            section = node.source.splitlines()[0].strip()
        if node.cell_type != "code" or not node.source.strip():
            continue
        # A cell keeps its id wherever it's saved, with few exceptions, and its tags.
        same = ours.get(node.get("id")) or sources.get(node.source)
        tags = set(reading.tags(node)) | set(reading.tags(same) if same else ())
        name = f"{file}, cell {position}"
        bound = frozenset(_DEFINES.findall(same.source)) if same else None
        cell = Cell(name, position, node.source, section, frozenset(tags), bound)
        yield cell, reading.checked_names(node)


def _parse(text: str) -> Node:
    try:
        return reading.parse(text)
    except reading.NotANotebook:
        import nbformat  # late: it takes a second, and knows the older formats

        try:
            return reading.parse(nbformat.writes(nbformat.reads(text, as_version=4)))
        except Exception as error:
            raise reading.NotANotebook(str(error)) from None


def _our_cells(number: int) -> tuple[dict[str, Node], dict[str, Node]]:
    """The study notebook's code cells by id, and by what is in them."""
    try:
        cells = reading.read(practice.notebook_path(number)).cells
    except (practice.PracticeError, reading.NotANotebook, OSError):
        return {}, {}
    code = [cell for cell in cells if cell.cell_type == "code"]
    return {cell.get("id"): cell for cell in code}, {c.source: c for c in code}


def _statements(cell: Cell) -> list[Statement]:
    """The statements of a cell.

    Raises:
        SyntaxError: it isn't Python, and not IPython's kind of it.
    """
    _remember(cell.name, cell.source)
    found = []
    for node in _tree(cell.source).body:
        try:
            table = symtable.symtable(ast.unparse(node), cell.name, "exec")
        except SyntaxError:  # as `return` outside a function
            continue
        symbols = table.get_symbols()
        binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
        uses = {s.get_name() for s in symbols if s.is_referenced()}
        tables = list(table.get_children())
        while tables:
            inner = tables.pop()
            uses |= {s.get_name() for s in inner.get_symbols() if s.is_global()}
            tables += inner.get_children()
        found.append(
            Statement(node, cell, *map(frozenset, (binds, uses, _changed(node))))
        )
    return found


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as error:
        first, *rest = source.splitlines()
        if first.startswith(TRANSPARENT):
            source = "\n".join(["", *rest])
        if not re.search(r"[%!?]", source):
            return ast.parse(source)
        # Late: IPython takes a while to import, and few cells have magics.
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError:
            raise error from None


def _changed(node: ast.stmt) -> Iterable[str]:
    """Names whose objects a statement changes: an item, an attribute, by a method."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript):
            if isinstance(inner.ctx, ast.Store):
                yield _root(inner)
        elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
            method = inner.value.func
            if isinstance(method, ast.Attribute) and method.attr not in IDLE:
                yield _root(method)


def _root(node: ast.expr) -> str:
    """`a` of `a.b[0].c`; empty where it doesn't begin with a name."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _definitions(
    name: str, statements: Sequence[Statement], limit: int
) -> list[Statement]:
    """The statements that define a checked name, as its check would find it.

    Answer cells may bind it in any way, other cells count where they define it: a
    `schedule = ...` to look at in a scratch cell is no answer to question 6. What
    stands below the check counts only if all above it is the stub.
    """
    found = [
        s
        for s in statements
        if name in s.binds
        and (
            s.cell.is_answer
            or (s.is_definition and (s.cell.ours is None or name not in s.cell.ours))
        )
    ]
    above = [s for s in found if s.cell.position <= limit]
    written = [s for s in above if not (s.is_definition and s.is_stub)]
    return above if written else found


def _slice(
    targets: Sequence[Statement], statements: Sequence[Statement], limit: int
) -> set[Statement]:
    """The targets, and all that they use, and what that uses in turn."""
    imported = {
        name
        for s in statements
        if isinstance(s.node, ast.Import | ast.ImportFrom)
        for name in s.binds
    }
    chosen, names = set(targets), set()
    waiting = {name for s in targets for name in s.uses}
    while waiting:
        name = waiting.pop()
        if name in names:
            continue
        names.add(name)
        binding = [
            s
            for s in statements
            if (name in s.binds or (name in s.changes and name not in imported))
            and not s.trains
        ]
        near = [s for s in binding if s.cell.prepares and s.cell.position <= limit]
        # A name of Python's own is nobody's to make.
        for statement in near or ([] if hasattr(builtins, name) else binding):
            if statement not in chosen:
                chosen.add(statement)
                waiting |= statement.uses
    return chosen


def _is_for_all(statement: Statement) -> bool:
    """Whether it gives names that it doesn't list, or changes how all are compiled."""
    node = statement.node
    return isinstance(node, ast.ImportFrom) and (
        node.module == "__future__" or node.names[0].name == "*"
    )


def _future(statements: Iterable[Statement]) -> int:
    """The compiler's flags for the `__future__` imports among statements."""
    flags = 0
    for node in (s.node for s in statements):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    return flags


def _module(source: str) -> ModuleType:
    """The module that a learner's code runs in."""
    if _USES_TENSORFLOW.search(source):
        # Before the learner's own imports, which would let its start-up notes through.
        importlib.import_module("helpers.quiet")
    module = ModuleType("answer")
    # Dataclasses and saved layers look for the module that they were defined in.
    sys.modules["answer"] = module
    return module


def _remember(name: str, source: str) -> None:
    """Let tracebacks show the lines of a piece, and AutoGraph read them."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)


def _syntax(name: str, error: Exception) -> str:
    line = getattr(error, "lineno", None) or 1
    return f"{name}, line {line}: {getattr(error, 'msg', error)}"


def _said(error: BaseException, name: str) -> str:
    """Where a piece of the file failed and how, in a line."""
    lines, at = [], error.__traceback__
    while at:
        if at.tb_frame.f_code.co_filename == name:
            lines.append(at.tb_lineno)
        at = at.tb_next
    if isinstance(error, SyntaxError) and not lines:
        return f"{_syntax(name, error)}."
    place = f", line {lines[-1]}" if lines else ""
    text = (str(error).strip().splitlines() or [""])[0]
    if isinstance(error, ModuleNotFoundError):
        text += ". A file is checked alone: what it imports must be installed"
    return f"{name}{place}: {type(error).__name__}{': ' * bool(text)}{text}"
