"""Kernels and programs that start at once, for the tests that run them to the end."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.support import ROOT

PROGRAM = Path(__file__).parent / "warm_process.py"
NAME = "python3-warm"


@pytest.fixture(scope="session")
def warm_python():
    """A command like `python -m` with Keras imported; except on Linux, plain Python."""
    if sys.platform != "linux":
        # -P: no file in the working folder shadows a module.
        yield [sys.executable, "-P", "-m"]
        return
    # A socket's address has at most 108 characters, so other temporary folders are too
    # long.
    folder = tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True)
    where = f"{folder.name}/socket"
    command = [sys.executable, "-P", str(PROGRAM)]
    python_path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(python_path)}
    process = subprocess.Popen(
        [*command, "serve", where], env=environment, stdin=subprocess.PIPE
    )
    try:
        deadline = time.monotonic() + 120
        while not os.path.exists(where):
            assert process.poll() is None, "the process behind the others ended"
            assert time.monotonic() < deadline, "it doesn't get ready"
            time.sleep(0.05)
        yield [*command, "connect", where]
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        folder.cleanup()


@pytest.fixture(scope="session")
def kernel_name(warm_python, tmp_path_factory):
    """The name of a kernel that `warm_python` starts."""
    folder = tmp_path_factory.mktemp("warm")
    specification = {
        "argv": [*warm_python, "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3, warm",
        "language": "python",
    }
    place = folder / "kernels" / NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(specification))
    paths = [str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", os.pathsep.join(paths))
        yield NAME
