"""The mock and the drill in a terminal: what is shown, and what is typed."""

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console

from interview.commands import mock_terminal, terminal
from interview.commands.cli import main
from interview.practising import practice_copies, record_file
from interview.practising.dialogue import Block
from interview.practising.mock import start
from interview.practising.mock.session import MockSession
from interview.remembering import cards
from interview.remembering.drill import Drill
from interview.remembering.follow_ups import FollowUps
from tests import terminals
from tests.acting import (
    Keys,
    judging,
    pass_parts,
    reach,
    typed,
    write_something,
)
from tests.support import ROOT

GRADES = ("", "good") * 3
MARKS = ("W", "2", "strong", "g")

pytestmark = pytest.mark.usefixtures("folder")


def a_screen(**options):
    return Console(width=80, file=io.StringIO(), highlight=False, **options)


def shown(console) -> str:
    return console.file.getvalue()


def interview(clock, ask, *keys, number=4, judged=None, console=None, level="onsite"):
    """Run `interview mock --full` on a screen; return what is shown."""
    console = console or a_screen()
    mock_terminal.hold_mock(
        number,
        level,
        lambda: 4,
        console,
        ask=ask,
        now=clock,
        keys=Keys(clock, *keys),
        judged=judged or judging(),
    )
    return shown(console)


def latest() -> MockSession:
    return MockSession(max(record_file.load()[0].mocks), FollowUps)


def passes():
    """Let the copy's check in the notebook pass."""
    pass_parts(latest())


def test_a_mock_that_is_passed(clock):
    ask = typed("", "How fast?", "", "1, 3", "", *GRADES, *MARKS)
    text = interview(clock, ask, 65, passes, 30, passes)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "4 · Custom training loop: a whole interview" in text
    assert re.search(r"2  Your answer +25 min", text)
    said = " ".join(text.replace("▌", " ").split()).lower()  # a quote's bar
    assert "it should be as fast as fit" in said
    assert "run_training_loop(model, optimizer, loss_fn, train_data" in text
    assert "Is the last batch full?" in text
    assert "practice/04_custom_training_loop.ipynb" in text
    assert "01:00 of 25:00 · 0 of 1 parts right" in text
    assert "✓ All that is asked for has passed." in text
    assert re.search(r"Your answer +1 min 05 s +25 min +passed", text)
    assert "Write accumulated_step(model" in text
    assert text.count("It comes back in 10 min.") == 3
    assert "adds model.losses, knows" in text
    assert "4 · Custom training loop: passed" in text
    assert "Your first mock" in text
    kept = latest().state
    assert kept.had == ["Which kind of task?", "Is the last batch full?"]
    assert kept.outcomes["answer"] == kept.outcomes["second round"] == "passed"
    assert list(kept.marks.values()) == [1, 2, 3, 2]
    (line,) = re.findall(r"As a page: (\S+)", text)
    assert line == f"runs/mocks/{latest().key}.html"
    assert "Custom training loop: passed" in Path(line).read_text("utf-8")
    assert ask.prompts[0] == "Enter begins. "


def test_a_mock_with_every_part_wrong(clock):
    claims = {"vote_predict": "a tie goes to the lowest class"}
    wrong = judging(claims=claims, unwritten=["train_members"])
    grades = ("", "1", "", "2", "", "1")
    ask = typed("", "", "", "", *grades, *["weak"] * 5)
    text = interview(
        clock,
        ask,
        lambda: write_something(latest()),
        "",
        20.5 * 60,
        11 * 60,
        number=8,
        judged=wrong,
    )
    assert text.count("✗ vote_predict: a tie goes to the lowest class") == 3
    assert text.count("The time is up.") == 2
    assert text.count("0 of 4 parts right.") == 2
    assert "8 · Model ensembling: 0 of 4 parts right" in text
    assert re.search(r"Your answer +20 min 00 s +20 min  time up", text)
    assert re.search(r" 3  vote_predict: a tie goes to the lowest class +still", text)
    assert "weak by your own mark:" in text
    assert latest().state.outcomes["answer"] == "time"


def test_a_mock_that_is_given_up(clock):
    ask = typed("", "", "", "", "no", "y")
    text = interview(clock, ask, 10 * 60, "g", "x", "g")
    assert latest().state.given_up == "answer"
    assert latest().is_over
    assert "4 · Custom training loop: given up" in text
    assert re.search(r"Your answer +10 min 00 s +25 min  given up", text)
    assert re.search(r"The second round +– +10 min *\n", text)
    assert "Nothing is written in the copy yet" in text
    assert "How was it?" not in "".join(ask.prompts)


