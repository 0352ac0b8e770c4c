"""An nbval plugin: its kernel replays the outputs of a run by papermill.

So nbval compares a notebook's committed outputs with that run by its own rules, and no
cell is executed a second time. `NBVAL_REPLAY` names the executed notebook; a notebook
that is compared must have the same code cells.
"""

import os

import nbformat
import nbval.plugin
from nbformat import NotebookNode

MESSAGE = "replayed"


class ReplayingKernel:
    """The methods of `RunningKernel` that nbval calls, from an executed notebook."""

    def __init__(self, *arguments, **options):
        executed = nbformat.read(os.environ["NBVAL_REPLAY"], as_version=4)
        code = [cell for cell in executed.cells if cell.cell_type == "code"]
        self.cells = iter(code)
        self.messages = []

    def execute_cell_input(self, source: str, allow_stdin: bool | None = None) -> str:
        cell = next(self.cells)
        if cell.source != source:
            raise ValueError(f"the run had another cell here:\n{cell.source}")
        self.messages = [_message(o.output_type, o) for o in cell.outputs]
        self.messages.append(_message("status", {"execution_state": "idle"}))
        return MESSAGE

    def get_message(self, stream: str, timeout: float | None = None) -> dict:
        return self.messages.pop(0)

    def await_reply(self, message: str, timeout: float | None = None) -> None:
        """Return at once, because the reply is in the executed notebook."""

    def await_idle(self, message: str, timeout: float | None = None) -> None:
        """Return at once, because no kernel runs."""

    def is_alive(self) -> bool:
        return True

    def stop(self) -> None:
        """Do nothing, because no kernel runs."""


def _message(kind: str, content: NotebookNode | dict) -> dict:
    return {
        "msg_type": kind,
        "content": content,
        "parent_header": {"msg_id": MESSAGE},
    }


nbval.plugin.RunningKernel = ReplayingKernel
