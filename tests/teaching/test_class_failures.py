"""The claims that a class fails, counted by learners, from the files handed in."""

import csv
import io
import json
from collections import defaultdict

import nbformat
import pytest
from click.testing import CliRunner

from interview import study_notebooks
from interview.checks import claims, registry
from interview.commands.cli import main
from interview.notebook_json import Node
from interview.practising import clock, copy_cells, record_file
from interview.teaching import class_failures, class_results
from interview.teaching.class_failures import FailedClaim
from tests.checks.answers import wrong
from tests.support import move
from tests.teaching import a_class

AT = "2026-11-25T09:00:00+00:00"
CLAIM = "epoch_means"
SENTENCE = registry.sentences(4)[CLAIM]
PART = "run_training_loop"


def failure(claim=CLAIM, part=PART, count=1, **more) -> dict:
    return {
        "part": part,
        "claim": claim,
        "count": count,
        "first": AT,
        "last": AT,
        **more,
    }


def record(*failed, number=4) -> str:
    attempts = {"1": {"started": AT, "failed": failed}}
    return json.dumps({"version": 1, "questions": {number: {"attempts": attempts}}})


def write(folder, **records) -> None:
    for learner, text in records.items():
        (folder / f"{learner}.json").write_text(text)


def write_copy(folder, *outputs) -> None:
    """A practice copy of question 4 with a cell that showed these."""
    source = study_notebooks.path_of(4)
    copy = copy_cells.make_copy(nbformat.read(source, as_version=4), source.name)
    copy.cells.append(nbformat.v4.new_code_cell("check()", outputs=list(outputs)))
    nbformat.write(copy, folder / source.name)


def run(*arguments):
    return CliRunner().invoke(main, ["class", *map(str, arguments)])


def rows_of(text: str) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text)))


def test_what_most_learners_met_comes_first():
    rows = class_failures.rows_by_claim(
        [
            FailedClaim("ada", 4, PART, "often", 9),
            FailedClaim("ada", 4, PART, "shared", 1),
            FailedClaim("bo", 4, PART, "shared", 2),
            # The same work in another file isn't added.
            FailedClaim("bo", 4, PART, "shared", 1),
            FailedClaim("cy", 7, "make_pairs", "shared", 1),
        ]
    )
    assert [(r.number, r.claim, r.learners, r.checks) for r in rows] == [
        (4, "shared", 2, 3),
        (4, "often", 1, 9),
        (7, "shared", 1, 1),
    ]
    assert rows[0].times == {"ada": 1, "bo": 2}


def test_claims_by_learners_as_csv(tmp_path):
    write(tmp_path, ada=record(failure(count=3)), bo=record(), cy=record(failure()))
    handed = class_results.read_class(tmp_path)
    text = class_failures.failures_csv(
        class_failures.rows_by_claim(handed.failed), handed.learners
    )
    assert text.splitlines()[0] == f"{','.join(class_failures.COLUMNS)},ada,bo,cy"
    (row,) = rows_of(text)
    assert (row["question"], row["part"], row["claim"]) == ("4", PART, SENTENCE)
    assert (row["learners"], row["checks"]) == ("2", "4")
    assert row["explained"] == (
        "04_custom_training_loop.ipynb, “The mean of batch means”"
    )
    assert (row["ada"], row["bo"], row["cy"]) == ("3", "", "1")


def test_records_and_copies_of_earlier_editions_count_with_those_of_today(tmp_path):
    """Earlier editions record a claim's sentence, today's records its id."""
    write(tmp_path, ada=record(failure(SENTENCE)), bo=record(failure(count=2)))
    error = raised(SENTENCE, claims.CheckFailed("expected: 4"))
    (tmp_path / "cy").mkdir()
    write_copy(tmp_path / "cy", *shown(error).cells[0].outputs)
    (row,) = class_failures.rows_by_claim(class_results.read_class(tmp_path).failed)
    assert (row.claim, row.says) == (CLAIM, SENTENCE)
    assert row.times == {"ada": 1, "bo": 2, "cy": 1}


