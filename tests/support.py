"""Shared by several tests: notebooks, their tags and bounds, other folders."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from interview import folders, notebook_json
from interview.checks import registry
from interview.notebook_json import tags
from interview.publishing import execution

ROOT = folders.HERE.root
PATHS = sorted(folders.HERE.notebooks.glob("*.ipynb"))


def number_of(path) -> int:
    """The question that a notebook's file name begins with."""
    return int(path.name[:2])


def places_of(number: int) -> dict[str, list[Path]]:
    """The four places of a question, and the files that are there."""
    name = f"q{number:02d}"
    patterns = (
        f"notebooks/{number:02d}_*.ipynb",
        f"helpers/{name}.py",
        f"interview/checks/{name}/**/*",
        f"tests/answers/{name}/**/*",
    )
    written = {".ipynb", ".py", ".toml"}
    return {
        place: sorted(path for path in ROOT.glob(place) if path.suffix in written)
        for place in patterns
    }


def left_to_write(number: int) -> list[str]:
    """The lines with TODO in the files of a question, each with where it stands."""
    found = []
    for path in itertools.chain(*places_of(number).values()):
        text = path.read_text("utf-8")
        if "TODO" in text:
            for where, line in _lines(path, text):
                if "TODO" in line:
                    place = path.relative_to(ROOT).as_posix()
                    found.append(f"{place}, {where}: {line.strip(' #')}")
    return found


def _lines(path: Path, text: str) -> Iterator[tuple[str, str]]:
    """The lines of a file, and where each stands; of a notebook those of its cells."""
    sources = {"": text}
    if path.suffix == ".ipynb":
        cells = notebook_json.parse(text).cells
        sources = {f"cell {i} ": cell.source for i, cell in enumerate(cells, start=1)}
    for cell, source in sources.items():
        for number, line in enumerate(source.splitlines(), start=1):
            yield f"{cell}line {number}", line


def tagged(notebook, tag: str) -> list:
    return [cell for cell in notebook.cells if tag in tags(cell)]


def pictures_in(cells) -> list:
    """The outputs of cells that are figures."""
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    return [output for output in shown if "image/png" in output.get("data", {})]


def reduce_copy(copy, notebook) -> None:
    """Give a practice copy's set-up cell the short settings of its notebook."""
    number = copy.metadata["interview"]["question"]
    (set_up,) = (cell for cell in copy.cells if cell.id == "set-up")
    for name, value in execution.reduced_parameters(number, notebook).items():
        set_up.source = re.sub(
            rf"^{name} = .*$", f"{name} = {value!r}", set_up.source, flags=re.MULTILINE
        )


def move(monkeypatch, **elsewhere) -> None:
    """Let the collection find some of its folders elsewhere, for one test."""
    monkeypatch.setattr(folders, "HERE", replace(folders.HERE, **elsewhere))


def outside_bounds(results: dict, number: int, which: str) -> list[str]:
    """The results of a notebook that are outside the bounds of its `question.toml`."""
    wrong = []
    for name, bounds in registry.of(number).bounds.items():
        if name not in results:
            # A reduced run may lack results that have no bound for it.
            if which in bounds or which == "committed":
                wrong.append(f"{name} isn't in the results")
            continue
        for kind, bound in bounds.get(which, {}).items():
            value = results[name]
            fits = {"min": value >= bound, "max": value <= bound}[kind]
            if not fits:
                wrong.append(f"{name} is {value}, {which} {kind} {bound}")
    return wrong
