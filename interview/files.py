"""Files that are written whole or not at all, and paths as a reader can type them."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# How many folders up a path may lead before it reads better from the root.
NEAR = 2


def write(path: Path, text: str) -> None:
    """Write a file in place of one that may be there; its folder is made.

    A crash, a full disk or Ctrl-C leaves what was there before. Lines end in "\\n" on
    every system.

    Raises:
        OSError: the folder or the file can't be written.
    """
    with _beside(path, text) as whole:
        if path.exists():
            shutil.copymode(path, whole)
        os.replace(whole, path)


def create(path: Path, text: str) -> None:
    """Like `write`, but never over a file that is there, whoever wrote it and when.

    Raises:
        FileExistsError: there is one.
        OSError: the folder or the file can't be written.
    """
    with _beside(path, text) as whole:
        try:
            os.link(whole, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: take the name first
            path.touch(exist_ok=False)
            os.replace(whole, path)


@contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """A text in a file of its own beside the one that it's for, removed at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with open(whole, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield whole
    finally:
        whole.unlink(missing_ok=True)


def shown(path: Path) -> str:
    """A path as it can be clicked or typed from where the reader is."""
    try:
        relative = os.path.relpath(path)
        common = os.path.commonpath([os.path.abspath(path), os.getcwd()])
    except (ValueError, OSError):  # another drive, or a folder that is gone
        return str(path)
    up = Path(relative).parts.count("..")
    far = up > NEAR or (up and common == Path(common).anchor)
    return str(path) if far else relative
