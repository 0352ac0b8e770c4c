"""A class's results are summed up without running any learner's code."""

import csv
import io
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from interview.checks import claims
from interview.commands.cli import main
from interview.practising import clock, record_file
from interview.teaching import class_results
from tests.support import move, tagged
from tests.teaching import a_class

TICK = "✓ run_training_loop: is right"
TRAP = "open('executed', 'w').write('it ran')"


def answered(*lines: str):
    """Question 4's practice copy, whose first check cell printed these lines."""
    copy = a_class.practice_copy(4)
    if lines:
        text = "\n".join(lines) + "\n"
        printed = nbformat.v4.new_output("stream", name="stdout", text=text)
        outputs_of(copy).append(printed)
    copy.cells.insert(1, nbformat.v4.new_code_cell(TRAP))
    return copy


def outputs_of(copy) -> list:
    """The outputs of the first check cell, that of `run_training_loop`."""
    return tagged(copy, "check")[0].outputs


def displayed(*data):
    return [nbformat.v4.new_output("display_data", one) for one in data]


def record(**passed) -> str:
    return a_class.record(8, passed)


@pytest.fixture
def folder(tmp_path):
    """Ada's folder, Bo's copy, Cy's record, and files that aren't anybody's work."""
    (tmp_path / "ada").mkdir()
    copy = answered(TICK)
    bundle = {"question": 4, "name": "run_training_loop", "seconds": 750}
    outputs_of(copy).extend(displayed({clock.BUNDLE: bundle}))
    nbformat.write(copy, tmp_path / "ada" / "04_custom_training_loop.ipynb")
    nbformat.write(answered(), tmp_path / "Bo_04_custom_training_loop.ipynb")
    (tmp_path / "cy-progress.json").write_text(
        record(vote_predict=90, build_ensemble=None)
    )
    (tmp_path / "broken.ipynb").write_text("{")
    (tmp_path / "essay.docx").write_text("no notebook")
    (tmp_path / "shopping.json").write_text('{"eggs": 6}')
    foreign = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Hi")])
    nbformat.write(foreign, tmp_path / "foreign.ipynb")
    (tmp_path / "empty.ipynb").write_text("")
    return tmp_path


