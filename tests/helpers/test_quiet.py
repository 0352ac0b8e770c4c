"""Keras runs on TensorFlow, whatever the shell says, or one line says what to do."""

import os
import re
import subprocess
import sys

from helpers import quiet
from tests.support import ROOT


def run(program: str, backend: str) -> str:
    """What a program prints, in a shell that names another backend."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "KERAS_BACKEND": backend},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_another_backend_in_the_shell_is_overruled():
    """The shell's backend is overruled even after an `import keras` that failed."""
    program = (
        "try:\n    import keras\n"
        "except ModuleNotFoundError as error:\n    print(error)\n"
        "import helpers.quiet\nimport keras\nprint(keras.config.backend())\n"
    )
    assert run(program, "jax") == "No module named 'jax'\ntensorflow\n"


def test_another_backend_that_is_in_use_is_told():
    program = (
        "import sys\nfrom types import SimpleNamespace as Module\n"
        "sys.modules['keras'] = Module(config=Module(backend=lambda: 'jax'))\n"
        "try:\n    import helpers.quiet\n"
        "except ImportError as error:\n    print(*error._render_traceback_())\n"
    )
    (line,) = run(program, "jax").splitlines()
    assert line == str(quiet.OtherBackend("jax"))
    assert "imported on jax" in line
    assert "restart" in line


def test_each_notebook_imports_it_before_keras(notebook):
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    imports = re.findall(r"^(?:import|from) ([\w.]+)", "\n".join(sources), re.MULTILINE)
    first = {name: imports.index(name) for name in ("helpers.quiet", "keras")}
    assert first["helpers.quiet"] < first["keras"]
    assert "tensorflow" not in imports[: first["helpers.quiet"]]
