"""The record of progress survives crashes, simultaneous writers and manual edits."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from filelock import FileLock

from interview import questions, study_notebooks
from interview.checks import claims, registry
from interview.practising import clock, record_file
from tests.support import move

ASKED = ("one", "two")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    return tmp_path / "practice"


@pytest.fixture(autouse=True)
def no_observers(monkeypatch):
    monkeypatch.setattr(claims, "observers", [])


def ago(**time) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat(timespec="seconds")


def write(questions: dict) -> None:
    record_file.path().parent.mkdir(exist_ok=True)
    record_file.path().write_text(json.dumps({"version": 1, "questions": questions}))


def standing(number=4, asked=ASKED, has_copy=False):
    return record_file.standing(record_file.load()[0], number, asked, has_copy)


def test_new_until_begun(folder):
    assert standing().state == "new"
    assert not folder.exists()
    assert standing(has_copy=True).state == "started"


def test_parts_pass_one_by_one():
    record_file.start_clock(4, 1)
    assert record_file.record_pass(4, 1, "one").first
    at = standing()
    assert (at.state, list(at.parts)) == ("started", ["one"])
    record_file.record_pass(4, 1, "two")
    at = standing()
    assert at.state == "passed"
    assert 0 <= at.best_seconds < 10


def test_the_first_time_counts():
    write({"4": {"attempts": {"1": {"started": ago(minutes=10)}}}})
    first = record_file.record_pass(4, 1, "one")
    assert 600 <= first.seconds < 610
    again = record_file.record_pass(4, 1, "one")
    assert again == record_file.Passed(first.seconds, False)


def test_best_is_the_fastest_full_attempt():
    def passed(**seconds):
        return {"passed": {n: {"seconds": s, "at": ago()} for n, s in seconds.items()}}

    write(
        {
            "4": {
                "attempts": {
                    "1": passed(one=100, two=900),
                    "2": passed(one=300, two=200),
                    "3": passed(one=5),
                    "10": {"started": ago(minutes=1)},
                }
            }
        }
    )
    at = standing()
    assert at.state == "passed"
    assert at.best_seconds == 300
    assert at.parts == {}  # of the latest attempt, the tenth
    assert at.attempt == record_file.latest_attempt(record_file.load()[0], 4) == 10


def test_a_clock_goes_on_after_a_restart():
    started, _ = record_file.start_clock(4, 1)
    again, _ = record_file.start_clock(4, 1)
    assert not started.resumed
    assert again == record_file.Clock(started.started, True)


@pytest.mark.parametrize("time", [{"hours": 7}, {"days": 400}, {"hours": -2}])
def test_a_clock_of_another_day_starts_anew(time):
    write({"4": {"attempts": {"1": {"started": ago(**time)}}}})
    assert record_file.record_pass(4, 1, "one").seconds is None
    clock, _ = record_file.start_clock(4, 1)
    assert not clock.resumed
    assert abs(clock.started - datetime.now(UTC)) < timedelta(seconds=5)


BROKEN = [
    "",
    "{",
    "[]",
    "null",
    "\udcff",
    '{"version": 0, "questions": {}}',
    '{"version": 1, "questions": {"four": {}}}',
    '{"version": 1, "questions": {"4": {"attempts": {"1": {"started": 7}}}}}',
    '{"version": 1, "questions": {"4": {"attempts": {"1": '
    '{"started": "2026-13-45T00:00:00"}}}}}',
    '{"version": 1, "questions": {"4": {"hints": {"one": -1}}}}',
    '{"version": 1, "questions": {"4": {"cards": {"a": {"state": 7}}}}}',
    '{"version": 1, "questions": {}, "mocks": {"a": {"question": 4, '
    '"started": "2026-11-26T09:00:00+00:00", "phase": "lunch"}}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_file_is_kept_aside_by_what_writes(folder, text):
    folder.mkdir()
    raw = text.encode("utf-8", "surrogateescape")
    record_file.path().write_bytes(raw)
    record, says = record_file.load()
    assert record.questions == {}
    assert "isn't a record of progress" in says
    assert len(says.splitlines()) == 1
    assert [path.name for path in folder.iterdir()] == [record_file.NAME]
    _, aside = record_file.start_clock(4, 1)
    (kept,) = folder.glob("progress-broken-*.json")
    assert kept.name in aside
    record_file.record_pass(4, 1, "one")
    assert list(standing().parts) == ["one"]
    assert kept.read_bytes() == raw


def test_two_broken_files_are_both_kept(folder):
    folder.mkdir()
    for text in ("{", "["):
        record_file.path().write_text(text)
        record_file.record_pass(4, 1, "one")
    kept = [path.read_text() for path in folder.glob("progress-broken-*.json")]
    assert sorted(kept) == ["[", "{"]


# A record by the first edition: seconds may be null, and untouched parts are missing.
FIRST_EDITION = """{
 "version": 1,
 "questions": {
  "4": {
   "attempts": {
    "1": {
     "started": "2025-11-25T20:11:04+00:00",
     "passed": {
      "one": {
       "seconds": 357.2,
       "at": "2025-11-25T20:17:01+00:00"
      },
      "two": {
       "seconds": null,
       "at": "2025-11-26T08:00:00+00:00"
      }
     }
    },
    "2": {
     "started": "2025-11-27T20:11:04+00:00"
    }
   },
   "hints": {
    "one": 2
   }
  },
  "7": {
   "hints": {
    "make_pairs": 1
   }
  }
 }
}
"""


def test_a_record_of_the_first_edition_is_read(folder):
    folder.mkdir()
    record_file.path().write_text(FIRST_EDITION)
    assert standing().state == "passed"
    assert standing().hints == {"one": 2}
    assert standing().attempt == 2
    assert standing(asked=("one",)).best_seconds == 357.2
    record_file.record_hint(7, "make_pairs", 1)
    assert record_file.path().read_text() == FIRST_EDITION


def test_a_crash_in_mid_write_leaves_the_old_record(folder):
    record_file.record_pass(4, 1, "one")
    before = record_file.path().read_bytes()
    program = (
        "import os\n"
        "from interview.practising import record_file\n"
        "os.fsync = lambda file: os._exit(9)\n"
        "record_file.record_pass(4, 1, 'two')\n"
    )
    done = run(program, folder)
    assert done.returncode == 9
    assert record_file.path().read_bytes() == before
    assert len(list(folder.glob(".progress.json.????????"))) == 1  # half of a new one
    record_file.record_pass(4, 1, "two")
    assert set(standing().parts) == {"one", "two"}


def run(program: str, folder) -> subprocess.CompletedProcess:
    environment = {**os.environ, "KERAS_INTERVIEW_PRACTICE": str(folder)}
    return subprocess.run([sys.executable, "-c", program], env=environment)


def test_two_programs_at_once_lose_nothing(folder):
    program = (
        "import sys\n"
        "from interview.practising import record_file\n"
        "for i in range(40):\n"
        "    record_file.record_pass(4, 1, f'{sys.argv[1]}{i}')\n"
    )
    environment = {**os.environ, "KERAS_INTERVIEW_PRACTICE": str(folder)}
    rivals = [
        subprocess.Popen([sys.executable, "-c", program, name], env=environment)
        for name in "abc"
    ]
    assert [rival.wait() for rival in rivals] == [0, 0, 0]
    assert len(standing().parts) == 120
    left = {path.name for path in folder.iterdir()}
    assert left <= {"progress.json", ".progress.json.lock"}


def test_a_lock_that_is_held_is_one_sentence(folder, monkeypatch):
    monkeypatch.setattr(record_file, "LOCK_SECONDS", 0.1)
    record_file.start_clock(4, 1)
    with (
        held(),
        pytest.raises(record_file.ProgressError, match="Another program"),
    ):
        record_file.record_pass(4, 1, "one")


def test_a_folder_that_cannot_be_used_is_one_sentence(folder):
    folder.write_text("a file where the folder should be")
    with pytest.raises(record_file.ProgressError, match="nothing is recorded"):
        record_file.record_pass(4, 1, "one")
    record, says = record_file.load()
    assert record.questions == {}
    assert "can't be read or written" in says


def test_hints_are_counted_once():
    for shown in (1, 2, 1):
        record_file.record_hint(4, "one", shown)
    assert standing().hints == {"one": 2}


def held():
    """The record's lock, as another program holds it while it writes."""
    record_file.path().parent.mkdir(exist_ok=True)
    return FileLock(record_file.path().with_name(".progress.json.lock"))


