"""Execute notebooks: copies with other parameters, and committed ones in place."""

import ast
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm

from interview import files
from interview.checks import registry
from interview.notebook_json import tags
from interview.publishing import freshness

# Without this each kernel warns of its unencrypted connection to this machine.
QUIET_KERNEL = ["--IPKernelApp.log_level=40"]
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class RunError(Exception):
    """A notebook can't be run as asked; the message says what to change."""


def parameters_of(notebook: NotebookNode) -> dict[str, Any]:
    """Names and default values in the cell tagged `parameters`."""
    for cell in notebook.cells:
        if "parameters" in tags(cell):
            return {
                statement.targets[0].id: ast.literal_eval(statement.value)
                for statement in ast.parse(cell.source).body
            }
    return {}


def results_of(notebook: NotebookNode) -> dict[str, float]:
    """The JSON in the output of the cell tagged `results`; empty if there is none."""
    for cell in notebook.cells:
        if "results" in tags(cell):
            for output in cell.get("outputs", []):
                if "application/json" in output.get("data", {}):
                    return dict(output.data["application/json"])
    return {}


def reduced_parameters(number: int, notebook: NotebookNode) -> dict[str, Any]:
    """The question's short settings for the parameters that its notebook has."""
    values = registry.of(number).reduced
    return {name: values[name] for name in parameters_of(notebook) if name in values}


def checked_parameters(
    notebook: NotebookNode, given: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """The parameters given, if the notebook has them and their types fit.

    papermill itself only logs an unknown name, and a wrong type fails much later.

    Raises:
        RunError: an unknown name, or a value of another type than the default's.
    """
    defaults = parameters_of(notebook)
    for key, value in given.items():
        if key not in defaults:
            raise RunError(
                f"{name} has no parameter {key}; it has {', '.join(defaults)}."
            )
        default = defaults[key]
        fits = isinstance(value, type(default)) or (
            isinstance(default, float) and isinstance(value, int)
        )
        if not fits or (isinstance(value, bool) and not isinstance(default, bool)):
            raise RunError(
                f"{key} of {name} is {type(default).__name__} ({default!r} unless "
                f"told otherwise); got {value!r}."
            )
    return dict(given)


def run_copy(
    path: Path, parameters: Mapping[str, Any], target: Path
) -> dict[str, float]:
    """Execute a notebook with papermill into a copy, and return its results.

    The target is replaced at the end of the run, also if a cell failed. An
    interrupted run leaves the target as it was.

    Raises:
        RunError: a cell failed; the message names it, and the copy holds its output.
        OSError: the folder or a file in it can't be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".run-") as scratch:
        running = Path(scratch) / target.name
        try:
            papermill.execute_notebook(
                path,
                running,
                parameters=dict(parameters),
                cwd=path.parent,
                kernel_name="python3",
                log_output=False,
                extra_arguments=QUIET_KERNEL,
            )
        except PapermillExecutionError as error:
            running.replace(target)
            raise RunError(
                f"{path.name}, cell {error.exec_count}: {error.ename}: {error.evalue} "
                f"The outputs up to there are in {files.shown(target)}."
            ) from None
        running.replace(target)
    return results_of(nbformat.read(target, as_version=4))


def render(path: Path) -> dict[str, float]:
    """Re-execute a committed notebook in place, without timestamps or widget state.

    The file is replaced only when every cell has run.

    Raises:
        RunError: a cell failed; the file is as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    code = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=code, desc=path.stem, unit="cell") as bar:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            timeout=1200,
            extra_arguments=QUIET_KERNEL,
            resources={"metadata": {"path": str(path.parent)}},
            on_cell_complete=lambda cell, cell_index: bar.update(
                cell.cell_type == "code"
            ),
        )
        try:
            client.execute()
        except CellExecutionError as error:
            raise RunError(f"{path.name}: {error}") from None
    clean(notebook)
    files.write(path, nbformat.writes(notebook) + "\n")
    return results_of(notebook)


def clean(notebook: NotebookNode) -> None:
    """Remove widget state and timestamps, and store the stamp of the code.

    GitHub shows a widget without its state as an error, and JupyterLab shows nothing.
    Once the widget's view is gone, both show the still picture stored beside it.
    """
    notebook.metadata.pop("widgets", None)
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
    notebook.metadata["rendered"] = {"sources_sha256": freshness.stamp(notebook)}
