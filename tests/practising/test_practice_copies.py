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

from interview import headings, questions, study_notebooks
from interview.practising import copy_cells, practice_copies
from tests.notebooks.test_anatomy import markdown, words
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


class _Nameless(ast.NodeTransformer):
    """Gives all variables one name: who writes an answer names them otherwise."""

    def visit_Name(self, node):
        return ast.Name("_", node.ctx)


def steps(source: str) -> set[str]:
    """The statements in a source that say something, whatever its names and layout."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return | ast.Expr):
            found.add(ast.unparse(_Nameless().visit(node)))
    return {step for step in found if len(step) > 25}


def given_away(cells: list, answers: list) -> dict[str, set[str]]:
    """Steps of solutions that stand in other cells: by the cell's id."""
    solutions = set().union(*(steps(cell.source) for cell in answers))
    code = [c for c in cells if c.cell_type == "code" and "answer" not in tags(c)]
    found = {
        c.id: steps(c.source) & solutions for c in code if "bughunt" not in tags(c)
    }
    return {cell_id: same for cell_id, same in found.items() if same}


def test_gives_no_answer_away(notebook, copy):
    """No step of a solution is in the copy, but what the broken program shows."""
    answers = tagged(notebook, "answer")
    assert given_away(copy.cells, answers) == {}
    (broken,) = tagged(notebook, "bughunt")
    shown = {line.strip() for line in broken.source.splitlines()}
    text = nbformat.writes(copy)
    for cell in answers:
        solution = SOLUTION.search(cell.source)[1]
        for line in {line.strip() for line in solution.splitlines()} - shown:
            if len(line) > 30:
                escaped = line.replace("\\", "\\\\").replace('"', '\\"')
                assert escaped not in text, line
    assert "SOLUTION" not in text
    for cell in copy.cells:
        assert set(cell.metadata) <= {"tags", "jupyter"}
        assert "model-answer" not in tags(cell)
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_an_answer_in_other_words_would_be_noticed():
    answer = (
        "def average(models, x):\n    return stack(models, x).mean(axis=0).argmax()"
    )
    shown = "def f():\n    return look(one, two).mean(axis=0).argmax()"
    cells = [nbformat.v4.new_code_cell(shown)]
    assert given_away(cells, [nbformat.v4.new_code_cell(answer)])


def test_is_an_interview_and_no_book(notebook, copy):
    assert len(copy.cells) <= 25
    text = re.sub(r"!\[.*?\]\(.*?\)", "", markdown(copy.cells))
    assert words([nbformat.v4.new_markdown_cell(text)]) <= 1300
    (first, *_) = tagged(copy, "answer")
    assert copy.cells.index(first) < 6
    assert [c.id for c in copy.cells if "jupyter" in c.metadata] == ["set-up"]


def test_keeps_tasks_hints_and_checks(path, notebook, copy):
    """In the notebook's order; hints and what to ask back are folded."""
    question = questions.from_notebook(notebook, number_of(path))
    asked = {"answer", "check", "bughunt"}
    in_order = [c.id for c in notebook.cells if asked & set(tags(c))]
    assert [c.id for c in copy.cells if asked & set(tags(c))] == in_order
    text = markdown(copy.cells)
    folded = "".join(re.findall("<details>.*?</details>", text, re.DOTALL))
    assert question.spoken in text
    for row in question.clarifying:
        assert " | ".join(row) in folded
    for part in question.parts:
        assert part.kind == "bug hunt" or part.task.split("\n\n")[0] in text
    for cell in tagged(notebook, "hint"):
        assert cell.source in text
    for cell in tagged(notebook, "check") + tagged(notebook, "bughunt"):
        assert cell.source in [c.source for c in copy.cells if c.id == cell.id]
    for cell in tagged(copy, "answer"):
        stub = ast.parse(cell.source)
        (definition,) = [n for n in stub.body if hasattr(n, "name")]
        assert ast.get_docstring(definition)
        stub = definition.body[-1]
        if isinstance(definition, ast.ClassDef):
            # The error is raised when the class is used, not while it is defined.
            assert isinstance(stub, ast.FunctionDef)
            stub = stub.body[-1]
        assert isinstance(stub, ast.Raise)
    assert copy.cells[2].source.endswith(f"clock.start({number_of(path)})")
    headings_there = re.findall("^## (.+)$", text, re.MULTILINE)
    assert headings_there[:2] == [headings.QUESTION, headings.ANSWER]
    assert headings_there[-2:] == [headings.BUG_HUNT, headings.SECOND_ROUND]