def passes(*names):
    """A check of question 4 in which these names pass."""
    parts = [claims.AnswerClaims(name) for name in names]
    for part in parts:
        part.claim("is an answer")(lambda answer: None)
    claims.QuestionCheck(4, *parts).check(**dict.fromkeys(names))


def test_the_clock_says_what_passed_and_when(capsys):
    clock.start(4)
    clock.start(4)
    passes("run_training_loop", "fit_with_early_stopping")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The clock starts at ")
    assert lines[0].endswith("You have 25 minutes.")
    assert lines[1].startswith("The clock has been running since ")
    assert lines[2] == "✓ run_training_loop: is an answer"
    assert re.fullmatch(
        r"✓ run_training_loop passed after \d+ s; question 4 is passed\.", lines[3]
    )
    assert lines[5].startswith("✓ fit_with_early_stopping passed after ")
    assert standing(asked=("run_training_loop",)).state == "passed"


def fails(claim, error):
    """A check of question 4 in which the claim with this id raises an error."""
    part = claims.AnswerClaims("run_training_loop")
    part.claim("takes five arguments")(lambda answer: None)

    def proof(answer):
        raise error

    proof.__name__ = claim
    part.claim("a sentence")(proof)

    with pytest.raises(claims.CheckFailed):
        claims.QuestionCheck(4, part).check(run_training_loop=None)


