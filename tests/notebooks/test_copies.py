"""Practice copies are worked through, as by a learner with an answer of their own.

Each right answer that defines all asked names is written into a copy. Every cell that
the copy keeps has to run, so that the notebook works with any answer that its check
passes. `make test` takes one answer for each question, `make test-all` all of them.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from interview import folders
from interview.checks import registry
from interview.practising import copy_cells
from interview.publishing import execution
from tests.checks.answers import files
from tests.support import PATHS, number_of, reduce_copy, tagged


def defined(source: str) -> set[str]:
    """The functions, classes and plain names that a source defines at its top level."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(t.id for t in node.targets if isinstance(t, ast.Name))
    return names


def complete(number: int) -> list[Path]:
    """The right answers that define all that the question asks for."""
    asked = set(registry.of(number).asked)
    return [
        file
        for file in files("right", number)
        if asked <= defined(file.read_text("utf-8"))
    ]


# One answer for each question in `make test`; `make test-all` adds the others.
WORKED = [
    pytest.param(
        path,
        answer,
        id=f"{path.name[:2]}-{answer.stem}",
        marks=[]
        if answer.stem == registry.of(number_of(path)).worked_through
        else [pytest.mark.slow],
    )
    for path in PATHS
    for answer in complete(number_of(path))
]


def fresh(notebook: NotebookNode, name: str) -> NotebookNode:
    """The practice copy of a notebook, on the tests' short settings."""
    copy = copy_cells.make_copy(notebook, name)
    reduce_copy(copy, notebook)
    return copy


def builds_on(source: str, names: set[str]) -> bool:
    """Whether a class of a source inherits from one of these names."""
    classes = [n for n in ast.parse(source).body if isinstance(n, ast.ClassDef)]
    return any(ast.unparse(base) in names for n in classes for base in n.bases)


def answer(
    copy: NotebookNode, notebook: NotebookNode, number: int, source: str
) -> None:
    """Fill a copy's stubs; `source` goes whole into the first one.

    The notebook's own answers fill the stubs that `source` doesn't define, such as a
    bug hunt's repair. One that inherits from what `source` defines may need attributes
    that its class has under other names, so a right answer that stands alone fills it.
    """
    own = {cell.id: cell.source for cell in tagged(notebook, "answer")}
    theirs = defined(source)
    for cell in tagged(copy, "answer"):
        names = defined(own[cell.id])
        if names <= theirs:
            cell.source, source = source or "# It's written above.", ""
        elif builds_on(own[cell.id], theirs):
            texts = [file.read_text("utf-8") for file in files("right", number)]
            cell.source = next(text for text in texts if defined(text) == names)
        else:
            cell.source = own[cell.id]


def run_from(client: NotebookClient, first: NotebookNode) -> None:
    """Execute a cell and all that follow it, up to an error."""
    cells = client.nb.cells
    for index in range(cells.index(first), len(cells)):
        client.execute_cell(cells[index], index)


def test_there_is_another_answer_for_each():
    known = registry.numbers()
    assert [n for n in known if len(complete(n)) < 2] == []
    stems = {n: [answer.stem for answer in complete(n)] for n in known}
    worked = {n: registry.of(n).worked_through for n in known}
    assert [n for n in known if worked[n] not in stems[n]] == []


@pytest.mark.parametrize(("worked", "written"), WORKED)
def test_copy_is_worked_through(worked, written, kernel_name, tmp_path, monkeypatch):
    """In one kernel a blank copy's check fails, the answers pass, all cells run."""
    monkeypatch.setenv("KERAS_INTERVIEW_PRACTICE", str(tmp_path / "practice"))
    notebook = nbformat.read(worked, as_version=4)
    copy = fresh(notebook, worked.name)
    checks = tagged(copy, "check")
    client = NotebookClient(
        copy,
        timeout=300,
        kernel_name=kernel_name,
        extra_arguments=execution.QUIET_KERNEL,
        resources={"metadata": {"path": str(folders.HERE.notebooks)}},
    )
    with client.setup_kernel():
        with pytest.raises(CellExecutionError) as stopped:
            run_from(client, copy.cells[0])
        assert stopped.value.ename == "CheckFailed"
        (output,) = [o for o in checks[0].outputs if o.output_type == "error"]
        (shown,) = output.traceback
        assert re.fullmatch(r"✗ \w+: not written yet", shown)
        assert not any(cell.outputs for cell in checks[1:])
        answer(copy, notebook, number_of(worked), written.read_text("utf-8"))
        run_from(client, tagged(copy, "answer")[0])
    for cell in checks:
        text = "".join(o.text for o in cell.outputs if o.get("name") == "stdout")
        assert text.startswith("✓ ")
        # The clock shows its line with a JSON copy for programs; only text counts here.
        shown = [o.data["text/plain"] for o in cell.outputs if "data" in o]
        assert any(re.match(r"✓ \w+ passed", line) for line in shown)


def undefined_names(folder: Path) -> list[str]:
    """What ruff finds in the notebooks of a folder: names that no cell defines."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"),
            *("--select", "F821", "--output-format", "concise", str(folder)),
        ],
        capture_output=True,
        text=True,
    )
    return [line for line in done.stdout.splitlines() if "F821" in line]


def test_no_cell_needs_what_was_left_out(tmp_path):
    """Every name that a copy uses is defined in it, with any answer or none."""
    for path in PATHS:
        notebook, number = nbformat.read(path, as_version=4), number_of(path)
        sources = {file.stem: file.read_text("utf-8") for file in complete(number)}
        for name, source in {"our_own": "", **sources}.items():
            copy = copy_cells.make_copy(notebook, path.name)
            answer(copy, notebook, number, source)
            nbformat.write(copy, tmp_path / f"{path.stem}_{name}.ipynb")
        nbformat.write(copy_cells.make_copy(notebook, path.name), tmp_path / path.name)
    assert undefined_names(tmp_path) == []


def test_an_undefined_name_would_be_noticed(tmp_path):
    cells = [nbformat.v4.new_code_cell("print(left_out)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "copy.ipynb")
    (found,) = undefined_names(tmp_path)
    assert "left_out" in found
