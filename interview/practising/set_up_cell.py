"""The one cell of a practice copy that imports, sets parameters and loads the data.

It isn't written by hand: it is whatever the copy's other cells, and a right answer to
them, use and don't define themselves, found in the study notebook by name.
"""

import ast
import itertools
import re
from collections.abc import Iterable

from nbformat import NotebookNode

from interview import headings, notebook_json
from interview.judging import needed_code
from interview.judging.needed_code import Cell, Statement
from interview.notebook_json import tags

# These cells of a study notebook are in its copy themselves.
_IN_COPY = {"answer", "check", "bughunt", "copy"}
# What a test run takes in a parameter's place means nothing to a learner.
_REDUCED = re.compile(r"(?:  #|;) reduced: .*$", re.MULTILINE)


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
    imported = {name for s in statements if s.is_import for name in s.binds}
    statements = [s for s in statements if not _shows(s, imported)]
    first = next(s.cell.position for s in statements if "check" in s.cell.tags)
    settings = [s for s in statements if s.cell.position < first and _is_setting(s)]
    targets = settings + [s for s in statements if _IN_COPY & s.cell.tags]
    checked = {name for c in notebook.cells for name in notebook_json.checked_names(c)}
    needed = needed_code.used_by(targets, statements, checked)
    used = {name for s in [*targets, *needed] for name in s.uses}
    whole = [
        s
        for s in statements
        if s in needed
        or s in settings
        or ("copy" in s.cell.tags and s.cell.position < first)
    ]
    return "\n\n".join(
        filter(None, [_imports(statements, used), _written(whole)])
    )


def _statements(notebook: NotebookNode) -> list[Statement]:
    """Those above the last part and the training, and all that are in the copy."""
    section, last, found = "", 0, []
    for position, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0].strip()
        in_copy = _IN_COPY & set(tags(cell))
        if "copy" in in_copy or (in_copy and section == f"## {headings.ANSWER}"):
            last = position
        if cell.cell_type != "code":
            continue
        made = Cell(
            name=f"study notebook, cell {position}",
            position=position,
            source=copied_source(cell) if "copy" in in_copy else cell.source,
            # A name that the copy's cells define is theirs, whoever else defines it.
            section=f"## {headings.ANSWER}" if in_copy else section,
            tags=frozenset(tags(cell)),
            ours=frozenset(),
            is_edited=False,
        )
        found += needed_code.statements(made)
    return [s for s in found if s.cell.position <= last or _IN_COPY & s.cell.tags]


def _called(statement: Statement) -> str:
    """`plots.show` of a statement that is nothing but this call; empty for others."""
    node = statement.node
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return ast.unparse(node.value.func)
    return ""


def _is_setting(statement: Statement) -> bool:
    """Whether it sets the look of figures, or the seed of all that follows."""
    in_set_up = statement.cell.section == f"## {headings.SET_UP}"
    called = _called(statement).rpartition(".")[2]
    return called == "use_style" or (called == "set_random_seed" and in_set_up)


def _shows(statement: Statement, imported: set[str]) -> bool:
    """Whether it only prints or draws: it calls a library, and keeps no result."""
    root = _called(statement).partition(".")[0]
    in_copy = _IN_COPY & statement.cell.tags
    return root in imported and not _is_setting(statement) and not in_copy


def _imports(statements: Iterable[Statement], used: set[str]) -> str:
    """The imports of the names that are used, and all of the whole program's."""
    lines = []
    for statement in statements:
        node = statement.node
        if not statement.is_import or _IN_COPY & statement.cell.tags:
            continue
        if "helpers.quiet" in ast.unparse(node):
            lines.append("import helpers.quiet  # noqa: F401")
            continue
        in_program = "program" in statement.cell.tags
        names = [a for a in node.names if in_program or _bound(a) in used]
        if names:
            node.names = names
            lines.append(ast.unparse(node))
    return "\n".join(dict.fromkeys(lines))


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _written(statements: Iterable[Statement]) -> str:
    """Statements as the notebook has them, with the comments above them."""
    text, before = "", None
    for statement in statements:
        if statement.is_import:
            continue
        if before is None:
            gap = ""
        elif statement.is_definition or before.is_definition:
            gap = "\n\n\n"
        else:
            gap = "\n" if statement.cell == before.cell else "\n\n"
        text += gap + _lines(statement)
        before = statement
    return _REDUCED.sub("", text)


def _lines(statement: Statement) -> str:
    rows = statement.cell.source.splitlines()
    node = statement.node
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    while first > 1 and rows[first - 2].startswith("#"):
        first -= 1
    return "\n".join(rows[first - 1 : node.end_lineno])