def test_what_fails_is_recorded_by_its_claim():
    clock.start(4, attempt=2)
    for claim in ("returns_4", "returns_4", "is_compiled", "returns_4"):
        fails(claim, claims.CheckFailed("expected: 4"))
    fails("is_compiled", ValueError("no such layer"))
    attempt = record_file.load()[0].of(4).attempts[2]
    assert [(f.part, f.claim, f.count) for f in attempt.failed] == [
        ("run_training_loop", "returns_4", 3),
        ("run_training_loop", "is_compiled", 2),
    ]
    assert attempt.failed[0].first <= attempt.failed[1].first <= attempt.failed[0].last
    assert not attempt.passed


def test_a_record_with_sentences_is_read_with_ids_and_goes_on():
    """An earlier edition recorded sentences; those without an id today are kept."""
    at = ago(minutes=5)
    sentences = [
        registry.sentences(4)["epoch_means"],
        "is a claim that nobody makes any more",
    ]
    known = {"part": "run_training_loop", "count": 2, "first": at, "last": at}
    failed = [{**known, "claim": says} for says in sentences]
    write({"4": {"attempts": {"1": {"failed": failed}}}})
    before = record_file.path().read_bytes()
    found = record_file.load()[0].of(4).attempts[1].failed
    assert [f.claim for f in found] == ["epoch_means", sentences[1]]
    assert record_file.path().read_bytes() == before
    record_file.record_failures(4, 1, {"run_training_loop": "epoch_means"})
    found = record_file.load()[0].of(4).attempts[1].failed
    assert [(f.claim, f.count) for f in found] == [
        ("epoch_means", 3),
        (sentences[1], 2),
    ]


def test_a_name_that_is_not_defined_says_nothing_of_the_claim():
    clock.start(4)
    fails("returns 4", NameError("name 'np' is not defined"))
    assert not record_file.load()[0].of(4).attempts[1].failed


def test_another_questions_check_is_not_recorded_here(capsys):
    clock.start(5)
    passes("run_training_loop")
    fails("returns 4", claims.CheckFailed("expected: 4"))
    attempt = record_file.load()[0].of(5).attempts[1]
    assert not attempt.failed
    assert not attempt.passed
    assert "passed" not in capsys.readouterr().out


def test_a_long_claim_is_cut_and_the_record_can_be_read():
    record_file.record_failures(4, 1, {"run_training_loop": "x" * 1000})
    record, trouble = record_file.load()
    assert not trouble
    assert record.of(4).attempts[1].failed[0].claim == "x" * record_file.LONGEST_CLAIM


def test_a_stub_is_no_failure():
    clock.start(4)
    fails("returns 4", NotImplementedError())
    assert not record_file.load()[0].of(4).attempts[1].failed


def test_a_check_fails_as_ever_if_it_cannot_be_recorded(folder, monkeypatch):
    clock.start(4)
    monkeypatch.setattr(record_file, "LOCK_SECONDS", 0)
    with held():
        fails("returns 4", claims.CheckFailed("expected: 4"))
    assert not record_file.load()[0].of(4).attempts[1].failed


def test_a_part_that_passes_again_gets_no_new_time(capsys):
    write({"4": {"attempts": {"1": {"started": ago(minutes=6)}}}})
    clock.start(4)
    passes("run_training_loop")
    first = record_file.load()[0].of(4).attempts[1].passed["run_training_loop"]
    passes("run_training_loop")
    assert first.seconds == pytest.approx(360, abs=5)
    line = capsys.readouterr().out.splitlines()[-1]
    says = clock.minutes(first.seconds)
    assert line.startswith(f"✓ run_training_loop passed again (first after {says}); ")
    assert standing(asked=("run_training_loop",)).best_seconds == first.seconds


