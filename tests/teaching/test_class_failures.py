"""The claims that a class fails, counted by learners, from the files handed in."""

import csv
import io

import nbformat
import pytest
from click.testing import CliRunner

from interview import study_notebooks
from interview.checks import claims, registry
from interview.commands.cli import main
from interview.notebook_json import Node
from interview.teaching import class_failures, class_results
from interview.teaching.class_failures import FailedClaim
from tests.teaching import a_class

CLAIM = "epoch_means"
SENTENCE = registry.sentences(4)[CLAIM]
PART = "run_training_loop"


def failure(claim=CLAIM, count=1, part=PART) -> dict:
    return a_class.failure(part, claim, count)


def record(*failed, number=4) -> str:
    return a_class.record(number, failed=failed)


def write(folder, **records) -> None:
    for learner, text in records.items():
        (folder / f"{learner}.json").write_text(text)


def write_copy(folder, *outputs) -> None:
    """A practice copy of question 4 with a cell that showed these."""
    copy = a_class.practice_copy(4)
    copy.cells.append(nbformat.v4.new_code_cell("check()", outputs=list(outputs)))
    nbformat.write(copy, folder / study_notebooks.path_of(4).name)


def rows(folder) -> list[class_failures.ClaimRow]:
    return class_failures.rows_by_claim(class_results.read_class(folder).failed)


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
    text = class_failures.failures_csv(rows(tmp_path), ["ada", "bo", "cy"])
    (row,) = rows_of(text)
    place = "04_custom_training_loop.ipynb, “The mean of batch means”"
    known = ("4", PART, SENTENCE, "2", "4", place)
    by_learner = {"ada": "3", "bo": "", "cy": "1"}
    columns = dict(zip(class_failures.COLUMNS, known, strict=True))
    assert list(row.items()) == [*columns.items(), *by_learner.items()]


def test_a_class_of_copies_and_records(tmp_path):
    """Ada's copy shows what her record counts; Cy handed in a copy alone."""
    write(tmp_path, ada=record(failure(count=3)), bo=record(failure(count=2)))
    error = raised(SENTENCE, claims.CheckFailed("expected: 4"))
    for learner in ("ada", "cy"):
        (tmp_path / learner).mkdir()
        write_copy(tmp_path / learner, *shown(error).cells[0].outputs)
    (row,) = rows(tmp_path)
    assert (row.claim, row.says) == (CLAIM, SENTENCE)
    assert row.times == {"ada": 3, "bo": 2, "cy": 1}


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


FAILURE = [FailedClaim("ada", 4, PART, CLAIM, 1)]


@pytest.mark.parametrize(
    ("error", "read"),
    [
        (raised(SENTENCE, claims.CheckFailed("expected: 4\ngot: 5")), FAILURE),
        (raised(SENTENCE, ValueError("no: way")), FAILURE),
        (claims.CheckFailed(f"✗ {PART}: not written yet"), []),
        (claims.CheckFailed("✗ no part"), []),
        (ValueError(f"✗ {PART}: {CLAIM}"), []),
    ],
)
def test_a_copy_s_failed_check_is_read_back(error, read):
    assert class_failures.of_copy(shown(error), 4, "ada") == read


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


HOSTILE = {
    "broken": "{",
    "empty": '{"version": 1, "questions": {}}',
    "other": record(failure(), number=99),
    "never": record(failure(count=0)),
}


def test_a_record_that_cannot_be_read_has_a_row_that_says_so(tmp_path):
    write(tmp_path, **HOSTILE, ada=record(failure()))
    handed = class_results.read_class(tmp_path)
    notes = {r.learner: r.note for r in handed.results if r.note}
    assert set(notes) == set(HOSTILE)
    assert all(note.startswith(f"{name}.json: ") for name, note in notes.items())
    assert {one.learner for one in handed.failed} == {"ada"}


def test_claims_and_names_are_no_formulas(tmp_path):
    link, lines = failure("=HYPERLINK(1)", part="+2"), failure("two\nlines \x1b[2J")
    (tmp_path / "=1+1.json").write_text(record(link, lines))
    text = class_failures.failures_csv(rows(tmp_path), ["=1+1"])
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
