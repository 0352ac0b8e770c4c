"""The mock and the drill with buttons: they show and record what the terminal does.

There is no page: a test reads what a board shows, and calls what a click would call.
"""

import asyncio
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from ipywidgets import Button, Checkbox, Text

from interview import (
    drill,
    folders,
    mock,
    notebook_json,
    questions,
    study_notebooks,
)
from interview.commands import buttons
from interview.commands.buttons import Board
from interview.judging.judge import Verdict
from interview.practising import record_file
from interview.practising.dialogue import Block, Dialogue, Step
from interview.practising.mock import start
from interview.practising.mock.interviewer import Interviewer
from interview.practising.mock.session import MARKS, MockSession
from interview.publishing import debrief_page
from interview.publishing.lab import TEMPLATES
from interview.remembering import cards
from interview.remembering.drill import Drill
from interview.remembering.follow_ups import FollowUps
from tests.acting import (
    judging,
    mend_record,
    pass_parts,
    reach,
    spend,
    spoil_record,
    write_something,
)

pytestmark = pytest.mark.usefixtures("folder")


def mock_at(phase, clock, number=4, judged=None):
    """A board that shows a mock in a phase, and the mock's session."""
    session = MockSession(reach(phase, clock, number).key, FollowUps, clock)
    interviewer = Interviewer(session, debrief_page.write_debrief, judged or judging())
    return Board(interviewer), session


def text_of(output) -> str:
    return "\n".join(o.get("text") or o["data"]["text/plain"] for o in output.outputs)


def inside(widget, kind):
    found = [widget] if isinstance(widget, kind) else []
    for child in getattr(widget, "children", ()):
        found += inside(child, kind)
    return found


def names(board) -> list[str]:
    return [button.description for button in inside(board.answers, Button)]


def press(board, name) -> None:
    every = inside(board.box, Button)
    next(button for button in every if button.description == name).click()


def judged(board) -> None:
    """Refresh the board as the kernel does, until the background check has ended."""
    until = time.monotonic() + 30
    while board.is_busy and time.monotonic() < until:
        time.sleep(0.01)
        board.look()


def id_of(number, heading) -> str:
    study = notebook_json.read(study_notebooks.path_of(number))
    return next(c.id for c in study.cells if c.source.startswith(f"## {heading}\n"))


def kept(session):
    return record_file.load()[0].mocks[session.key]


def test_from_the_question_to_the_debrief(clock):
    board, session = mock_at("question", clock)
    assert "We train with `model.fit`" in text_of(board.screen)
    assert "run_training_loop(model, optimizer" in text_of(board.screen)
    assert board.clock.value == "<b>1 of 6</b> The question · 00:00 of 05:00"
    inside(board.answers, Text)[0].value = "Is the last batch full?"
    assert "You noted: Is the last batch full?" in text_of(board.screen)
    press(board, "That's all")
    boxes, rows = inside(board.answers, Checkbox), questions.read(4).clarifying
    assert len(boxes) == len(rows)
    boxes[2].value = True
    press(board, "Go on")
    assert kept(session).had == ["Is the last batch full?"]
    name = "04_custom_training_loop.ipynb"
    assert f"(<{name}>)" in text_of(board.screen)
    clock.wait(600)  # JupyterLab opens the copy
    assert "00:00 of 25:00 · 0 of 1 parts right" in board.clock.value
    assert names(board) == ["Begin"]
    press(board, "Begin")
    clock.wait(5)
    board.look()
    assert board.clock.value.endswith("00:05 of 25:00 · 0 of 1 parts right")
    for task in ("Write `accumulated_step(model", "How do you find out why?"):
        pass_parts(session)
        board.look()
        assert "✓ All that is asked for has passed" in text_of(board.lines)
        assert task in text_of(board.screen)
    for _ in range(3):
        asked = len(board.screen.outputs)
        assert names(board) == ["Show the answer"]
        press(board, "Show the answer")
        assert len(board.screen.outputs) > asked
        assert names(board) == ["again", "hard", "good", "easy"]
        press(board, "easy")
    for about, *words in questions.read(4).rubric:
        assert about in text_of(board.screen)
        assert words[2] in text_of(board.screen)
        assert names(board) == [*MARKS]
        press(board, "strong")
    assert "4 · Custom training loop: passed" in text_of(board.screen)
    assert session.is_over
    assert names(board) == inside(board.controls, Button) == []
    assert [asked.grade for asked in kept(session).cards] == [4, 4, 4]
    assert set(kept(session).marks.values()) == {3}
    (link,) = re.findall(r"\]\(<(\S+\.html)>\)", text_of(board.screen))
    target = (folders.HERE.practice / link).resolve()
    assert target == folders.HERE.runs / "mocks" / f"{session.key}.html"
    assert target.is_file()
    board.look()


