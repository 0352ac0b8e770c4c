"""The committed outputs of each notebook come from the code as it is now."""

import nbformat
import pytest

from interview.publishing import execution, freshness
from tests.support import number_of


def test_outputs_belong_to_todays_code(path, notebook):
    again = f"has to be rendered again: make render ARGS={number_of(path)}"
    assert freshness.is_fresh(notebook), f"{path.name} {again}"


def notebook_of(*sources):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    ("source", "is_the_same"),
    [
        ("x = 1", True),
        ("# Why.\n\nx = 1  # reduced: 2\n", True),
        ('"""What x is."""\nx = 1', True),
        ("x = 2", False),
        ("x = '# 1'", False),
        ("%matplotlib inline", False),
        ("    x = 1", False),
    ],
)
def test_other_code_asks_for_a_new_run_and_other_comments_do_not(source, is_the_same):
    stamps = [freshness.stamp(notebook_of(text)) for text in ("x = 1", source)]
    assert (stamps[0] == stamps[1]) is is_the_same


def test_cells_are_told_apart():
    assert freshness.stamp(notebook_of("x = 1\ny = 2")) != freshness.stamp(
        notebook_of("x = 1", "y = 2")
    )


@pytest.fixture
def helpers(tmp_path, monkeypatch):
    """A folder of helpers: `plots` imports `stats`, and nothing imports `tasks`."""
    monkeypatch.setattr(freshness, "HELPERS", tmp_path)
    (tmp_path / "plots.py").write_text("from helpers.stats import error\n")
    (tmp_path / "stats.py").write_text('"""Errors."""\nerror = 1\n')
    (tmp_path / "tasks.py").write_text("size = 1\n")
    return tmp_path


@pytest.mark.parametrize(
    "source",
    [
        "from helpers import plots",
        "from helpers import data, plots as drawings",
        "from helpers.plots import error",
        "import helpers.plots",
        "def draw():\n    import helpers.plots",
    ],
)
def test_a_notebook_uses_what_its_helpers_import_too(helpers, source):
    assert set(freshness.helper_modules([source])) == {"plots", "stats"}


@pytest.mark.parametrize(
    ("module", "text", "is_the_same"),
    [
        ("stats", "error = 2\n", False),
        ("stats", "# Of the mean.\nerror = 1\n", True),
        ("tasks", "size = 2\n", True),
        ("plots", "from helpers.stats import error\nerror += 1\n", False),
    ],
)
def test_other_code_of_a_helper_asks_for_a_new_run(helpers, module, text, is_the_same):
    notebook = notebook_of("from helpers import plots")
    execution.clean(notebook)  # as `interview render` does after the last cell
    assert freshness.is_fresh(notebook)
    (helpers / f"{module}.py").write_text(text)
    assert freshness.is_fresh(notebook) is is_the_same


def test_a_notebook_that_was_never_rendered_is_not_fresh():
    assert not freshness.is_fresh(notebook_of("x = 1"))
