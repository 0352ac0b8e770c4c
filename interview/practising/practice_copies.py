"""Practice copies: where they are, and how one is begun.

`copy_cells` makes a copy from the study notebook, the same bytes each time. It is
written once: what a learner has begun is never overwritten.
"""

import os
import re
import time
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

from interview import files, folders, notebook_json, study_notebooks
from interview.judging import stubs

# What else lies in the practice folder: the start page, and the notebooks with buttons.
START_PAGE, BOARDS = "START.md", ("drill.ipynb", "mock.ipynb")
# Long enough for several others to write their copies first, on a busy machine.
LOCK_SECONDS = 60

_ATTEMPT = re.compile(r"_(\d+)\.ipynb\Z")
# When this command began: a copy that was given out later went to another command that
# runs at the same time.
BEGAN = time.time_ns()


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
    if not re.match(r"\d\d_", path.name):
        return None
    try:
        stem = study_notebooks.path_of(int(path.name[:2])).stem
    except study_notebooks.NotebookError:
        return None
    if path.stem == stem:
        return 1
    found = _ATTEMPT.search(path.name)
    return int(found[1]) if found and path.stem == f"{stem}_{found[1]}" else None


def start_copy(number: int, fresh: bool = False) -> tuple[Path, bool]:
    """Write the practice copy of a question unless there is one.

    A copy that an earlier release wrote, and nobody has worked in, is written anew.

    Args:
        number: the question.
        fresh: write a further copy, numbered, beside those that are there.

    Returns:
        The path of the latest copy, and whether it was written now.

    Raises:
        NotebookError: there is no such question, or the folder can't be written to.
    """
    study_notebooks.path_of(number)
    there = copies(number)
    if there and not fresh and not _is_outdated(there[-1]):
        return there[-1], False
    with _giving_out(number):
        there = copies(number)
        latest = attempt_of(there[-1]) if there else 0
        if fresh or not there:
            return _write(number, latest + 1), True
        if _is_outdated(there[-1]):
            return _rewrite(there[-1], number), True
        return there[-1], False  # another command was faster


def start_blank_copy(number: int, used: Container[int] = ()) -> Path:
    """A copy to begin on: the latest if nobody has worked in it, or a further one.

    Two commands that run at the same time never get the same one.

    Args:
        number: the question.
        used: attempts that count as begun, whatever is in their copies.

    Raises:
        NotebookError: there is no such question, or the folder can't be written to.
    """
    study_notebooks.path_of(number)
    with _giving_out(number) as since:
        there = copies(number)
        latest = attempt_of(there[-1]) if there else 0
        is_free = there and since < BEGAN and latest not in used
        if is_free and _is_outdated(there[-1]):
            return _rewrite(there[-1], number)
        if is_free and is_untouched(there[-1]):
            return there[-1]
        return _write(number, latest + 1)


@contextmanager
def _giving_out(number: int) -> Iterator[int]:
    """Keep other commands waiting until this one has its copy.

    Yields:
        When a copy of the question was last given out, in nanoseconds.
    """
    # Imported here because most commands only read the copies.
    from filelock import FileLock, Timeout

    note = folders.HERE.practice / f".{number:02d}-given-out"
    try:
        folders.HERE.practice.mkdir(parents=True, exist_ok=True)
        with FileLock(note.with_suffix(".lock"), timeout=LOCK_SECONDS):
            yield note.stat().st_mtime_ns if note.exists() else 0
            note.touch()
            os.utime(note, ns=(now := time.time_ns(), now))
    except Timeout:
        raise study_notebooks.NotebookError(
            f"Another command has been writing to {files.shown(note.parent)} for "
            f"{LOCK_SECONDS} s. Wait for it to end, and try again."
        ) from None
    except OSError as error:
        raise study_notebooks.NotebookError(
            f"The folder {folders.HERE.practice} can't be written to "
            f"({error.strerror}). Make room or give yourself the right to write "
            f"there, and try again."
        ) from None


def _write(number: int, attempt: int) -> Path:
    """Write a blank copy, with the attempt's number or the next that is free."""
    # Imported here because nbformat takes a second to import.
    import nbformat

    from interview.practising import copy_cells

    source = study_notebooks.path_of(number)
    notebook = nbformat.read(source, as_version=4)
    while True:
        target = copy_path(number, attempt)
        copy = copy_cells.make_copy(notebook, source.name, attempt)
        try:
            files.create(target, nbformat.writes(copy) + "\n")
        except FileExistsError:
            attempt += 1
        else:
            return target


def _rewrite(path: Path, number: int) -> Path:
    """Write a copy anew that nobody has worked in."""
    path.unlink()
    return _write(number, attempt_of(path))


def _is_outdated(path: Path) -> bool:
    """Whether nobody has worked in a copy, and an earlier release wrote it.

    Those had nearly all cells of the study notebook, and no set-up cell.
    """
    if not is_untouched(path):
        return False
    cells = notebook_json.read(path).cells
    return all(cell.get("id") != "set-up" for cell in cells)


def is_untouched(path: Path) -> bool:
    """Whether nobody has worked in a practice copy: its sources as written, no outputs.

    The copy carries the hash of its own sources, so a later release of the study
    notebook, or a JupyterLab that saved the file in its own layout, changes nothing.
    """
    try:
        notebook = notebook_json.read(path)
        written = notebook.metadata["interview"]["sources_sha256"]
        ran = any(cell.get("outputs") for cell in notebook.cells)
        return written == notebook_json.fingerprint(notebook) and not ran
    except Exception:  # no notebook, or one that isn't a copy of ours
        return False


def is_begun(path: Path) -> bool:
    """Whether a copy has an answer in it: a cell for one that isn't the stub."""
    try:
        cells = notebook_json.read(path).cells
    except (notebook_json.NotANotebook, OSError):
        return False
    answers = [cell.source for cell in cells if "answer" in notebook_json.tags(cell)]
    return any(stubs.STUB not in source for source in answers)
