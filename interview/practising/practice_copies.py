"""Practice copies: where they are, and how one is begun.

`copy_cells` makes a copy from the study notebook, the same bytes each time. It is
written once: what a learner has begun is never overwritten.
"""

import re
from collections.abc import Container
from pathlib import Path

from interview import files, folders, notebook_json, study_notebooks

# What else lies in the practice folder: the start page, and the notebooks with buttons.
START_PAGE, BOARDS = "START.md", ("drill.ipynb", "mock.ipynb")


def copies(number: int) -> list[Path]:
    """The learner's copies of a question, the first attempt first."""
    stem = study_notebooks.path_of(number).stem
    found = [
        p
        for p in folders.HERE.practice.glob(f"{stem}*.ipynb")
        if attempt_of(p) is not None
    ]
    return sorted(found, key=attempt_of)


def copy_path(number: int, attempt: int = 1) -> Path:
    """Where the learner's copy of a question is, or would be."""
    stem = study_notebooks.path_of(number).stem
    return folders.HERE.practice / f"{stem}{f'_{attempt}' if attempt > 1 else ''}.ipynb"


def attempt_of(path: Path) -> int | None:
    """Which attempt a file holds by its name; None for a name of the learner's own."""
    found = re.fullmatch(r"(\d\d)_.+?(?:_(\d+))?\.ipynb", path.name)
    if not found or int(found[1]) not in study_notebooks.numbers():
        return None
    number, attempt = int(found[1]), int(found[2] or 1)
    return attempt if path.name == copy_path(number, attempt).name else None


def start_copy(number: int, fresh: bool = False) -> tuple[Path, bool]:
    """Write the practice copy of a question unless there is one, or a further one.

    Returns:
        The path of the latest copy, and whether it was written now.

    Raises:
        NotebookError: there is no such question, or the folder can't be written to.
    """
    there = copies(number)
    if there and not fresh:
        return there[-1], False
    return _write(number), True


def start_blank_copy(number: int, used: Container[int] = ()) -> Path:
    """A copy to begin on: the latest if nobody has worked in it, or a further one.

    Attempts that were `used` count as begun, whatever is in their copies.

    Raises:
        NotebookError: there is no such question, or the folder can't be written to.
    """
    there = copies(number)
    if there and attempt_of(there[-1]) not in used and is_untouched(there[-1]):
        return there[-1]
    return _write(number)


def _write(number: int) -> Path:
    """Write a blank copy, numbered after those that are there."""
    # Imported here because nbformat takes a second to import.
    import nbformat

    from interview.practising import copy_cells

    source = study_notebooks.path_of(number)
    notebook = nbformat.read(source, as_version=4)
    attempt = max(map(attempt_of, copies(number)), default=0)
    while True:
        attempt += 1
        copy = copy_cells.make_copy(notebook, source.name, attempt)
        target = copy_path(number, attempt)
        try:
            files.create(target, nbformat.writes(copy) + "\n")
        except OSError as error:
            if target.exists():  # another command was faster
                continue
            raise study_notebooks.NotebookError(
                f"The folder {folders.HERE.practice} can't be written to "
                f"({error.strerror}). Make room or give yourself the right to write "
                f"there, and try again."
            ) from None
        return target


def is_untouched(path: Path) -> bool:
    """Whether nobody has written in a practice copy, whatever was run in it.

    The copy carries the hash of its own sources, so a later release of the study
    notebook, or a JupyterLab that saved the file in its own layout, changes nothing.
    """
    try:
        notebook = notebook_json.read(path)
        written = notebook.metadata["interview"]["sources_sha256"]
    except Exception:  # no notebook, or one that isn't a copy of ours
        return False
    return written == notebook_json.fingerprint(notebook)
