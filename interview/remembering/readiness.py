"""How ready a learner is for one question, for `status` and `plan`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.practising import record_file
from interview.questions import Question
from interview.remembering import spacing
from interview.remembering.cards import Card

TASKS = ("bug hunt", "second round")


@dataclass(frozen=True)
class Readiness:
    """Where a learner stands with one question.

    Attributes:
        question: the question.
        is_begun: whether the learner has an attempt at it.
        answer: asked parts that passed in the attempt that has most of them.
        is_passed: whether all of them passed in one attempt.
        tasks: for bug hunt and second round, where the notebook has them, whether
            everything that they ask for has passed, in whichever attempt.
        best_seconds: the fastest attempt that passed; None without one.
        cards: how many cards the question has.
        seen: how many of them were asked at least once.
        due: how many of the seen ones are due.
        recalled: how many of all cards FSRS expects to be remembered now.
    """

    question: Question
    is_begun: bool
    answer: int
    is_passed: bool
    tasks: dict[str, bool]
    best_seconds: float | None
    cards: int
    seen: int
    due: int
    recalled: float


def of(
    question: Question, record: record_file.Record, cards: Sequence[Card], now: datetime
) -> Readiness:
    """The readiness for a question.

    Args:
        question: the question.
        record: the learner's record.
        cards: all cards of the question.
        now: now, with a time zone.
    """
    standing = record_file.standing(record, question.number, question.asked, False)
    attempts = record.of(question.number).attempts.values()
    ever = {name for attempt in attempts for name in attempt.passed}
    names = {
        kind: {part.name for part in question.parts if part.kind == kind}
        for kind in TASKS
    }
    known = spacing.known(record, cards)
    return Readiness(
        question=question,
        is_begun=bool(attempts),
        answer=max(
            (len(set(question.asked) & set(a.passed)) for a in attempts), default=0
        ),
        is_passed=standing.state == "passed",
        tasks={kind: wanted <= ever for kind, wanted in names.items() if wanted},
        best_seconds=standing.best_seconds,
        cards=len(cards),
        seen=len(known),
        due=spacing.due(known.values(), now),
        recalled=sum(spacing.recall(m, now) for m in known.values()),
    )


def share(ready: Iterable[Readiness]) -> float:
    """The share of all cards that is expected to be remembered."""
    ready = list(ready)
    total = sum(r.cards for r in ready)
    return sum(r.recalled for r in ready) / total if total else 0.0
