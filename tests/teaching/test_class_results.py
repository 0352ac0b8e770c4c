"""A class's results are summed up without running any learner's code."""

import csv
import io
import json
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from interview import study_notebooks
from interview.checks import claims
from interview.commands.cli import main
from interview.practising import clock, copy_cells, record_file
from interview.teaching import class_results
from tests.support import move, tagged

AT = "2026-11-25T09:00:00+00:00"
TICKS = ["✓ run_training_loop: is right"]
TRAP = "open('executed', 'w').write('it ran')"


def answered(number: int, printed: dict[str, list[str]]):
    """A practice copy whose check cells printed these lines."""
    source = study_notebooks.path_of(number)
    copy = copy_cells.make_copy(nbformat.read(source, as_version=4), source.name)
    for cell in tagged(copy, "check"):
        for name, lines in printed.items():
            if f"{name}=" in cell.source:
                text = "\n".join(lines) + "\n"
                cell.outputs = [
                    nbformat.v4.new_output("stream", name="stdout", text=text)
                ]
    copy.cells.insert(0 + 1, nbformat.v4.new_code_cell(TRAP))
    return copy


def record(**passed) -> str:
    parts = {name: {"seconds": s, "at": AT} for name, s in passed.items()}
    attempts = {"1": {"started": AT, "passed": parts}}
    return json.dumps({"version": 1, "questions": {"8": {"attempts": attempts}}})


@pytest.fixture
def folder(tmp_path):
    """Ada's folder, Bo's copy, Cy's record, and files that aren't anybody's work."""
    (tmp_path / "ada").mkdir()
    copy = answered(4, {"run_training_loop": TICKS})
    bundle = {"question": 4, "name": "run_training_loop", "seconds": 750}
    shown = nbformat.v4.new_output("display_data", {clock.BUNDLE: bundle})
    tagged(copy, "check")[0].outputs.append(shown)
    nbformat.write(copy, tmp_path / "ada" / "04_custom_training_loop.ipynb")
    nbformat.write(answered(4, {}), tmp_path / "Bo_04_custom_training_loop.ipynb")
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
    for learner, text in {"ada": "{", "bo": '{"cells": [7], "nbformat": 4}'}.items():
        (tmp_path / learner).mkdir()
        (tmp_path / learner / "04_custom_training_loop.ipynb").write_text(text)
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "answer.docx").write_text("my answer")
    handed = class_results.read_class(tmp_path)
    results, skipped = handed.results, handed.skipped
    assert [(r.learner, r.question) for r in results] == [
        ("ada", 4),
        ("bo", 4),
        ("cy", None),
    ]
    assert len(skipped) == 3
    lines = class_results.results_csv(results).splitlines()
    assert lines[1].startswith("ada,4,-,-,,04_custom_training_loop.ipynb: it isn't a")
    assert lines[3].startswith("cy,-,-,-,,answer.docx: it's neither a notebook nor")


