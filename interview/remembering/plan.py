"""What to do on which day until an interview, from where a learner stands.

Each day the cards that are due come first, then as much of the questions never passed
as each day needs to get through them all, then new cards, then what else fits: the
questions that took longer than an interview allows, the slowest first, and second
rounds and bug hunts. When a card comes back is what FSRS says if it's known.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from interview.practising.record_file import Memory
from interview.remembering import spacing
from interview.remembering.readiness import Readiness

# Measured with nobody yet: to read a card, answer aloud, and compare.
MINUTES_A_CARD = 0.7
# While there is something to practise, new cards leave it this share of a day.
TASKS_SHARE = 0.5
MINUTES_OF = {"second round": 15, "bug hunt": 10}
# More days than this are planned when they have come nearer.
LONGEST = 60


@dataclass(frozen=True)
class Task:
    """Something to do in one go.

    Attributes:
        number: the question that it's about.
        kind: "answer", "again", "second round" or "bug hunt".
        says: what to do.
        minutes: how long it takes in an interview.
    """

    number: int
    kind: str
    says: str
    minutes: int


@dataclass
class Day:
    """What to do on a day.

    Attributes:
        date: the day.
        due: how many cards come back.
        new: how many cards are seen for the first time.
        tasks: what to practise.
        minutes: how long all of that takes.
    """

    date: date
    due: int = 0
    new: int = 0
    tasks: list[Task] = field(default_factory=list)
    minutes: float = 0


def tasks_of(ready: Sequence[Readiness]) -> list[Task]:
    """What is left to practise, the most urgent first."""
    slow = [r for r in ready if r.is_passed and _slowness(r) > 1]
    slow.sort(key=_slowness, reverse=True)
    tasks = [_answering(r, "answer") for r in ready if not r.is_passed]
    tasks += [_answering(r, "again") for r in slow]
    for kind in ("second round", "bug hunt"):
        tasks += [
            Task(number, kind, f"{kind} of question {number}", MINUTES_OF[kind])
            for number in (
                r.question.number for r in ready if not r.tasks.get(kind, True)
            )
        ]
    return tasks


def make(
    ready: Sequence[Readiness],
    known: Mapping[str, Memory],
    now: datetime,
    until: date,
    minutes: float,
) -> tuple[list[Day], list[Task], int]:
    """The days from today to the one before the interview, and what didn't fit.

    That is tasks, and how many cards stay unseen.

    Args:
        ready: where the learner stands with each question.
        known: what is known of each card that was seen.
        now: now, with a time zone.
        until: the day of the interview.
        minutes: how long a day's work is.
    """
    today = now.astimezone().date()
    count = min((until - today).days, LONGEST)
    unseen = sum(r.cards - r.seen for r in ready)
    cards, left, days = list(known.values()), tasks_of(ready), []
    passed = {r.question.number for r in ready if r.is_passed}
    for place in range(count):
        day = Day(today + timedelta(days=place))
        at = max(now, datetime.combine(day.date, time(12)).astimezone())
        end = datetime.combine(day.date + timedelta(days=1), time()).astimezone()
        urgent = [task for task in left if task.kind == "answer"]
        # A question that was never passed fits in, whatever is due.
        most = minutes - (urgent[0].minutes if urgent else 0)
        waiting = sorted((c for c in cards if c.due < end), key=lambda c: c.due)
        asked = waiting[: max(0, math.floor(most / MINUTES_A_CARD))]
        day.due, day.minutes = len(asked), len(asked) * MINUTES_A_CARD
        needed = sum(task.minutes for task in urgent) / (count - place)
        for task in urgent:
            if sum(t.minutes for t in day.tasks) < needed:
                _take(task, day, left, passed, minutes)
        a_day = math.ceil(unseen / (count - place))
        if not day.tasks and left:
            _see(day, a_day, minutes * (1 - TASKS_SHARE))
        elif day.tasks:
            _see(day, a_day, minutes)
        for task in list(left):
            _take(task, day, left, passed, minutes)
        _see(day, a_day, minutes)
        unseen -= day.new
        for card in asked:
            cards.remove(card)
            cards.append(spacing.review(card, _GOOD, at))
        cards += [_learnt(at)] * day.new
        days.append(day)
    return days, left, unseen


def _see(day: Day, most: int, until: float) -> None:
    """New cards for a day, so many at most, as fit in until so many minutes are full.

    Each is asked twice on its first day.
    """
    room = math.floor((until - day.minutes) / MINUTES_A_CARD / 2)
    more = max(0, min(most - day.new, room))
    day.new += more
    day.minutes += 2 * more * MINUTES_A_CARD


def _take(
    task: Task, day: Day, left: list[Task], passed: set[int], minutes: float
) -> None:
    """Put a task on a day if it fits, and if what comes before it is done."""
    if task.kind != "answer" and task.number not in passed:
        return
    if day.minutes + task.minutes <= minutes:
        day.tasks.append(task)
        day.minutes += task.minutes
        left.remove(task)
        passed.add(task.number)


_GOOD = 3


def _learnt(at: datetime) -> Memory:
    """A new card after its first day, if it's known."""
    first = spacing.review(None, _GOOD, at)
    return spacing.review(first, _GOOD, max(at, first.due))


def _slowness(ready: Readiness) -> float:
    """The best time, in times of what an interview gives; 0 where there is none."""
    return (ready.best_seconds or 0) / 60 / ready.question.minutes


def _answering(ready: Readiness, kind: str) -> Task:
    question = ready.question
    says = f"interview mock {question.number}: {question.title}"
    if kind == "again":
        says += f", which took you {round(ready.best_seconds / 60)} min"
    return Task(question.number, kind, says, question.minutes)
