"""Notebooks as plain JSON, for those who only look at their cells.

nbformat also upgrades and validates, and takes a second to import: it is used where a
notebook is written, and for notebooks that aren't in today's format.
"""

import ast
import functools
import hashlib
import json
from pathlib import Path
from urllib.parse import quote

# Beside letters, digits and -._~: what RFC 3986 allows behind the # of an address.
_IN_ANCHORS = "!$&'()*+,;=:@/?"


class NotANotebook(ValueError):
    """A text that isn't a notebook in today's format; the message says why."""


class Node(dict):
    """A dict whose keys are attributes too; nbformat's own nodes serve as well."""

    def __getattr__(self, name: str):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


def read(path: Path) -> Node:
    """The notebook in a file, read once as long as the file stays as it is.

    All who ask get the same object: it isn't to be changed.

    Raises:
        NotANotebook: it isn't one.
        OSError: the file can't be read.
    """
    state = path.stat()
    return _read_once(path.absolute(), state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _read_once(path: Path, changed: int, size: int) -> Node:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise NotANotebook("it isn't text") from None


def parse(text: str) -> Node:
    """The notebook in a text; each cell's source is one string.

    Raises:
        NotANotebook: it isn't one.
    """
    try:
        notebook = json.loads(text, object_hook=Node)
    except (ValueError, RecursionError):
        raise NotANotebook("it isn't JSON") from None
    if not isinstance(notebook, Node) or not isinstance(notebook.get("cells"), list):
        raise NotANotebook("it has no cells")
    if notebook.get("nbformat") != 4:
        raise NotANotebook(f"its format is {notebook.get('nbformat')}, not 4")
    if not isinstance(notebook.setdefault("metadata", Node()), Node):
        raise NotANotebook("its metadata aren't any")
    for number, cell in enumerate(notebook.cells, start=1):
        try:
            _tidy(cell)
        except (AttributeError, TypeError):
            raise NotANotebook(f"its cell {number} isn't a cell") from None
    return notebook


def _tidy(cell: Node) -> None:
    """Texts of several lines become one, and what may be missing is there.

    Raises:
        AttributeError: something that a cell must have is missing.
        TypeError: something is of another type than it must be.
    """
    if cell.cell_type not in ("code", "markdown", "raw"):
        raise TypeError
    cell["source"] = "".join(cell.source)
    for output in cell.get("outputs", []):
        output["text"] = "".join(output.get("text", ""))
        if not isinstance(output.setdefault("data", Node()), Node):
            raise TypeError
    if not isinstance(cell.setdefault("metadata", Node()), Node):
        raise TypeError


def tags(cell: Node) -> list[str]:
    """A cell's tags."""
    return cell.metadata.get("tags", [])


def checked_names(cell: Node) -> list[str]:
    """The names that a cell hands to a question's `check`, in order."""
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:  # a magic, or a cell its learner is in the middle of
        return []
    return [
        keyword.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "check"
        for keyword in node.keywords
        if keyword.arg
    ]


def anchor(heading: str) -> str:
    """What leads to a heading in a link to its notebook, as JupyterLab has it.

    JupyterLab takes the heading as it's read, without the backticks around code, and
    compares it with the link's as it stands: what an address may hold isn't encoded.
    """
    return quote(heading.replace("`", "").replace(" ", "-"), safe=_IN_ANCHORS)


def cell_of(notebook: Node, heading: str) -> str:
    """The id of the first cell with a heading; empty if there is none, or no id.

    The heading may be as it's written or as it's read, without its backticks.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            lines = cell.source.replace("`", "").splitlines()
            titles = [line.lstrip("#").strip() for line in lines if line[:1] == "#"]
            if heading.replace("`", "") in titles:
                return cell.get("id", "")
    return ""


def fingerprint(notebook: Node) -> str:
    """Hash of all cells' types and sources in order: tells whether one was edited."""
    digest = hashlib.sha256()
    for cell in notebook.cells:
        digest.update(f"{cell.cell_type}\0{cell.source}\0".encode())
    return digest.hexdigest()
