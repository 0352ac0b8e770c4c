"""Notebooks as web pages that need no network: the whole website, or some pages.

Sphinx with myst-nb and sphinx-book-theme lays the pages out, without executing
anything. templates/site holds their styles and scripts, and Sphinx's configuration.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from interview import files, folders, notebook_json, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells
from interview.publishing import execution, pages, sheet, slides, study_page
from interview.publishing.libraries import Libraries
from interview.remembering import cards

TEMPLATES = pages.TEMPLATES / "site"
# The repository's own pages on the site, in the order of its contents.
GUIDES = (
    "docs/start.md",
    "docs/practise.md",
    "docs/check.md",
    "docs/mock.md",
    "docs/phone.md",
    "docs/interview.md",
    "docs/teach.md",
    "docs/teach-before.md",
    "docs/teach-lesson.md",
    "docs/teach-marking.md",
    "docs/data.md",
    "docs/trouble.md",
    "docs/publish.md",
    "docs/change.md",
    "helpers/samples/README.md",
    "BENCHMARKS.md",
)
# Files that these pages show or link to.
ALONGSIDE = ("docs/*.png", "LICENSE")
# Where they are, from the top of the site.
LIBRARY_FOLDER = "_static/libraries/"
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


class SiteError(Exception):
    """Sphinx couldn't make the pages; the message is Sphinx's own."""


def write_site(target: Path, libraries: Libraries) -> list[str]:
    """Write the whole website: study pages, talks, sheets, copies, cards, guides.

    The folder `target` is replaced once the whole site is written. Returned is what
    Sphinx complained about, line by line.

    Raises:
        SiteError: Sphinx failed.
        OSError: the folder or a file in it can't be written.
    """
    with _scratch(target) as scratch:
        source, built = scratch / "source", scratch / "built"
        numbers = study_notebooks.numbers()
        for number in numbers:
            path = study_notebooks.path_of(number)
            notebook, stem = nbformat.read(path, as_version=4), path.stem
            slides.write_slides(
                notebook,
                built / "slides" / f"{stem}.html",
                libraries,
                beside=f"../{LIBRARY_FOLDER}",
                page=f"../notebooks/{stem}.html",
            )
            sheet.write_sheet(number, built / "sheets" / f"{stem}.html")
            copy = nbformat.writes(copy_cells.make_copy(notebook, path.name)) + "\n"
            files.write(built / "practice" / path.name, copy)
            study = study_page.for_readers(notebook, built / "pictures", "../pictures/")
            study.cells.insert(1, new_markdown_cell(study_page.links(stem)))
            files.write(source / "notebooks" / path.name, nbformat.writes(study))
        sheet.write_answers(numbers, built / "sheets" / "answers.html")
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
    """Write a small site of notebooks alone, by the names of their pages.

    The rest is as for `write_site`.
    """
    with _scratch(target) as scratch:
        source, built = scratch / "source", scratch / "built"
        for name, notebook in notebooks.items():
            page = study_page.for_readers(notebook, built / "pictures", "pictures/")
            files.write(source / f"{name}.ipynb", nbformat.writes(page))
        contents = pages.template("site/pages.md.j2").render(names=list(notebooks))
        files.write(source / "index.md", contents)
        complaints = _build(source, built, libraries)
        replace(built, target)
    return complaints


def _front_page() -> str:
    rows = []
    for number in study_notebooks.numbers():
        path = study_notebooks.path_of(number)
        results = execution.results_of(notebook_json.read(path))
        seconds = results.get("notebook_seconds")
        rows.append(
            {
                "question": registry.of(number),
                "stem": path.stem,
                "cpu": f"{seconds / 60:.1f} min" if seconds else "",
            }
        )
    return pages.template("site/index.md.j2").render(
        rows=rows, guides=[name.removesuffix(".md") for name in GUIDES]
    )


def _card_pages(libraries: Libraries) -> dict[str, str]:
    """The drill and the page of all follow-ups, by the names of their sources."""
    found = cards.read_all()
    numbers = study_notebooks.numbers()
    follow_ups = {
        number: [c for c in found if (c.number, c.kind) == (number, "follow-up")]
        for number in numbers
    }
    values = {
        "cards": found,
        "questions": follow_ups,
        "levels": cards.LEVELS,
        "titles": {number: registry.of(number).title for number in numbers},
        "fsrs": libraries.address("fsrs_js", LIBRARY_FOLDER),
    }
    return {
        name: pages.template(f"site/{name}.j2", address=_address).render(values)
        for name in ("drill.md", "follow-ups.md")
    }


def _address(card: cards.Card) -> str:
    """The address of a card's section, from the top of the site."""
    # GitHub's way of making an anchor of a heading, which myst-nb follows.
    anchor = re.sub(r"[^\w\- ]", "", card.section.lower().replace(" ", "-"))
    return f"notebooks/{study_notebooks.path_of(card.number).name}#{anchor}"


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
        files.write(source / libraries.address(name, LIBRARY_FOLDER), text)
    mathjax = libraries.address("mathjax_js", LIBRARY_FOLDER).removeprefix("_static/")
    minisearch = libraries.address("minisearch_js", LIBRARY_FOLDER)
    log = source.parent / "complaints"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-b", "html", "-q", "--no-color"),
            *("-c", str(TEMPLATES), "-d", str(source.parent / "doctrees")),
            *("-w", str(log), "-D", f"mathjax_path={mathjax}"),
            *("-A", f"minisearch={minisearch}"),
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
