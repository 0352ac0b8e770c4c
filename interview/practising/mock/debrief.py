"""What a whole mock interview came to, from the record: for a screen or a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from interview import headings, notebook_json, questions, study_notebooks
from interview.practising import weak_spots
from interview.practising.mock.session import MARKS, PHASES
from interview.practising.record import GRADES, Attempt, Mock, Record
from interview.questions import Question

# Longer than this no row of earlier mocks gets.
MOST_EARLIER = 12
# Grades below this one: "again" and "hard".
_HARD = 2
_SAYS = {
    "passed": "right",
    "failed": "not right yet",
    "unwritten": "not written",
    "missing": "not written",
    # No look at it came to its end.
    None: "not judged",
}
_UNREACHED = "not reached"


@dataclass(frozen=True)
class Time:
    """A phase: seconds taken and allowed, None where there are none; how it ended."""

    phase: str
    taken: float | None
    allowed: float | None
    ended: str


@dataclass(frozen=True)
class Part:
    """A part that was asked for: what the judge said at last, and hints opened."""

    name: str
    kind: str
    says: str
    hints: int
    of_hints: int


@dataclass(frozen=True)
class Cross:
    """A claim that a check found not to hold: how often, and whether it still is."""

    part: str
    claim: str
    says: str
    tries: int
    then: str


@dataclass(frozen=True)
class FollowUp:
    """A follow-up that was asked, and the grade; None if it wasn't answered."""

    title: str
    grade: str | None


@dataclass(frozen=True)
class Spot:
    """A weak spot, and where to read; the link is from the notebooks' folder."""

    what: str
    section: str
    heading: str
    link: str

    @property
    def place(self) -> str:
        """The heading, and the section that it's in."""
        inside = "" if self.section == self.heading else f", in “{self.section}”"
        return f"“{self.heading}”{inside}"


@dataclass(frozen=True)
class Past:
    """A mock in a row of mocks, the latest of them the one that the debrief is of."""

    question: int
    title: str
    started: datetime
    level: str
    taken: float
    allowed: float
    tries: int
    hints: int
    came_to: str


@dataclass(frozen=True)
class Debrief:
    """A mock as it went. `asked_back` pairs each question with whether it was asked.

    Of `marks` a row is what it's about, the mark's name, and the words of that mark.
    """

    key: str
    question: Question
    level: str
    started: datetime
    came_to: str
    times: tuple[Time, ...]
    parts: tuple[Part, ...]
    crosses: tuple[Cross, ...]
    notes: tuple[str, ...]
    asked_back: tuple[tuple[str, bool], ...]
    follow_ups: tuple[FollowUp, ...]
    marks: tuple[tuple[str, str, str], ...]
    spots: tuple[Spot, ...]
    past: tuple[Past, ...]


def make(record: Record, key: str, cards: Mapping[str, Any]) -> Debrief:
    """The debrief of a mock in the record.

    Args:
        record: the learner's.
        key: the mock's in it.
        cards: the follow-ups of the mock's question, by their keys.

    Raises:
        NotebookError: there is no notebook of its question any more.
    """
    kept = record.mocks[key]
    question = questions.read(kept.question)
    attempt = _attempt(record, kept)
    parts, crosses = _parts(question, kept, record), _crosses(kept.question, attempt)
    asked = _follow_ups(kept, cards)
    return Debrief(
        key=key,
        question=question,
        level=kept.level,
        started=kept.started,
        came_to=_came_to(kept, attempt, question),
        times=_times(kept),
        parts=parts,
        crosses=crosses,
        notes=tuple(kept.notes),
        asked_back=tuple((a, a in kept.had) for a, _ in question.clarifying),
        follow_ups=tuple(follow_up for follow_up, _ in asked),
        marks=_marks(question, kept),
        spots=_once(_spots(question, kept, parts, crosses, asked)),
        past=_past(record, key),
    )


def _attempt(record: Record, kept: Mock) -> Attempt:
    return record.of(kept.question).attempts.get(kept.attempt, Attempt())


def _came_to(kept: Mock, attempt: Attempt, question: Question) -> str:
    done = sum(name in attempt.passed for name in question.asked)
    if done == len(question.asked):
        return "passed"
    if kept.given_up:
        return "given up"
    return f"{done} of {len(question.asked)} parts right"


def _times(kept: Mock) -> tuple[Time, ...]:
    found = []
    for phase in PHASES[:-1]:
        minutes = kept.allowed.get(phase)
        ended = {"left": "gone on", "time": "time up"}
        outcome = kept.outcomes.get(phase, "")
        said = "given up" if kept.given_up == phase else ended.get(outcome, outcome)
        allowed = None if minutes is None else minutes * 60
        found.append(Time(phase, kept.seconds.get(phase), allowed, said))
    return tuple(found)


def _parts(question: Question, kept: Mock, record: Record) -> tuple[Part, ...]:
    passed = _attempt(record, kept).passed
    hints = kept.opened(record.of(kept.question).hints)
    found = []
    for part in question.parts:
        if part.kind not in ("asked", "second round"):
            continue
        if part.name in passed:
            says = _SAYS["passed"]
        elif _phase_of(part) not in kept.seconds:
            says = _UNREACHED
        else:
            says = _SAYS[kept.judged.get(part.name)]
        shown = hints.get(part.name, 0)
        kind = "" if part.asked else part.kind
        found.append(Part(part.name, kind, says, shown, len(part.hints)))
    return tuple(found)