def test_weak_spots_are_links_to_headings_of_the_study_notebook(clock):
    board, _ = mock_at("rubric", clock)
    press(board, "Give up")
    press(board, "Yes, give up")
    cell = id_of(4, "The question")
    place = f"notebooks/04_custom_training_loop.ipynb#cell-id={cell}>): 5 of 6 not"
    assert place in text_of(board.screen)


def test_a_check_of_the_copy(clock):
    claims = {"run_training_loop": "is compiled"}
    board, session = mock_at("answer", clock, judged=judging(claims=claims))
    press(board, "Check my copy")
    assert "Nothing is written in the copy yet" in text_of(board.lines)
    write_something(session)
    press(board, "Check my copy")
    judged(board)
    assert "✗ run_training_loop: is compiled" in text_of(board.lines)
    assert "0 of 1 parts right." in text_of(board.lines)
    press(board, "Hint")
    assert "run_training_loop, hint 1 of 3" in text_of(board.lines)
    for _ in range(3):
        press(board, "Hint")
    assert "There are no more hints for what is left." in text_of(board.lines)
    press(board, "Next part")
    judged(board)
    assert kept(session).outcomes["answer"] == "left"
    assert "The second round" in board.clock.value


def test_judging_holds_nothing_up(clock):
    """The clock and the buttons go on; a second check waits for the first."""
    goes_on, calls = threading.Event(), []

    def slow(number, file, show, only=()):
        calls.append(file)
        show("✓ it has begun")
        assert goes_on.wait(30)
        return Verdict(["run_training_loop"])

    board, session = mock_at("answer", clock, judged=slow)
    write_something(session)
    spend(session, clock, 1)
    press(board, "Check my copy")
    assert kept(session).seen is None  # judging isn't on the learner's time
    until = time.monotonic() + 30
    while "it has begun" not in text_of(board.lines) and time.monotonic() < until:
        board.look()
    assert "01:00 of 25:00" in board.clock.value
    press(board, "Hint")
    assert "hint 1 of 3" in text_of(board.lines)
    for name in ("Check my copy", "Next part", "Pause", "Give up"):
        press(board, name)
        assert "Your copy is being judged" in text_of(board.lines)
    goes_on.set()
    judged(board)
    assert "1 of 1 parts right." in text_of(board.lines)
    assert len(calls) == 1
    assert kept(session).seen is not None
    board.look()
    assert kept(session).outcomes == {"question": "done", "answer": "passed"}


@pytest.mark.parametrize("error", [RuntimeError("a bug"), FileNotFoundError(2, "gone")])
def test_a_judge_that_fails_is_said_and_the_clock_goes_on(error, clock):
    def fail(number, file, show, only=()):
        raise error

    board, session = mock_at("answer", clock, judged=fail)
    write_something(session)
    press(board, "Check my copy")
    judged(board)
    assert "The copy c" in text_of(board.lines)
    assert (error.strerror if isinstance(error, OSError) else "a bug") in text_of(
        board.lines
    )
    assert not session.is_paused
    press(board, "Hint")
    assert "hint 1 of 3" in text_of(board.lines)


def test_it_goes_on_when_the_time_is_up(clock):
    board, session = mock_at("answer", clock)
    write_something(session)
    spend(session, clock, 25)
    board.look()
    judged(board)
    assert kept(session).outcomes["answer"] == "time"
    assert "The time is up." in text_of(board.lines)
    assert "The second round" in board.clock.value


def test_a_pause(clock):
    board, session = mock_at("answer", clock)
    spend(session, clock, 1)
    press(board, "Pause")
    assert "the clock stands still" in board.clock.value
    assert names(board) == ["Go on"]
    clock.wait(3600)
    board.look()
    assert "01:00 of 25:00" in board.clock.value
    press(board, "Go on")
    assert kept(session).seen is not None
    clock.wait(20)
    board.look()
    assert "01:20 of 25:00" in board.clock.value


