"""A forked process behaves like an ordinary one, and leaves nothing behind."""

import os
import time

import nbformat
import psutil
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from interview.publishing import execution


def client(kernel_name, *sources) -> NotebookClient:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return NotebookClient(
        nbformat.v4.new_notebook(cells=cells),
        timeout=60,
        kernel_name=kernel_name,
        extra_arguments=execution.QUIET_KERNEL,
    )


def shown(notebook) -> list[str]:
    return [cell.outputs[0].data["text/plain"] for cell in notebook.cells]


def is_gone(process: int) -> bool:
    deadline = time.monotonic() + 10
    while psutil.pid_exists(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not psutil.pid_exists(process)


def test_it_has_this_environment_and_a_namespace_of_its_own(kernel_name, monkeypatch):
    monkeypatch.setenv("THIS_TEST", "here")
    for _ in range(2):
        run = client(
            kernel_name,
            "import os, keras; os.environ['THIS_TEST']",
            "'left' in globals()",
            "left = keras.ops.sum(keras.ops.ones(3)); float(left)",
            "os.getpid()",
        ).execute()
        here, left, total, process = shown(run)
        assert (here, left, total) == ("'here'", "False", "3.0")
        assert int(process) != os.getpid()
        assert is_gone(int(process))


def test_an_endless_cell_is_interrupted(kernel_name):
    endless = client(kernel_name, "while True: pass", "'after'")
    endless.timeout, endless.interrupt_on_timeout = 2, True
    endless.allow_errors = True
    loop, after = endless.execute().cells
    assert loop.outputs[0].ename == "KeyboardInterrupt"
    assert after.outputs[0].data["text/plain"] == "'after'"


def test_one_that_dies_is_told(kernel_name):
    with pytest.raises(DeadKernelError):
        client(kernel_name, "import os; os._exit(3)").execute()