def test_a_copy_s_clock_is_the_one_that_mock_started(capsys):
    record_file.reset_clock(4, 7)
    began, _ = record_file.start_clock(4, 7)
    clock.start(4, attempt=7)
    at = f"{began.started.astimezone():%H:%M}"
    assert f"has been running since {at}." in capsys.readouterr().out


def test_in_a_notebook_the_line_comes_with_a_bundle(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.get_ipython", lambda: object())
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    clock.start(4, attempt=2)
    passes("run_training_loop")
    (data,) = shown
    seconds = data[clock.BUNDLE].pop("seconds")
    assert 0 <= seconds < 10
    assert data[clock.BUNDLE] == {"question": 4, "name": "run_training_loop"}
    assert data["text/plain"].startswith("✓ run_training_loop passed after ")


def test_a_check_passes_even_if_it_cannot_be_recorded(folder, capsys, monkeypatch):
    clock.start(4)
    monkeypatch.setattr(record_file, "LOCK_SECONDS", 0.1)
    with held():
        passes("run_training_loop")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("✓ run_training_loop passed. It couldn't be recorded: ")


def test_a_file_counts_for_its_attempt(folder, tmp_path):
    write({"4": {"attempts": {"2": {"started": ago(minutes=5)}}}})
    said, trouble = clock.record_checked_file(4, tmp_path / "answer.py", ["one"], {})
    assert re.fullmatch(", 5 min 0[0-5] s on the clock", said)
    assert not trouble
    again, _ = clock.record_checked_file(4, tmp_path / "answer.py", ["one"], {})
    assert again.startswith(", first after 5 min 0")
    copy = folder / "04_custom_training_loop.ipynb"
    clock.record_checked_file(4, copy, ["two"], {"three": "returns 4"})
    attempts = record_file.load()[0].of(4).attempts
    assert [list(attempts[n].passed) for n in (1, 2)] == [["two"], ["one"]]
    assert [(f.part, f.claim, f.count) for f in attempts[1].failed] == [
        ("three", "returns 4", 1)
    ]


def test_a_file_that_cannot_be_recorded_is_said(folder, tmp_path):
    folder.write_text("a file where the folder should be")
    said, trouble = clock.record_checked_file(4, tmp_path / "answer.py", ["one"], {})
    assert said == ""
    assert trouble.endswith("nothing is recorded.")


def test_a_study_notebook_s_answer_is_not_the_learner_s(folder):
    study = study_notebooks.path_of(4)
    said, trouble = clock.record_checked_file(4, study, ["one"], {})
    assert said == ""
    assert "study notebook's own answer" in trouble
    assert standing().state == "new"


def test_nor_is_it_in_a_file_of_another_name(tmp_path):
    """The printed answer doesn't count, even with other comments and layout."""
    asked, file = questions.read(8).asked, tmp_path / "mine.py"
    file.write_text(questions.program(8).replace("return members", "return  members#"))
    said, trouble = clock.record_checked_file(8, file, [*asked, "ensemble_report"], {})
    assert said == ""
    assert "study notebook's own answer" in trouble
    assert list(record_file.load()[0].of(8).attempts[1].passed) == ["ensemble_report"]
    # An answer that differs in one of the parts is the learner's.
    file.write_text(questions.program(8).replace("votes", "choices"))
    said, trouble = clock.record_checked_file(8, file, [*asked], {})
    assert said == "; no clock ran (`interview mock 8` starts one)"
    assert trouble == ""
    assert set(record_file.load()[0].of(8).attempts[1].passed) >= set(asked)


def test_nor_is_it_in_a_copy(folder):
    study = study_notebooks.path_of(6)
    folder.mkdir()
    copy = shutil.copy(study, folder / "06_learning_rate_schedules_2.ipynb")
    _, trouble = clock.record_checked_file(6, copy, [*questions.read(6).asked], {})
    assert "study notebook's own answer" in trouble


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (0.4, "0 s"),
        (59.6, "1 min 00 s"),
        (750, "12 min 30 s"),
        (3900, "1 h 05 min"),
    ],
)
def test_times_read_as_people_say_them(seconds, says):
    assert clock.minutes(seconds) == says