@pytest.mark.parametrize("phase", ["question", "answer", "follow-ups", "rubric"])
def test_giving_up_is_asked_twice(phase, clock):
    board, session = mock_at(phase, clock)
    press(board, "Give up")
    press(board, "No")
    assert kept(session).given_up is None
    press(board, "Give up")
    press(board, "Yes, give up")
    assert kept(session).given_up == phase
    assert "given up" in text_of(board.screen)
    assert session.is_over


def test_a_window_that_has_gone_on(clock):
    board, session = mock_at("question", clock)
    other = MockSession(session.key, FollowUps, clock)
    other.tick_off({0})
    press(board, "That's all")
    assert "gone on in another window" in text_of(board.lines)
    assert "Your answer" in board.clock.value
    pass_parts(other)
    other.finish("answer", "passed")
    board.look()
    assert "The second round" in board.clock.value
    other.finish("second round", "left")
    board.look()
    card = other.card()
    press(board, "Show the answer")
    other.grade(card.key, 1)
    press(board, "good")
    assert record_file.load()[0].of(4).cards[card.key].grades == "1"
    assert names(board) == ["Show the answer"]
    other.give_up()
    other.end()
    board.look()
    assert "4 · Custom training loop" in text_of(board.screen)


BUTTONS = [
    ("question", "That's all"),
    ("answer", "Check my copy"),
    ("answer", "Hint"),
    ("answer", "Next part"),
    ("answer", "Pause"),
    ("rubric", "Yes, give up"),
    ("follow-ups", "easy"),
    ("rubric", "strong"),
]


@pytest.mark.parametrize(("phase", "name"), BUTTONS)
def test_every_button_says_what_cannot_be_recorded(phase, name, clock):
    """No button raises an error, and the clock goes on as before."""
    board, _ = mock_at(phase, clock)
    for before in {"easy": ["Show the answer"], "Yes, give up": ["Give up"]}.get(
        name, []
    ):
        press(board, before)
    whole = record_file.path().read_text()
    spoil_record()
    press(board, name)
    assert "nothing is recorded" in text_of(board.lines)
    board.look()
    assert "nothing is recorded" in text_of(board.lines)
    mend_record(whole)
    clock.wait(30)
    board.look()
    assert "00:30 of " in board.clock.value or phase == "rubric"


def test_a_line_and_ticks_say_it_too(clock):
    board, _ = mock_at("question", clock)
    whole = record_file.path().read_text()
    spoil_record()
    inside(board.answers, Text)[0].value = "How fast?"
    assert "nothing is recorded" in text_of(board.lines)
    mend_record(whole)
    press(board, "That's all")
    spoil_record()
    press(board, "Go on")
    assert "nothing is recorded" in text_of(board.lines)


def test_a_paused_clock_that_cannot_go_on_says_it(clock):
    board, _ = mock_at("answer", clock)
    press(board, "Pause")
    spoil_record()
    press(board, "Go on")
    assert "nothing is recorded" in text_of(board.lines)


def test_a_page_that_cannot_be_written_is_said(clock, folder):
    (folder / "runs").write_text("a file where a folder should be")
    board, session = mock_at("rubric", clock)
    press(board, "Give up")
    press(board, "Yes, give up")
    assert "given up" in text_of(board.screen)
    assert "can't be written" in text_of(board.screen)
    assert session.is_over


def test_blocks_are_outputs():
    blocks = (Block("text", "*t*"), Block("code", "f()"), Block("output", "1"))

    class Shows(Dialogue):
        def step(self):
            return Step("", blocks)

    outputs = Board(Shows()).screen.outputs
    (code,) = [
        o for o in outputs if "```" in o.get("data", {}).get("text/markdown", "")
    ]
    assert code["data"]["text/markdown"] == "```python\nf()\n```"
    made = [nbformat.from_dict(output) for output in outputs]
    cell = nbformat.v4.new_code_cell(outputs=made)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))


# The drill.


