"""Whether the outputs of a committed notebook belong to today's code.

`interview render` stores a stamp in the notebook that it has executed. The stamp covers
the code of the notebook and of every module of `helpers` that it imports.
"""

import ast
import contextlib
import hashlib
import io
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

import helpers
from interview.notebook_json import Node

HELPERS = Path(helpers.__file__).parent


def stamp(notebook: Node) -> str:
    """Hash of the code of a notebook, in order, and of the helpers that it imports.

    Comments, docstrings and blank lines are left out, since they change no output.
    """
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    modules = helper_modules(cells)
    digest = hashlib.sha256()
    for name, source in [*(("", cell) for cell in cells), *sorted(modules.items())]:
        digest.update(f"{name}\0{_code_of(source)}\0".encode())
    return digest.hexdigest()


def is_fresh(notebook: Node) -> bool:
    """Whether the stamp in a notebook matches its code today."""
    rendered = notebook.metadata.get("rendered", {})
    return rendered.get("sources_sha256") == stamp(notebook)


def helper_modules(sources: Iterable[str]) -> dict[str, str]:
    """The modules of `helpers` that code imports, directly or through one another.

    Returned are their sources, by the module's name within `helpers`.
    """
    found: dict[str, str] = {}
    waiting = list(sources)
    while waiting:
        for name in set(_imported(waiting.pop())) - set(found):
            path = HELPERS / f"{name}.py"
            if path.exists():
                found[name] = path.read_text(encoding="utf-8")
                waiting.append(found[name])
    return found


def _imported(source: str) -> Iterator[str]:
    """The names that a source imports from `helpers`: modules, or names in them."""
    with contextlib.suppress(SyntaxError):  # a magic, for example
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    package, _, name = alias.name.partition(".")
                    if package == "helpers":
                        yield name
            elif isinstance(node, ast.ImportFrom) and node.module:
                package, _, name = node.module.partition(".")
                if package == "helpers":
                    yield from [name] if name else [alias.name for alias in node.names]


def _code_of(source: str) -> str:
    """The lines of a source without comments, docstrings and blank lines."""
    lines = source.splitlines()
    # Code that Python can't parse, such as a magic, is kept as it is.
    with contextlib.suppress(SyntaxError, tokenize.TokenError):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                first = node.body[0] if node.body else None
                if isinstance(first, ast.Expr) and ast.get_docstring(node, clean=False):
                    for row in range(first.lineno - 1, first.end_lineno):
                        lines[row] = ""
        for token in list(tokenize.generate_tokens(io.StringIO(source).readline)):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip())
