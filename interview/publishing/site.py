"""Notebooks as web pages that need no network: the whole website, or some pages.

Sphinx with myst-nb and sphinx-book-theme lays the pages out, without executing
anything. `for_readers` makes the notebook that a page shows; templates/site holds the
styles, the scripts and Sphinx's configuration.
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
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from interview import files, folders, headings, notebook_json, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells
from interview.publishing import execution, sheet, slides
from interview.publishing.libraries import Libraries, basename, web_address
from interview.remembering import cards

TEMPLATES = Path(__file__).parent / "templates" / "site"
# The repository's own pages on the site, in the order of its contents.
GUIDES = (
    "docs/start.md",
    "docs/practise.md",
    "docs/check.md",
    "docs/mock.md",
    "docs/phone.md",
    "docs/interview.md",
    "docs/teach.md",
    "docs/data.md",
    "docs/trouble.md",
    "docs/publish.md",
    "docs/change.md",
    "helpers/samples/README.md",
    "BENCHMARKS.md",
)
# Files that these pages show or link to.
ALONGSIDE = ("docs/*.png", "LICENSE")
LIBRARIES = "libraries"
# What Sphinx writes and no page needs; the search is ours.
LEFT_OVER = (
    ".buildinfo",
    "objects.inv",
    "jupyter_execute",
    "_sources",
    "searchindex.js",
    "_static/searchtools.js",
    "_static/language_data.js",
)

_MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.MULTILINE)
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
_IMPORT = re.compile(r"(from \S+ )?import |\s*$|#")
_PLAY = (
    "*Here this is a still picture. In JupyterLab it has controls to play with: "
    "`interview lab` opens it there, and the picture moves once its cell has run.*"
)


class SiteError(Exception):
    """Sphinx couldn't make the pages; the message is Sphinx's own."""


def write_site(target: Path, libraries: Libraries) -> list[str]:
    """Write the whole website: study pages, talks, sheets, copies, cards, guides.

    The target is replaced once the whole site is written.

    Args:
        target: its folder.
        libraries: they are copied into the site; if they are unavailable, the pages
            load them from the web.

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
        for name, page in _card_pages(libraries).items():
            files.write(source / name, page)
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
        libraries: as for `write_site`.

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

    - Figures become files of their own, with their descriptions.
    - An output that holds several forms keeps the one for a page. Widgets and data for
      programs are left out.
    - Answers, set-up and teaching notes are folded, solution markers go, and an
      explorer says how it can be played with.

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
        if notebook_json.is_note(cell):
            new.source = _folded_note(cell.source)
        if cell.cell_type != "code":
            continue
        new.source = _MARKER.sub("", cell.source)
        shown = (_shown(output, pictures, address) for output in cell.outputs)
        new.outputs = [output for output in shown if output]
        if _is_explorer(cell):
            shown_cells.append(new_markdown_cell(_PLAY))
    page = nbformat.v4.new_notebook(cells=shown_cells)
    page.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    return page


def _study_notebooks() -> list[Path]:
    return [study_notebooks.path_of(number) for number in study_notebooks.numbers()]


def _folding(cell: NotebookNode, section: str) -> dict:
    """The metadata by which myst-nb folds a code cell, under these words."""
    tags, words = notebook_json.tags(cell), ""
    if cell.cell_type == "code":
        if "answer" in tags:
            words = "The answer"
        elif "results" in tags:
            return _folded("Results", "hide-cell")
        elif "parameters" in tags:
            words = "Parameters"
        elif section == headings.SET_UP or cell.source.startswith("# Plumbing"):
            words = "Set-up"
        elif all(map(_IMPORT.match, cell.source.splitlines())):
            words = "Imports"
    return _folded(words, "hide-input") if words else {}


def _folded(words: str, tag: str) -> dict:
    prompts = {"code_prompt_show": words, "code_prompt_hide": words}
    return {"tags": [tag], "mystnb": prompts}


def _is_explorer(cell: NotebookNode) -> bool:
    return "explore.explore(" in cell.source or any(
        execution.WIDGET_VIEW in output.get("data", {}) for output in cell.outputs
    )


def _folded_note(source: str) -> str:
    """A teaching note, folded, since it is in the way of a lone learner."""
    return (
        '<details class="teaching"><summary>For whoever teaches this</summary>\n\n'
        f"{source}\n\n</details>"
    )


def _shown(output: NotebookNode, pictures: Path, address: str) -> NotebookNode | None:
    """An output in the one form that a page shows; None if the page shows none."""
    bundle = output.get("data")
    if bundle is None:
        return nbformat.from_dict(output)
    if "image/png" in bundle:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        shown = {"text/html": _picture(bundle["image/png"], alt, pictures, address)}
    elif "text/html" in bundle:
        content = _summary_table(bundle["text/html"])
        shown = {"text/html": f'<div class="scrolls">{content}</div>'}
    elif "text/plain" in bundle:
        shown = {"text/plain": bundle["text/plain"]}
    else:
        return None
    return new_output("display_data", data=shown)