def test_a_card_is_asked_answered_and_graded():
    every = cards.read(4)
    board = Board(Drill(every, new=1))
    assert every[0].front in text_of(board.screen)
    assert names(board) == ["Show the answer"]
    press(board, "Show the answer")
    assert every[0].back in text_of(board.screen)
    study, section = "04_custom_training_loop.ipynb", every[0].section.replace("`", "")
    assert f"[{study}, “{section}”](<" in text_of(board.screen)
    cell = notebook_json.cell_of(
        notebook_json.read(study_notebooks.path_of(4)), section
    )
    assert f"notebooks/{study}#cell-id={cell}>)" in text_of(board.screen)
    assert names(board) == ["again", "hard", "good", "easy"]
    press(board, "good")
    assert "It comes back in 10 min." in text_of(board.lines)
    known = record_file.load()[0].of(4).cards
    assert {key: m.grades for key, m in known.items()} == {every[0].key: "3"}
    press(board, "Show the answer")
    press(board, "easy")
    assert names(board) == []
    assert "2 cards: 1 good, 1 easy." in text_of(board.screen)


def test_a_drill_without_a_record_goes_on():
    board = Board(Drill(cards.read(9)))
    spoil_record()
    press(board, "Show the answer")
    press(board, "again")
    assert "nothing is recorded" in text_of(board.lines)
    assert "It comes back in 1 min." in text_of(board.lines)


# The functions that the notebooks call.


def in_a_loop_of_its_own(kernel):
    """Run in a thread, because Playwright keeps an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(kernel())).result()


def test_start_takes_up_what_was_left_and_looks_after_it(clock, monkeypatch, capsys):
    monkeypatch.setattr(buttons, "LOOK", 0.001)
    left = reach("answer", clock, 9)
    looks = []
    look = Board.look
    monkeypatch.setattr(Board, "look", lambda board: looks.append(board) or look(board))

    async def kernel():
        boxes = [mock.start(), mock.start(4, level="staff")]
        deadline = time.monotonic() + 30
        while len(looks) < 3 and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        return boxes

    boxes = in_a_loop_of_its_own(kernel)
    assert "Your answer" in boxes[0].children[0].children[0].value
    # The cell was run again, so the first board's clock is no longer refreshed.
    assert {board.box for board in looks} == {boxes[1]}
    record, _ = record_file.load()
    left_over = {record.mocks[key].question for key in start.unfinished_mocks(record)}
    assert left_over == {9, 4}
    assert len(record.mocks) == 2
    assert record.mocks[left.key].seen is not None
    assert {m.level for m in record.mocks.values()} == {"onsite", "staff"}
    record_file.path().write_text("{")
    in_a_loop_of_its_own(kernel)
    assert "isn't a record of progress" in capsys.readouterr().out


def test_what_is_unforeseen_does_not_end_the_looking(clock, monkeypatch):
    monkeypatch.setattr(buttons, "LOOK", 0.001)
    board, session = mock_at("answer", clock)
    left = [ZeroDivisionError("unforeseen"), RuntimeError("once more")]
    look = session.look

    def fails_twice(phase):
        if left:
            raise left.pop(0)
        return look(phase)

    monkeypatch.setattr(session, "look", fails_twice)

    async def kernel():
        task = asyncio.create_task(board.keep_looking())
        deadline = time.monotonic() + 30
        while left and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        clock.wait(7)
        await asyncio.sleep(0.1)
        assert not task.done()
        task.cancel()

    in_a_loop_of_its_own(kernel)
    assert "unforeseen" in text_of(board.lines)
    assert "00:07 of 25:00" in board.clock.value


def test_the_drill_takes_what_the_command_takes(folder, capsys):
    (folder / "practice").mkdir()
    record_file.path().write_text("{")
    box = drill.start(4, 9, new=0, minutes=5, level="staff", kind="follow-up")
    assert "isn't a record of progress" in capsys.readouterr().out
    staff = cards.read_all((4, 9), level="staff", kind="follow-up")
    summary = "\n".join(str(output) for output in box.children[1].outputs)
    assert f"{len(staff)} still new (up to 0 a day" in summary


@pytest.mark.parametrize("name", ["mock", "drill"])
def test_the_notebooks_start_them(name):
    notebook = nbformat.read(TEMPLATES / f"{name}.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == [f"from interview import {name}\n\n{name}.start()"]
