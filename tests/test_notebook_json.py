"""Notebooks as plain JSON: the same cells as nbformat's, and no slow imports."""

import json
import subprocess
import sys

import nbformat
import pytest

from interview import notebook_json
from interview.checks import registry
from tests.support import PATHS, number_of, tagged

# Each import takes a good part of a second, and `list`, `status` and `hint` need none.
SLOW = {"IPython", "jsonschema", "nbformat", "numpy", "tensorflow", "yaml"}


def test_the_same_cells_as_nbformat(path, notebook):
    plain = notebook_json.read(path)
    assert len(plain.cells) == len(notebook.cells)
    for ours, theirs in zip(plain.cells, notebook.cells, strict=True):
        assert (ours.cell_type, ours.source) == (theirs.cell_type, theirs.source)
        assert notebook_json.tags(ours) == theirs.metadata.get("tags", [])
        texts = [o.text for o in ours.get("outputs", []) if o.output_type == "stream"]
        assert texts == [
            o.text for o in theirs.get("outputs", []) if o.output_type == "stream"
        ]
    assert notebook_json.fingerprint(plain) == notebook_json.fingerprint(notebook)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"cells": [], "nbformat": 3}',
        '{"cells": 7, "nbformat": 4}',
        '{"cells": [7], "nbformat": 4}',
        '{"cells": [{"cell_type": "code"}], "nbformat": 4}',
        '{"cells": [{"cell_type": "song", "source": ""}], "nbformat": 4}',
        '{"cells": [{"cell_type": "raw", "source": 7}], "nbformat": 4}',
        '{"cells": [{"cell_type": "raw", "source": "", "metadata": 7}], "nbformat": 4}',
        '{"cells": [{"cell_type": "code", "source": "", "outputs": 7}], "nbformat": 4}',
        '{"cells": [], "metadata": [], "nbformat": 4}',
    ],
)
def test_what_is_no_notebook_is_said(text):
    with pytest.raises(notebook_json.NotANotebook):
        notebook_json.parse(text)


def test_what_is_not_text_is_said(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"\xff")
    with pytest.raises(notebook_json.NotANotebook, match="isn't text"):
        notebook_json.read(tmp_path / "a.ipynb")


def test_what_may_be_missing_is_there():
    cell = {"cell_type": "code", "source": ["a\n", "b"], "outputs": [{}]}
    notebook = notebook_json.parse(json.dumps({"cells": [cell], "nbformat": 4}))
    (cell,) = notebook.cells
    assert (cell.source, notebook_json.tags(cell), notebook.metadata) == (
        "a\nb",
        [],
        {},
    )
    assert (cell.outputs[0].text, cell.outputs[0].data) == ("", {})


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("q04.check(run=run)", ["run"]),
        ("q08.check(\n    a=f(x=1),\n    b=b,\n)", ["a", "b"]),
        ("print(sep='')\nq04.check(run=run)", ["run"]),
        ("run = 1\nother(run=run)", []),
        ("%time q04.check(run=run", []),
    ],
)
def test_names_that_a_cell_checks(source, names):
    assert notebook_json.checked_names(nbformat.v4.new_code_cell(source)) == names


def test_every_check_cell_checks_something(notebook):
    assert all(notebook_json.checked_names(cell) for cell in tagged(notebook, "check"))


@pytest.mark.parametrize("command", [["list"], ["status", "4"], ["hint", "4"]])
def test_what_only_shows_starts_at_once(tmp_path, command):
    """The test uses no stopwatch; it checks that no slow module is imported."""
    program = (
        "import sys; from interview.commands.cli import main; "
        f"main({command}, standalone_mode=False); "
        f"print(*({SLOW} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == ""


def test_there_are_notebooks():
    assert [number_of(path) for path in PATHS] == registry.numbers()


def test_a_file_is_read_once_until_it_changes(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [], "nbformat": 4}))
    assert notebook_json.read(path) is notebook_json.read(path)
    cell = {"cell_type": "raw", "source": "new"}
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    assert len(notebook_json.read(path).cells) == 1


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Traps", "a"), ("Labels `(n,)`", "b"), ("Labels (n,)", "b"), ("Label", "")],
)
def test_the_cell_of_a_heading(heading, cell):
    cells = [
        {"cell_type": "code", "source": "# Traps", "id": "c"},
        {"cell_type": "markdown", "source": "## Traps\n\nText.", "id": "a"},
        {"cell_type": "markdown", "source": "That.\n\n### Labels `(n,)`", "id": "b"},
    ]
    notebook = notebook_json.parse(json.dumps({"cells": cells, "nbformat": 4}))
    assert notebook_json.cell_of(notebook, heading) == cell
