"""Finds the statements of a notebook that an answer needs, without running them.

An answer needs its definition and everything that the definition uses: imports,
parameters, constants, functions. It also needs statements that change one of these
objects (by an item, an attribute or a call), and settings of Keras or Python such as a
seed, a policy or a float type. All other statements, such as training, figures and
scratch cells that may hold errors, are left out.
"""

import __future__

import ast
import builtins
import linecache
import re
import symtable
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# An answer may need code below these headings of its notebook; below other headings the
# notebook trains.
SETS_UP, DATA = "## Set-up", "## The data"
PREPARES = (SETS_UP, DATA, "## The answer")
# Cell magics that leave the cell's code plain Python.
TRANSPARENT = ("%%time", "%%capture", "%%prun")
# Modules that have settings which change what an answer does.
SETTABLE = {
    *("keras", "tensorflow", "numpy", "random"),
    *("os", "sys", "warnings", "logging"),
}
# Functions and methods that change nothing for an answer, or take long.
IDLE = {
    *("fit", "evaluate", "predict", "train_on_batch", "check", "summary", "show"),
    *("print", "write", "warn", "plot_model", "get_file", "load_data"),
    *("system", "makedirs", "mkdir", "remove", "exit"),
}
TRAINS = {"fit", "train_on_batch", "GradientTape", "apply_gradients"}
HARMLESS_BUILTINS = set(dir(builtins)) - {"delattr", "exec", "next", "setattr"}


@dataclass(frozen=True)
class Cell:
    """A code cell: what to call it, where it stands, and whose it is.

    Attributes:
        ours: the names that our cell of the same id binds; None for a cell of the
            learner's own.
        is_edited: whether the learner has changed the cell.
    """

    name: str
    position: int
    source: str
    section: str
    tags: frozenset[str]
    ours: frozenset[str] | None
    is_edited: bool

    @property
    def is_answer(self) -> bool:
        return "answer" in self.tags

    @property
    def is_data(self) -> bool:
        """Whether the cell is ours, and loads or shows the data."""
        return self.section == DATA and not self.is_edited

    @property
    def prepares(self) -> bool:
        """Whether answers may use it: it is set-up, data, or the learner's own."""
        return self.may_set or self.section in PREPARES

    @property
    def may_set(self) -> bool:
        """Whether a seed or a policy in the cell applies to the answers."""
        return self.is_edited or self.is_answer or self.section == SETS_UP


