"""A notebook as one HTML page that needs no network: for a phone, and for paper.

Folded hints and answers are printed as they stand: closed, or opened by the button at
the top. A slider shows as the still picture that was stored beside it.
"""

import base64
import re
from pathlib import Path

from nbconvert import HTMLExporter
from nbformat import NotebookNode

from interview import files
from interview.render.libraries import Libraries, web_address

TEMPLATES = Path(__file__).parent / "templates"
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
_MATH = re.compile(r"\$[^$\s][^$]*\$|\\\(|\\\[")


def write(notebook: NotebookNode, target: Path, libraries: Libraries) -> None:
    """Write the page of an executed notebook.

    Args:
        notebook: without widget views; it isn't changed.
        target: the HTML file.
        libraries: needed only if there's math; where MathJax can't be had, the page
            loads it from the web.
    """
    folder = TEMPLATES / "page"
    page = {
        "title": re.sub(r"^#+ ", "", notebook.cells[0].source.splitlines()[0]),
        "css": (folder / "page.css").read_text("utf-8"),
        "js": (folder / "page.js").read_text("utf-8"),
        "math": has_math(notebook),
    }
    if page["math"]:
        if source := libraries.texts.get("mathjax_js"):
            page["mathjax"] = base64.b64encode(source.encode()).decode()
        else:
            page["mathjax_url"] = web_address("mathjax_js")
    exporter = HTMLExporter(
        template_name="page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    html, _ = exporter.from_notebook_node(notebook, resources={"page": page})
    files.write(target, html)


def has_math(notebook: NotebookNode) -> bool:
    """Whether a Markdown cell has TeX between dollars or backslash brackets."""
    return any(
        _MATH.search(_CODE.sub("", cell.source))
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    )
