"""Every notebook runs end to end on reduced settings.

papermill runs it. The tests then check the run's results, its parameters, and its
explorers, which are moved from end to end. nbval runs it again, in a kernel of its
own, and compares the committed outputs.
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
from nbformat import NotebookNode
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from interview import folders
from interview.checks import registry
from interview.publishing import execution
from tests.support import ROOT, number_of, outside_bounds, tagged

EXPLORERS = Path(__file__).parent / "explorers.py"
COMPARED = "nbval-check-output"


def nbval(path: Path) -> list[bool]:
    """For each code cell whether it passes in nbval, a pytest of its own.

    nbval starts its own kernel, runs the cells, and compares their outputs with those
    in the file.
    """
    report = path.parent / "nbval.xml"
    options = "-p nbval.plugin --nbval-lax --nbval-current-env --nbval-cell-timeout=300"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", path.name, "-q"),
            *("-p", "no:cacheprovider", *options.split(), f"--junitxml={report}"),
        ],
        cwd=path.parent,
        env=environment,
        capture_output=True,
        text=True,
    )
    # pytest shows this if the test fails.
    print(done.stdout[-6000:], done.stderr[-2000:])
    return [
        not {"failure", "error", "skipped"} & {found.tag for found in case}
        for case in ElementTree.parse(report).iter("testcase")
    ]


def shortened(path: Path, notebook: NotebookNode) -> NotebookNode:
    """The committed notebook, outputs and all, with the tests' short settings in it."""
    settings = execution.reduced_parameters(number_of(path), notebook)
    return parameterize_notebook(load_notebook_node(str(path)), settings)


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_reduced_parameters_are_known(path, notebook):
    """An unknown name fails here, since papermill only logs it."""
    reduced = execution.reduced_parameters(number_of(path), notebook)
    assert reduced == registry.of(number_of(path)).reduced != {}
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
    source = tmp_path / "source.ipynb"
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


def test_runs_in_nbval(path, notebook, tmp_path):
    """nbval runs the notebook in its own kernel and compares the committed outputs."""
    target = tmp_path / path.name
    copy = shortened(path, notebook)
    nbformat.write(copy, target)
    assert nbval(target) == [True] * len(code_cells(copy))


def test_nbval_notices_another_output(tmp_path):
    """What is compared is the text of a tagged cell, and nothing of another cell."""
    output = nbformat.v4.new_output("stream", name="stdout", text="changed\n")
    ran = {"execution_count": 1, "outputs": [output]}
    cells = [nbformat.v4.new_code_cell("print('as run')", **ran) for _ in range(2)]
    cells[0].metadata["tags"] = [COMPARED]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "two.ipynb")
    assert nbval(tmp_path / "two.ipynb") == [False, True]
