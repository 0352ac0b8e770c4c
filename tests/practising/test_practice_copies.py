"""Practice copies: nothing given away, nothing lost."""

import ast
import json
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import nbformat
import pytest

from interview import headings, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells, practice_copies
from tests.support import PATHS, move, number_of, tagged, tags

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@pytest.fixture
def copy(path, notebook):
    return copy_cells.make_copy(notebook, path.name)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    return tmp_path / "practice"


def test_same_bytes_each_time(path, notebook):
    texts = [
        nbformat.writes(copy_cells.make_copy(deepcopy(notebook), path.name))
        for _ in range(2)
    ]
    assert texts[0] == texts[1]
    nbformat.validate(nbformat.reads(texts[0], as_version=4))


def test_gives_no_answer_away(notebook, copy):
    """No line of a solution is in the file, except lines that the bug hunt shows.

    A few idioms that "The idea" teaches before the task are allowed, too.
    """
    text = nbformat.writes(copy)
    kept, taught, section = set(), set(), ""
    for cell in copy.cells:
        if cell.source.startswith("## "):
            section = cell.source.splitlines()[0]
        lines = {line.strip() for line in cell.source.splitlines()}
        (taught if section == "## The idea" else kept).update(lines)
    shown = {
        line.strip()
        for cell in tagged(notebook, "bughunt")
        for line in cell.source.splitlines()
    }
    for cell in tagged(notebook, "answer"):
        solution = SOLUTION.search(cell.source).group(1).splitlines()
        lines = {line.strip() for line in solution if len(line.strip()) > 12}
        assert lines & kept <= shown
        assert len(lines & taught - shown) <= len(lines) / 5
        for line in lines - shown - taught:
            if len(line) > 30:
                escaped = line.replace("\\", "\\\\").replace('"', '\\"')
                assert escaped not in text, line
    assert "SOLUTION" not in text
    for cell in copy.cells:
        assert set(cell.metadata) <= {"tags"}
        assert "attachments" not in cell
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        if "model-answer" in tags(cell):
            assert cell.cell_type == "markdown"
            open_text = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.S)
            assert all(
                line.startswith("#") for line in open_text.splitlines() if line.strip()
            )


def test_keeps_question_hints_and_checks(path, notebook, copy):
    kept = {cell.id: cell for cell in copy.cells}
    for cell in notebook.cells:
        if {"hint", "check", "bughunt", "parameters"} & set(tags(cell)):
            assert kept[cell.id].source == cell.source
    for cell in tagged(notebook, "answer"):
        stub = ast.parse(kept[cell.id].source)
        (definition,) = [n for n in stub.body if hasattr(n, "name")]
        assert ast.get_docstring(definition)
        stub = definition.body[-1]
        if isinstance(definition, ast.ClassDef):
            # The error is raised when the class is used, not while it is defined.
            assert isinstance(stub, ast.FunctionDef)
            stub = stub.body[-1]
        assert isinstance(stub, ast.Raise)
    assert copy.cells[1].source.endswith(f"clock.start({int(path.name[:2])})")
    titles = [c.source.splitlines()[0] for c in copy.cells]
    order = headings.ORDER[registry.of(number_of(path)).edition]
    assert [t[3:] for t in titles if t.startswith("## ")] == list(order)


def blanked(source: str) -> str:
    """An answer cell as a practice copy has it."""
    cells = [
        nbformat.v4.new_markdown_cell("# 4 · Small"),
        nbformat.v4.new_code_cell(source, metadata={"tags": ["answer"]}),
    ]
    small = nbformat.v4.new_notebook(cells=cells)
    return copy_cells.make_copy(small, "04_small.ipynb").cells[-1].source


def test_a_blanked_class_keeps_its_methods():
    source = (
        "class A:\n"
        "    def f(self):\n"
        "        ### BEGIN SOLUTION\n"
        "        return 1\n"
        "        ### END SOLUTION\n\n"
        "    def g(self):\n"
        "        ### BEGIN SOLUTION\n"
        "        return 2\n"
        "        ### END SOLUTION\n"
    )
    stub = blanked(source)
    assert "return" not in stub
    assert stub.count("raise NotImplementedError") == 2
    ast.parse(stub)


