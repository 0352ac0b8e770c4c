"""A notebook's code as statements, and those of them that an answer needs."""

import __future__

import ast
import builtins
import linecache
import re
import symtable
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from interview import headings

# Below these headings stands what an answer may need from its own notebook; elsewhere
# the notebook trains.
PREPARES = tuple(
    f"## {heading}" for heading in (headings.SET_UP, headings.DATA, headings.ANSWER)
)
# Cell magics whose cell is Python that runs as if they weren't there.
TRANSPARENT = ("%%time", "%%capture", "%%prun")
# Methods that do nothing to an object that a check would need, or take long.
IDLE = {"fit", "evaluate", "predict", "summary", "train_on_batch", "show"}


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


def statements(cell: Cell) -> list[Statement]:
    """The statements of a cell.

    Raises:
        SyntaxError: it isn't Python, and not IPython's kind of it.
    """
    remember(cell.name, cell.source)
    found = []
    for node in parse(cell.source).body:
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


def parse(source: str) -> ast.Module:
    """A cell's code, magics and all.

    Raises:
        SyntaxError: it isn't Python, and not IPython's kind of it.
    """
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


def definitions(
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


def needed(
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


def is_for_all(statement: Statement) -> bool:
    """Whether it gives names that it doesn't list, or changes how all are compiled."""
    node = statement.node
    return isinstance(node, ast.ImportFrom) and (
        node.module == "__future__" or node.names[0].name == "*"
    )


def future(statements: Iterable[Statement]) -> int:
    """The compiler's flags for the `__future__` imports among statements."""
    flags = 0
    for node in (s.node for s in statements):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            for alias in node.names:
                flags |= getattr(__future__, alias.name).compiler_flag
    return flags


def remember(name: str, source: str) -> None:
    """Let tracebacks show the lines of a piece, and AutoGraph read them."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
