"""The drill: which cards are due over a fortnight, and what each grade saves."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from interview.checks import registry
from interview.commands.cli import main
from interview.practising import record_file
from interview.practising.dialogue import comes_back
from interview.remembering import cards, spacing
from interview.remembering.cards import Card
from interview.remembering.drill import Drill
from tests.acting import spoil_record
from tests.support import move

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
START = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    return tmp_path / "practice"


class Clock:
    """A clock that is set by hand."""

    def __init__(self, at=START):
        self.at = at

    def __call__(self):
        return self.at

    def wait(self, **time):
        self.at += timedelta(**time)


def card(name, number=4, kind="term", level="screen"):
    key, front, back = f"{kind}/{name}", f"{name}?", f"{name}."
    return Card(number, key, kind, level, name, "The idea", front, back)


def deck(count, number=4):
    return [card(f"c{i}", number) for i in range(count)]


def known():
    record, _ = record_file.load()
    return {
        f"{n:02d}/{key}": m
        for n in record.questions
        for key, m in record.of(n).cards.items()
    }


def sit(drill, clock, grade):
    """Grade cards until none is left, a minute each; what was asked, in order."""
    asked = []
    while found := drill.next():
        asked.append(found.key)
        drill.grade(found, grade(found))
        clock.wait(minutes=1)
        assert len(asked) < 500
    return asked


def test_a_new_card_comes_back_when_fsrs_says_so():
    clock = Clock()
    drill = Drill(deck(1), now=clock)
    found = drill.next()
    after = drill.grade(found, GOOD)
    assert comes_back(after.due, clock()) == "It comes back in 10 min."
    assert known()[found.id] == after
    assert after.grades == "3"
    clock.wait(minutes=10)
    after = drill.grade(drill.next(), GOOD)
    assert after.state == 2
    assert timedelta(days=1) <= after.due - clock() <= timedelta(days=4)
    assert drill.next() is None
    says = comes_back(after.due, clock())
    assert re.fullmatch(r"It comes back on \w+ \d\d Nov\.", says)
    assert drill.summary().splitlines()[0] == "2 cards: 2 good."
    assert "Nothing is due until" in drill.summary()


def test_a_better_grade_comes_back_later():
    learnt = spacing.review(spacing.review(None, EASY, START), GOOD, START)
    day = learnt.due
    dues = [
        spacing.review(learnt, grade, day).due for grade in (AGAIN, HARD, GOOD, EASY)
    ]
    assert dues == sorted(set(dues))


def test_what_is_remembered_fades():
    learnt = spacing.review(None, EASY, START)
    recalls = [spacing.recall(learnt, START + timedelta(days=d)) for d in (0, 5, 50)]
    assert recalls == sorted(recalls, reverse=True)
    assert recalls[0] == 1.0
    assert spacing.recall(learnt, learnt.due) == pytest.approx(0.9, abs=0.02)
    assert spacing.recall(None, START) == 0


def test_a_clock_that_goes_back_is_no_trouble():
    learnt = spacing.review(None, EASY, START)
    again = spacing.review(learnt, GOOD, START - timedelta(days=2))
    assert again.last_review == START


def test_a_fortnight():
    """Ten minutes a day over forty cards, one of which never sticks."""
    clock, seen, days = Clock(), [], []
    every = deck(40)
    for day in range(14):
        clock.at = START + timedelta(days=day)
        drill = Drill(every, new=5, now=clock)
        asked = sit(
            drill,
            clock,
            lambda c: AGAIN if c.key == "term/c3" and clock.at.minute < 30 else GOOD,
        )
        fresh = [key for key in dict.fromkeys(asked) if key not in seen]
        assert len(fresh) == (5 if day < 8 else 0)
        # A sitting ends, because cards that were known come back on another day.
        assert len(asked) < 60
        seen += fresh
        days.append(len(set(asked)))
        assert spacing.due(known().values(), clock()) == 0
    assert len(seen) == 40
    later = spacing.known(record_file.load()[0], every)
    hard = later.pop("04/term/c3")
    assert len(hard.grades) > max(len(m.grades) for m in later.values())
    assert hard.difficulty > max(m.difficulty for m in later.values())
    # Most cards that were always known are due again after the fortnight, and are
    # expected to be remembered until then.
    assert all(spacing.recall(m, clock()) > 0.85 for m in later.values())
    # After three months without a review they aren't expected to be remembered.
    clock.wait(days=90)
    assert spacing.due(later.values(), clock()) == 39
    assert sum(spacing.recall(m, clock()) for m in later.values()) / 39 < 0.8


def test_due_comes_before_new_and_learning_before_learnt():
    clock = Clock()
    old, fresh, learning = card("old"), card("fresh"), card("learning")
    Drill([old], now=clock).grade(old, EASY)
    clock.wait(days=100)
    drill = Drill([fresh, old, learning], now=clock)
    drill.grade(learning, AGAIN)
    clock.wait(minutes=5)
    drill = Drill([fresh, old, learning], now=clock)
    assert drill.next() == learning
    drill.grade(learning, EASY)
    assert drill.next() == old
    drill.grade(old, GOOD)
    assert drill.next() == fresh


def test_the_card_just_asked_waits_for_another():
    clock = Clock()
    drill = Drill(deck(2), now=clock)
    first = drill.next()
    drill.grade(first, AGAIN)
    second = drill.next()
    assert second != first
    drill.grade(second, AGAIN)
    assert drill.next() == first


def test_follow_ups_of_all_questions_come_before_anything_else():
    clock = Clock()
    drill = Drill(cards.read_all(), new=30, now=clock)
    sit(drill, clock, lambda c: EASY)
    seen = spacing.known(record_file.load()[0], drill.cards)
    kinds = [c.kind for c in drill.cards if c.id in seen]
    assert kinds == ["follow-up"] * 30
    assert {c.number for c in drill.cards if c.id in seen} == set(registry.numbers())


def test_the_seconds_of_each_review_are_kept():
    clock = Clock()
    drill = Drill(deck(1), now=clock)
    for seconds in (40, 30.5):
        step = drill.step()
        clock.wait(seconds=seconds)
        assert drill.step() == step
        step.choices[0].act()
        drill.step().choices[2].act()
        clock.wait(minutes=11)
    assert known()["04/term/c0"].seconds == [40, 30.5]


def test_a_record_without_seconds_is_read_as_it_is():
    clock = Clock()
    drill = Drill(deck(1), now=clock)
    drill.grade(drill.next(), GOOD)
    path = record_file.path()
    record = json.loads(path.read_text())
    record["questions"]["4"]["cards"]["term/c0"].pop("seconds", None)
    path.write_text(json.dumps(record))
    assert known()["04/term/c0"].seconds == []
    assert drill.grade(drill.cards[0], GOOD, 12).grades == "33"
    assert known()["04/term/c0"].seconds == [12]


def test_new_cards_are_counted_by_the_day():
    clock = Clock()
    every = deck(9)
    sit(Drill(every, new=4, now=clock), clock, lambda c: EASY)
    assert len(known()) == 4
    assert Drill(every, new=4, now=clock).next() is None
    assert Drill(every, new=5, now=clock).next() is not None
    clock.wait(days=1)
    sit(Drill(every, new=4, now=clock), clock, lambda c: EASY)
    assert len(known()) == 8


def test_minutes_end_it():
    clock = Clock()
    drill = Drill(deck(50), minutes=10, new=50, now=clock)
    asked = sit(drill, clock, lambda c: EASY)
    assert len(asked) == 10
    assert drill.is_over


def test_two_sittings_at_once_lose_nothing():
    """Each sitting reads the record again, so it skips cards that the other asked."""
    clock = Clock()
    one, two = (Drill(deck(6), now=clock) for _ in range(2))
    asked = []
    for drill in (one, two, one, two, one, two):
        found = drill.next()
        asked.append(found.key)
        drill.grade(found, EASY)
    assert len(set(asked)) == 6
    assert one.next() is two.next() is None
    both = one.cards[0]
    grades = [d.grade(both, GOOD).grades for d in (one, two)]
    assert grades == ["43", "433"]


def test_a_card_that_is_gone_is_no_longer_due():
    clock = Clock()
    gone, here = card("gone"), card("here")
    for c in (gone, here):
        Drill([c], now=clock).grade(c, GOOD)
    clock.wait(days=9)
    drill = Drill([here], now=clock)
    assert drill.left()[0] == 1
    assert drill.next() == here
    assert gone.id in known()  # kept, should it come back


def test_a_broken_record_is_kept_aside_and_said(folder, capsys):
    folder.mkdir()
    record_file.path().write_text(
        '{"version": 1, "questions": {"4": {"cards": {"a": 1}}}}'
    )
    drill = Drill(deck(1), now=Clock())
    drill.grade(drill.next(), GOOD)
    assert "It is kept as progress-broken-" in capsys.readouterr().out
    assert list(known()) == ["04/term/c0"]


def test_without_a_record_the_sitting_goes_on(capsys):
    spoil_record()
    clock = Clock()
    drill = Drill(deck(3), now=clock)
    asked = sit(drill, clock, lambda c: EASY)
    assert len(asked) == 3
    # The line appears once, not after each card.
    assert capsys.readouterr().out.count("nothing is recorded") == 1


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def test_list_says_what_is_due(folder):
    assert "due:" not in invoke("list").output
    for found in cards.read(9)[:3]:
        Drill([found], now=Clock()).grade(found, GOOD)
    lines = invoke("list").output.splitlines()
    assert next(line for line in lines if line.startswith(" 9 ")).endswith("    3")
    assert lines[-1] == "3 cards are due: `interview drill`."
    assert all(len(line) <= 80 for line in lines)


def test_the_start_loads_no_scheduler(folder):
    """`interview list` and its like answer at once."""
    program = (
        "import sys\nfrom interview.commands import cli\n"
        "cli.main(['list'], standalone_mode=False)\n"
        "slow = {'fsrs', 'genanki', 'rich', 'ipywidgets', 'nbformat', 'tensorflow'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)\n"
    )
    environment = {**os.environ, "KERAS_INTERVIEW_PRACTICE": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    assert done.stderr.strip() == "[]"