def shown(error: Exception) -> Node:
    """A notebook with one cell, as Jupyter keeps the error that it ended with."""
    output = nbformat.v4.new_output(
        "error", ename=type(error).__name__, evalue=str(error), traceback=[str(error)]
    )
    return Node(cells=[Node(cell_type="code", outputs=[Node(output)])])


def raised(says: str, error: Exception) -> Exception:
    """The error of a check in which the proof of this claim raises an error."""
    part = claims.AnswerClaims(PART)

    @part.claim(says)
    def _(answer):
        raise error

    with pytest.raises(claims.CheckFailed) as failed:
        claims.QuestionCheck(4, part).check(**{PART: None})
    return failed.value


@pytest.mark.parametrize(
    "error",
    [claims.CheckFailed("expected: 4\ngot: 5\nhint: count"), ValueError("no: way")],
)
def test_a_copy_s_failed_check_is_read_back(error):
    copy = shown(raised(SENTENCE, error))
    assert class_failures.of_copy(copy, 4, "ada") == [
        FailedClaim("ada", 4, PART, CLAIM, 1)
    ]


@pytest.mark.parametrize(
    "error",
    [
        claims.CheckFailed(f"✗ {PART}: not written yet"),
        claims.CheckFailed("✗ no part"),
        ValueError(f"✗ {PART}: {CLAIM}"),
    ],
)
def test_what_is_no_failed_claim_is_not_read(error):
    assert class_failures.of_copy(shown(error), 4, "ada") == []


def test_a_class_of_copies_and_records(tmp_path):
    """Ada's copy shows what her record counts; Bo handed in a copy alone."""
    message = f"✗ {PART}: {CLAIM}\nexpected: 1"
    output = nbformat.v4.new_output("error", ename="CheckFailed", evalue=message)
    for learner in ("ada", "bo"):
        (tmp_path / learner).mkdir()
        write_copy(tmp_path / learner, output)
    (tmp_path / "ada" / record_file.NAME).write_text(record(failure(count=5)))
    (row,) = class_failures.rows_by_claim(class_results.read_class(tmp_path).failed)
    assert row.times == {"ada": 5, "bo": 1}


def test_both_tables_are_printed(tmp_path):
    write(tmp_path, ada=record(failure()))
    done = run(tmp_path)
    first, second = done.stdout.split("\n\n")
    assert {row["learner"] for row in rows_of(first)} == {"ada"}
    assert [row["claim"] for row in rows_of(second)] == [SENTENCE]


def test_both_tables_and_the_page_are_written_and_never_overwritten(tmp_path):
    handed, out = tmp_path / "in", tmp_path / "out"
    handed.mkdir()
    write(handed, ada=record(failure()))
    done = run(handed, "-o", out / "class.csv", "--html", out / "class.html")
    assert done.exit_code == 0, done.output
    names = ["class-claims.csv", "class.csv", "class.html"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert len(done.stdout.splitlines()) == 3
    before = {path: path.read_bytes() for path in out.iterdir()}
    (out / "class.csv").unlink()
    again = run(handed, "-o", out / "class.csv")
    assert again.exit_code == 1
    assert "class-claims.csv is there already" in again.output
    assert {path: path.read_bytes() for path in out.iterdir()} == {
        path: text for path, text in before.items() if path.name != "class.csv"
    }
    assert run(handed, "--html", out / "class.html").exit_code == 1


SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "long": record(failure(claim="x" * 301)),
    "many": record(*[failure(claim=f"claim {n}") for n in range(1001)]),
    "never": record(failure(count=0)),
    "when": record(failure(last="the day before")),
    "other": record(failure(), number=99),
    "broken": "{",
    "empty": '{"version": 1, "questions": {}}',
    "huge": record(failure(count="PLACE")).replace('"PLACE"', "9" * 5000),
}


def test_a_record_that_cannot_be_read_has_a_row_that_says_so(tmp_path):
    write(tmp_path, **HOSTILE, ada=record(failure()))
    handed = class_results.read_class(tmp_path)
    notes = {r.learner: r.note for r in handed.results if r.note}
    assert set(notes) == set(HOSTILE)
    assert all(note.startswith(f"{name}.json: ") for name, note in notes.items())
    assert {one.learner for one in handed.failed} == {"ada"}


