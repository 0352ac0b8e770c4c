"""What the tests share. Set before any worker, kernel or subprocess starts."""

import os
import tempfile

# Each worker and each kernel would start a pool of threads for every core.
for name in (
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
):
    os.environ.setdefault(name, "1")
os.environ.setdefault("MPLBACKEND", "agg")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The practice folder and the record of whoever runs the tests stay as they are.
os.environ["KERAS_INTERVIEW_PRACTICE"] = tempfile.mkdtemp(prefix="practice-")

import nbformat
import pytest
import yaml

from helpers.practice import NOTEBOOKS, ROOT

PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
TARGETS = yaml.safe_load((ROOT / "tests" / "targets.yaml").read_text("utf-8"))


def pytest_generate_tests(metafunc):
    """Every test that takes `path` runs once for each notebook there is."""
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


def tagged(notebook, tag: str) -> list:
    return [cell for cell in notebook.cells if tag in tags(cell)]


def outside_bounds(results: dict, stem: str, which: str) -> list[str]:
    """What of a notebook's results isn't as tests/targets.yaml has it."""
    wrong = []
    for name, bounds in TARGETS[stem].items():
        if name not in results:
            wrong.append(f"{name} isn't in the results")
            continue
        for kind, bound in bounds.get(which, {}).items():
            value = results[name]
            fits = {"min": value >= bound, "max": value <= bound}[kind]
            if not fits:
                wrong.append(f"{name} is {value}, {which} {kind} {bound}")
    return wrong
