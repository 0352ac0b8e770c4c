"""Practice copies: where they are, and how one is begun.

A copy is made from the tags of the notebook's cells (see `blank`), the same bytes each
time, and is written once: what a learner has begun is never overwritten.
"""

import re
from pathlib import Path

from interview import folders, reading

_ATTEMPT = re.compile(r"_(\d+)\.ipynb\Z")


class PracticeError(Exception):
    """A notebook or a practice copy can't be had; the message says what to do."""


def notebook_path(number: int) -> Path:
    """The study notebook of a question.

    Raises:
        PracticeError: there is no such question.
    """
    found = sorted(folders.HERE.notebooks.glob(f"{number:02d}_*.ipynb"))
    if not found:
        known = numbers()
        raise PracticeError(
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


def copies(number: int) -> list[Path]:
    """The learner's copies of a question, the first attempt first."""
    stem = notebook_path(number).stem
    found = [
        p
        for p in folders.HERE.practice.glob(f"{stem}*.ipynb")
        if attempt_of(p) is not None
    ]
    return sorted(found, key=attempt_of)


def copy_path(number: int, attempt: int = 1) -> Path:
    """Where the learner's copy of a question is, or would be."""
    stem = notebook_path(number).stem
    return folders.HERE.practice / f"{stem}{f'_{attempt}' if attempt > 1 else ''}.ipynb"


def attempt_of(path: Path) -> int | None:
    """Which attempt a file holds by its name; None for a name of the learner's own."""
    if not re.match(r"\d\d_", path.name):
        return None
    try:
        stem = notebook_path(int(path.name[:2])).stem
    except PracticeError:
        return None
    if path.stem == stem:
        return 1
    found = _ATTEMPT.search(path.name)
    return int(found[1]) if found and path.stem == f"{stem}_{found[1]}" else None


def start(number: int, fresh: bool = False) -> tuple[Path, bool]:
    """Write the practice copy of a question unless there is one.

    Args:
        number: the question.
        fresh: write a further copy, numbered, beside those that are there.

    Returns:
        The path of the latest copy, and whether it was written now.

    Raises:
        PracticeError: there is no such question, or the folder can't be written to.
    """
    source = notebook_path(number)
    there = copies(number)
    if there and not fresh:
        return there[-1], False
    # Late: nbformat takes a second to import.
    import nbformat

    from interview import blank

    notebook = nbformat.read(source, as_version=4)
    attempt = attempt_of(there[-1]) + 1 if there else 1
    try:
        folders.HERE.practice.mkdir(parents=True, exist_ok=True)
        while True:
            target = copy_path(number, attempt)
            copy = blank.make_copy(notebook, source.name, attempt)
            try:
                # "x": never over a file that is there, whoever wrote it and when.
                with open(target, "x", encoding="utf-8", newline="\n") as file:
                    file.write(nbformat.writes(copy) + "\n")
            except FileExistsError:
                if not fresh:
                    return target, False
                attempt += 1
            else:
                return target, True
    except OSError as error:
        raise PracticeError(
            f"The folder {folders.HERE.practice} can't be written to "
            f"({error.strerror}). Make room or give yourself the right to write "
            f"there, and try again."
        ) from None


def is_untouched(path: Path) -> bool:
    """Whether nobody has worked in a practice copy: its sources as written, no outputs.

    The copy carries the hash of its own sources, so a later release of the study
    notebook, or a JupyterLab that saved the file in its own layout, changes nothing.
    """
    try:
        notebook = reading.read(path)
        written = notebook.metadata["interview"]["sources_sha256"]
        ran = any(cell.get("outputs") for cell in notebook.cells)
        return written == reading.fingerprint(notebook) and not ran
    except Exception:  # whatever it is, it isn't a copy as we write it
        return False
