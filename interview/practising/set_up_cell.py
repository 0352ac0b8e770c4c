"""The one cell of a practice copy that imports, sets parameters and loads the data.

It isn't written by hand: it is whatever the copy's other cells, and a right answer to
them, use and don't define themselves, found in the study notebook by name.
"""

import ast
import builtins
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from nbformat import NotebookNode

from interview import headings
from interview.judging import needed_code
from interview.notebook_json import tags

# These cells of a study notebook are in its copy themselves.
_IN_COPY = {"answer", "check", "bughunt", "copy"}
# What a test run takes in a parameter's place means nothing to a learner.
_REDUCED = re.compile(r"(?:  #|;) reduced: .*$", re.MULTILINE)


@dataclass(frozen=True)
class _Statement:
    """A statement at the top level of a study notebook's cell."""

    node: ast.stmt
    source: str
    position: int
    section: str
    tags: frozenset[str]

    @property
    def binds(self) -> frozenset[str]:
        """The names that it gives."""
        return needed_code.names_in(self.node)[0]

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_definition(self) -> bool:
        return isinstance(self.node, ast.FunctionDef | ast.ClassDef)

    @property
    def is_setting(self) -> bool:
        """Whether it sets the look of figures, or the seed of all that follows."""
        call = getattr(self.node, "value", None)
        called = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
        in_set_up = self.section == headings.SET_UP
        return called == "plots.use_style" or (
            called == "keras.utils.set_random_seed" and in_set_up
        )

    @property
    def text(self) -> str:
        """Its lines, with the comment above it."""
        rows, node = self.source.splitlines(), self.node
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        while first > 1 and rows[first - 2].startswith("#"):
            first -= 1
        return "\n".join(rows[first - 1 : node.end_lineno])


def copied_source(cell: NotebookNode) -> str:
    """The code that a cell tagged `copy` gives to a copy.

    That is its own, unless its metadata have another text under `copy`.
    """
    return cell.metadata.get("copy", cell.source).strip()


def training_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells tagged `copy` below the first check: together they train an answer."""
    checked = itertools.dropwhile(lambda c: "check" not in tags(c), notebook.cells)
    return [cell for cell in checked if "copy" in tags(cell)]


def source(notebook: NotebookNode) -> str:
    """The set-up cell's code: imports, then statements in the notebook's order."""
    statements = _statements(notebook)
    first = next(s.position for s in statements if "check" in s.tags)
    chosen = {
        s
        for s in statements
        if s.position < first and (s.is_setting or "copy" in s.tags)
    }
    in_copy = [s for s in statements if _IN_COPY & s.tags and s not in chosen]
    used = _free(s.node for s in in_copy)
    wanted = [(name, len(statements)) for name in used]
    wanted += [(name, s.position) for s in chosen for name in _free([s.node])]
    while wanted:
        name, position = wanted.pop()
        used.add(name)
        # The last of the statements above that give this name counts.
        found = [s for s in statements if name in s.binds and s.position < position]
        found = [s for s in found if s not in in_copy]
        if found and found[-1] not in chosen:
            chosen.add(found[-1])
            wanted += [(n, found[-1].position) for n in _free([found[-1].node])]
    written = [s for s in statements if s in chosen and not s.is_import]
    return "\n\n".join(filter(None, [_imports(statements, used), _written(written)]))


def _statements(notebook: NotebookNode) -> list[_Statement]:
    """Those of the cells down to the last part and the training, and the copy's."""
    section, last, found = "", 0, []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0][3:].strip()
        in_copy = _IN_COPY & set(tags(cell))
        source = copied_source(cell) if "copy" in in_copy else cell.source
        if cell.cell_type != "code":
            continue
        found += [
            _Statement(node, source, position, section, frozenset(tags(cell)))
            for position, node in enumerate(ast.parse(source).body, start=len(found))
        ]
        if "copy" in in_copy or (in_copy and section == headings.ANSWER):
            last = len(found)
    return found[:last] + [s for s in found[last:] if _IN_COPY & s.tags]


def _free(nodes: Iterable[ast.stmt]) -> set[str]:
    """The names that statements, run one after the other, need from elsewhere."""
    free, bound = set(), set(dir(builtins))
    for node in nodes:
        binds, uses = needed_code.names_in(node)
        # A loop uses the names that it binds; an assignment may use an earlier value.
        is_assignment = isinstance(node, ast.Assign | ast.AugAssign)
        free |= (uses if is_assignment else uses - binds) - bound
        bound |= binds
    return free


def _imports(statements: Iterable[_Statement], used: set[str]) -> str:
    """The imports of the names that are used, and all of the whole program's."""
    lines = []
    for statement in statements:
        if not statement.is_import or _IN_COPY & statement.tags:
            continue
        if "helpers.quiet" in statement.text:
            lines.append(statement.text.splitlines()[-1])
            continue
        is_whole = "program" in statement.tags
        names = [a for a in statement.node.names if is_whole or _bound(a) in used]
        if isinstance(statement.node, ast.Import):
            lines += [ast.unparse(ast.Import([name])) for name in names]
        elif names:
            lines.append(ast.unparse(ast.ImportFrom(statement.node.module, names, 0)))
    return "\n".join(dict.fromkeys(lines))


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _written(statements: Iterable[_Statement]) -> str:
    text, before = "", None
    for statement in statements:
        if before is None:
            gap = ""
        elif statement.is_definition or before.is_definition:
            gap = "\n\n\n"
        else:
            gap = "\n" if statement.source == before.source else "\n\n"
        text += gap + statement.text
        before = statement
    return _REDUCED.sub("", text)