def test_a_blanked_class_body_raises_when_used():
    source = (
        "class A(Base):\n"
        '    """Doc."""\n\n'
        "    ### BEGIN SOLUTION\n"
        "    def __init__(self, units):\n"
        "        self.units = units\n"
        "    ### END SOLUTION\n"
    )
    stub = blanked(source)
    assert "units" not in stub
    space = {"Base": object}
    exec(stub, space)
    with pytest.raises(NotImplementedError, match="not written yet"):
        space["A"](3)


def test_start_never_overwrites(folder):
    number = int(PATHS[0].name[:2])
    path, written = practice_copies.start(number)
    assert written
    assert path.parent == folder
    path.write_text("my work")
    assert practice_copies.start(number) == (path, False)
    assert path.read_text() == "my work"
    shown = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
    assert shown == [PATHS[0].name]


def test_a_copy_is_written_whole_or_not_at_all(folder, monkeypatch):
    """A full disk or Ctrl-C during the writing leaves no half of a copy."""
    for error in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fails(descriptor, error=error):
            raise error

        monkeypatch.setattr(os, "fsync", fails)
        with pytest.raises((study_notebooks.NotebookError, KeyboardInterrupt)):
            practice_copies.start(4)
        assert not list(folder.glob("*.ipynb"))
        assert not list(folder.glob(".*.ipynb*"))
    monkeypatch.undo()


def test_two_at_once_never_share_a_copy(folder, monkeypatch):
    """Commands that start before the first one hands out a copy get different ones."""
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: practice_copies.start_blank(4), range(4)))
        fresh = list(
            pool.map(lambda _: practice_copies.start(4, fresh=True)[0], range(3))
        )
    assert len({*taken, *fresh}) == 7
    assert sorted(practice_copies.copies(4)) == sorted([*taken, *fresh])
    assert all(map(practice_copies.is_untouched, practice_copies.copies(4)))
    # A later command takes what is still blank.
    monkeypatch.setattr(practice_copies, "BEGAN", time.time_ns())
    assert practice_copies.start_blank(4) == practice_copies.copy_path(4, 7)
    assert len(practice_copies.copies(4)) == 7


def test_a_copy_is_begun_with_an_answer_in_it(folder):
    path, _ = practice_copies.start(4)
    assert not practice_copies.is_begun(path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="The clock")]
    nbformat.write(notebook, path)
    assert not practice_copies.is_begun(path)
    tagged(notebook, "answer")[0].source = "def run_training_loop(): return {}"
    nbformat.write(notebook, path)
    assert practice_copies.is_begun(path)
    path.write_text("my work")
    assert not practice_copies.is_begun(path)


def test_start_knows_its_questions(folder):
    with pytest.raises(study_notebooks.NotebookError, match="no question 99"):
        practice_copies.start(99)
    assert not folder.exists()


@pytest.fixture
def untouched(folder):
    path, _ = practice_copies.start(int(PATHS[0].name[:2]))
    assert practice_copies.is_untouched(path)
    return path


def test_untouched_after_a_new_release(untouched, monkeypatch):
    """The study notebook has changed since the copy was written."""
    move(monkeypatch, notebooks=untouched.parent)
    assert practice_copies.is_untouched(untouched)


def test_untouched_after_jupyterlab_saved_it(untouched):
    """JupyterLab writes its own layout, and the kernel's language into the metadata."""
    copy = nbformat.read(untouched, as_version=4)
    copy.metadata["language_info"] = {"name": "python", "version": "3.13.5"}
    copy.cells[0].metadata["collapsed"] = False
    untouched.write_text(json.dumps(copy, indent=4, sort_keys=False))
    assert practice_copies.is_untouched(untouched)


def test_touched_once_a_cell_was_edited_or_run(untouched):
    copy = nbformat.read(untouched, as_version=4)
    ran = deepcopy(copy)
    ran.cells[1].outputs = [nbformat.v4.new_output("stream", text="The clock")]
    edited = deepcopy(copy)
    edited.cells[-1].source += "\n"
    for touched in (ran, edited):
        nbformat.write(touched, untouched)
        assert not practice_copies.is_untouched(untouched)
    for text in ("", "my work", "{}", '{"cells": 3, "metadata": []}'):
        untouched.write_text(text)
        assert not practice_copies.is_untouched(untouched)
