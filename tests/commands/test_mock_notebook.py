"""A mock with buttons, pressed without a page: same phases, same record."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from interview import folders, questions
from interview.commands import mock_notebook as notebook
from interview.practising import record_file
from interview.practising.mock import start as starting
from interview.practising.mock.session import MARKS, Session
from interview.publishing import debrief_page as page
from interview.publishing.lab import TEMPLATES
from interview.remembering import cards
from interview.remembering.follow_ups import FollowUps
from tests.acting import (
    judging,
    pass_parts,
    reach,
    spend,
    write_something,
)

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def pages(monkeypatch):
    """No study pages are made for the links of the debrief."""
    monkeypatch.setattr(page, "_study_page", lambda notebook: None)


def board_at(phase, clock, number=4, judged=None):
    session = reach(phase, clock, number)
    return notebook.Mock(Session(session.key, FollowUps, clock), judged or judging())


def shown(board) -> str:
    return "\n".join(output["data"]["text/plain"] for output in board.screen.outputs)


def printed(board) -> str:
    return "\n".join(output["text"] for output in board.lines.outputs)


def inside(widgets):
    for widget in widgets:
        yield widget
        yield from inside(getattr(widget, "children", ()))


def names(board) -> list[str]:
    there = inside(board.controls.children)
    return [b.description for b in there if isinstance(b, notebook.ipywidgets.Button)]


def press(board, name: str) -> None:
    every = [*inside(board.box.children)]
    button = next(b for b in every if getattr(b, "description", "") == name)
    button.click()


def kept(board):
    return record_file.load()[0].mocks[board.session.key]


def test_from_the_question_to_the_debrief(clock):
    board = board_at("question", clock)
    assert "We train with `model.fit`" in shown(board)
    assert "run_training_loop(model, optimizer" in shown(board)
    assert board.clock.value.startswith("<b>1 of 6 · The question</b> · 00:00 of 05:00")
    board.line.value = "Is the last batch full?"
    assert "You noted: Is the last batch full?" in shown(board)
    press(board, "I have asked it all")
    rows = questions.read(4).clarifying
    every = inside(board.controls.children)
    table = [w.value for w in every if "<i>" in str(getattr(w, "value", ""))]
    assert len(table) == len(board.boxes) == len(rows)
    assert "<code>(n, 1)</code>" in table[0]
    board.boxes[2].value = True
    press(board, "Go on to your answer")
    assert kept(board).had == ["Is the last batch full?"]
    name = "04_custom_training_loop.ipynb"
    assert f"[{name}]({name})" in shown(board)
    assert "0 of 1 parts right" in board.clock.value
    pass_parts(board.session)
    board.look()
    assert "Write `accumulated_step(model" in shown(board)
    pass_parts(board.session)
    board.look()
    for _ in range(3):
        asked = len(board.screen.outputs)
        assert names(board) == ["Show the answer"]
        press(board, "Show the answer")
        assert len(board.screen.outputs) > asked
        assert names(board) == ["again", "hard", "good", "easy"]
        press(board, "easy")
    for about, *words in questions.read(4).rubric:
        assert about in shown(board)
        assert words[2] in shown(board)
        assert names(board) == [*MARKS]
        press(board, "strong")
    assert "Question 4 · Custom training loop: passed" in shown(board)
    assert board.session.is_over
    assert names(board) == []
    assert board.pause.layout.display == "none"
    assert [asked.grade for asked in kept(board).cards] == [4, 4, 4]
    assert set(kept(board).marks.values()) == {3}
    (link,) = re.findall(r"\]\((\S+\.html)\)", shown(board))
    target = (folders.HERE.practice / link).resolve()
    assert target == folders.HERE.runs / "mocks" / f"{board.session.key}.html"
    assert target.is_file()
    board.look()


def test_sections_are_links_into_the_notebook(clock):
    board = board_at("answer", clock)
    board.give_up()
    assert re.search(
        r"\[“.+”.*\]\(\.\./notebooks/04_custom_training_loop\.ipynb#\S+\)", shown(board)
    )


def test_a_check_of_the_copy(clock):
    claims = {"run_training_loop": "is compiled"}
    board = board_at("answer", clock, judged=judging(claims=claims))
    press(board, "Check my copy")
    assert board.says.value.startswith("Nothing is written in the copy yet")
    write_something(board.session)
    press(board, "Check my copy")
    assert printed(board) == "✗ run_training_loop: is compiled"
    assert "0 of 1 parts right." in board.says.value
    press(board, "Hint")
    assert board.says.value == "run_training_loop, hint 1 of 3"
    assert "Hint 1" in board.lines.outputs[0]["data"]["text/markdown"]
    for _ in range(3):
        press(board, "Hint")
    assert board.says.value == "There are no more hints for what is left."
    press(board, "Go on")
    assert kept(board).outcomes["answer"] == "left"
    assert "The second round" in board.clock.value


def test_it_goes_on_when_the_time_is_up(clock):
    board = board_at("answer", clock)
    write_something(board.session)
    spend(board.session, clock, 25)
    board.look()
    assert kept(board).outcomes["answer"] == "time"
    assert "The second round" in board.clock.value


def test_a_pause(clock):
    board = board_at("answer", clock)
    spend(board.session, clock, 1)
    press(board, "Pause")
    assert "the clock stands still" in board.clock.value
    clock.wait(3600)
    board.look()
    assert "01:00 of 25:00" in board.clock.value
    press(board, "Go on")
    # Two buttons are called so; the first is the clock's.
    assert kept(board).seen is not None
    assert board.pause.description == "Pause"
    clock.wait(20)
    board.look()
    assert "01:20 of 25:00" in board.clock.value


def test_giving_up_is_asked_twice(clock):
    board = board_at("answer", clock)
    press(board, "Give up")
    press(board, "No")
    assert kept(board).given_up is None
    press(board, "Give up")
    press(board, "Yes, give up")
    assert kept(board).given_up == "answer"
    assert "given up" in shown(board)


@pytest.mark.parametrize("phase", ["follow-ups", "rubric", "question"])
def test_it_can_be_given_up_anywhere(phase, clock):
    board = board_at(phase, clock)
    board.give_up()
    assert kept(board).given_up == phase
    assert board.session.is_over


def test_a_terminal_that_has_gone_on(clock):
    board = board_at("question", clock)
    other = Session(board.session.key, FollowUps, clock)
    other.tick_off({0})
    board.tell()
    assert "gone on in another window" in board.says.value
    assert "Your answer" in board.clock.value
    pass_parts(other)
    other.finish("answer", "passed")
    board.look()
    assert "The second round" in board.clock.value
    other.give_up()
    other.end()
    board.look()
    assert "Question 4" in shown(board)


def test_two_boards_grade_once(clock):
    board = board_at("follow-ups", clock)
    other = Session(board.session.key, FollowUps, clock)
    card = other.card()
    press(board, "Show the answer")
    other.grade(card.key, 1)
    press(board, "good")
    assert record_file.load()[0].of(4).cards[card.key].grades == "1"
    assert "gone on in another window" in board.says.value
    assert names(board) == ["Show the answer"]


def test_trouble_is_shown(clock):
    board = board_at("answer", clock)
    record_file.path().write_text('{"version": 2}')
    board.look()
    assert "written by a newer version" in board.says.value
    press(board, "Hint")
    assert "written by a newer version" in board.says.value


def test_a_page_that_cannot_be_written_is_said(clock, folder):
    (folder / "runs").write_text("a file where a folder should be")
    board = board_at("answer", clock)
    board.give_up()
    assert "given up" in shown(board)
    assert "runs" in board.says.value
    assert board.session.is_over


def test_blocks_are_outputs():
    made = [notebook._output(block) for block in cards.read(4)[0].back]
    assert made[0]["data"]["text/markdown"]
    figure = made[-1]
    assert figure["data"]["image/png"]
    assert figure["metadata"]["image/png"]["alt"] == figure["data"]["text/plain"]
    code = notebook._output(notebook.Block("code", "f()"))
    assert code["data"]["text/markdown"] == "```python\nf()\n```"
    for output in made:
        nbformat.validate(
            nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(output)])]
            )
        )


def in_a_loop_of_its_own(kernel):
    """In a thread: Playwright, once started, keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(kernel())).result()