def _phase_of(part: questions.Part) -> str:
    return "answer" if part.asked else part.kind


def _crosses(number: int, attempt: Attempt) -> tuple[Cross, ...]:
    """Each claim that was met on the way, in the order in which it first was."""
    found = []
    for failure in attempt.failed:
        rivals = [f for f in attempt.failed if f.part == failure.part]
        # A check stops at a part's first claim that doesn't hold: the part's latest one
        # is the one that still stands.
        if failure.part in attempt.passed:
            then = "gone"
        elif failure.last == max(f.last for f in rivals):
            then = "still there"
        else:
            then = "not met again"
        part, claim = (weak_spots.one_line(t) for t in (failure.part, failure.claim))
        says = weak_spots.sentence(number, claim)
        found.append(Cross(part, claim, says, failure.count, then))
    return tuple(found)


def _follow_ups(
    kept: Mock, cards: Mapping[str, Any]
) -> tuple[tuple[FollowUp, Any], ...]:
    found = []
    for asked in kept.cards:
        if card := cards.get(asked.key):
            grade = asked.grade and GRADES[asked.grade - 1]
            found.append((FollowUp(card.title, grade), card))
    return tuple(found)


def _marks(question: Question, kept: Mock) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (about, MARKS[kept.marks[about] - 1], words[kept.marks[about] - 1])
        for about, *words in question.rubric
        if about in kept.marks
    )


def _spots(
    question: Question,
    kept: Mock,
    parts: tuple[Part, ...],
    crosses: tuple[Cross, ...],
    asked: tuple[tuple[FollowUp, Any], ...],
) -> Iterator[Spot]:
    """What was weak, the worst first, each with where it's explained."""
    number = question.number
    notebook = study_notebooks.path_of(number).name
    met = {cross.part for cross in crosses if cross.then == "still there"}
    for part in parts:
        # What was never reached is no weakness.
        if part.says in (_SAYS["passed"], _UNREACHED) or part.name in met:
            continue
        if there := weak_spots.place(number, part.name, ""):
            yield Spot(
                f"{part.name}: {part.says}", there.section, there.title, there.link
            )
    # What is still there comes before what is gone, what took long before the rest.
    for cross in sorted(crosses, key=lambda c: (c.then != "still there", -c.tries)):
        if there := weak_spots.place(number, cross.part, cross.claim):
            what = f"{cross.part}: {cross.says}"
            yield Spot(what, there.section, there.title, there.link)
    for follow_up, card in asked:
        if follow_up.grade in GRADES[:_HARD]:
            heading = card.section.replace("`", "")
            what = f"graded “{follow_up.grade}”"
            yield Spot(what, headings.FOLLOW_UPS, heading, card.place)
    if kept.is_told:
        missed = [a for a, _ in question.clarifying if a not in kept.had]
        if missed:
            what = f"{len(missed)} of {len(question.clarifying)} not asked back"
            link = f"{notebook}#{notebook_json.anchor(headings.QUESTION)}"
            yield Spot(what, headings.QUESTION, headings.QUESTION, link)
    weak = [about for about, mark, _ in _marks(question, kept) if mark == MARKS[0]]
    if weak:
        link = f"{notebook}#{notebook_json.anchor(headings.RUBRIC)}"
        what = f"weak by your own mark: {', '.join(weak)}"
        yield Spot(what, headings.RUBRIC, headings.RUBRIC, link)


def _once(spots: Iterator[Spot]) -> tuple[Spot, ...]:
    """Each section once, for the first thing that it explains, with the others."""
    found: dict[str, list[Spot]] = {}
    for spot in spots:
        found.setdefault(spot.link, []).append(spot)
    return tuple(
        replace(there[0], what="; ".join(dict.fromkeys(s.what for s in there)))
        for there in found.values()
    )


def _past(record: Record, key: str) -> tuple[Past, ...]:
    """The latest mocks up to this one, the first first."""
    known = set(study_notebooks.numbers())
    of_it = record.mocks[key]
    kept = [
        m
        for k, m in record.mocks.items()
        if k == key or (m.ended and m.question in known and m.started <= of_it.started)
    ]
    kept.sort(key=lambda m: (m.started, m is of_it))
    return tuple(_one_of_past(m, record) for m in kept[-MOST_EARLIER:])


def _one_of_past(kept: Mock, record: Record) -> Past:
    question, attempt = questions.read(kept.question), _attempt(record, kept)
    return Past(
        question=kept.question,
        title=question.title,
        started=kept.started,
        level=kept.level,
        taken=kept.seconds.get("answer", 0.0),
        allowed=kept.allowed.get("answer", question.minutes) * 60,
        tries=sum(failure.count for failure in attempt.failed),
        hints=sum(kept.opened(record.of(kept.question).hints).values()),
        came_to=_came_to(kept, attempt, question),
    )
