"""Notebooks as web pages that need no network: the whole website, or some pages.

Sphinx with myst-nb and sphinx-book-theme lays them out; nothing is executed. What a
reader gets of a notebook is put together here (`for_readers`), how it looks is in
templates/site.
"""

import base64
import hashlib
import html
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from interview import files, folders, notebook_json, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells
from interview.publishing import execution, sheet, slides
from interview.publishing.libraries import FILES, Libraries, web_address

TEMPLATES = Path(__file__).parent / "templates" / "site"
# The repository's own pages on the site, in the order of its contents.
GUIDES = (
    "docs/start.md",
    "docs/practise.md",
    "docs/interview.md",
    "docs/teach.md",
    "docs/data.md",
    "docs/trouble.md",
    "docs/publish.md",
    "docs/change.md",
    "helpers/samples/README.md",
    "BENCHMARKS.md",
)
# What those show or lead to, besides pages.
ALONGSIDE = ("docs/*.png", "LICENSE")
LIBRARIES = "libraries"

_MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_PLAY = (
    "*Here this is a still picture. In JupyterLab it has controls to play with: "
    "`interview lab` opens it there, and the picture moves once its cell has run.*"
)


class SiteError(Exception):
    """Sphinx couldn't make the pages; the message is what it said."""


def write_site(target: Path, libraries: Libraries) -> list[str]:
    """Write the whole website: study pages, talks, sheets, practice copies, guides.

    It takes its place once all of it is there, whatever was there before goes.

    Args:
        target: its folder.
        libraries: they go into the site; where they can't be had, the pages that need
            them load them from the web.

    Returns:
        What Sphinx complained about, line by line; nothing if all is well.

    Raises:
        SiteError: Sphinx failed.
        OSError: the folder or a file in it can't be written.
    """
    with _scratch(target) as scratch:
        source, built = scratch / "source", scratch / "built"
        for path in _study_notebooks():
            notebook = nbformat.read(path, as_version=4)
            stem = path.stem
            slides.write_slides(
                notebook, built / "slides" / f"{stem}.html", libraries, _beside("../")
            )
            sheet.write_sheet(
                notebook_json.read(path), built / "sheets" / f"{stem}.html"
            )
            copy = nbformat.writes(copy_cells.make_copy(notebook, path.name)) + "\n"
            files.write(built / "practice" / path.name, copy)
            page = for_readers(notebook, built / "pictures", "../pictures/")
            page.cells.insert(1, new_markdown_cell(_ways(stem)))
            files.write(source / "notebooks" / path.name, nbformat.writes(page))
        for name in GUIDES:
            _copy(folders.HERE.root / name, source / name)
        for pattern in ALONGSIDE:
            for path in folders.HERE.root.glob(pattern):
                _copy(path, source / path.relative_to(folders.HERE.root))
        files.write(source / "index.md", _front_page())
        complaints = _build(source, built, libraries)
        replace(built, target)
    return complaints


def write_pages(
    notebooks: Mapping[str, NotebookNode], target: Path, libraries: Libraries
) -> list[str]:
    """Write a small site of these notebooks alone, as `interview run` does.

    Args:
        notebooks: by the name of their page; they aren't changed.
        target: its folder, replaced as a whole.
        libraries: as for `write`.

    Returns:
        What Sphinx complained about.

    Raises:
        SiteError: Sphinx failed.
        OSError: the folder or a file in it can't be written.
    """
    with _scratch(target) as scratch:
        source, built = scratch / "source", scratch / "built"
        for name, notebook in notebooks.items():
            page = for_readers(notebook, built / "pictures", "pictures/")
            files.write(source / f"{name}.ipynb", nbformat.writes(page))
        contents = _template("pages.md.j2").render(names=list(notebooks))
        files.write(source / "index.md", contents)
        complaints = _build(source, built, libraries)
        replace(built, target)
    return complaints


def for_readers(notebook: NotebookNode, pictures: Path, address: str) -> NotebookNode:
    """A notebook as a page shows it.

    - Pictures are files of their own, with their description.
    - Of what an output holds in several forms the one for a page stays; widgets and
      data for programs go.
    - Teaching notes are folded, solution markers go, and an explorer says how it can
      be played with.

    Args:
        notebook: it isn't changed.
        pictures: the folder for the picture files.
        address: where that folder is, from the page.
    """
    cells = []
    for cell in notebook.cells:
        new = nbformat.from_dict(cell)
        new.metadata = {}
        cells.append(new)
        if notebook_json.is_note(cell):
            new.source = _folded_note(cell.source)
        if cell.cell_type != "code":
            continue
        new.source = _MARKER.sub("", cell.source)
        shown = (_shown(output, pictures, address) for output in cell.outputs)
        new.outputs = [output for output in shown if output]
        if _is_explorer(cell):
            cells.append(new_markdown_cell(_PLAY))
    page = nbformat.v4.new_notebook(cells=cells)
    page.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    return page


