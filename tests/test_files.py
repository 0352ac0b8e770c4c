"""Files are written whole or not at all; paths are shown relative to the reader."""

import os
import sys
from pathlib import Path

import pytest

from interview import files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_lines_end_alike_everywhere(tmp_path):
    target = tmp_path / "new" / "page.html"
    files.write(target, "one\ntwö\n")
    assert target.read_bytes() == "one\ntwö\n".encode()
    files.write(target, "three\n")
    assert target.read_bytes() == b"three\n"
    assert names(target.parent) == ["page.html"]


@pytest.mark.parametrize("write", [files.write, files.create])
def test_what_stops_half_way_leaves_nothing(tmp_path, monkeypatch, write):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "page.html", "text")
    assert names(tmp_path) == []


def test_what_is_there_survives_what_stops_half_way(tmp_path, monkeypatch):
    target = tmp_path / "page.html"
    target.write_text("old")

    def interrupted(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        files.write(target, "new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["page.html"]


@pytest.mark.parametrize("links", [True, False])
def test_create_never_overwrites(tmp_path, monkeypatch, links):
    if not links:

        def refuses(*arguments):
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(os, "link", refuses)
    target = tmp_path / "copy.ipynb"
    files.create(target, "mine")
    with pytest.raises(FileExistsError):
        files.create(target, "yours")
    assert target.read_text() == "mine"
    assert names(tmp_path) == ["copy.ipynb"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")
def test_others_may_read_what_is_written(tmp_path):
    target = tmp_path / "page.html"
    files.write(target, "text")
    umask = os.umask(0)
    os.umask(umask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~umask
    target.chmod(0o600)
    files.write(target, "text")
    assert target.stat().st_mode & 0o777 == 0o600


def test_paths_are_said_from_where_the_reader_is(tmp_path, monkeypatch):
    root = tmp_path / "collection"
    sheet = root / "runs" / "sheets" / "04.html"
    (root / "practice" / "mine" / "deeper").mkdir(parents=True)
    for folder, says in {
        root: os.path.join("runs", "sheets", "04.html"),
        root / "practice": os.path.join("..", "runs", "sheets", "04.html"),
        tmp_path: os.path.join("collection", "runs", "sheets", "04.html"),
        root / "practice" / "mine" / "deeper": str(sheet),
    }.items():
        monkeypatch.chdir(folder)
        assert files.shown(sheet) == says


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_a_path_from_a_folder_that_is_gone(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert files.shown(tmp_path / "a") == str(tmp_path / "a")


@pytest.mark.skipif(os.name == "nt", reason="a path that Windows doesn't have")
def test_a_path_across_the_root_is_whole(monkeypatch):
    monkeypatch.chdir("/usr")
    assert files.shown(Path("/etc/fstab")) == "/etc/fstab"