def _summary_table(content: str) -> str:
    """The drawn box of `model.summary()` as a table, which wraps where a box can't."""
    if "┏" not in content:
        return content
    rows: list[list[str]] = []
    for line in re.sub(r"<[^>]+>", "", content).splitlines():
        cells = [cell.strip() for cell in re.split("[┃│]", line)[1:-1]]
        if not cells:  # a ruled line, or none of the box
            rows.append([])
        else:
            above = rows.pop() or [""] * len(cells)
            rows.append([f"{a} {b}" for a, b in zip(above, cells, strict=True)])
    head, *body = (row for row in rows if row)
    body = "".join(_row("td", row) for row in body)
    return (
        f'<table class="summary"><thead>{_row("th", head)}</thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(kind: str, cells: Iterable[str]) -> str:
    inside = "".join(f"<{kind}>{cell.strip()}</{kind}>" for cell in cells)
    return f"<tr>{inside}</tr>"


def _picture(content: str, alt: str, pictures: Path, address: str) -> str:
    """Write a picture to a file named by its hash; return the HTML that shows it."""
    data = base64.b64decode(content)
    name = f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    pictures.mkdir(parents=True, exist_ok=True)
    (pictures / name).write_bytes(data)
    width, height = struct.unpack(">II", data[16:24])
    return (
        f'<a class="figure" href="{address}{name}">'
        f'<img src="{address}{name}" alt="{html.escape(alt)}" '
        f'width="{width}" height="{height}" loading="lazy"></a>'
    )


def _ways(stem: str) -> str:
    """Links from a study page to the question's copy, slides and sheet."""
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


def _card_pages(libraries: Libraries) -> dict[str, str]:
    """The drill and the page of all follow-ups, by the names of their sources."""
    found = [_card(card) for card in cards.read_all()]
    numbers = study_notebooks.numbers()
    shared = {
        "levels": cards.LEVELS,
        "titles": {number: registry.of(number).title for number in numbers},
    }
    follow_ups = {
        number: [c for c in found if (c["number"], c["kind"]) == (number, "follow-up")]
        for number in numbers
    }
    return {
        "drill.md": _template("drill.md.j2").render(
            cards=found, fsrs=_address("fsrs_js", libraries), **shared
        ),
        "follow-ups.md": _template("follow-ups.md.j2").render(
            questions=follow_ups, **shared
        ),
    }


def _card(card: cards.Card) -> dict:
    """A card with its sides in Markdown and the address of its section on the site."""
    study = study_notebooks.path_of(card.number).name
    # GitHub's way of making an anchor of a heading, which myst-nb follows.
    anchor = re.sub(r"[^\w\- ]", "", card.section.lower().replace(" ", "-"))
    return {
        "id": card.id,
        "number": card.number,
        "kind": card.kind,
        "level": card.level,
        "front": _side(card.front),
        "back": _side(card.back),
        "address": f"notebooks/{study}#{anchor}",
    }


def _side(blocks) -> str:
    shown = {"text": "{}", "code": "```python\n{}\n```", "output": "```text\n{}\n```"}
    return "\n\n".join(shown[b.kind].format(b.text) for b in blocks if b.kind in shown)


def _address(name: str, libraries: Libraries) -> str:
    """Where a page at the top of the site finds a library."""
    return web_address(name) if libraries.trouble else _beside("") + basename(name)


def _template(name: str):
    # The templates make Markdown, so nothing is escaped for HTML.
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
    """A folder on the same disk as the target, so that a rename replaces it at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as folder:
        yield Path(folder)


def _build(source: Path, built: Path, libraries: Libraries) -> list[str]:
    """Make the pages with Sphinx, and remove the files that no page needs."""
    static = source / "_static"
    for name in ("site.css", "site.js", "search.js", "drill.js"):
        _copy(TEMPLATES / name, static / name)
    for name, text in libraries.texts.items():
        files.write(static / LIBRARIES / basename(name), text)
    mathjax = _address("mathjax_js", libraries).removeprefix("_static/")
    log = source.parent / "complaints"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-b", "html", "-q", "--no-color"),
            *("-c", str(TEMPLATES), "-d", str(source.parent / "doctrees")),
            *("-w", str(log), "-D", f"mathjax_path={mathjax}"),
            *("-A", f"minisearch={_address('minisearch_js', libraries)}"),
            *(f"-Dhtml_static_path={static}", str(source), str(built)),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        # Sphinx reads options from variables, which may be another project's.
        env={k: v for k, v in os.environ.items() if not k.startswith("SPHINX")},
    )
    complaints = log.read_text("utf-8").splitlines() if log.exists() else []
    if done.returncode:
        raise SiteError("\n".join(complaints or [done.stderr.strip()]))
    for left in LEFT_OVER:
        path = built / left
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in built.glob("_static/**/*.map"):
        path.unlink()
    # Without this file GitHub Pages leaves out folders whose names begin with "_".
    (built / ".nojekyll").touch()
    here = f"{source}{os.sep}"
    return [line.replace(here, "") for line in complaints if line.strip()]


def replace(built: Path, target: Path) -> None:
    """Replace a folder by another one; if that fails, the old one is put back."""
    before = built.with_name("before")
    if target.exists():
        target.rename(before)
    try:
        built.rename(target)
    except BaseException:
        if before.exists():
            before.rename(target)
        raise