def _study_notebooks() -> list[Path]:
    return [study_notebooks.path_of(number) for number in study_notebooks.numbers()]


def _is_explorer(cell: NotebookNode) -> bool:
    return "explore.explore(" in cell.source or any(
        execution.WIDGET_VIEW in output.get("data", {}) for output in cell.outputs
    )


def _folded_note(source: str) -> str:
    """A note for a teacher, out of the way of whoever learns alone."""
    return (
        '<details class="teaching"><summary>For whoever teaches this</summary>\n\n'
        f"{source}\n\n</details>"
    )


def _shown(output: NotebookNode, pictures: Path, address: str) -> NotebookNode | None:
    """An output in the one form that a page shows; None if it has none."""
    bundle = output.get("data")
    if bundle is None:
        return nbformat.from_dict(output)
    if "image/png" in bundle:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        shown = {"text/html": _picture(bundle["image/png"], alt, pictures, address)}
    elif "text/html" in bundle:
        shown = {"text/html": f'<div class="scrolls">{bundle["text/html"]}</div>'}
    elif "text/plain" in bundle:
        shown = {"text/plain": bundle["text/plain"]}
    else:
        return None
    return new_output("display_data", data=shown)


def _picture(content: str, alt: str, pictures: Path, address: str) -> str:
    """Write a picture to a file called after its content; the element that shows it."""
    data = base64.b64decode(content)
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    pictures.mkdir(parents=True, exist_ok=True)
    (pictures / name).write_bytes(data)
    width, height = struct.unpack(">II", data[16:24])
    return (
        f'<img class="figure" src="{address}{name}" alt="{html.escape(alt)}" '
        f'width="{width}" height="{height}" loading="lazy">'
    )


def _ways(stem: str) -> str:
    """What else there is of a question; the addresses are from its study page."""
    ways = {
        f"../practice/{stem}.ipynb": "Your blank copy",
        f"../slides/{stem}.html": "Slides",
        f"../sheets/{stem}.html": "Sheet to print",
    }
    links = (
        f'<a href="{address}"{" download" if address.endswith("ipynb") else ""}>'
        f"{words}</a>"
        for address, words in ways.items()
    )
    return f'<p class="ways">{" ".join(links)}</p>'


def _front_page() -> str:
    rows = []
    for path in _study_notebooks():
        results = execution.results_of(notebook_json.read(path))
        seconds = results.get("notebook_seconds")
        rows.append(
            {
                "question": registry.of(int(path.name[:2])),
                "stem": path.stem,
                "cpu": f"{seconds / 60:.1f} min" if seconds else "",
            }
        )
    return _template("index.md.j2").render(
        rows=rows, guides=[name.removesuffix(".md") for name in GUIDES]
    )


def _template(name: str):
    # The result is Markdown, so nothing is escaped for HTML.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(name)


def _beside(up: str) -> str:
    return f"{up}_static/{LIBRARIES}/"


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """A folder beside the target, so that what is in it can be moved there at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as folder:
        yield Path(folder)


def _build(source: Path, built: Path, libraries: Libraries) -> list[str]:
    """Let Sphinx make the pages, and take out what a reader has no use for."""
    static = source / "_static"
    for name in ("site.css", "site.js"):
        _copy(TEMPLATES / name, static / name)
    mathjax = web_address("mathjax_js")
    if texts := libraries.texts:
        for name, text in texts.items():
            files.write(static / LIBRARIES / Path(FILES[name][1]).name, text)
        mathjax = f"{LIBRARIES}/{Path(FILES['mathjax_js'][1]).name}"
    log = source.parent / "complaints"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-b", "html", "-q", "--no-color"),
            *("-c", str(TEMPLATES), "-d", str(source.parent / "doctrees")),
            *("-w", str(log), "-D", f"mathjax_path={mathjax}"),
            *(f"-Dhtml_static_path={static}", str(source), str(built)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        # Whatever a shell has set for another project's pages.
        env={k: v for k, v in os.environ.items() if not k.startswith("SPHINX")},
    )
    complaints = log.read_text("utf-8").splitlines() if log.exists() else []
    if done.returncode:
        raise SiteError("\n".join(complaints or [done.stderr.strip()]))
    for left in (".buildinfo", "objects.inv", "jupyter_execute", "_sources"):
        path = built / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in built.glob("_static/**/*.map"):
        path.unlink()
    # GitHub's own generator would leave out folders whose names begin with "_".
    (built / ".nojekyll").touch()
    here = f"{source}{os.sep}"
    return [line.replace(here, "") for line in complaints if line.strip()]


def replace(built: Path, target: Path) -> None:
    """Put a folder in place of another one, which comes back if that fails."""
    before = built.with_name("before")
    if target.exists():
        target.rename(before)
    try:
        built.rename(target)
    except BaseException:
        if before.exists():
            before.rename(target)
        raise
