"""The study notebooks: which questions there are, and the file of each."""

from pathlib import Path

from interview import folders


class NotebookError(Exception):
    """A notebook or a practice copy can't be had; the message says what to do."""


def path_of(number: int) -> Path:
    """The study notebook of a question.

    Raises:
        NotebookError: there is no such question.
    """
    found = sorted(folders.HERE.notebooks.glob(f"{number:02d}_*.ipynb"))
    if not found:
        known = numbers()
        raise NotebookError(
            f"There is no question {number}; there are {known[0]} to {known[-1]}."
            if known
            else f"There are no notebooks in {folders.HERE.notebooks}."
        )
    return found[0]


def numbers() -> list[int]:
    """The questions that have a notebook."""
    return [
        int(path.name[:2])
        for path in sorted(folders.HERE.notebooks.glob("[0-9][0-9]_*.ipynb"))
    ]
