"""A kernel that starts at once, for the tests that run notebooks from end to end."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.support import ROOT

PROGRAM = Path(__file__).parent / "warm_kernel.py"
NAME = "python3-warm"


@pytest.fixture(scope="session")
def kernel_name(tmp_path_factory):
    """The name of a kernel that has imported Keras; beside Linux of an ordinary one."""
    if sys.platform != "linux":
        yield "python3"
        return
    folder = tmp_path_factory.mktemp("warm")
    # Such an address has at most 108 characters, which other temporary folders exceed.
    close = tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True)
    where = f"{close.name}/socket"
    command = [sys.executable, "-P", str(PROGRAM)]
    specification = {
        "argv": [*command, "connect", where, "-f", "{connection_file}"],
        "display_name": "Python 3, warm",
        "language": "python",
    }
    place = folder / "kernels" / NAME
    place.mkdir(parents=True)
    (place / "kernel.json").write_text(json.dumps(specification))
    paths = [str(folder), *filter(None, [os.environ.get("JUPYTER_PATH")])]
    python_path = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", os.pathsep.join(paths))
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(python_path)}
        process = subprocess.Popen(
            [*command, "serve", where], env=environment, stdin=subprocess.PIPE
        )
        try:
            deadline = time.monotonic() + 120
            while not os.path.exists(where):
                assert process.poll() is None, "the process behind the kernels ended"
                assert time.monotonic() < deadline, "it doesn't get ready"
                time.sleep(0.05)
            yield NAME
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            close.cleanup()
