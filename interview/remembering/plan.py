"""What to do on which day until an interview, from where a learner stands.

The questions come in the order in which interviews ask them most: read the notebook,
then write the answer against the clock. A whole mock comes the day before last, and
the sheet with all answers on the last evening. If there is no time to read all of
each notebook, its most important parts are read. Each day has time for the cards that
are due and for some new ones; FSRS says when a card comes back if it is known.
"""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from interview.practising.mock import start as mock
from interview.practising.record_file import Memory
from interview.remembering import cards, spacing
from interview.remembering.readiness import Readiness

# An estimate for a learner without a record: read a card, answer aloud, compare.
MINUTES_A_CARD = 0.7
# So many timed reviews are needed to replace the estimate.
TIMED_REVIEWS = 20
# While there is something to practise, cards leave it this share of a day.
TASKS_SHARE = 0.7
MINUTES_OF = {"second round": 15, "bug hunt": 10}
# To read a question's two pages of the sheet with answers.
SHEET_MINUTES = 4
# Minutes for a notebook's short answer, traps and follow-ups alone.
SHORT_READING = 15
# Reading goes on the next day where a day is full; a shorter part isn't worth it.
SHORTEST_PART = 10
# A plan for more days than this is made when the interview is nearer.
LONGEST = 60


@dataclass(frozen=True)
class Task:
    """Something to do.

    Attributes:
        kind: "read", "answer", "again", "second round", "bug hunt", "whole mock" or
            "sheet".
        says: what to do.
        minutes: how long it takes.
        number: the question that it's about; 0 if it is about several.
    """

    kind: str
    says: str
    minutes: int
    number: int = 0


@dataclass
class Day:
    """What to do on a day.

    Attributes:
        date: the day.
        due: how many cards come back.
        new: how many cards are seen for the first time.
        tasks: what to read and practise.
        minutes: how long all of that takes.
    """

    date: date
    due: int = 0
    new: int = 0
    tasks: list[Task] = field(default_factory=list)
    minutes: float = 0


def minutes_a_card(known: Iterable[Memory]) -> float:
    """The learner's own median for a review, or an estimate until there are enough."""
    seconds = [each for memory in known for each in memory.seconds]
    if len(seconds) < TIMED_REVIEWS:
        return MINUTES_A_CARD
    return max(0.1, statistics.median(seconds) / 60)


def tasks_of(ready: Sequence[Readiness]) -> list[Task]:
    """What is left to do, in the order of the plan.

    Reading counts as done once the learner has an attempt at the question.
    """
    place = {n: i for i, n in enumerate(cards.by_frequency(_numbers(ready)))}
    ordered = sorted(ready, key=lambda r: place[r.question.number])
    tasks = []
    for each in ordered:
        if not each.is_begun:
            tasks.append(_reading(each))
        if not each.is_passed:
            tasks.append(_answering(each, "answer"))
    slow = [r for r in ordered if r.is_passed and _slowness(r) > 1]
    slow.sort(key=_slowness, reverse=True)
    tasks += [_answering(r, "again") for r in slow]
    for kind, minutes in MINUTES_OF.items():
        for number in (r.question.number for r in ordered if not r.tasks.get(kind, 1)):
            tasks.append(Task(kind, f"{kind} of question {number}", minutes, number))
    return tasks


def make_plan(
    ready: Sequence[Readiness],
    known: Mapping[str, Memory],
    now: datetime,
    until: date,
    minutes: float,
) -> tuple[list[Day], list[Task], int]:
    """Plan the days from today to the one before the interview.

    Args:
        ready: where the learner stands with each question.
        known: the memory of each card that was seen.
        now: now, with a time zone.
        until: the day of the interview.
        minutes: how long a day's work is.

    Returns:
        The days, the tasks that didn't fit, and how many cards stay unseen.
    """
    today = now.astimezone().date()
    count = min((until - today).days, LONGEST)
    dates = [today + timedelta(days=place) for place in range(count)]
    unseen = sum(r.cards - r.seen for r in ready)
    a_card, memories = minutes_a_card(known.values()), list(known.values())
    passed = {r.question.number for r in ready if r.is_passed}
    is_new_here = not known and not any(r.is_begun for r in ready)
    left, days = tasks_of(ready), [Day(each) for each in dates]
    # The days after a long plan's end are planned later, the last evening too.
    if dates[-1] == until - timedelta(days=1):
        left = _reserve(days, left, ready, minutes)
    left = _shortened(left, sum(minutes - day.minutes for day in days) * TASKS_SHARE)
    for place, day in enumerate(days):
        at = max(now, datetime.combine(day.date, time(12)).astimezone())
        end = datetime.combine(day.date + timedelta(days=1), time()).astimezone()
        for_cards = (minutes - day.minutes) * (1 - TASKS_SHARE if left else 1)
        waiting = sorted((m for m in memories if m.due < end), key=lambda m: m.due)
        asked = waiting[: max(0, math.floor(for_cards / a_card))]
        day.due = len(asked)
        day.minutes += len(asked) * a_card
        a_day = math.ceil(unseen / (count - place))
        # Somebody who hasn't read anything yet reads before the first card.
        if not (is_new_here and place == 0):
            _see(day, a_day, for_cards - len(asked) * a_card, a_card)
        for task in list(left):
            _take(task, day, left, passed, minutes)
        _see(day, a_day, minutes - day.minutes, a_card)
        unseen -= day.new
        for memory in asked:
            memories.remove(memory)
            memories.append(spacing.review(memory, _GOOD, at))
        memories += [_learnt(at)] * day.new
    return days, left, unseen


