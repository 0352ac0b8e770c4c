"""What several tests use: the notebooks, their tags and bounds, other folders."""

from dataclasses import replace

from interview import folders
from interview.checks import registry

ROOT = folders.HERE.root
PATHS = sorted(folders.HERE.notebooks.glob("*.ipynb"))


def number_of(path) -> int:
    """The question that a notebook's file name begins with."""
    return int(path.name[:2])


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def tagged(notebook, tag: str) -> list:
    return [cell for cell in notebook.cells if tag in tags(cell)]


def move(monkeypatch, **elsewhere) -> None:
    """Let the collection find some of its folders elsewhere, for one test."""
    monkeypatch.setattr(folders, "HERE", replace(folders.HERE, **elsewhere))


def outside_bounds(results: dict, number: int, which: str) -> list[str]:
    """What of a notebook's results isn't as its `question.toml` has it."""
    wrong = []
    for name, bounds in registry.of(number).bounds.items():
        if name not in results:
            # A reduced run may leave out what has no bound there.
            if which in bounds or which == "committed":
                wrong.append(f"{name} isn't in the results")
            continue
        for kind, bound in bounds.get(which, {}).items():
            value = results[name]
            fits = {"min": value >= bound, "max": value <= bound}[kind]
            if not fits:
                wrong.append(f"{name} is {value}, {which} {kind} {bound}")
    return wrong