def test_on_enter_and_n(clock):
    """Enter checks before the time is up, and n goes on although nothing has passed."""
    judged = judging("run_training_loop")
    ask = typed("", "", "", "")
    text = interview(
        clock, ask, lambda: write_something(latest()), "", "h", "n", judged=judged
    )
    assert "1 of 1 parts right." in text
    assert "accumulated_step, hint 1 of 3" in text
    assert latest().state.outcomes == {
        "question": "done",
        "answer": "passed",
        "second round": "left",
    }
    assert "The clock of this mock stands still." in " ".join(text.split())


def test_hints_come_to_an_end(clock):
    text = interview(clock, typed("", "", "", ""), *"hhhh")
    assert [f"hint {n} of 3" in text for n in (1, 2, 3, 4)] == [True] * 3 + [False]
    assert "There are no more hints for what is left." in text


def test_the_answer_s_clock_waits_until_the_copy_is_open(clock):
    """Leaving before that and coming back doesn't start it."""

    def ask(prompt):
        if "first cell" in prompt:
            prompts.append(prompt)
            clock.wait(600)
        return left.pop(0) if left else "q"

    prompts, left = [], ["", "", "", "q"]
    interview(clock, ask)
    assert latest().is_waiting
    left = ["", ""]
    interview(clock, ask, 30)
    assert len(prompts) == 2
    assert latest().state.seconds["answer"] == 30


@pytest.mark.parametrize("phase", ["question", "follow-ups", "rubric"])
@pytest.mark.parametrize("leaves", ["q", KeyboardInterrupt, EOFError])
def test_whoever_leaves_at_a_prompt_is_let_in_again(phase, leaves, clock):
    session = reach(phase, clock)
    text = interview(clock, typed("", leaves), number=None)
    assert "You began a mock of question 4 · Custom training loop on" in text
    assert "takes it up again" in text
    session.refresh()
    assert session.is_paused
    assert session.state.phase == phase
    clock.wait(9999)
    words = {
        "question": ("", ""),
        "follow-ups": (*GRADES, *MARKS),
        "rubric": MARKS,
    }
    text = interview(clock, typed("", *words[phase]), number=None)
    session.refresh()
    assert session.state.phase == ("answer" if phase == "question" else "debrief")
    assert session.state.seconds[phase] < 999


@pytest.mark.parametrize("phase", ["answer", "second round"])
def test_whoever_leaves_while_coding_is_let_in_again(phase, clock):
    def leave():
        raise KeyboardInterrupt

    session = reach(phase, clock)
    interview(clock, typed(""), 60, leave)
    session.refresh()
    assert session.is_paused
    assert session.elapsed == 60
    clock.wait(9999)
    text = interview(clock, typed("", *GRADES, *MARKS), 5, passes, passes)
    assert ("We train with" in text) == (phase == "answer")
    assert "takes it up again" not in text
    session.refresh()
    assert session.is_over
    assert session.state.seconds[phase] < 100


def test_a_debrief_that_was_not_shown_is_shown(clock):
    session = reach("debrief", clock)
    text = interview(clock, typed(""), number=None)
    assert "left it at “The debrief”" in text
    assert "4 · Custom training loop: 0 of 1" in text
    session.refresh()
    assert session.is_over


def test_another_mock_instead(clock):
    session = reach("answer", clock)
    text = interview(clock, typed("n", "q"), number=None)
    assert f"How it went: runs/mocks/{session.key}.html" in " ".join(text.split())
    session.refresh()
    assert session.state.given_up == "answer"
    (left,) = start.unfinished_mocks(record_file.load()[0])
    assert left != session.key
    # A learner who only looks and quits has lost nothing.
    text = interview(clock, typed("q"), number=None)
    assert start.unfinished_mocks(record_file.load()[0]) == [left]
    assert MockSession(left, FollowUps).state.phase == "question"


def test_a_question_by_number_leaves_another_mock_alone(clock):
    other = reach("answer", clock, 9)
    clock.wait(60)
    text = interview(clock, typed("", "q"), number=4)
    assert "Question 9" not in text
    assert latest().state.question == 4
    other.refresh()
    assert other.state.phase == "answer"