class Statement(NamedTuple):
    """A statement at the top level of a cell: names it gives, and names it uses."""

    node: ast.stmt
    cell: Cell
    binds: frozenset[str]
    uses: frozenset[str]

    @property
    def is_definition(self) -> bool:
        return isinstance(
            self.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        )

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_stub(self) -> bool:
        return any(
            isinstance(node, ast.Raise) and "NotImplementedError" in ast.unparse(node)
            for node in ast.walk(self.node)
        )

    @property
    def trains(self) -> bool:
        return not self.is_definition and any(
            _last_name(call.func) == "fit" for call in _calls(self.node)
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
            found.append(Statement(node, cell, *names_in(node)))
        except SyntaxError:  # such as `return` outside a function
            continue
    return found


def names_in(node: ast.stmt) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a statement gives, and those that it uses.

    Raises:
        SyntaxError: it doesn't stand at the top level of a file.
    """
    table = symtable.symtable(ast.unparse(node), "statement", "exec")
    symbols = table.get_symbols()
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    uses = {s.get_name() for s in symbols if s.is_referenced()}
    tables = list(table.get_children())
    while tables:
        inner = tables.pop()
        uses |= {s.get_name() for s in inner.get_symbols() if s.is_global()}
        tables += inner.get_children()
    return frozenset(binds), frozenset(uses)


def parse(source: str) -> ast.Module:
    """Parse a cell's code, including magics.

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
        # Imported here because IPython takes a while, and few cells have magics.
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError:
            raise error from None


def needed(
    statements: Sequence[Statement],
    names: Sequence[str],
    asked: Collection[str],
    limits: Mapping[str, int],
) -> list[Statement]:
    """The statements that the answers under these names need, in the notebook's order.

    Args:
        statements: the statements of all cells except check cells.
        names: the names that a question checks.
        asked: the names among these that it asks for.
        limits: for a name, the position of the cell that checks it. Statements below
            that cell don't count for the name.
    """
    notebook = _Notebook(statements, names)
    chosen: set[Statement] = set()
    for name in names:
        limit = limits.get(name, sys.maxsize)
        chosen |= notebook.closure(definitions(name, statements, limit), limit)
    if chosen:
        # A setting applies to all names. Below the checks of the asked names it is an
        # experiment and doesn't count.
        limit = max(limits.get(name, sys.maxsize) for name in asked)
        chosen |= notebook.settings(limit)
    return [s for s in statements if s in chosen or _is_for_all(s)]


def definitions(
    name: str, statements: Sequence[Statement], limit: int
) -> set[Statement]:
    """The statements that define a checked name, as its check would find it.

    An answer cell may bind the name in any way; another cell has to define it by `def`
    or `class`, since `schedule = ...` in a scratch cell is no answer to question 6. A
    definition below the check counts only if nothing but the stub stands above.
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
    return set(above if written else found)


class _Notebook:
    """The dependencies between the statements of a notebook."""

    def __init__(
        self, statements: Sequence[Statement], checked: Collection[str]
    ) -> None:
        self._statements, self._checked = statements, frozenset(checked)
        self._functions = {
            s.node.name: s for s in statements if isinstance(s.node, ast.FunctionDef)
        }
        self._imported = {n for s in statements if s.is_import for n in s.binds}
        self._settable = {n for s in statements for n in _settable_names(s.node)}
        self._trials: set[Statement] = set()
        self._changes = {s: self._changed_by(s) for s in statements}

    def closure(self, targets: Iterable[Statement], limit: int) -> set[Statement]:
        """The targets and all statements that they need, directly or indirectly."""
        chosen, known, size = set(targets), set(), -1
        while len(chosen) > size:
            size = len(chosen)
            names = {name for s in chosen for name in s.uses}
            for name in names - known:
                chosen |= self._binding(name, limit)
            known |= names
            # Names of modules are settings.
            watched = known - self._imported | (self._checked if chosen else set())
            chosen |= {s for s in self._above(limit) if watched & self._changes[s]}
        return chosen

    def settings(self, limit: int) -> set[Statement]:
        """Statements that set up Keras, TensorFlow or Python, and those they need.

        A setting needs a number or a name. A statement that needs the data, or a model
        that an answer built, isn't one: `np.save("codes", encoder.predict(x))`.
        """
        chosen = set()
        for s in self._above(limit):
            if s.cell.may_set and self._settable & self._changes[s]:
                needed = self.closure([s], limit)
                if not any(n in self._trials or n.cell.is_data for n in needed):
                    chosen |= needed
        return chosen

    def _above(self, limit: int) -> Iterator[Statement]:
        """The statements above a check that an answer may use."""
        return (
            s for s in self._statements if s.cell.prepares and s.cell.position <= limit
        )

    def _binding(self, name: str, limit: int) -> set[Statement]:
        """The statements that bind a name: those above the check, if there are any."""
        found = {s for s in self._statements if name in s.binds and not s.trains}
        near = found.intersection(self._above(limit))
        # Python defines its built-in names, so no statement below has to.
        return near or (set() if hasattr(builtins, name) else found)

    def _changed_by(self, statement: Statement) -> set[str]:
        """Names whose objects a statement changes, itself or by functions it calls.

        The set is empty for a statement that trains or calls an answer, since it only
        tries the answer out.
        """
        if statement.is_definition or statement.is_import:
            return set()
        changed = set(self._changed(statement.node))
        reached = [statement]
        for inner in reached:
            if inner is not statement:
                known_inside = inner.uses | self._settable
                changed |= known_inside.intersection(self._changed(inner.node))
            for name in inner.uses - self._checked & self._functions.keys():
                if self._functions[name] not in reached:
                    reached.append(self._functions[name])
        calls = [call.func for inner in reached for call in _calls(inner.node)]
        if any(_last_name(called) in TRAINS for called in calls) or any(
            isinstance(called, ast.Name) and called.id in self._checked
            for called in calls
        ):
            self._trials.add(statement)
            return set()
        return changed

    def _changed(self, node: ast.stmt) -> Iterator[str]:
        """Names whose objects a piece of code may change.

        The code sets an item or an attribute, calls a method for its effect, passes the
        object to a function of the notebook, or declares the name global.
        """
        for inner in ast.walk(node):
            if isinstance(inner, ast.Attribute | ast.Subscript):
                if not isinstance(inner.ctx, ast.Load):
                    yield _root(inner)
            elif isinstance(inner, ast.Global):
                yield from inner.names
            elif isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Call):
                yield from self._changed_by_call(inner.value)
            elif isinstance(inner, ast.Call) and _root(inner.func) in self._functions:
                yield from self._changed_by_call(inner)

    def _changed_by_call(self, call: ast.Call) -> set[str]:
        root = _root(call.func)
        if _last_name(call.func) in IDLE or root in HARMLESS_BUILTINS:
            return set()
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        handed = {_root(v) for v in given if not isinstance(v, ast.Call)}
        # A call that gets an answer counts only if it's Keras's, which may register it.
        return {root} | (handed if root in self._settable else handed - self._checked)


def _settable_names(node: ast.AST) -> Iterator[str]:
    """Names under which a statement imports something that has settings."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            for alias in inner.names:
                package = alias.name.split(".")[0]
                if package in SETTABLE:
                    yield alias.asname or package
        elif isinstance(inner, ast.ImportFrom):
            package = (inner.module or "").split(".")[0]
            names = [alias.asname or alias.name for alias in inner.names]
            yield from names if package in SETTABLE else []


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _last_name(called: ast.expr) -> str:
    """`fit` of `model.fit`."""
    return getattr(called, "attr", "") or getattr(called, "id", "")


def _root(node: ast.expr) -> str:
    """`a` of `a.b[0].c()`; empty where it doesn't begin with a name."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call | ast.Starred):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def _is_for_all(statement: Statement) -> bool:
    """Whether it is a star import or a `__future__` import, which affect all code."""
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
