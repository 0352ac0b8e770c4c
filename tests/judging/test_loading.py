"""Which parts of a learner's file run for a check, and which don't."""

import random

import nbformat
import pytest

from interview import notebook_json, study_notebooks
from interview.judging import loading
from interview.practising import copy_cells
from tests.support import tagged

# Scratch cells, none of which may keep a copy's answers from being checked.
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


@pytest.mark.parametrize(
    "cells",
    [
        ["import random\nrandom.seed(3)"],
        ["from random import seed\nseed(3)"],
        ["import random as r, math\nfor _ in range(2):\n    r.seed(3)"],
        ["def seed_all(n):\n    import random\n    random.seed(n)", "seed_all(3)"],
        ["import random", "def again():\n    random.seed(3)", "_ = again()"],
        [code("import random\nSEED = 3\nrandom.seed(SEED)", "parameters")],
    ],
)
def test_a_seed_comes_with_the_answer(loaded, cells):
    """The answer itself doesn't name the module whose seed was set."""
    random.seed(3)
    expected = random.random()
    random.seed(4)
    answers = loaded(*cells, "import random as other\ndef schedule(): return other")
    assert answers.defined["schedule"]().random() == expected


@pytest.mark.parametrize(
    "change",
    [
        "settings['rate'] = 3",
        "settings.update(rate=3)",
        "if True:\n    settings['rate'] = 3",
        "for key in ('rate', 'other'):\n    settings[key] = 3",
        "def configure(some):\n    some['rate'] = 3\n\nconfigure(settings)",
        "def configure(some, rate):\n    some['rate'] = rate\n\n"
        "is_set = configure(rate=3, some=settings)",
        "def set_up():\n    settings['rate'] = 3\n\nset_up()",
        "def inner():\n    settings.update(rate=3)\n\n"
        "def outer():\n    inner()\n\nouter()",
        "def set_up():\n    global settings\n    settings = {'rate': 3}\n\nset_up()",
        "import operator\noperator.setitem(settings, 'rate', 3)",
        "try:\n    settings['rate'] = 3\nfinally:\n    pass",
        "settings |= {'rate': 3}",
    ],
)
def test_what_changes_a_thing_that_an_answer_uses_comes_too(loaded, change):
    """The cell may stand above or below the answer, but must be above the check."""
    answer = "def schedule():\n    return settings.get('rate')"
    check = code("q06.check(schedule=schedule)", "check")
    for cells in (["settings = {}", change, answer], ["settings = {}", answer, change]):
        assert loaded(*cells, check).defined["schedule"]() == 3
    late = loaded("settings = {}", answer, check, change)
    assert late.defined["schedule"]() is None


def test_an_answer_may_be_changed_after_its_definition(loaded):
    answers = loaded("def schedule():\n    return 1", "schedule.rate = 3")
    assert answers.defined["schedule"].rate == 3


@pytest.mark.parametrize(
    "experiment",
    [
        "def train():\n    RAN.append(1)\n    model.fit(1)\n\ntrain()",
        "def train(log):\n    log.append(1)\n    model.fit(1)\n\ntrain(RAN)",
        "def step(x):\n    with tf.GradientTape() as tape:\n        RAN.append(x)\n\n"
        "for x in range(9):\n    step(x)",
        "for rate in (1, 2):\n    RAN.append(schedule())",
        "def attempt():\n    RAN.append(schedule())\n\nattempt()",
        "import random\nfor n in range(3):\n    random.seed(n); RAN.append(schedule())",
        "import time\ntime.sleep(1000)",
        "import timeit\ntimeit.timeit(schedule, number=10**9)",
        "import os\nos.makedirs('here')\nos.system('sleep 1000')",
        "print(RAN)",
        "while True:\n    pass",
    ],
)
def test_an_experiment_stays_out(loaded, experiment):
    """An experiment takes time, and the answer is the same without it."""
    answers = loaded("RAN = []", "def schedule():\n    return RAN", experiment)
    assert answers.defined["schedule"]() == []


def test_a_setting_below_the_checks_of_what_is_asked_comes_too_late(loaded):
    """Such a setting is a seed or a policy that is tried out in the second round."""
    checks = [
        code(f"q06.check({name}={name})", "check")
        for name in ("schedule", "WarmupDecay", "make_plateau_callback")
    ]
    answers = loaded(
        "import os\nos.environ['EARLY'] = '1'",
        "def schedule():\n    return {'EARLY', 'LATE'} & {*__import__('os').environ}",
        *checks,
        "os.environ['LATE'] = '1'",
    )
    assert answers.defined["schedule"]() == {"EARLY"}