@pytest.mark.parametrize("name", ["fritz_07.py", "fritz/07.py", "7 fritz.py"])
def test_a_python_file_has_a_row(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(TRAP)
    note = "a Python file: run `interview check 7 FILE`"
    expected = class_results.PartResult("fritz", 7, "", False, None, note)
    handed = class_results.read_class(tmp_path)
    assert handed.results == [expected]
    assert handed.skipped == []
    (nameless,) = handed.anonymous().results
    assert (nameless.learner, nameless.note) == ("learner 1", note)
    assert not list(tmp_path.rglob("executed"))


def test_a_copy_without_checks_has_its_results_from_the_record(tmp_path):
    """As after a whole mock in the terminal: the copy has no outputs."""
    (tmp_path / "cy").mkdir()
    nbformat.write(answered(8, {}), tmp_path / "cy" / "08_model_ensembling.ipynb")
    alone = class_results.read_class(tmp_path).results
    note = "no check was run in this copy"
    assert alone == [class_results.PartResult("cy", 8, "", False, None, note)]
    (tmp_path / "cy" / "progress.json").write_text(record(vote_predict=90))
    both = class_results.read_class(tmp_path).results
    assert {r.part for r in both if r.passed} == {"vote_predict"}
    assert not any(r.note for r in both)


def test_an_empty_folder_is_said(tmp_path):
    done = CliRunner().invoke(main, ["class", str(tmp_path)])
    assert done.exit_code == 0
    assert "No practice copy and no record" in done.stderr
    assert done.stdout == ",".join(class_results.COLUMNS) + "\n"


def of_copy(copy, path: Path) -> dict[str, class_results.PartResult]:
    """The results of one copy in a class's table, by part."""
    path.parent.mkdir(exist_ok=True)
    nbformat.write(copy, path)
    handed = class_results.read_class(path.parent)
    assert not handed.skipped
    return {result.part: result for result in handed.results}


@pytest.mark.parametrize("name", ["04_custom_training_loop.ipynb", "ada.ipynb"])
def test_whatever_stands_on_top_a_copy_is_known(tmp_path, name):
    copy = answered(4, {"run_training_loop": TICKS})
    copy.cells.insert(0, nbformat.v4.new_markdown_cell("# Bert Müller, group B"))
    copy.cells.insert(0, nbformat.v4.new_code_cell("# An error was met; papermill"))
    assert of_copy(copy, tmp_path / "a" / name)["run_training_loop"].passed
    # Its title says which question it is, too.
    del copy.metadata["interview"]
    assert of_copy(copy, tmp_path / "b" / name)["run_training_loop"].passed


def test_a_copy_without_a_title_is_known_by_its_name(tmp_path):
    copy = answered(4, {"run_training_loop": TICKS})
    del copy.cells[0], copy.metadata["interview"]
    path = tmp_path / "copies" / "04_custom_training_loop (1).ipynb"
    assert of_copy(copy, path)["run_training_loop"].passed


def test_a_failed_check_is_not_a_pass(tmp_path):
    copy = answered(4, {"run_training_loop": TICKS})
    error = nbformat.v4.new_output(
        "error", ename="CheckFailed", evalue="", traceback=[]
    )
    tagged(copy, "check")[0].outputs.append(error)
    assert not of_copy(copy, tmp_path / "a" / "ada.ipynb")["run_training_loop"].passed


def test_the_clock_s_bundle_has_the_time(tmp_path):
    """The time comes from the bundle, so the wording of the line doesn't matter."""
    copy = answered(4, {"run_training_loop": TICKS})
    bundle = {"question": 4, "name": "run_training_loop", "seconds": 750.4}
    other = {"question": 5, "name": "fit_with_early_stopping", "seconds": 1}
    tagged(copy, "check")[0].outputs += [
        nbformat.v4.new_output("display_data", {clock.BUNDLE: b, "text/plain": "✓"})
        for b in (bundle, other)
    ]
    results = of_copy(copy, tmp_path / "a" / "ada.ipynb")
    assert results["run_training_loop"].seconds == 750.4
    assert not results["fit_with_early_stopping"].passed


def test_lines_shown_in_colour_count(tmp_path):
    """Where a person ran the check, its lines are HTML with plain text beside it."""
    copy = answered(4, {})
    line = {"text/html": "<div>✓</div>", "text/plain": "✓ run_training_loop: trains"}
    tagged(copy, "check")[0].outputs = [nbformat.v4.new_output("display_data", line)]
    assert of_copy(copy, tmp_path / "a" / "ada.ipynb")["run_training_loop"].passed


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
    copy = answered(4, {})
    tagged(copy, "check")[0].outputs = [
        nbformat.v4.new_output("display_data", data) for data in shown
    ]
    result = of_copy(copy, tmp_path / "a" / "ada.ipynb")["run_training_loop"]
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