def test_a_pause_at_a_prompt_and_while_coding(clock):
    def ask(prompt):
        prompts.append(prompt)
        if "stands at" in prompt:
            clock.wait(1000)
        return left.pop(0) if left else "q"

    prompts, left = [], ["", "p", "", "How fast?", "", "", "", ""]
    interview(clock, ask, 20, "p", 10)
    assert [p for p in prompts if "stands at" in p] == [
        "The clock stands at 00:00.  Enter go on · q leave: ",
        "The clock stands at 00:20.  Enter go on · q leave: ",
    ]
    assert latest().state.seconds == {"question": 0, "answer": 30}


def test_q_at_a_pause_leaves(clock):
    interview(clock, typed("", "", "", "", "q"), "p")
    assert latest().is_paused
    assert not latest().is_over


def test_what_is_no_answer_is_asked_again(clock):
    ask = typed("", "", "one", "9", "1 2", "", "", "sure", "4")
    text = interview(clock, ask, "n", "n")
    assert text.count("Numbers from 1 to 6, as in: 1 3") == 2
    assert latest().state.had == ["Which kind of task?", "Which backend?"]
    grading = "How was it?  1 again · 2 hard · 3 good · 4 easy · p pause · q leave: "
    assert ask.prompts.count(grading) == 2


def test_a_second_window_that_has_gone_on(clock):
    def elsewhere():
        pass_parts(latest())
        other = MockSession(latest().key, FollowUps, clock)
        other.finish("answer", "passed")

    def paused():
        MockSession(latest().key, FollowUps, clock).pause()

    text = interview(clock, typed("", "", "", ""), elsewhere, paused, 5)
    assert text.count("This mock has gone on in another window.") == 1
    assert "3 of 6 · The second round" in text
    assert latest().is_paused
    ask = typed("")
    interview(clock, ask, paused, number=None)
    assert ask.prompts[-1].startswith("The clock stands at ")


def test_the_clock_is_drawn_on_one_line(clock):
    live = a_screen(force_terminal=True, color_system=None)
    text = interview(clock, typed("", "", "", ""), 5, console=live)
    assert "\x1b[1A" in text
    bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    assert "Your answer · 00:05 of 25:00 · 0 of 1 parts right" in bare
    assert "Enter check my copy · h hint · n next part · p pause" in bare
    plain = interview(clock, typed(""), 60, 60)
    assert "\x1b" not in plain
    assert len(re.findall(r"0\d:\d\d of 25:00", plain)) in (2, 3)


def test_a_broken_record_is_said(clock, folder):
    (folder / "practice").mkdir()
    record_file.path().write_text("{")
    text = interview(clock, typed("q"))
    assert "isn't a record of progress" in " ".join(text.split())


def test_the_record_is_lost_meanwhile(clock):
    with pytest.raises(record_file.ProgressError, match="no longer in the record"):
        interview(clock, typed("", "", "", ""), lambda: record_file.path().unlink())


def test_the_clock_is_looked_after_in_the_background(clock, monkeypatch):
    ticks = []
    monkeypatch.setattr(mock_terminal, "HEARTBEAT", mock_terminal.HEARTBEAT / 1000)

    def tick():
        ticks.append(1)
        raise record_file.ProgressError

    session = reach("question", clock)
    session.tick = tick
    with mock_terminal.looked_after(session):
        deadline = time.monotonic() + 30
        while len(ticks) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert len(ticks) >= 3


