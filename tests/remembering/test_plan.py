"""Readiness and the plan until an interview, from records made by hand."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from interview import questions
from interview.commands.cli import main
from interview.practising import record_file
from interview.remembering import cards, plan, readiness, spacing
from interview.remembering.cards import Card
from interview.remembering.drill import Drill
from tests.support import PATHS, move, number_of

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    move(monkeypatch, practice=tmp_path / "practice")
    return tmp_path / "practice"


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def write(attempts: dict[int, list[dict[str, float]]]) -> None:
    """A record: for each question its attempts, each with seconds by part."""
    at = NOW.isoformat()
    record = {
        n: {
            "attempts": {
                i: {
                    "passed": {
                        name: {"seconds": s, "at": at} for name, s in one.items()
                    }
                }
                for i, one in enumerate(each, start=1)
            }
        }
        for n, each in attempts.items()
    }
    record_file.path().parent.mkdir(exist_ok=True)
    record_file.path().write_text(json.dumps({"version": 1, "questions": record}))


def passed(number, seconds):
    return dict.fromkeys(questions.read(number).asked, seconds)


def deck(number, count):
    return [
        Card(number, f"term/{i}", "term", "screen", str(i), "The idea", "…", "…")
        for i in range(count)
    ]


def ready(number, count=0, now=NOW):
    record, _ = record_file.load()
    return readiness.of(questions.read(number), record, deck(number, count), now)


def test_parts_count_in_whichever_attempt():
    write(
        {
            4: [
                {"fit_with_early_stopping": 300},
                passed(4, 1800),
                {**passed(4, 1200), "accumulated_step": 1500},
                {},
            ]
        }
    )
    at = ready(4)
    assert at.is_passed
    assert at.best_seconds == 1200
    assert at.tasks == {"bug hunt": True, "second round": True}


def test_half_an_answer_is_no_answer():
    write({8: [{"vote_predict": 60, "train_members": 50}, {"build_ensemble": 60}]})
    at = ready(8)
    assert (at.is_passed, at.answer) == (False, 2)


def test_what_is_remembered_is_a_share_of_all_cards():
    clock = [NOW]
    drill = Drill(deck(4, 4), now=lambda: clock[0])
    for card in drill.cards[:2]:
        drill.grade(card, 4)
    at = ready(4, 4)
    assert (at.seen, at.due) == (2, 0)
    assert readiness.share([at]) == pytest.approx(0.5)
    later = ready(4, 4, NOW + timedelta(days=60))
    assert later.due == 2
    assert 0 < readiness.share([later]) < 0.45


def tasks(*each):
    return [(task.kind, task.number) for task in plan.tasks_of(each)]


def test_never_passed_comes_first_then_the_slowest():
    write({1: [passed(1, 60)], 4: [passed(4, 2000)], 6: [passed(6, 3000)], 9: [{}]})
    found = tasks(*map(ready, (1, 4, 5, 6, 9)))
    # Question 9 has an attempt, so its notebook counts as read.
    asked = [("answer", 9), ("read", 5), ("answer", 5)]
    assert found[:5] == [*asked, ("again", 6), ("again", 4)]
    assert ("again", 1) not in found
    kinds = [kind for kind, _ in found[5:]]
    assert kinds == sorted(kinds, reverse=True)  # second rounds, then bug hunts


def make(each, days=10, minutes=60, known=()):
    until = NOW.date() + timedelta(days=days)
    return plan.make_plan(each, dict(known), NOW, until, minutes)


def test_a_plan_from_nothing():
    each = [ready(number_of(path), 25) for path in PATHS]
    days, _, unseen = make(each, days=14)
    assert [day.date for day in days] == [
        NOW.date() + timedelta(days=i) for i in range(14)
    ]
    assert all(day.minutes <= 60 for day in days)
    done = [task for day in days for task in day.tasks]
    answered = [t.number for t in done if t.kind == "answer"]
    assert answered[:4] == [1, 2, 4, 9]
    # A question's notebook is read before it is answered, its second round comes after.
    order = {"read": 0, "answer": 1, "second round": 2, "bug hunt": 2}
    for number in answered:
        places = [order[t.kind] for t in done if t.number == number]
        assert places == sorted(places)
    assert sum(day.new for day in days) + unseen == 250
    assert days[0].due == days[0].new == 0
    assert sum(day.due for day in days) > 100
    # Cards are left over only if the last day is full.
    assert unseen == 0 or days[-1].minutes > 50


@pytest.mark.parametrize("days", [5, 7, 14])
def test_a_short_plan_reads_the_main_parts_and_answers_more_questions(days):
    each = [ready(number_of(path), 25) for path in PATHS]
    done = [task for day in make(each, days=days)[0] for task in day.tasks]
    reading = [task for task in done if task.kind == "read"]
    assert sum(task.kind == "answer" for task in done) >= min(days - 2, 9)
    assert all("follow-ups of notebook" in task.says for task in reading)
    assert sum(t.minutes for t in reading if t.number == 1) >= plan.SHORT_READING


def test_a_long_plan_reads_all_of_each_notebook():
    each = [ready(number_of(path), 25) for path in PATHS]
    done = [task for day in make(each, days=60)[0] for task in day.tasks]
    for number in map(number_of, PATHS):
        read = [t for t in done if (t.kind, t.number) == ("read", number)]
        assert sum(t.minutes for t in read) == questions.read(number).reading_minutes
        assert "follow-ups" not in read[0].says


def kinds(day):
    return [task.kind for task in day.tasks]


@pytest.mark.parametrize(("days", "minutes"), [(7, 60), (3, 60), (2, 120), (7, 30)])
def test_a_whole_mock_and_the_sheet_come_last(days, minutes):
    each = [ready(number_of(path), 25) for path in PATHS]
    found, _, _ = make(each, days=days, minutes=minutes)
    assert kinds(found[-1])[0] == "sheet"
    mocks = [t for day in found for t in day.tasks if t.kind == "whole mock"]
    assert sum(t.minutes for t in mocks) == 30 + 10 + 5 + 6
    assert "whole mock" in kinds(found[-2])
    if days > 2:
        assert kinds(found[0])[0] == "read"


def test_one_evening():
    each = [ready(number_of(path), 25) for path in PATHS]
    ((day,), _, _) = make(each, days=1)
    assert [t.kind for t in day.tasks] == ["whole mock", "sheet"]
    assert day.tasks[0].says == "interview mock --full 1"
    assert day.minutes <= 60
    ((day,), _, _) = make(each, days=1, minutes=30)
    assert [t.kind for t in day.tasks] == ["answer", "sheet"]
    assert day.tasks[0].says.startswith("interview mock 1: ")
    assert day.minutes <= 30


def test_the_learner_s_own_time_for_a_card():
    timed = spacing.review(None, 4, NOW, 90.0)
    assert plan.minutes_a_card([timed] * 19) == plan.MINUTES_A_CARD
    assert plan.minutes_a_card([timed] * 20) == 1.5
    # One long break doesn't count.
    interrupted = spacing.review(None, 4, NOW, 9000)
    assert plan.minutes_a_card([*[timed] * 20, interrupted]) == 1.5


def test_slow_reviews_leave_fewer_cards_a_day():
    each = [ready(number_of(path), 25) for path in PATHS]
    known = {
        f"04/term/{i}": spacing.review(None, 4, NOW - timedelta(days=40), seconds)
        for i, seconds in enumerate([240] * 20)
    }
    quick = {k: m.model_copy(update={"seconds": [20]}) for k, m in known.items()}
    slow_day, quick_day = (make(each, known=k)[0][0] for k in (known, quick))
    assert slow_day.due < quick_day.due


def test_due_cards_come_before_new_ones():
    every = deck(4, 30)
    known = {c.id: spacing.review(None, 4, NOW - timedelta(days=40)) for c in every}
    write({4: [{p.name: 60 for p in questions.read(4).parts}]})
    days, left, unseen = make([ready(4, 40)], days=4, minutes=30, known=known)
    assert left == []
    assert days[0].due == 30
    assert days[0].new <= 7
    assert days[0].minutes <= 30
    assert unseen == 40 - sum(day.new for day in days)


def test_when_all_is_done_cards_a_mock_and_the_sheet_are_left():
    names = {p.name: 60 for p in questions.read(4).parts}
    write({4: [names]})
    learnt = spacing.review(None, 4, NOW)
    days, left, unseen = make([ready(4)], days=30, known={"04/term/0": learnt})
    assert (left, unseen) == ([], 0)
    assert sum(day.due for day in days) >= 1
    assert all(day.due <= 1 for day in days)
    assert not any(day.tasks for day in days[:-2])


@pytest.mark.parametrize("minutes", [30, 45, 60, 120])
@pytest.mark.parametrize("days", [1, 2, 30, 400])
def test_no_day_is_longer_than_asked(minutes, days):
    found, _, _ = make([ready(n, 25) for n in (4, 7)], days=days, minutes=minutes)
    assert len(found) == min(days, plan.LONGEST)
    assert all(day.minutes <= minutes for day in found)


def day(away) -> date:
    return datetime.now().date() + timedelta(days=away)


def test_the_plan_as_it_is_printed():
    lines = invoke("plan", "--on", day(3)).output.splitlines()
    assert all(len(line) <= 80 for line in lines)
    heads = [line for line in lines if line[:1].isalpha()]
    assert [line[:10] for line in heads[:3]] == [f"{day(i):%a %d %b}" for i in range(3)]
    assert f"{day(3):%a %d %b}   the interview" in lines
    assert any("follow-ups of notebook 1: Convol" in line for line in lines)
    assert any(line.startswith("  interview mock --full") for line in lines)
    assert any(line.startswith("  interview sheet --answers") for line in lines)
    assert any(line.startswith("  interview drill --new ") for line in lines)
    assert "No time is left for" in "\n".join(lines)


def test_a_plan_s_drill_counts_the_cards_of_today(folder):
    """`--new` counts from midnight, so cards that were new today are added."""
    fresh = Drill(cards.read(9))
    for card in fresh.cards[:3]:
        fresh.grade(card, 4)
    first = next(
        line
        for line in invoke("plan", "--on", day(5)).output.splitlines()
        if "interview drill" in line
    )
    asked, new = int(first.split()[3].rstrip(":")), int(first.split()[6])
    assert asked == new + 3


@pytest.mark.parametrize("when", [day(0), day(-1), "2020-01-01"])
def test_an_interview_that_is_over_is_one_line(when):
    done = invoke("plan", "--on", when)
    assert done.exit_code == 1
    (line,) = done.output.splitlines()
    assert "isn't after today" in line


def test_far_away_is_said():
    out = invoke("plan", "--on", day(100)).output
    assert "are planned when they have come nearer." in out


def test_status_of_all():
    write(
        {4: [{**passed(4, 1500), "accumulated_step": 1600}], 8: [{"vote_predict": 9}]}
    )
    lines = invoke("status").output.splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert len(lines) == 1 + len(PATHS) + 2
    rows = {int(line[:2]): line for line in lines[1:-2]}
    assert rows[4].split()[-5:] == ["✓", "·", "✓", "25:00/25", "0%"]
    assert "1/4" in rows[8].split()
    assert lines[-2].startswith("1 of 10 answers passed, 0 of 10 bug hunts, 1 of ")
    assert lines[-1].startswith("Cards: 0 of ")


def test_status_of_one_has_its_cards():
    card = cards.read(9)[0]
    Drill([card]).grade(card, 4)
    out = invoke("status", 9).output
    count = len(cards.read(9))
    assert f"Cards: 1 of {count} seen, 0 due; " in out
    assert f"expected to be remembered now: {1 / count:.0%} of all." in out
