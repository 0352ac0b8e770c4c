"""The session of a watched file, tested without files, processes and a terminal."""

from datetime import timedelta

import pytest

from interview import questions, study_notebooks
from interview.judging.judge import Event, Verdict
from interview.practising import record_file
from interview.practising.dialogue import utc_now
from interview.practising.watch.session import Session
from tests.support import move


class View:
    """Records the lines that were shown since the last clearing."""

    def __init__(self, has_panel: bool) -> None:
        self.has_panel, self.lines = has_panel, []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def clear(self) -> None:
        self.lines.clear()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def session(folder, number=10, has_panel=True, name="answer.py"):
    return Session(questions.read(number), folder / name, View(has_panel))


def report(at: Session, kind: str, name: str, text: str = "") -> None:
    mark = {"passed": "", "failed": f"✗ {name}: {text}"}.get(kind, f"{name}: {text}")
    at.heard(Event(kind, name, mark))


def judge(at: Session, **outcomes: str) -> View:
    """One check, with an outcome for each name."""
    at.saved()
    verdict = Verdict()
    for name, outcome in outcomes.items():
        kind, _, text = outcome.partition(" ")
        report(at, kind, name, text or "not written yet")
        getattr(verdict, kind).append(name)
    at.judged(verdict, 1.23)
    return at._view


def test_of_several_messages_the_first_is_shown(folder):
    """The panel marks the other parts; plain lines show all messages."""
    outcomes = {
        "build_generator": "failed too small",
        "build_discriminator": "passed",
        "GAN": "failed never trains",
        "gradient_penalty": "unwritten",
    }
    at = session(folder)
    text = judge(at, **outcomes).text
    assert "✗ build_generator: too small" in text
    assert "never trains" not in text
    assert "· 1 more message: press m." in text
    assert "not written" not in text
    assert "question 10: 1 of 3 parts right" in text
    assert list(at.marks.values()) == ["✗", "✓", "✗", "·", "·"]
    assert at.status.endswith("in 1.2 s")
    at.more()
    assert at._view.lines[-1] == "✗ GAN: never trains"
    at.more()
    assert at._view.lines[-1] == "There is no other message."
    text = judge(session(folder, has_panel=False), **outcomes).text
    assert "never trains" in text
    assert "gradient_penalty: not written yet" in text


def test_while_it_is_judged_nothing_is_known(folder):
    at = session(folder)
    judge(at, build_generator="passed")
    at.saved()
    assert set(at.marks.values()) == {"…"}
    report(at, "passed", "GAN")
    assert at.marks["GAN"] == "✓"
    at.unfinished("answer.py, line 1: invalid syntax.")
    assert at.marks["build_generator"] == ""
    assert at.status == "not checked: answer.py, line 1: invalid syntax."


def test_trouble_is_said_and_counts_for_no_part(folder):
    at = session(folder)
    at.saved()
    at.judged(Verdict(trouble="answer.py, line 3: NameError: x"), 0.5)
    assert at._view.lines[-1] == "✗ answer.py, line 3: NameError: x"
    assert set(at.marks.values()) == {""}


def test_the_traceback_is_the_shown_message_s(folder):
    at = session(folder)
    at.saved()
    at.heard(Event("failed", "build_generator", "one", traceback="Traceback 1"))
    at.heard(Event("failed", "GAN", "two", traceback="Traceback 2"))
    at.why()
    assert at._view.lines[-1] == "Traceback 1"
    at.saved()
    at.why()
    assert at._view.lines[-1].startswith("No error in your code")


def test_a_message_names_the_key(folder):
    at = session(folder)
    at.saved()
    at.heard(Event("failed", "GAN", "✗ x.", traceback="Traceback"))
    assert at._view.lines[-1] == "✗ x. `w` shows the whole traceback."


def test_hints_are_for_what_is_not_right_and_stay_until_it_is(folder):
    at = session(folder)
    judge(at, build_generator="passed", build_discriminator="failed x")
    at.hint()
    at.hint()
    assert at._view.text.startswith("build_discriminator, 2 of 3")
    assert at.hints_opened == 2
    assert record_file.load()[0].of(10).hints == {"build_discriminator": 2}
    judge(at, build_generator="passed", build_discriminator="failed x")
    assert at._view.text.startswith("build_discriminator, 2 of 3")
    judge(at, build_generator="passed", build_discriminator="passed")
    assert "build_discriminator, 2 of 3" not in at._view.text


def test_the_second_round_comes_after_the_first(folder):
    at = session(folder)
    asked = dict.fromkeys(at.question.asked, "passed")
    judge(at, **{**asked, "GAN": "failed x"})
    at.second_round()
    assert at._view.lines[-1].startswith("The second round comes once")
    text = judge(at, **asked).text
    assert "✓ question 10: passed" in text
    assert "Next is the second round, ConditionalGAN" in text
    at.second_round()
    assert "ConditionalGAN" in at._view.lines[-1]
    # From now on the second round's message and hints are shown.
    both = {"gradient_penalty": "failed one", "ConditionalGAN": "failed two"}
    text = judge(at, **asked, **both).text
    assert "✗ ConditionalGAN: two" in text
    at.hint()
    assert at._view.text.startswith("ConditionalGAN, 1 of 3")
    judge(at, **{**asked, "GAN": "failed x"})
    at.second_round()
    assert "ConditionalGAN" in at._view.lines[-1]
    text = judge(at, **asked, ConditionalGAN="passed").text
    assert "Both rounds are right" in text


def test_the_clock_runs_against_the_minutes(folder):
    at = session(folder)
    assert at._view.lines[0].startswith("The clock starts at ")
    began = record_file.load()[0].of(10).attempts[1].started
    assert at.time(began + timedelta(seconds=61)) == "1:01 of 30 min"
    late = began + timedelta(minutes=30)
    assert at.time(late) == "30:00 of 30 min, over time"
    assert at.time(began + timedelta(hours=7)) == ""
    again = session(folder)
    assert again._view.lines[0].startswith("The clock has been running since ")
    judge(again, **dict.fromkeys(again.question.asked, "passed"))
    assert again.time(late) == ""
    judge(again, GAN="failed x")
    assert again.time(late) == ""


def test_a_question_that_was_passed_before_has_no_clock(folder):
    for name in questions.read(10).asked:
        record_file.record_pass(10, 1, name)
    at = session(folder)
    assert at._view.lines == []
    assert at.time(utc_now()) == ""


def test_a_study_notebook_is_not_recorded(folder):
    path = study_notebooks.path_of(10)
    at = Session(questions.read(10), path, View(True))
    text = judge(at, **dict.fromkeys(at.question.asked, "passed")).text
    assert "Nothing is recorded" in text
    assert record_file.load()[0].questions == {}


def test_what_cannot_be_recorded_is_said(folder):
    (folder / "practice").write_text("a file in the folder's place")
    at = session(folder)
    assert at._view.lines[0].startswith("The clock can't be kept: ")
    assert "can't be read or written" in judge(at, GAN="passed").text
    at.hint()
    assert "can't be read or written" in at._view.lines[-1]


def test_without_a_panel_the_file_s_state_is_said(folder):
    at = session(folder, has_panel=False)
    at.gone()
    assert at._view.lines[-1] == "waiting for answer.py …"
    at.saved()
    assert at._view.lines[-1].startswith("\nanswer.py, ")
    at.unfinished("answer.py, line 1: invalid syntax.")
    assert at._view.lines[-1].startswith("not checked: answer.py")
