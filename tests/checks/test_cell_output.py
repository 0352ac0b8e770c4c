"""What a check shows below a cell, where somebody looks on and elsewhere."""

import html
import re

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.support import ROOT

SETUP = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from interview.checks.claims import Part, Question, need

part = Part("even")

@part.claim("says that two is even")
def two(answer):
    got = answer(2)
    need(got is True, expected="True", got=f"{{got!s}}", hint="what is <left> over?")

@part.note
def remark(answer):
    return "an interviewer would ask about it"

question = Question(4, part)
check = question.check
"""
PASSES = "check(even=lambda n: n % 2 == 0)"
FAILS = "check(even=lambda n: '[1  2]\\n[30 4] <b>')"
UNWRITTEN = """
def even(n):
    raise NotImplementedError
check(even=even)
"""
TICK = "✓ even: says that two is even"
NOTE = "· note: even: an interviewer would ask about it"
MESSAGE = (
    "✗ even: says that two is even\n"
    "expected: True\ngot:      [1  2]\n[30 4] <b>\nhint:     what is <left> over?"
)


@pytest.fixture(scope="module")
def run():
    """Runs a cell in a kernel; its outputs, as a notebook would hold them."""
    manager, client = start_new_kernel()

    def run_cell(source: str, watched: bool) -> list:
        outputs = []
        client.execute_interactive(
            source,
            allow_stdin=watched,
            stdin_hook=lambda _: pytest.fail("a check asks for nothing"),
            output_hook=lambda message: outputs.append(message),
            timeout=60,
        )
        kinds = ("stream", "display_data", "error")
        return [
            nbformat.v4.output_from_msg(message)
            for message in outputs
            if message["header"]["msg_type"] in kinds
        ]

    assert run_cell(SETUP, watched=False) == []
    yield run_cell
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def words(markup: str) -> str:
    """The text of some HTML, a line for each row and paragraph."""
    cells = markup.replace("</th>", ": ").replace("</td>", "\n").replace("</div>", "\n")
    return html.unescape(re.sub(r"<[^>]*>", "", cells)).strip()


def test_lines_have_colours_where_somebody_looks_on(run):
    tick, note = run(PASSES, watched=True)
    assert [tick.output_type, note.output_type] == ["display_data"] * 2
    for output, line, colour in ((tick, TICK, "success"), (note, NOTE, "font-color2")):
        assert output.data["text/plain"] == line
        assert words(output.data["text/html"]) == line
        assert colour in output.data["text/html"]


def test_lines_are_plain_text_elsewhere(run):
    outputs = run(PASSES, watched=False)
    assert {output.output_type for output in outputs} == {"stream"}
    assert "".join(output.text for output in outputs) == f"{TICK}\n{NOTE}\n"


def test_a_failure_is_a_table_where_somebody_looks_on(run):
    shown, error = run(FAILS, watched=True)
    assert shown.data["text/plain"] == MESSAGE
    markup = shown.data["text/html"]
    # In the text the labels are padded to a column.
    assert words(markup) == MESSAGE.replace(":      ", ": ").replace(":     ", ": ")
    assert "--jp-error-color1" in markup
    # What comes from the learner is text, and keeps its lines.
    assert "<b>" not in markup
    assert "[1  2]\n[30 4] &lt;b&gt;" in markup
    assert "pre-wrap" in markup
    # The cell has failed, and the whole message is in the notebook.
    assert (error.ename, error.evalue) == ("CheckFailed", MESSAGE)
    assert error.traceback == ["✗ even"]


def test_a_failure_is_plain_text_elsewhere(run):
    (error,) = run(FAILS, watched=False)
    assert (error.ename, error.evalue) == ("CheckFailed", MESSAGE)
    assert error.traceback == [MESSAGE]


@pytest.mark.parametrize("watched", [True, False])
def test_a_stub_is_one_line(run, watched):
    (error,) = run(UNWRITTEN, watched)
    assert error.traceback == ["✗ even: not written yet"]


def test_nbclient_fails_with_the_whole_message():
    cells = [nbformat.v4.new_code_cell(source) for source in (SETUP, PASSES, FAILS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with pytest.raises(CellExecutionError) as failed:
        NotebookClient(notebook, timeout=60).execute()
    assert MESSAGE in str(failed.value)
    assert notebook.cells[1].outputs[0].text == f"{TICK}\n{NOTE}\n"
