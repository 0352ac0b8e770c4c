"""The record of progress: nothing lost to crashes, rivals or careless hands."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from interview import clock, progress
from interview.checks import machinery
from tests.support import move

ASKED = ("one", "two")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    return tmp_path / "practice"


@pytest.fixture(autouse=True)
def no_observers(monkeypatch):
    monkeypatch.setattr(machinery, "observers", [])


def ago(**time) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat(timespec="seconds")


def write(questions: dict) -> None:
    progress.path().parent.mkdir(exist_ok=True)
    progress.path().write_text(json.dumps({"version": 1, "questions": questions}))


def standing(number=4, asked=ASKED, has_copy=False):
    return progress.standing(progress.load()[0], number, asked, has_copy)


def test_new_until_begun(folder):
    assert standing().state == "new"
    assert not folder.exists()
    assert standing(has_copy=True).state == "started"


def test_parts_pass_one_by_one():
    progress.start_clock(4, 1)
    assert progress.record_pass(4, 1, "one").first
    at = standing()
    assert (at.state, list(at.parts)) == ("started", ["one"])
    progress.record_pass(4, 1, "two")
    at = standing()
    assert at.state == "passed"
    assert 0 <= at.best_seconds < 10


def test_the_first_time_counts():
    write({"4": {"attempts": {"1": {"started": ago(minutes=10)}}}})
    first = progress.record_pass(4, 1, "one")
    assert 600 <= first.seconds < 610
    again = progress.record_pass(4, 1, "one")
    assert again == progress.Passed(first.seconds, False)


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
    assert progress.latest_attempt(progress.load()[0], 4) == 10


def test_a_clock_goes_on_after_a_restart():
    started, _ = progress.start_clock(4, 1)
    again, _ = progress.start_clock(4, 1)
    assert not started.resumed
    assert again == progress.Clock(started.started, True)


@pytest.mark.parametrize("time", [{"hours": 7}, {"days": 400}, {"hours": -2}])
def test_a_clock_of_another_day_starts_anew(time):
    write({"4": {"attempts": {"1": {"started": ago(**time)}}}})
    assert progress.record_pass(4, 1, "one").seconds is None
    clock, _ = progress.start_clock(4, 1)
    assert not clock.resumed
    assert abs(clock.started - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "\udcff",
        '{"version": 2, "questions": {}}',
        '{"version": 1, "questions": {"four": {}}}',
        '{"version": 1, "questions": {"4": {"attempts": {"1": {"started": 7}}}}}',
        '{"version": 1, "questions": {"4": {"attempts": {"1": '
        '{"started": "2026-13-45T00:00:00"}}}}}',
        '{"version": 1, "questions": {"4": {"hints": {"one": -1}}}}',
        "[" * 100_000,
    ],
)
def test_a_broken_file_is_kept_aside(folder, text):
    folder.mkdir()
    raw = text.encode("utf-8", "surrogateescape")
    progress.path().write_bytes(raw)
    record, aside = progress.load()
    assert record["questions"] == {}
    assert len(aside.splitlines()) == 1
    (kept,) = folder.glob("progress-broken-*.json")
    assert kept.name in aside
    assert kept.read_bytes() == raw
    progress.record_pass(4, 1, "one")
    assert list(standing().parts) == ["one"]
    assert kept.read_bytes() == raw


def test_two_broken_files_are_both_kept(folder):
    folder.mkdir()
    for text in ("{", "["):
        progress.path().write_text(text)
        progress.load()
    kept = [path.read_text() for path in folder.glob("progress-broken-*.json")]
    assert sorted(kept) == ["[", "{"]


def test_what_a_later_version_adds_is_kept():
    write({"4": {"attempts": {"1": {"passed": {}, "mood": "fine"}}}})
    progress.record_pass(4, 1, "one")
    saved = json.loads(progress.path().read_text())
    assert saved["questions"]["4"]["attempts"]["1"]["mood"] == "fine"


def test_a_crash_in_mid_write_leaves_the_old_record(folder):
    progress.record_pass(4, 1, "one")
    before = progress.path().read_bytes()
    program = (
        "import os\n"
        "from interview import progress\n"
        "def die(*a, **k):\n"
        "    a[1].write('{\"version\"'); a[1].flush(); os._exit(9)\n"
        "progress.json.dump = die\n"
        "progress.record_pass(4, 1, 'two')\n"
    )
    done = run(program, folder)
    assert done.returncode == 9
    assert progress.path().read_bytes() == before
    progress.record_pass(4, 1, "two")
    assert set(standing().parts) == {"one", "two"}


def run(program: str, folder) -> subprocess.CompletedProcess:
    environment = {"KERAS_INTERVIEW_PRACTICE": str(folder), "PATH": ""}
    return subprocess.run([sys.executable, "-c", program], env=environment)


def test_two_programs_at_once_lose_nothing(folder):
    program = (
        "import sys\n"
        "from interview import progress\n"
        "for i in range(40):\n"
        "    progress.record_pass(4, 1, f'{sys.argv[1]}{i}')\n"
    )
    environment = {"KERAS_INTERVIEW_PRACTICE": str(folder), "PATH": ""}
    rivals = [
        subprocess.Popen([sys.executable, "-c", program, name], env=environment)
        for name in "abc"
    ]
    assert [rival.wait() for rival in rivals] == [0, 0, 0]
    assert len(standing().parts) == 120
    left = {path.name for path in folder.iterdir()}
    assert left <= {"progress.json", ".progress.json.lock"}


def test_a_lock_that_is_held_is_one_sentence(folder, monkeypatch):
    monkeypatch.setattr(progress, "LOCK_SECONDS", 0.1)
    progress.start_clock(4, 1)
    with (
        progress._locked(),
        pytest.raises(progress.ProgressError, match="Another program"),
    ):
        progress.record_pass(4, 1, "one")


def test_a_folder_that_cannot_be_written_is_one_sentence(folder):
    folder.write_text("a file where the folder should be")
    with pytest.raises(progress.ProgressError, match="nothing was recorded"):
        progress.record_pass(4, 1, "one")


def test_hints_are_counted_once():
    for shown in (1, 2, 1):
        progress.record_hint(4, "one", shown)
    assert standing().hints == {"one": 2}


def is_answer(answer):
    """is an answer"""


def test_the_clock_says_what_passed_and_when(capsys):
    clock.start(4)
    clock.start(4)
    names = ("run_training_loop", "fit_with_early_stopping")
    for name in (*names, "not_of_this_question"):
        machinery.run({name: [is_answer]}, {name: None})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The clock starts at ")
    assert lines[0].endswith("You have 25 minutes.")
    assert lines[1].startswith("The clock is running since ")
    assert lines[2] == "✓ run_training_loop: is an answer"
    assert lines[3].startswith("✓ run_training_loop passed after ")
    assert lines[3].endswith("; question 4 is passed.")
    assert lines[5].startswith("✓ fit_with_early_stopping passed after ")
    assert lines[6:] == ["✓ not_of_this_question: is an answer"]
    assert standing(asked=("run_training_loop",)).state == "passed"


def test_a_check_passes_even_if_it_cannot_be_recorded(folder, capsys, monkeypatch):
    clock.start(4)
    monkeypatch.setattr(progress, "LOCK_SECONDS", 0.1)
    with progress._locked():
        machinery.run({"run_training_loop": [is_answer]}, {"run_training_loop": None})
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("✓ run_training_loop passed. It couldn't be recorded: ")


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
