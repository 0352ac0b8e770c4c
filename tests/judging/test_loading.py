"""What of a learner's file runs for a check, and what stays out."""

import nbformat
import pytest

from interview import notebook_json
from interview.judging import loading
from interview.practising import copy_cells
from tests.support import tagged

# In a copy, none of this may keep the answers from being checked.
SCRATCH = (
    "%timeit 1 + 1",
    "!ls",
    "%%time\nimport json",
    "keras.Model?",
    "for image in x_train:\n    print(image)",
    "codes = encoder.predict(x_train[:5])",
    "undefined_variable()",
    "1 / 0",
    "def (:",
    "import nothing_like_it",
    "while True:\n    pass",
    "raise SystemExit",
    "schedule = scratch = 3",
)


def code(source: str, *tags: str):
    return nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})


def checked(notebook) -> set[str]:
    """The names that a notebook's cells hand to its check."""
    return {
        name for cell in notebook.cells for name in notebook_json.checked_names(cell)
    }


@pytest.fixture
def loaded(tmp_path):
    """Load cells, or sources of cells, as an answer to question 6."""

    def load(*cells, number=6):
        made = [code(cell) if isinstance(cell, str) else cell for cell in cells]
        path = tmp_path / "mine.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=made), path)
        return loading.load(path, number)

    return load


def test_a_solved_copy_defines_all_that_is_checked(path, notebook, tmp_path):
    """The notebook's own answers in a fresh copy, each with scratch cells around it."""
    number = int(path.name[:2])
    copy = copy_cells.make_copy(notebook, path.name)
    answers = {cell.id: cell.source for cell in tagged(notebook, "answer")}
    cells = []
    for cell in copy.cells:
        cell.source = answers.get(cell.id, cell.source)
        scratch = SCRATCH if cell.id in answers else ()
        cells += [*map(code, scratch), cell, *map(code, scratch)]
    copy.cells = cells
    for made, name in ((copy, "copy.ipynb"), (notebook, "study.ipynb")):
        nbformat.write(made, tmp_path / name)
        answers_in = loading.load(tmp_path / name, number)
        assert set(answers_in.defined) == checked(notebook)
        assert answers_in.broken == {}
        assert answers_in.lost == {}


def test_a_fresh_copy_has_stubs_for_all_that_is_checked(path, notebook, tmp_path):
    number = int(path.name[:2])
    nbformat.write(copy_cells.make_copy(notebook, path.name), tmp_path / "copy.ipynb")
    answers = loading.load(tmp_path / "copy.ipynb", number)
    assert answers.blank == checked(notebook)
    assert answers.broken == {}


def test_what_an_answer_uses_comes_with_it(loaded):
    answers = loaded(
        code("KEPT = 10", "parameters"),
        "import math\nfrom math import *",
        "FACTORS = {}\nFACTORS['late'] = exp(-0.1)\nUSED = []",
        "USED.append(KEPT)",
        "%%time\ndef late(lr):\n    return lr * FACTORS['late']",
        "1 / 0",
        code(
            "def schedule(epoch, lr):\n    return lr if epoch < USED[0] else late(lr)"
        ),
    )
    schedule = answers.defined["schedule"]
    assert schedule(9, 1.0) == 1.0
    assert schedule(10, 1.0) == pytest.approx(0.9048, abs=1e-4)
    assert answers.lost == {}


def test_what_trains_stays_out(loaded):
    answers = loaded(
        "RAN = []",
        "model = RAN.append('made') or RAN",
        "history = model.fit(1)",
        "model.fit(1)",
        "def schedule(epoch, lr):\n    return RAN, history",
    )
    assert answers.defined["schedule"].__globals__["RAN"] == []
    assert "history" not in answers.defined["schedule"].__globals__


def test_a_magic_in_an_answer_cell_does_no_harm(loaded):
    answers = loaded(
        code(
            "%matplotlib inline\ndef schedule(epoch, lr):\n    return lr\n"
            "%timeit schedule(1, 2)",
            "answer",
        ),
        code("%%time\ndef make_plateau_callback():\n    return 1", "answer"),
    )
    assert set(answers.defined) == {"schedule", "make_plateau_callback"}


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        # An answer cell may bind it as it likes, a cell of one's own has to define it.
        ([code("schedule = lambda: 1", "answer"), "schedule = 2"], 1),
        ([code("schedule = lambda: 1", "answer"), "def schedule(): return 2"], 2),
        # What the check above it can't see is an old or a new attempt, to be kept.
        (
            [
                code("def schedule(): return 1", "answer"),
                code("q06.check(schedule=schedule)", "check"),
                "def schedule(): return 2",
            ],
            1,
        ),
        # Unless there's nothing but the stub above.
        (
            [
                code("def schedule():\n    raise NotImplementedError", "answer"),
                code("q06.check(schedule=schedule)", "check"),
                "def schedule(): return 2",
            ],
            2,
        ),
    ],
)
def test_which_definition_counts(loaded, cells, value):
    assert loaded(*cells).defined["schedule"]() == value


