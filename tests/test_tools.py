"""The README's numbers on the full data come from the notebooks' own cells."""

import ast
import json
import subprocess
import sys

import nbformat
import numpy as np
import pytest

from helpers import data
from interview import study_notebooks
from interview.notebook_json import tags
from tests.support import ROOT
from tools.full_data import WANTED


def assigned(source: str) -> set[str]:
    """The names that a cell's top level assigns."""
    targets = [
        node
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for node in ast.walk(ast.Tuple(statement.targets))
    ]
    return {node.id for node in targets if isinstance(node, ast.Name)}


@pytest.mark.parametrize("number", WANTED)
def test_full_data_finds_its_parameters_and_numbers(number):
    names, parameters = WANTED[number]
    notebook = nbformat.read(study_notebooks.path_of(number), as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    (given,) = (cell for cell in cells if "parameters" in tags(cell))
    assert {"DATA", *parameters} <= assigned(given.source)
    run = [cell for cell in cells if "check" not in tags(cell)]
    assert set(names) <= set().union(*(assigned(cell.source) for cell in run))


@pytest.mark.slow
def test_full_data_runs_on_a_file_of_digits(tmp_path):
    digits = data.load_mnist("sample")
    arrays = {
        "x_train": digits.x_train[:600],
        "y_train": digits.y_train[:600],
        "x_test": digits.x_test[:200],
        "y_test": digits.y_test[:200],
    }
    np.savez(tmp_path / "mnist.npz", **arrays)
    command = [sys.executable, ROOT / "tools" / "full_data.py", "7"]
    command.append(tmp_path / "mnist.npz")
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found = json.loads(run.stdout.splitlines()[-1])
    assert set(found) == {"seen_auc", "unseen_auc", "train_seconds"}
    assert 0.5 < found["unseen_auc"] < 1
