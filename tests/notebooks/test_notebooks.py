"""Every notebook runs end to end on reduced settings, in papermill and in nbval."""

import json
import os
import subprocess
import sys

import nbformat
import papermill
import pytest
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders, running
from tests.support import outside_bounds, tagged


def nbval(path) -> subprocess.CompletedProcess:
    """Run a notebook's cells as tests, in a pytest of its own."""
    options = "--nbval-lax --nbval-current-env --nbval-cell-timeout=300 -x -q"
    plugins = "-p no:cacheprovider -p no:xdist"
    return subprocess.run(
        [sys.executable, "-m", "pytest", path.name, *options.split(), *plugins.split()],
        cwd=path.parent,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
        capture_output=True,
        text=True,
    )


def test_reduced_parameters_are_known(path, notebook):
    """papermill only logs an unknown name; here it fails. Comments say the values."""
    reduced = running.reduced_parameters(notebook)
    assert reduced, "nothing of tests/reduced.yaml fits this notebook"
    (cell,) = tagged(notebook, "parameters")
    for line in cell.source.splitlines():
        name = line.split(" = ")[0]
        comment = line.partition("reduced: ")[2]
        if name in reduced or comment:
            assert comment == str(reduced.get(name)), line


def test_runs_with_papermill(path, notebook, tmp_path):
    reduced = running.reduced_parameters(notebook)
    names = list(running.parameters_of(notebook))
    probe = f"import json\nprint(json.dumps({{n: globals()[n] for n in {names}}}))"
    notebook.cells.append(nbformat.v4.new_code_cell(probe))
    source, target = tmp_path / path.name, tmp_path / f"out_{path.name}"
    nbformat.write(notebook, source)
    executed = papermill.execute_notebook(
        source,
        target,
        parameters=reduced,
        cwd=folders.HERE.notebooks,
        kernel_name="python3",
        progress_bar=False,
        execution_timeout=300,
    )
    # The values at the very end: no cell has overwritten what was passed in.
    assert json.loads(executed.cells[-1].outputs[0].text) == {
        **running.parameters_of(notebook),
        **reduced,
    }
    results = running.results_of(executed)
    assert outside_bounds(results, path.stem, "reduced") == []


def test_committed_outputs_hold_with_nbval(path, notebook, tmp_path):
    """Cells tagged nbval-check-output print what is committed, on reduced settings."""
    copy = parameterize_notebook(
        load_notebook_node(str(path)), running.reduced_parameters(notebook)
    )
    target = tmp_path / path.name
    nbformat.write(copy, target)
    done = nbval(target)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    code = [cell for cell in copy.cells if cell.cell_type == "code"]
    assert f"{len(code)} passed" in done.stdout


def test_nbval_would_notice(tmp_path):
    """The comparison isn't vacuous: a committed output that differs fails."""
    cell = nbformat.v4.new_code_cell(
        "print(2 + 2)", metadata={"tags": ["nbval-check-output"]}
    )
    cell.execution_count = 1
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="5\n")]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "wrong.ipynb")
    done = nbval(tmp_path / "wrong.ipynb")
    assert "1 failed" in done.stdout


@pytest.mark.parametrize(
    ("given", "complaint"),
    [({"EPOCS": 3}, "no parameter EPOCS"), ({"EPOCHS": "three"}, "is int")],
)
def test_wrong_parameters_are_refused(given, complaint):
    cell = nbformat.v4.new_code_cell("EPOCHS = 2", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    with pytest.raises(running.RunError, match=complaint):
        running.checked_parameters(notebook, given, "a notebook")