def test_says_what_training_shows(copy):
    """A number and a figure stand above the one cell that trains what was written."""
    (expected, training) = (
        next(c for c in copy.cells if c.id == name) for name in ("expected", "training")
    )
    assert copy.cells.index(training) == copy.cells.index(expected) + 1
    assert re.search(r"^```\n.*\d.*\n```", expected.source, re.DOTALL | re.MULTILINE)
    figures = re.findall(r"!\[.+\]\(attachment:(.+)\)", expected.source)
    assert figures == list(expected.get("attachments", {}))


def blanked(source: str) -> str:
    """An answer cell as a practice copy has it."""
    cells = [
        nbformat.v4.new_markdown_cell("# 4 · Small\n\n| in an interview | 5 min |"),
        nbformat.v4.new_markdown_cell("## The question\n\n> Why?\n\n| A | B |\n"),
        nbformat.v4.new_markdown_cell("## The answer\n\n**Task.** Write it."),
        nbformat.v4.new_code_cell(source, metadata={"tags": ["answer"]}),
        nbformat.v4.new_code_cell("q04.check(A=A)", metadata={"tags": ["check"]}),
    ]
    small = nbformat.v4.new_notebook(cells=cells)
    copy = copy_cells.make_copy(small, "04_small.ipynb")
    return tagged(copy, "answer")[0].source


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
    path, written = practice_copies.start_copy(number)
    assert written
    assert path.parent == folder
    path.write_text("my work")
    assert practice_copies.start_copy(number) == (path, False)
    assert path.read_text() == "my work"
    shown = [p.name for p in folder.iterdir() if not p.name.startswith(".")]
    assert shown == [PATHS[0].name]


def test_a_blank_copy_of_an_earlier_release_is_written_anew(folder, monkeypatch):
    """One that somebody has worked in stays as it is, and its checks go on."""
    path, _ = practice_copies.start_copy(4)
    new = path.read_bytes()
    old = nbformat.read(path, as_version=4)
    old.cells[2].id = "clock"
    for give in (practice_copies.start_copy, practice_copies.start_blank_copy):
        nbformat.write(old, path)
        monkeypatch.setattr(practice_copies, "BEGAN", time.time_ns())
        assert give(4) in (path, (path, True))
        assert path.read_bytes() == new
    old.cells[-1].source += "\n"
    nbformat.write(old, path)
    assert practice_copies.start_copy(4) == (path, False)
    assert nbformat.read(path, as_version=4) == old


def test_a_copy_is_written_whole_or_not_at_all(folder, monkeypatch):
    """A full disk or Ctrl-C during the writing leaves no half of a copy."""
    for error in (OSError(28, "No space left on device"), KeyboardInterrupt()):

        def fails(descriptor, error=error):
            raise error

        monkeypatch.setattr(os, "fsync", fails)
        with pytest.raises((study_notebooks.NotebookError, KeyboardInterrupt)):
            practice_copies.start_copy(4)
        assert not list(folder.glob("*.ipynb"))
        assert not list(folder.glob(".*.ipynb*"))
    monkeypatch.undo()


def test_two_at_once_never_share_a_copy(folder, monkeypatch):
    """Commands that start before the first one hands out a copy get different ones."""
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: practice_copies.start_blank_copy(4), range(4)))
        fresh = list(
            pool.map(lambda _: practice_copies.start_copy(4, fresh=True)[0], range(3))
        )
    assert len({*taken, *fresh}) == 7
    assert sorted(practice_copies.copies(4)) == sorted([*taken, *fresh])
    assert all(map(practice_copies.is_untouched, practice_copies.copies(4)))
    # A later command takes what is still blank.
    monkeypatch.setattr(practice_copies, "BEGAN", time.time_ns())
    assert practice_copies.start_blank_copy(4) == practice_copies.copy_path(4, 7)
    assert len(practice_copies.copies(4)) == 7


def test_a_copy_is_begun_with_an_answer_in_it(folder):
    path, _ = practice_copies.start_copy(4)
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
        practice_copies.start_copy(99)
    assert not folder.exists()


@pytest.fixture
def untouched(folder):
    path, _ = practice_copies.start_copy(int(PATHS[0].name[:2]))
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
