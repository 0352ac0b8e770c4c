"""What to do on which day until an interview, from where a learner stands.

The questions come in the order in which interviews ask them most: read the notebook,
then write the answer against the clock. A whole mock comes the day before last, and
the sheet with all answers on the last evening. If there is no time to read all of
each notebook, its most important parts are read. Each day has time for the cards that
are due and for some new ones; FSRS says when a card comes back if it is known.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from interview.practising.mock import start as mock
from interview.practising.record_models import Memory
from interview.remembering import cards, spacing
from interview.remembering.readiness import Readiness

# Read a card, answer aloud, compare.
MINUTES_A_CARD = 0.7
# While there is something to practise, cards leave it this share of a day.
TASKS_SHARE = 0.7
MINUTES_OF = {"second round": 15, "bug hunt": 10}
# To read a question's two pages of the sheet with answers.
SHEET_MINUTES = 4
# Minutes for a notebook's short answer, traps and follow-ups alone.
SHORT_READING = 15
# Reading goes on the next day where a day is full; a shorter part isn't worth it.
SHORTEST_PART = 10
_GOOD = 3  # a grade
# A plan for more days than this is made when the interview is nearer.
LONGEST = 60


@dataclass(frozen=True)
class Task:
    """Something to do.

    Attributes:
        kind: "read", "answer", "again", "second round", "bug hunt", "whole mock" or
            "sheet".
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
        due: how many cards come back.
        new: how many cards are seen for the first time, and asked twice on that day.
    """

    date: date
    due: int = 0
    new: int = 0
    tasks: list[Task] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        """How long all of that takes."""
        tasks = sum(task.minutes for task in self.tasks)
        return tasks + (self.due + 2 * self.new) * MINUTES_A_CARD

    def see(self, most: int, room: float) -> None:
        """Add new cards, as many as have room, up to the most that a day has."""
        more = math.floor(room / MINUTES_A_CARD / 2)
        self.new += max(0, min(most - self.new, more))


def tasks_of(ready: Sequence[Readiness]) -> list[Task]:
    """What is left to do, in the order of the plan.

    Reading counts as done once the learner has an attempt at the question.
    """
    ordered = _ordered(ready)
    tasks = []
    for each in ordered:
        question = each.question
        if not each.is_begun:
            says = f"read notebook {question.number}: {question.title}"
            read = Task("read", says, question.reading_minutes, question.number)
            tasks.append(read)
        if not each.is_passed:
            tasks.append(_answering(each, "answer"))
    slow = [r for r in ordered if r.is_passed and _slowness(r) > 1]
    slow.sort(key=_slowness, reverse=True)
    tasks += [_answering(r, "again") for r in slow]
    for kind, minutes in MINUTES_OF.items():
        for number in (r.question.number for r in ordered if not r.tasks.get(kind, 1)):
            tasks.append(Task(kind, f"{kind} of question {number}", minutes, number))
    return tasks


def _ordered(ready: Sequence[Readiness]) -> list[Readiness]:
    """The questions that interviews ask most come first."""
    numbers = cards.by_frequency(each.question.number for each in ready)
    return sorted(ready, key=lambda each: numbers.index(each.question.number))


def make_plan(
    ready: Sequence[Readiness],
    known: Mapping[str, Memory],
    now: datetime,
    until: date,
    minutes: float,
) -> tuple[list[Day], list[Task], int]:
    """Plan the days from today to the one before the interview, `until`.

    Returns:
        The days, the tasks that didn't fit, and how many cards stay unseen.
    """
    today = now.astimezone().date()
    count = min((until - today).days, LONGEST)
    days = [Day(today + timedelta(days=place)) for place in range(count)]
    unseen = sum(r.cards - r.seen for r in ready)
    memories = list(known.values())
    passed = {r.question.number for r in ready if r.is_passed}
    is_new_here = not known and not any(r.is_begun for r in ready)
    left = tasks_of(ready)
    # The days after a long plan's end are planned later, the last evening too.
    if days[-1].date == until - timedelta(days=1):
        left = _reserve(days, left, ready, minutes)
    left = _shortened(left, sum(minutes - day.minutes for day in days) * TASKS_SHARE)
    for place, day in enumerate(days):
        at = max(now, datetime.combine(day.date, time(12)).astimezone())
        end = datetime.combine(day.date + timedelta(days=1), time()).astimezone()
        for_cards = (minutes - day.minutes) * (1 - TASKS_SHARE if left else 1)
        waiting = sorted((m for m in memories if m.due < end), key=lambda m: m.due)
        asked = waiting[: max(0, math.floor(for_cards / MINUTES_A_CARD))]
        day.due = len(asked)
        a_day = math.ceil(unseen / (count - place))
        # Somebody who hasn't read anything yet reads before the first card.
        if not (is_new_here and place == 0):
            day.see(a_day, for_cards - len(asked) * MINUTES_A_CARD)
        for task in list(left):
            _take(task, day, left, passed, minutes)
        day.see(a_day, minutes - day.minutes)
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
    first, *_ = ordered = _ordered(ready)
    numbers = [each.question.number for each in ordered]
    whole = Task("whole mock", "interview mock --full", _mock_minutes(ready))
    if len(days) > 1:
        _spread(whole, days[:-1], minutes)
    else:
        says = f"{whole.says} {numbers[0]}"
        whole = replace(whole, says=says, minutes=_mock_minutes([first]))
        answer = _answering(first, "answer")
        if whole.minutes <= minutes:
            days[0].tasks.append(whole)
        elif answer.minutes <= minutes / 2:
            days[0].tasks.append(answer)
        left = [t for t in left if (t.kind, t.number) != ("answer", numbers[0])]
    room = (minutes - days[-1].minutes) * TASKS_SHARE
    shown = numbers[: int(room // SHEET_MINUTES)]
    if shown:
        says = "interview sheet --answers: two pages each of questions "
        says += ", ".join(map(str, shown))
        days[-1].tasks.append(Task("sheet", says, SHEET_MINUTES * len(shown)))
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
            day.tasks.append(task)
        elif part > 0:
            says = f"{task.says}, {part} of {task.minutes} min"
            day.tasks.append(replace(task, says=says, minutes=part))
        rest -= part


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
        day.tasks.append(task)
        left.remove(task)
        if task.kind == "answer":
            passed.add(task.number)
        return
    # Neither the part nor the rest is shorter than is worth starting.
    part = min(room, task.minutes - SHORTEST_PART)
    if task.kind == "read" and part >= SHORTEST_PART:
        says = task.says.removesuffix(" (rest)")
        day.tasks.append(replace(task, says=f"{says} (part)", minutes=part))
        minutes_left = task.minutes - part
        rest = replace(task, says=f"{says} (rest)", minutes=minutes_left)
        left[left.index(task)] = rest


def _learnt(at: datetime) -> Memory:
    """The memory of a new card after its first day, if it was known."""
    first = spacing.review(None, _GOOD, at)
    return spacing.review(first, _GOOD, max(at, first.due))


def _slowness(ready: Readiness) -> float:
    """The best time as a multiple of an interview's minutes; 0 where there is none."""
    return (ready.best_seconds or 0) / 60 / ready.question.minutes


def _mock_minutes(ready: Iterable[Readiness]) -> int:
    """The minutes of the longest whole mock among these questions."""
    coding = max(each.question.minutes for each in ready)
    return coding + mock.SECOND_ROUND + sum(mock.MINUTES.values())


def _answering(ready: Readiness, kind: str) -> Task:
    question = ready.question
    says = f"interview mock {question.number}: {question.title}"
    if kind == "again":
        says += f", which took you {round(ready.best_seconds / 60)} min"
    return Task(kind, says, question.minutes, question.number)