# What learners add to their copies: (cells above the answers, cells below them).
OWN_CELLS = {
    1: (
        [
            'POLICY = "mixed_float16"\nFILTERS = {}',
            "def set_up(seed):\n    import random\n    random.seed(seed)\n"
            "    keras.mixed_precision.set_global_policy(POLICY)\n",
            "set_up(7)\nFILTERS.update(first=32)",
        ],
        [
            "model = build_cnn()\nmodel.summary()\n"
            "history = model.fit(x_fit, y_fit, epochs=50)",
            "def experiment(seed):\n    keras.utils.set_random_seed(seed)\n"
            "    return build_cnn().fit(x_fit, y_fit, epochs=20).history",
            "results = [experiment(seed) for seed in range(5)]",
            "for seed in range(5):\n    experiment(seed)",
        ],
    ),
    4: (
        ["keras.mixed_precision.set_global_policy('mixed_float16')"],
        [
            "net = build_model()\noptimizer = keras.optimizers.Adam()\n"
            "for epoch in range(100):\n    for x, y in train_data:\n"
            "        with tf.GradientTape() as tape:\n"
            "            loss = keras.losses.binary_crossentropy(y, net(x))\n"
            "        gradients = tape.gradient(loss, net.trainable_variables)\n"
            "        optimizer.apply(gradients, net.trainable_variables)",
            "history = run_training_loop(build_model(), keras.optimizers.Adam(), "
            "keras.losses.BinaryCrossentropy(), train_data, val_data, 100)",
        ],
    ),
    7: (
        [
            "keras.mixed_precision.set_global_policy('mixed_float16')",
            "x_small = x_train[:100]\nprint(x_small.shape)",
        ],
        [
            "encoder, siamese = build_siamese()\n"
            "pairs, same = make_pairs(x_train, y_train, 10_000, seed=0)\n"
            "siamese.fit(pairs, same, epochs=30)",
            "while True:\n    make_pairs(x_train, y_train, 10, 0)",
        ],
    ),
}


@pytest.fixture
def policy():
    import helpers.quiet  # isort: skip
    import keras

    yield keras.config.dtype_policy
    keras.config.set_dtype_policy("float32")


@pytest.mark.parametrize("number", OWN_CELLS)
def test_copies_as_learners_leave_them(number, tmp_path, policy):
    """A copy's settings hold for the check, and its experiments don't run."""
    path = study_notebooks.path_of(number)
    notebook = nbformat.read(path, as_version=4)
    copy = copy_cells.make_copy(notebook, path.name)
    answers = {cell.id: cell.source for cell in tagged(notebook, "answer")}
    above, below = OWN_CELLS[number]
    cells = []
    for cell in copy.cells:
        if cell.id in answers:
            cell.source = answers[cell.id]
            cells += map(code, above)
            above = []
        cells.append(cell)
        if cell.id in answers:
            cells += map(code, below)
    copy.cells = cells
    nbformat.write(copy, tmp_path / "copy.ipynb")
    loaded = loading.load(tmp_path / "copy.ipynb", number)
    assert set(loaded.defined) == checked(notebook)
    assert loaded.broken == {}
    assert policy().name == "mixed_float16"
    names = next(iter(loaded.defined.values())).__globals__
    assert not {"history", "results", "siamese", "gradients"} & set(names)


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
        # An answer cell may assign the name; a cell of the learner's has to define it.
        ([code("schedule = lambda: 1", "answer"), "schedule = 2"], 1),
        ([code("schedule = lambda: 1", "answer"), "def schedule(): return 2"], 2),
        # A definition below the check is an attempt that doesn't count.
        (
            [
                code("def schedule(): return 1", "answer"),
                code("q06.check(schedule=schedule)", "check"),
                "def schedule(): return 2",
            ],
            1,
        ),
        # It counts if only the stub stands above the check.
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


def test_the_old_import_line_is_told_with_its_cure(loaded):
    """The decorator fails before any claim could say so."""
    answers = loaded(
        "from tensorflow import keras\n"
        "@keras.saving.register_keras_serializable()\n"
        "class AttentionPooling(keras.layers.Layer): pass",
        number=9,
    )
    said = answers.broken["AttentionPooling"]
    assert said.endswith("lacks `keras.saving`: `import keras` has it.")


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
    """Scratch cells may hold anything; half of a file isn't a notebook at all."""
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
