"""Set before any worker, kernel or subprocess starts, and what fills in `path`."""

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

from tests.support import PATHS


def pytest_generate_tests(metafunc):
    """Every test that takes `path` runs once for each notebook there is."""
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)