def test_start_takes_up_what_was_left_and_looks_after_it(clock, monkeypatch, capsys):
    monkeypatch.setattr(notebook, "LOOK", 0.001)
    left = reach("answer", clock, 9)
    looks = []
    monkeypatch.setattr(notebook.Mock, "look", lambda board: looks.append(board))

    async def kernel():
        boards = [notebook.start(), notebook.start(4, level="staff")]
        deadline = time.monotonic() + 30
        while len(looks) < 3 and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        return boards

    boards = in_a_loop_of_its_own(kernel)
    assert "Your answer" in boards[0].children[0].children[0].value
    # The first one's clock isn't looked after any more: its cell was run again.
    assert {board.session.state.question for board in looks} == {4}
    record, _ = record_file.load()
    left_over = {record.mocks[key].question for key in starting.unfinished(record)}
    assert left_over == {9, 4}
    assert len(record.mocks) == 2
    assert record.mocks[left.key].seen is not None
    assert {m.level for m in record.mocks.values()} == {"onsite", "staff"}
    record_file.path().write_text("{")
    in_a_loop_of_its_own(kernel)
    assert "isn't a record of progress" in capsys.readouterr().out


def test_the_notebook_starts_one():
    notebook = nbformat.read(TEMPLATES / "mock.ipynb", as_version=4)
    nbformat.validate(notebook)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == ["from interview import mock\n\nmock.start()"]
