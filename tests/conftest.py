"""The environment of all workers, kernels and subprocesses, and shared fixtures."""

import gc
import os
import shutil
import signal
import sys
import tempfile

# Otherwise each worker and each kernel would start a thread for every core.
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
# A shell's background job ignores Ctrl-C, and the processes of a test inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Tests use a temporary practice folder, so that the user's own record stays as it is.
PRACTICE = tempfile.mkdtemp(prefix="practice-")
os.environ["KERAS_INTERVIEW_PRACTICE"] = PRACTICE

import nbformat
import pytest

from interview.checks import registry
from interview.practising import practice_copies
from tests.acting import Clock
from tests.support import PATHS, left_to_write, move, number_of

# Chromium makes no requests of its own, so that all requests are the page's.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_xdist_auto_num_workers(config):
    """Let `-n auto` start one worker per logical core, up to eight.

    pytest-xdist would count hyperthreads once. Each worker imports TensorFlow; one
    worker more than there are cores was measured, and is slower.
    """
    known = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1
    return min(cores, 8)


def pytest_unconfigure():
    shutil.rmtree(PRACTICE, ignore_errors=True)
    # Python collects garbage before it ends, which takes long in a worker that holds
    # gigabytes of graphs.
    gc.freeze()


def pytest_collection_modifyitems(items):
    """For a question that still has TODOs, only the test that lists them runs.

    The tests of its check run as soon as the check and the answers are written.
    """
    unfinished = {n: left_to_write(n) for n in registry.numbers()}
    for item in items:
        given = getattr(item, "callspec", None)
        given = given.params if given else {}
        path = given.get("path") or given.get("worked")
        number = number_of(path) if path else given.get("number")
        left = unfinished.get(number, [])
        if "checks" in item.path.parts:
            left = [one for one in left if not one.startswith(("notebooks", "helpers"))]
        if left and item.path.name != "test_questions.py":
            why = f"question {number} isn't written to its end: see test_questions.py"
            item.add_marker(pytest.mark.skip(reason=why))


def pytest_generate_tests(metafunc):
    """Every test that takes `path` runs once for each notebook there is.

    With the mark `quick(4, 9)` only those of these two questions run in `make test`;
    the others are slow.
    """
    if "path" not in metafunc.fixturenames:
        return
    quick = metafunc.definition.get_closest_marker("quick")
    given = [
        pytest.param(
            path,
            id=path.stem,
            marks=[pytest.mark.slow]
            if quick and number_of(path) not in quick.args
            else [],
        )
        for path in PATHS
    ]
    metafunc.parametrize("path", given)


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, with the practice and run folders inside."""
    move(monkeypatch, practice=tmp_path / "practice", runs=tmp_path / "runs")
    # Each command as one that starts when the one before has ended.
    monkeypatch.setattr(practice_copies, "BEGAN", sys.maxsize)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock():
    """A clock that is set by hand."""
    return Clock()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium for pytest-playwright, which starts it once in each worker."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("Chromium isn't installed; on Debian: apt-get install chromium")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": CHROMIUM_FLAGS,
    }
