"""The drill: which cards are due over a fortnight, and what each grade saves."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from click.testing import CliRunner

from interview.commands.cli import main
from interview.practising import record_file
from interview.practising.dialogue import comes_back
from interview.remembering import cards, spacing
from interview.remembering.cards import Card
from interview.remembering.drill import Drill
from tests.acting import START, spoil_record

pytestmark = pytest.mark.usefixtures("folder")

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
MINUTE, DAY = 60, 86400


def card(name):
    front, back = f"{name}?", f"{name}."
    return Card(4, f"term/{name}", "term", "screen", name, "The idea", front, back)


def deck(count):
    return [card(f"c{i}") for i in range(count)]


def known():
    memories = record_file.load()[0].of(4).cards
    return {f"04/{key}": memory for key, memory in memories.items()}


def sit(drill, clock, grade=lambda card: EASY):
    """Grade cards until none is left, a minute each; what was asked, in order."""
    asked = []
    while found := drill.next():
        asked.append(found.key)
        drill.grade(found, grade(found))
        clock.wait(MINUTE)
        assert len(asked) < 500
    return asked


def test_a_new_card_comes_back_when_fsrs_says_so(clock):
    drill = Drill(deck(1), now=clock)
    found = drill.next()
    after = drill.grade(found, GOOD)
    assert comes_back(after.due, clock()) == "It comes back in 10 min."
    assert known()[found.id] == after
    assert after.grades == "3"
    clock.wait(10 * MINUTE)
    after = drill.grade(drill.next(), GOOD)
    assert after.state == 2
    assert timedelta(days=1) <= after.due - clock() <= timedelta(days=4)
    assert drill.next() is None
    says = comes_back(after.due, clock())
    assert re.fullmatch(r"It comes back on \w+ \d\d (Nov|Dec)\.", says)
    assert drill.summary().splitlines()[0] == "2 cards: 2 good."
    assert "Nothing is due until" in drill.summary()


def test_a_clock_that_goes_back_is_no_trouble():
    learnt = spacing.review(None, EASY, START)
    again = spacing.review(learnt, GOOD, START - timedelta(days=2))
    assert again.last_review == START


def test_a_fortnight(clock):
    """Ten minutes a day over forty cards, one of which never sticks."""
    seen, every = [], deck(40)

    def grade(card):
        return AGAIN if card.key == "term/c3" and clock.at.minute < 30 else GOOD

    for day in range(14):
        clock.at = START + timedelta(days=day)
        asked = sit(Drill(every, new=5, now=clock), clock, grade)
        fresh = [key for key in dict.fromkeys(asked) if key not in seen]
        assert len(fresh) == (5 if day < 8 else 0)
        # A sitting ends, because cards that were known come back on another day.
        assert len(asked) < 60
        seen += fresh
        assert spacing.due(known().values(), clock()) == 0
    assert len(seen) == 40
    later = spacing.known(record_file.load()[0], every)
    hard = later.pop("04/term/c3")
    assert len(hard.grades) > max(len(m.grades) for m in later.values())
    clock.wait(90 * DAY)
    assert spacing.due(later.values(), clock()) == 39


def test_due_comes_before_new_and_learning_before_learnt(clock):
    old, fresh, learning = every = [card(name) for name in ("old", "fresh", "learning")]
    Drill(every, now=clock).grade(old, EASY)
    clock.wait(100 * DAY)
    Drill(every, now=clock).grade(learning, AGAIN)
    clock.wait(5 * MINUTE)
    drill = Drill([fresh, old, learning], now=clock)
    for expected, grade in ((learning, EASY), (old, GOOD), (fresh, GOOD)):
        assert drill.next() == expected
        drill.grade(expected, grade)


def test_the_card_just_asked_waits_for_another(clock):
    drill = Drill(deck(2), now=clock)
    first = drill.next()
    drill.grade(first, AGAIN)
    second = drill.next()
    assert second != first
    drill.grade(second, AGAIN)
    assert drill.next() == first


def test_a_record_with_the_seconds_of_each_review_is_read(clock):
    """Earlier editions measured them."""
    drill = Drill(deck(1), now=clock)
    drill.grade(drill.next(), GOOD)
    path = record_file.path()
    record = json.loads(path.read_text())
    record["questions"]["4"]["cards"]["term/c0"]["seconds"] = [12.5]
    path.write_text(json.dumps(record))
    assert drill.grade(drill.cards[0], GOOD).grades == "33"


def test_new_cards_are_counted_by_the_day(clock):
    every = deck(9)
    sit(Drill(every, new=4, now=clock), clock)
    assert len(known()) == 4
    assert Drill(every, new=4, now=clock).next() is None
    assert Drill(every, new=5, now=clock).next() is not None
    clock.wait(DAY)
    sit(Drill(every, new=4, now=clock), clock)
    assert len(known()) == 8


def test_minutes_end_it(clock):
    drill = Drill(deck(50), minutes=10, new=50, now=clock)
    assert len(sit(drill, clock)) == 10
    assert drill.is_over


def test_two_sittings_at_once_lose_nothing(clock):
    """Each sitting reads the record again, so it skips cards that the other asked."""
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


def test_a_card_that_is_gone_is_no_longer_due(clock):
    gone, here = deck(2)
    sit(Drill([gone, here], now=clock), clock)
    clock.wait(99 * DAY)
    drill = Drill([here], now=clock)
    assert drill.next() == here
    assert drill.summary().startswith("1 card due; 0 still new")
    assert gone.id in known()  # kept, should it come back


def test_a_broken_record_is_kept_aside_and_said(folder, capsys, clock):
    (folder / "practice").mkdir()
    record_file.path().write_text(
        '{"version": 1, "questions": {"4": {"cards": {"a": 1}}}}'
    )
    drill = Drill(deck(1), now=clock)
    drill.grade(drill.next(), GOOD)
    assert "It is kept as progress-broken-" in capsys.readouterr().out
    assert list(known()) == ["04/term/c0"]


def test_without_a_record_the_sitting_goes_on(capsys, clock):
    spoil_record()
    assert len(sit(Drill(deck(3), now=clock), clock)) == 3
    # The line appears once, not after each card.
    assert capsys.readouterr().out.count("nothing is recorded") == 1


def test_list_says_what_is_due(clock):
    def lines():
        return CliRunner().invoke(main, ["list"]).output.splitlines()

    assert "due:" not in lines()[-1]
    clock.wait(-99 * DAY)
    for found in cards.read(9)[:3]:
        Drill([found], now=clock).grade(found, GOOD)
    assert next(line for line in lines() if line.startswith(" 9 ")).endswith("    3")
    assert lines()[-1] == "3 cards are due: `interview drill`."
    assert all(len(line) <= 80 for line in lines())


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