def test_a_mock_alone_loads_nothing_of_it(folder):
    """`interview mock` answers at once."""
    program = (
        "import sys\nfrom interview.commands import cli\n"
        "cli.main(['mock', '4'], standalone_mode=False)\n"
        "slow = {'rich', 'fsrs', 'psutil', 'jinja2', 'interview.practising.mock'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)\n"
    )
    practice_copies.start_copy(4)
    environment = {
        **os.environ,
        "KERAS_INTERVIEW_PRACTICE": str(folder / "practice"),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert done.stderr.strip() == "[]"


# The drill.


def known():
    record, _ = record_file.load()
    return [m.grades for n in record.questions for m in record.of(n).cards.values()]


def test_a_card(clock):
    console, ask = a_screen(), typed("", "good", "I think", "E", "q")
    terminal.talk(Drill(cards.read(4), now=clock), console, ask)
    text = shown(console)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "\x1b" not in text
    assert "4 · Custom training loop · follow-up · screen" in text
    assert "When would you write your own training loop in Keras" in text
    assert "04_custom_training_loop.ipynb, “(screen) When would" in text
    assert "It comes back in 10 min." in text
    assert "2 cards: 1 good, 1 easy." in text
    assert "Nothing is due until " in text
    assert known() == ["3", "4"]


def test_a_formula_is_readable(clock):
    (card,) = (c for c in cards.read(7) if "contrastive loss of a pair" in c.front)
    console = a_screen()
    terminal.talk(Drill([card], now=clock), console, typed("", "q"))
    assert "y d² + (1-y) max(m-d, 0)²" in shown(console)


def test_a_word_that_is_no_grade_is_asked_again(clock):
    ask = typed("", "5", "", "yes", "AGAIN")
    terminal.talk(Drill(cards.read(4), new=1, now=clock), a_screen(), ask)
    assert [prompt[:3] for prompt in ask.prompts] == ["Ans", *["How"] * 4, "Ans"]
    assert known() == ["1"]


def test_every_card_fits_in_80_columns_without_colour(clock):
    console = a_screen()
    every = Drill(cards.read_all(), new=9999, now=clock)
    terminal.talk(every, console, typed(*("", "4") * len(every.cards)))
    text = shown(console)
    assert f"{len(every.cards)} easy" in text
    # A tilde over a letter is a character that takes no column.
    assert max(map(cell_len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_colour_where_there_is_some(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    code = Block("code", "def f():\n    return 1")
    colour = a_screen(force_terminal=True, color_system="standard")
    terminal.draw_block(colour, code)
    assert "\x1b[" in shown(colour)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = a_screen(force_terminal=True)
    terminal.draw_block(plain, code)
    assert not re.search(r"\x1b\[[39]", shown(plain))


# The commands.


@pytest.mark.parametrize("command", [("mock", "--full"), ("drill",)])
def test_without_a_terminal_it_is_one_line(command):
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert "run it in a terminal" in done.output
    assert len(done.output.splitlines()) == 1
    assert not record_file.path().exists()


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_mock_in_a_real_terminal(folder):
    """The command is killed while coding, resumed, gives a hint, and is given up."""
    seen, process, ours = launched(folder, "mock", "--full", "9", TERM="xterm")
    try:
        seen += answered(ours, "Enter begins", b"\n")
        seen += answered(ours, "A line for each", b"Is there padding?\n\n")
        seen += answered(ours, "Enter for none", b"2\n")
        seen += answered(ours, "first cell", b"\n")
        seen += terminals.until(ours, "h hint")
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    record, _ = record_file.load()
    (kept,) = record.mocks.values()
    assert (kept.phase, kept.notes, kept.ended) == (
        "answer",
        ["Is there padding?"],
        None,
    )
    seen, process, ours = launched(folder, "mock", "--full", TERM="xterm")
    try:
        seen += answered(ours, "Enter goes on with it", b"\n")
        seen += terminals.until(ours, "h hint")
        time.sleep(0.5)
        os.write(ours, b"h")
        seen += terminals.until(ours, "hint 1 of 3")
        seen += terminals.until(ours, "h hint")
        os.write(ours, b"\x03")
        seen += terminals.until(ours, "takes it up again")
        assert process.wait(90) == 0
        # The terminal shows typed text again.
        import termios

        assert termios.tcgetattr(ours)[3] & termios.ECHO
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "Traceback" not in seen
    kept = record_file.load()[0].mocks[latest().key]
    assert kept.seen is None
    assert kept.hints == {"scaled_dot_product_attention": 1}


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_drill_in_a_real_terminal(folder):
    """The command records a grade, and Ctrl-C ends it at the next card."""
    seen, process, ours = launched(
        folder, "drill", "9", "--level", "screen", TERM="dumb"
    )
    try:
        seen += answered(ours, "Answer aloud.", b"\n")
        seen += answered(ours, "How was it?", b"3\n")
        seen += terminals.until(ours, "Answer aloud.")
        # Python's input may miss a Ctrl-C that comes faster than any hand can press it.
        time.sleep(0.5)
        os.write(ours, b"\x03")
        seen += terminals.until(ours, "a day: --new).")
        assert process.wait(90) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert "Traceback" not in seen
    assert "1 card: 1 good." in seen
    assert all(len(line) <= 80 for line in seen.replace("\r", "").splitlines())
    assert known() == ["3"]


def launched(folder, *arguments, **environment):
    process, ours = terminals.launch(
        *arguments, KERAS_INTERVIEW_PRACTICE=folder / "practice", **environment
    )
    return "", process, ours


def answered(terminal: int, words: str, line: bytes) -> str:
    seen = terminals.until(terminal, words)
    os.write(terminal, line)
    return seen
