"""Every notebook runs end to end on reduced settings, once.

papermill runs it. The tests then check the run's results, its parameters, and its
explorers, which are moved from end to end. nbval compares the committed outputs with
the run's. nbval's own kernel runs question 5, and in `make test-all` every notebook.
"""

import json
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import papermill
import pytest
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders
from interview.publishing import execution
from tests.support import ROOT, number_of, outside_bounds, tagged, tags

EXPLORERS = Path(__file__).parent / "explorers.py"
COMPARED = "nbval-check-output"


def nbval(*paths: Path, executed: Path | None = None) -> dict[str, list[bool]]:
    """For each notebook whether its code cells pass in nbval, a pytest of its own.

    Args:
        paths: notebooks in one folder.
        executed: a run to compare them with; without it nbval's own kernel runs them.
    """
    report = paths[0].parent / "nbval.xml"
    plugins = "-p nbval.plugin" + (" -p tests.notebooks.replay" if executed else "")
    options = "--nbval-lax --nbval-current-env --nbval-cell-timeout=300 -q"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    environment["PYTHONPATH"] = str(ROOT)
    if executed:
        environment["NBVAL_REPLAY"] = str(executed)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *(path.name for path in paths)),
            *("-p", "no:cacheprovider", *plugins.split(), *options.split()),
            f"--junitxml={report}",
        ],
        cwd=paths[0].parent,
        env=environment,
        capture_output=True,
        text=True,
    )
    cells: dict[str, list[bool]] = {path.name: [] for path in paths}
    for case in ElementTree.parse(report).iter("testcase"):
        passed = not {"failure", "error", "skipped"} & {found.tag for found in case}
        cells[case.get("classname")].append(passed)
    # pytest shows this if the test fails.
    print(done.stdout[-6000:], done.stderr[-2000:])
    return cells


def shortened(path: Path, notebook: NotebookNode) -> NotebookNode:
    """The committed notebook, outputs and all, with the tests' short settings in it."""
    settings = execution.reduced_parameters(number_of(path), notebook)
    return parameterize_notebook(load_notebook_node(str(path)), settings)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def with_other_outputs(notebook: NotebookNode) -> NotebookNode:
    """A copy of a notebook in which each compared cell prints one more word."""
    other = deepcopy(notebook)
    for cell in tagged(other, COMPARED):
        word = nbformat.v4.new_output("stream", name="stdout", text="changed\n")
        cell.outputs.append(word)
    return other


def test_reduced_parameters_are_known(path, notebook):
    """An unknown name fails here, since papermill only logs it."""
    reduced = execution.reduced_parameters(number_of(path), notebook)
    assert reduced, "nothing in question.toml's [reduced] fits this notebook"
    (cell,) = tagged(notebook, "parameters")
    for line in cell.source.splitlines():
        name = line.split(" = ")[0]
        comment = line.partition("reduced: ")[2]
        if name in reduced or comment:
            assert comment == str(reduced.get(name)), line


def test_runs_on_reduced_settings(path, notebook, kernel_name, tmp_path, subtests):
    reduced = execution.reduced_parameters(number_of(path), notebook)
    names = list(execution.parameters_of(notebook))
    run = deepcopy(notebook)
    before = nbformat.v4.new_code_cell(
        f"import runpy\n_explorers = runpy.run_path({str(EXPLORERS)!r})"
    )
    after = nbformat.v4.new_code_cell(
        "import json\n"
        f"_values = {{name: globals()[name] for name in {names}}}\n"
        "print(json.dumps([_values, _explorers['moved']]))"
    )
    run.cells = [before, *run.cells, after]
    source, target = tmp_path / "source.ipynb", tmp_path / "executed.ipynb"
    nbformat.write(run, source)
    executed = papermill.execute_notebook(
        source,
        None,  # where there is a file, all of it is written before and after each cell
        parameters=reduced,
        cwd=folders.HERE.notebooks,
        kernel_name=kernel_name,
        progress_bar=False,
        execution_timeout=300,
    )
    values, moved = json.loads(executed.cells[-1].outputs[0].text)
    with subtests.test("results"):
        results = execution.results_of(executed)
        assert outside_bounds(results, number_of(path), "reduced") == []
    with subtests.test("parameters"):
        # These are the values at the end, so no cell has overwritten a parameter.
        assert values == {**execution.parameters_of(notebook), **reduced}
    with subtests.test("explorers"):
        calls = [c.source.count("explore.explore(") for c in code_cells(notebook)]
        assert len(moved) == sum(calls) >= 1
        dead = [
            name for controls in moved for name, works in controls.items() if not works
        ]
        assert dead == []
    with subtests.test("nbval"):
        executed.cells = [
            cell for cell in executed.cells if cell.id not in (before.id, after.id)
        ]
        nbformat.write(executed, target)
        committed, other = tmp_path / "committed.ipynb", tmp_path / "other.ipynb"
        copy = shortened(path, notebook)
        nbformat.write(copy, committed)
        nbformat.write(with_other_outputs(copy), other)
        found = nbval(committed, other, executed=target)
        code = code_cells(copy)
        assert found[committed.name] == [True] * len(code)
        # nbval notices every compared output that differs from the committed one.
        compared = [COMPARED in tags(cell) for cell in code]
        assert found[other.name] == [not is_compared for is_compared in compared]


@pytest.mark.quick(5)
def test_runs_in_nbval(path, notebook, tmp_path):
    """nbval runs the notebook in its own kernel and compares the outputs."""
    target = tmp_path / path.name
    copy = shortened(path, notebook)
    nbformat.write(copy, target)
    assert nbval(target) == {target.name: [True] * len(code_cells(copy))}


@pytest.mark.parametrize(
    ("given", "complaint"),
    [({"EPOCS": 3}, "no parameter EPOCS"), ({"EPOCHS": "three"}, "is int")],
)
def test_wrong_parameters_are_refused(given, complaint):
    cell = nbformat.v4.new_code_cell("EPOCHS = 2", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(execution.RunError, match=complaint):
        execution.checked_parameters(notebook, given, "a notebook")
