"""The drill with buttons, pressed without a page: same cards, same record."""

import pytest

from interview.commands import drill_notebook
from interview.practising import record_file
from interview.remembering import cards, drill
from tests.support import move


@pytest.fixture(autouse=True)
def shown(tmp_path, monkeypatch):
    """What is on the screen, as blocks; the practice folder is a test's own."""
    move(monkeypatch, practice=tmp_path / "practice")
    on_screen = []
    monkeypatch.setattr(
        drill_notebook, "_display", lambda blocks: _replace(on_screen, blocks)
    )
    return on_screen


def _replace(on_screen, blocks):
    on_screen[:] = blocks


def test_a_card_is_asked_answered_and_graded(shown):
    every = cards.read(9)
    board = drill_notebook.Drill(drill.Drill(every))
    card = board.card
    assert shown[-1] == card.front[-1]
    assert [b.description for b in board.buttons.children] == ["Show the answer"]
    board.answer.click()
    assert set(card.back) <= set(shown)
    assert f"(../notebooks/{card.place})" in shown[-1].text
    assert [b.description for b in board.buttons.children] == [
        "again",
        "hard",
        "good",
        "easy",
    ]
    board.grades[2].click()
    assert board.card != card
    assert board.says.value == "That one comes back in 10 min."
    kept = record_file.load()[0].of(9).cards
    assert {key: memory.grades for key, memory in kept.items()} == {card.key: "3"}


def test_it_ends_with_what_is_left(shown):
    board = drill_notebook.Drill(drill.Drill(cards.read(9), new=1))
    board.answer.click()
    board.grades[3].click()
    assert board.card is None
    assert board.buttons.children == ()
    assert shown[0].text.startswith("1 card: 1 easy.")


def test_start_takes_what_the_command_takes(monkeypatch, capsys):
    made = []
    monkeypatch.setattr(
        drill_notebook, "Drill", lambda sitting: made.append(sitting) or board
    )
    board = type("Board", (), {"box": "a box"})
    assert drill_notebook.start(4, 9, new=3, minutes=5, level="staff") == "a box"
    (sitting,) = made
    assert {(c.number, c.level) for c in sitting.cards} == {(4, "staff"), (9, "staff")}
    assert sitting.new == 3
    assert sitting.end is not None
    record_file.path().parent.mkdir()
    record_file.path().write_text("{")
    drill_notebook.start()
    assert "isn't a record of progress" in capsys.readouterr().out


def test_trouble_is_shown(shown):
    board = drill_notebook.Drill(drill.Drill(cards.read(9)))
    record_file.path().parent.mkdir()
    record_file.path().write_text('{"version": 2}')
    board.grades[0].click()
    assert "Nothing is recorded. That one comes back in 1 min." in board.says.value


def test_a_figure_is_a_picture(monkeypatch):
    monkeypatch.undo()
    made = []
    monkeypatch.setattr(drill_notebook, "display", made.append)
    (figure,) = cards.read(4)[0].back[-1:]
    drill_notebook._display([figure])
    assert made[0].data.startswith(b"\x89PNG")
    assert made[0].alt == figure.text