def test_a_class_in_one_table(folder):
    done = CliRunner().invoke(main, ["class", str(folder)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert tuple(rows[0]) == class_results.COLUMNS
    table = {(r["learner"], r["part"]): (r["passed"], r["minutes"]) for r in rows}
    assert table["ada", "run_training_loop"] == ("yes", "12.5")
    assert table["ada", "fit_with_early_stopping"] == ("no", "")
    assert table["cy", "vote_predict"] == ("yes", "1.5")
    assert table["cy", "build_ensemble"] == ("yes", "")
    assert table["cy", "train_members"] == ("no", "")
    notes = {r["learner"]: (r["question"], r["part"], r["note"]) for r in rows}
    assert notes["Bo"] == ("4", "-", "no check was run in this copy")
    for learner in ("broken", "foreign", "empty", "shopping"):
        question, part, note = notes[learner]
        assert (question, part) == ("-", "-")
        assert note
    skipped = done.stderr.splitlines()
    assert [line.split()[0] for line in skipped] == [
        "broken.ipynb",
        "empty.ipynb",
        "essay.docx",
        "foreign.ipynb",
        "shopping.json",
    ]
    assert not list(folder.rglob("executed"))
    assert not Path("executed").exists()


def test_a_learner_whose_copy_is_broken_has_a_row(tmp_path):
    for name, text in {
        "ada/04_custom_training_loop.ipynb": "{",
        "bo/04_custom_training_loop.ipynb": '{"cells": [7], "nbformat": 4}',
        "cy/answer.docx": "my answer",
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    handed = class_results.read_class(tmp_path)
    assert len(handed.skipped) == 3
    _, ada, bo, cy = class_results.results_csv(handed.results).splitlines()
    assert ada.startswith("ada,4,-,-,,04_custom_training_loop.ipynb: it isn't a")
    assert bo.startswith("bo,4,-,-,,")
    assert cy.startswith("cy,-,-,-,,answer.docx: it's neither a notebook nor")


def test_a_python_file_has_a_row(tmp_path):
    (tmp_path / "fritz.py").write_text(TRAP)
    handed = class_results.read_class(tmp_path)
    note = "a Python file: run `interview check N FILE`"
    assert handed.results == [class_results.PartResult("fritz", None, note=note)]
    assert handed.skipped == []
    (nameless,) = handed.anonymous().results
    assert (nameless.learner, nameless.note) == ("learner 1", note)
    assert not list(tmp_path.rglob("executed"))


def test_a_copy_without_checks_has_its_results_from_the_record(tmp_path):
    """As after a whole mock in the terminal: the copy has no outputs."""
    (tmp_path / "cy").mkdir()
    copy = tmp_path / "cy" / "08_model_ensembling.ipynb"
    nbformat.write(a_class.practice_copy(8), copy)
    alone = class_results.read_class(tmp_path).results
    note = "no check was run in this copy"
    assert alone == [class_results.PartResult("cy", 8, note=note)]
    (tmp_path / "cy" / "progress.json").write_text(record(vote_predict=90))
    both = class_results.read_class(tmp_path).results
    assert {r.part for r in both if r.passed} == {"vote_predict"}
    assert not any(r.note for r in both)


def test_an_empty_folder_is_said(tmp_path):
    done = CliRunner().invoke(main, ["class", str(tmp_path)])
    assert done.exit_code == 0
    assert "No practice copy and no record" in done.stderr
    assert done.stdout == ",".join(class_results.COLUMNS) + "\n"


def of_copy(copy, path: Path) -> class_results.PartResult:
    """The result of `run_training_loop` in a class that handed this copy in."""
    path.parent.mkdir(exist_ok=True)
    nbformat.write(copy, path)
    handed = class_results.read_class(path.parent)
    assert not handed.skipped
    assert [r.part for r in handed.results if r.passed] in ([], ["run_training_loop"])
    return next(r for r in handed.results if r.part == "run_training_loop")


@pytest.mark.parametrize("name", ["04_custom_training_loop.ipynb", "ada.ipynb"])
def test_whatever_stands_on_top_a_copy_is_known(tmp_path, name):
    copy = answered(TICK)
    copy.cells.insert(0, nbformat.v4.new_markdown_cell("# Bert Müller, group B"))
    copy.cells.insert(0, nbformat.v4.new_code_cell("# An error was met; papermill"))
    assert of_copy(copy, tmp_path / "a" / name).passed
    # Its title says which question it is, too.
    del copy.metadata["interview"]
    assert of_copy(copy, tmp_path / "b" / name).passed


def test_a_copy_without_a_title_is_known_by_its_name(tmp_path):
    copy = answered(TICK)
    del copy.cells[0], copy.metadata["interview"]
    assert of_copy(copy, tmp_path / "a" / "04_custom_training_loop (1).ipynb").passed


def test_a_failed_check_is_not_a_pass(tmp_path):
    copy = answered(TICK)
    failed = {"ename": "CheckFailed", "evalue": "", "traceback": []}
    outputs_of(copy).append(nbformat.v4.new_output("error", **failed))
    assert not of_copy(copy, tmp_path / "a" / "ada.ipynb").passed


@pytest.mark.parametrize(("seconds", "read"), [(750.4, 750.4), (10**400, None)])
def test_the_clock_s_bundle_has_the_time(tmp_path, seconds, read):
    """The time comes from the bundle, so the wording of the line doesn't matter."""
    copy = answered(TICK)
    bundle = {"question": 4, "name": "run_training_loop", "seconds": seconds}
    other = {"question": 5, "name": "fit_with_early_stopping", "seconds": 1}
    outputs_of(copy).extend(displayed({clock.BUNDLE: bundle}, {clock.BUNDLE: other}))
    assert of_copy(copy, tmp_path / "a" / "ada.ipynb").seconds == read


def test_lines_shown_in_colour_count(tmp_path):
    """Where a person ran the check, its lines are HTML with plain text beside it."""
    copy = answered()
    line = {"text/html": "<div>✓</div>", "text/plain": "✓ run_training_loop: trains"}
    outputs_of(copy).extend(displayed(line))
    assert of_copy(copy, tmp_path / "a" / "ada.ipynb").passed


def test_what_the_clock_shows_is_read_back(tmp_path, monkeypatch):
    """From the clock in a kernel to the class's table."""
    move(monkeypatch, practice=tmp_path / "practice")
    monkeypatch.setattr(claims, "observers", [])
    shown = []
    monkeypatch.setattr("IPython.get_ipython", lambda: object())
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    record_file.start_clock(4, 1)
    clock.start(4)
    part = claims.AnswerClaims("run_training_loop")
    claims.QuestionCheck(4, part).check(run_training_loop=None)
    copy = answered()
    outputs_of(copy).extend(displayed(*shown))
    result = of_copy(copy, tmp_path / "a" / "ada.ipynb")
    assert result.passed
    assert 0 <= result.seconds < 10


def test_the_better_of_copy_and_record_counts(tmp_path):
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "progress.json").write_text(record(vote_predict=90))
    (tmp_path / "cy" / "old.json").write_text(record(vote_predict=None))
    results = class_results.read_class(tmp_path).results
    (result,) = [result for result in results if result.part == "vote_predict"]
    assert result == class_results.PartResult("cy", 8, "vote_predict", True, 90)


def test_what_a_practice_folder_has_beside_is_nobody_s_work(tmp_path):
    """A whole practice folder holds files that aren't copies of a question."""
    for name in ("START.md", "drill.ipynb", "mock.ipynb"):
        (tmp_path / "ada").mkdir(exist_ok=True)
        (tmp_path / "ada" / name).write_text("{}")
    assert class_results.read_class(tmp_path) == class_results.HandedIn([], [], [])