def _reserve(
    days: list[Day], left: list[Task], ready: Sequence[Readiness], minutes: float
) -> list[Task]:
    """Put a whole mock and the sheet at the end of the plan; the tasks still left.

    The mock comes before the last evening, over two days where one is too short. On a
    single evening it comes first; if that is too short for it, one answer does.
    """
    ordered = cards.by_frequency(_numbers(ready))
    by_number = {r.question.number: r for r in ready}
    first = by_number[ordered[0]]
    whole = Task("whole mock", "interview mock --full", _mock_minutes(ready))
    if len(days) > 1:
        _spread(whole, days[:-1], minutes)
    else:
        says = f"{whole.says} {ordered[0]}"
        whole = replace(whole, says=says, minutes=_mock_minutes([first]))
        answer = _answering(first, "answer")
        if whole.minutes <= minutes:
            _put(whole, days[0])
        elif answer.minutes <= minutes / 2:
            _put(answer, days[0])
        left = [t for t in left if (t.kind, t.number) != ("answer", ordered[0])]
    room = (minutes - days[-1].minutes) * TASKS_SHARE
    shown = ordered[: int(room // SHEET_MINUTES)]
    if shown:
        says = "interview sheet --answers: two pages each of questions "
        says += ", ".join(map(str, shown))
        _put(Task("sheet", says, SHEET_MINUTES * len(shown)), days[-1])
    return left


def _shortened(tasks: list[Task], minutes: float) -> list[Task]:
    """The tasks with less to read in each notebook, if these minutes are too few.

    Every question is read in part and answered rather than a few read as a whole.
    """
    reading = [task for task in tasks if task.kind == "read"]
    answering = sum(task.minutes for task in tasks if task.kind == "answer")
    if not reading or answering + sum(t.minutes for t in reading) <= minutes:
        return tasks
    most = max(SHORT_READING, int((minutes - answering) / len(reading)))
    says = "the short answer, traps and follow-ups of"
    if most > SHORT_READING:
        says = "the answer, traps and follow-ups of"
    return [
        replace(task, says=task.says.replace("read", f"read {says}"), minutes=most)
        if task.kind == "read" and task.minutes > most
        else task
        for task in tasks
    ]


def _spread(task: Task, days: list[Day], minutes: float) -> None:
    """Put a task on the last of these days, and on those before if it is too long."""
    rest = task.minutes
    for day in reversed(days):
        part = min(rest, int(minutes))
        if part == task.minutes:
            _put(task, day)
        elif part > 0:
            says = f"{task.says}, {part} of {task.minutes} min"
            _put(replace(task, says=says, minutes=part), day)
        rest -= part


def _put(task: Task, day: Day) -> None:
    day.tasks.append(task)
    day.minutes += task.minutes


def _see(day: Day, most: int, room: float, a_card: float) -> None:
    """Add new cards to a day; each is asked twice on its first day.

    Args:
        day: the day.
        most: how many new cards it may have.
        room: the minutes for more of them.
        a_card: the minutes for one review.
    """
    more = max(0, min(most - day.new, math.floor(room / a_card / 2)))
    day.new += more
    day.minutes += 2 * more * a_card


def _take(
    task: Task, day: Day, left: list[Task], passed: set[int], minutes: float
) -> None:
    """Put a task on a day, or a part of it, if it fits and its turn has come."""
    if task.kind == "answer":
        if any((t.kind, t.number) == ("read", task.number) for t in left):
            return
    elif task.kind != "read" and task.number not in passed:
        return
    room = int(minutes - day.minutes)
    if task.minutes <= room:
        _put(task, day)
        left.remove(task)
        if task.kind == "answer":
            passed.add(task.number)
        return
    # Neither the part nor the rest is shorter than is worth starting.
    part = min(room, task.minutes - SHORTEST_PART)
    if task.kind == "read" and part >= SHORTEST_PART:
        says = task.says.removesuffix(" (rest)")
        _put(replace(task, says=f"{says} (part)", minutes=part), day)
        minutes_left = task.minutes - part
        rest = replace(task, says=f"{says} (rest)", minutes=minutes_left)
        left[left.index(task)] = rest


_GOOD = 3


def _learnt(at: datetime) -> Memory:
    """The memory of a new card after its first day, if it was known."""
    first = spacing.review(None, _GOOD, at)
    return spacing.review(first, _GOOD, max(at, first.due))


def _numbers(ready: Sequence[Readiness]) -> list[int]:
    return [each.question.number for each in ready]


def _slowness(ready: Readiness) -> float:
    """The best time as a multiple of an interview's minutes; 0 where there is none."""
    return (ready.best_seconds or 0) / 60 / ready.question.minutes


def _mock_minutes(ready: Iterable[Readiness]) -> int:
    """The minutes of the longest whole mock among these questions."""
    coding = max(each.question.minutes for each in ready)
    return coding + mock.SECOND_ROUND + sum(mock.MINUTES.values())


def _reading(ready: Readiness) -> Task:
    question = ready.question
    says = f"read notebook {question.number}: {question.title}"
    return Task("read", says, question.reading_minutes, question.number)


def _answering(ready: Readiness, kind: str) -> Task:
    question = ready.question
    says = f"interview mock {question.number}: {question.title}"
    if kind == "again":
        says += f", which took you {round(ready.best_seconds / 60)} min"
    return Task(kind, says, question.minutes, question.number)