def test_a_copy_with_an_endless_time_is_read(tmp_path):
    bundle = {"question": 4, "name": "accumulated_step", "seconds": 10**400}
    write_copy(
        tmp_path,
        nbformat.v4.new_output("display_data", {clock.BUNDLE: bundle}),
    )
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    assert done.stdout.count(",yes,,") == 1


def test_claims_and_names_are_no_formulas(tmp_path):
    write(
        tmp_path,
        **{
            "=1+1": record(
                failure(claim="=HYPERLINK(1)", part="+2"),
                failure(claim="two\nlines \x1b[2J"),
            )
        },
    )
    handed = class_results.read_class(tmp_path)
    text = class_failures.failures_csv(
        class_failures.rows_by_claim(handed.failed), handed.learners
    )
    assert text.splitlines()[0].endswith(",'=1+1")
    first, second = rows_of(text)
    assert (first["part"], first["claim"]) == ("'+2", "'=HYPERLINK(1)")
    assert first["explained"] == "-"
    assert second["claim"] == "two lines [2J"


def test_without_names_nobody_is_named(tmp_path):
    names = ("ada", "bert", "cleo")
    write(tmp_path, **{name: record(failure(count=len(name))) for name in names})
    (tmp_path / "dora.json").write_text("{")
    out = tmp_path / "out"
    arguments = ["--anonymous", "-o", out / "class.csv", "--html", out / "class.html"]
    done = run(tmp_path, *arguments)
    assert done.exit_code == 0, done.output
    for path in out.iterdir():
        text = path.read_text("utf-8")
        assert not [name for name in (*names, "dora") if name in text], path.name
        assert all(f"learner {n}" in text for n in (1, 2, 3, 4)), path.name
    (row,) = rows_of((out / "class-claims.csv").read_text("utf-8"))
    met = {row[f"learner {n}"] for n in (1, 2, 3, 4)}
    assert met == {"3", "4", ""}  # the order of the learners changes from run to run
    notes = [r for r in rows_of((out / "class.csv").read_text("utf-8")) if r["note"]]
    assert [r["note"] for r in notes] == ["a file can't be read"]


def test_thirty_records(tmp_path):
    """Every number in the table is the sum of what the records hold."""
    records = a_class.hand_in(tmp_path)
    handed = class_results.read_class(tmp_path)
    assert not handed.skipped
    rows = class_failures.rows_by_claim(handed.failed)
    expected = defaultdict(dict)
    for learner, read in records.items():
        for number, question in read.questions.items():
            for attempt in question.attempts.values():
                for failed in attempt.failed:
                    times = expected[number, failed.part, failed.claim]
                    times[learner] = times.get(learner, 0) + failed.count
    assert {(r.number, r.part, r.claim): r.times for r in rows} == expected
    assert [r.learners for r in rows] == sorted(
        (len(times) for times in expected.values()), reverse=True
    )
    assert all(row.place for row in rows)
    assert max(r.learners for r in rows) >= 5
    assert len(handed.learners) == 30


@pytest.mark.slow
def test_wrong_answers_played_by_a_class(tmp_path, tmp_path_factory, monkeypatch):
    """From `interview check` on wrong answers to the class's table."""
    folder = tmp_path_factory.mktemp("answers")
    paths = {answer.name: str(answer.write(folder)) for answer in wrong(8)}
    ties, losses = "vote_ties_to_highest", "report_members_losses"
    played = {"ada": [ties, losses, ties], "bo": ["stub", ties]}
    for learner, answers in played.items():
        move(monkeypatch, practice=tmp_path / learner)
        for answer in answers:
            CliRunner().invoke(main, ["check", "8", paths[answer]])
    rows = class_failures.rows_by_claim(class_results.read_class(tmp_path).failed)
    assert [(row.part, row.place.heading, row.times) for row in rows] == [
        ("vote_predict", "Ties", {"ada": 2, "bo": 1}),
        ("ensemble_report", "The idea", {"ada": 1}),
    ]