def test_a_definition_that_cannot_run_is_told_by_its_place(loaded):
    answers = loaded(
        "x = 1",
        code("import math\nclass WarmupDecay(Bsae):\n    pass", "answer"),
        code("def schedule(epoch, lr)\n    return lr", "answer"),
        code("def make_plateau_callback():\n    return 1", "answer"),
    )
    assert list(answers.defined) == ["make_plateau_callback"]
    assert answers.broken == {
        "WarmupDecay": "mine.ipynb, cell 2, line 2: NameError: "
        "name 'Bsae' is not defined",
        "schedule": "mine.ipynb, cell 3, line 1: expected ':'.",
    }


def test_a_name_that_is_lost_is_told_with_the_reason(loaded):
    answers = loaded(
        "RATE = 1 / 0",
        "def schedule(epoch, lr):\n    return RATE",
    )
    place = "mine.ipynb, cell 1, line 1: ZeroDivisionError: division by zero"
    assert answers.lost == {"RATE": place}


def test_annotations_wait_where_a_cell_says_so(loaded):
    answers = loaded(
        "from __future__ import annotations",
        "from dataclasses import dataclass\n@dataclass\nclass Rates:\n    first: Later",
        "def schedule(epoch: Nothing, lr):\n    return Rates(lr).first",
    )
    assert answers.defined["schedule"](0, 3) == 3


def test_a_copy_saved_elsewhere_is_known_by_its_cells(tmp_path, notebook, path):
    """Some editors drop a cell's id, others its tags."""
    number = int(path.name[:2])
    for cell in notebook.cells:
        cell["id"] = f"other-{cell['id']}"[:60]
    nbformat.write(notebook, tmp_path / "other.ipynb")
    answers = loading.load(tmp_path / "other.ipynb", number)
    assert set(answers.defined) == checked(notebook)


def test_an_old_format_is_read(tmp_path):
    v3 = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(
                cells=[nbformat.v3.new_code_cell(input="def schedule(): return 3")]
            )
        ]
    )
    (tmp_path / "old.ipynb").write_text(nbformat.writes(v3, version=3))
    assert loading.load(tmp_path / "old.ipynb", 6).defined["schedule"]() == 3


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"cells": 3}', "my work"])
def test_what_is_no_notebook_is_said(tmp_path, text):
    (tmp_path / "mine.ipynb").write_text(text)
    with pytest.raises(loading.CannotRun, match=r"mine\.ipynb isn't a notebook"):
        loading.load(tmp_path / "mine.ipynb", 6)


def test_another_questions_answer_is_recognised(loaded):
    assert loaded("def build_lstm(): pass").other_question == 2
    assert loaded("def other(): pass").other_question is None


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"def f(\n", "answer.py, line 1: "),
        (b"x = 1\nreturn x\n", "answer.py, line 2: 'return' outside function."),
        (b"x = '\\d'\n", ""),
        (b"1 / 0\n", ""),
        (b"\xff\n", "answer.py can't be read: "),
        (b"", ""),
    ],
)
def test_a_file_may_be_unfinished(source, says, recwarn):
    got = loading.unfinished("answer.py", source, 6)
    assert got.startswith(says)
    assert bool(got) == bool(says)
    assert not recwarn.list


def test_a_notebook_is_unfinished_where_it_defines_an_answer():
    """Scratch cells may hold anything; half of a file is none at all."""
    broken = "def schedule(epoch, lr:\n    return lr"
    right = broken.replace("lr:", "lr):")
    for cells, says in (
        ([right, "def (:", "%timeit 1 + 1"], ""),
        ([broken], "mine.ipynb, cell 1, line 1"),
        (["%%time\n" + broken], "mine.ipynb, cell 1, line 2"),
        (["%%time\n" + right], ""),
    ):
        text = nbformat.writes(nbformat.v4.new_notebook(cells=list(map(code, cells))))
        assert loading.unfinished("mine.ipynb", text.encode(), 6).startswith(says)
        half = text[: len(text) // 2].encode()
        assert "isn't a notebook" in loading.unfinished("mine.ipynb", half, 6)


def test_the_code_of_a_notebook_is_in_its_code_cells():
    cells = [code("import os"), nbformat.v4.new_markdown_cell("tf.config"), code("1")]
    text = nbformat.writes(nbformat.v4.new_notebook(cells=cells))
    assert loading.code_in("mine.ipynb", text.encode()) == "import os\n1"
    assert loading.code_in("mine.py", b"import os\r\n") == "import os\n"
