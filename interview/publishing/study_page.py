"""A study notebook as a page shows it: folded, with figures as files of their own."""

import hashlib
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from interview import headings, notebook_json
from interview.publishing import execution, pages

_MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_IMPORT = re.compile(r"(from \S+ )?import |\s*$|#")
_PLAY = (
    "*Here this is a still picture. In JupyterLab it has controls to play with: "
    "`interview lab` opens it there, and the picture moves once its cell has run.*"
)


def for_readers(notebook: NotebookNode, pictures: Path, address: str) -> NotebookNode:
    """A notebook as a page shows it.

    - Figures become files of their own, with their descriptions.
    - An output that holds several forms keeps the one for a page. Widgets and data for
      programs are left out.
    - Answers and set-up are folded, solution markers go, and an explorer says how it
      can be played with.

    Args:
        notebook: it isn't changed.
        pictures: the folder for the picture files.
        address: the address of that folder, relative to the page.
    """
    shown_cells, section = [], ""
    for cell in notebook.cells:
        new = nbformat.from_dict(cell)
        if cell.cell_type == "markdown" and (found := _SECTION.findall(cell.source)):
            section = found[-1]
        new.metadata = _folding(cell, section)
        shown_cells.append(new)
        if cell.cell_type != "code":
            continue
        new.source = _MARKER.sub("", cell.source)
        shown = (_page_output(output, pictures, address) for output in cell.outputs)
        new.outputs = [output for output in shown if output]
        if _is_explorer(cell):
            shown_cells.append(new_markdown_cell(_PLAY))
    page = nbformat.v4.new_notebook(cells=shown_cells)
    page.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    return page


def _folding(cell: NotebookNode, section: str) -> dict:
    """The metadata that tells myst-nb whether to fold a cell, and under which title."""
    tags, hidden = notebook_json.tags(cell), "hide-input"
    if cell.cell_type != "code":
        return {}
    if "answer" in tags:
        title = "The answer"
    elif "results" in tags:
        title, hidden = "Results", "hide-cell"
    elif "parameters" in tags:
        title = "Parameters"
    elif section == headings.SET_UP or cell.source.startswith("# Plumbing"):
        title = "Set-up"
    elif all(map(_IMPORT.match, cell.source.splitlines())):
        title = "Imports"
    else:
        return {}
    prompts = {"code_prompt_show": title, "code_prompt_hide": title}
    return {"tags": [hidden], "mystnb": prompts}


def _is_explorer(cell: NotebookNode) -> bool:
    return "explore.explore(" in cell.source or any(
        execution.WIDGET_VIEW in output.get("data", {}) for output in cell.outputs
    )


def _page_output(
    output: NotebookNode, pictures: Path, address: str
) -> NotebookNode | None:
    """An output in the one form that a page shows; None if the page shows none."""
    bundle = output.get("data")
    if bundle is None:
        return nbformat.from_dict(output)
    if "image/png" in bundle:
        shown = {"text/html": _picture(output, pictures, address)}
    elif "text/html" in bundle:
        shown = {"text/html": f'<div class="scrolls">{bundle["text/html"]}</div>'}
    elif "text/plain" in bundle:
        shown = {"text/plain": bundle["text/plain"]}
    else:
        return None
    return new_output("display_data", data=shown)


def _picture(output: NotebookNode, pictures: Path, address: str) -> str:
    """Write a picture to a file named by its hash; return the HTML that shows it."""
    data, attributes = pages.picture_of(output)
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    pictures.mkdir(parents=True, exist_ok=True)
    (pictures / name).write_bytes(data)
    return (
        f'<a class="figure" href="{address}{name}">'
        f'<img src="{address}{name}" {attributes} loading="lazy"></a>'
    )


def links(stem: str) -> str:
    """Links from a study page to the question's copy, slides and sheet."""
    ways = {
        f"../practice/{stem}.ipynb": "Your blank copy",
        f"../slides/{stem}.html": "Slides",
        f"../sheets/{stem}.html": "Sheet to print",
    }
    elements = (
        f'<a href="{address}"{" download" if address.endswith("ipynb") else ""}>'
        f"{words}</a>"
        for address, words in ways.items()
    )
    return f'<p class="ways">{" ".join(elements)}</p>'
