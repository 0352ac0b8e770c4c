"""Whether an answer is the study notebook's own, as `interview answer` prints it."""

import ast
from collections.abc import Iterable
from pathlib import Path

from interview import notebook_json, study_notebooks


def is_copied(number: int, file: Path, names: Iterable[str]) -> bool:
    """Whether a file defines all of these names just as the study notebook does.

    Comments, docstrings and layout make no difference; one other name does.
    """
    ours = _definitions(study_notebooks.path_of(number))
    theirs = _definitions(file)
    return all(name in ours and ours[name] == theirs.get(name) for name in names)


def _definitions(file: Path) -> dict[str, str]:
    """What stands in a file under each name that it defines, without docstrings.

    Of a notebook's definitions those in answer cells count first: its traps hold
    others.
    """
    sources: list[str | bytes]
    try:
        if file.suffix == ".ipynb":
            code = [c for c in notebook_json.read(file).cells if c.cell_type == "code"]
            code.sort(key=lambda cell: "answer" in notebook_json.tags(cell))
            sources = [cell.source for cell in code]
        else:
            sources = [file.read_bytes()]
    except (notebook_json.NotANotebook, OSError):
        return {}
    found = {}
    for source in sources:
        try:
            body = ast.parse(source).body
        except (SyntaxError, ValueError):  # as a cell with a magic
            continue
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found[node.name] = ast.dump(_without_docstrings(node))
    return found


def _without_docstrings(definition: ast.stmt) -> ast.stmt:
    for node in ast.walk(definition):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return definition
