"""What a mock interview came to, from the record, as Markdown for every front."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from interview import headings, questions, study_notebooks
from interview.practising import clock, weak_spots
from interview.practising.mock.session import MARKS, PHASES, TITLES
from interview.practising.record_models import GRADES, Attempt, Mock, Record
from interview.questions import Part, Question

# How many mocks a debrief compares, the latest ones.
MOST_EARLIER = 12
_RIGHT, _UNREACHED = "right", "not reached"
_JUDGED = {
    "passed": _RIGHT,
    "failed": "not right yet",
    "unwritten": "not written",
    "missing": "not written",
    # No check of it was finished.
    None: "not judged",
}
_ENDED = {"left": "gone on", "time": "time up"}
_GONE, _STILL_THERE = "gone", "still there"


@dataclass(frozen=True)
class WeakSpot:
    """What was weak, and the heading of the study notebook to read about it."""

    what: str
    section: str
    heading: str

    @property
    def place(self) -> str:
        """The heading, and the section that it's in."""
        inside = "" if self.section == self.heading else f", in “{self.section}”"
        return f"“{self.heading}”{inside}"


class _FailedClaim(NamedTuple):
    """A claim that failed: in so many checks, and what became of it."""

    part: str
    claim: str
    says: str
    count: int
    then: str


@dataclass(frozen=True)
class PastMock:
    """A mock beside others; its times are in seconds, `taken` is the answer's."""

    question: int
    started: datetime
    taken: float
    allowed: float
    tries: int
    hints: int
    came_to: str


@dataclass(frozen=True)
class Debrief:
    """What a mock came to.

    Attributes:
        key: the mock's, in the record.
        happened: what happened, as Markdown, section by section.
        spots: what was weak, the worst first.
        past: the latest mocks; this one is the last of them.
    """

    key: str
    question: Question
    level: str
    happened: str
    spots: tuple[WeakSpot, ...]
    past: tuple[PastMock, ...]

    @property
    def title(self) -> str:
        """The question, and what came of it."""
        return f"{self.question.number} · {self.question.title}: {self.came_to}"

    @property
    def came_to(self) -> str:
        """How the mock ended, in a few words."""
        return self.past[-1].came_to

    @property
    def started(self) -> datetime:
        """When the mock began."""
        return self.past[-1].started

    def markdown(self, place: Callable[[WeakSpot], str]) -> str:
        """All of it but the title; `place` links to what is about a weak spot."""
        weak = _bullets(f"{place(spot)}: {spot.what}" for spot in self.spots)
        sections = (
            self.happened,
            _section("Read next", weak or "Nothing was weak."),
            _past_section(self.past),
        )
        return "\n\n".join(sections)


def make_debrief(record: Record, key: str, cards: Mapping[str, Any]) -> Debrief:
    """The debrief of a mock in the record; `cards` are its follow-ups by their keys.

    Raises:
        NotebookError: there is no notebook of its question any more.
    """
    mock, past = record.mocks[key], _past_mocks(record, key)
    question, attempt = questions.read(mock.question), _attempt(record, mock)
    parts = list(_parts(question, mock, attempt, record))
    claims = list(_failed_claims(question.number, attempt))
    asked = [(cards[a.key], a.grade) for a in mock.cards if a.key in cards]
    marks = [
        (about, mock.marks[about], words)
        for about, *words in question.rubric
        if about in mock.marks
    ]
    happened = (
        _table(("Phase", " Taken", " Allowed", "Ended"), _times(mock, past[-1])),
        _table(
            ("Part", "At the end", " Hints opened"),
            [
                (
                    f"`{part.name}`" + ("" if part.asked else f" ({part.kind})"),
                    says,
                    f"{hints} of {len(part.hints)}",
                )
                for part, says, hints in parts
            ],
        ),
        _section(
            "✗ on the way, in order",
            _table(
                (" Tries", "Claim", "Then"),
                [(f.count, f"`{f.part}`: {f.says}", f.then) for f in claims],
            ),
        ),
        _asked_back(question, mock),
        _section(
            "Follow-ups",
            _bullets(
                f"{GRADES[grade - 1] if grade else 'not answered'}: {card.title}"
                for card, grade in asked
            ),
        ),
        _section(
            "Your own marks",
            _bullets(f"{a}: **{MARKS[m - 1]}**, {w[m - 1]}" for a, m, w in marks),
        ),
    )
    spots = [*_weak_parts(question.number, parts, claims)]
    for card, grade in asked:
        if grade in (1, 2):
            says = f"graded “{GRADES[grade - 1]}”"
            heading = card.section.replace("`", "")
            spots.append(WeakSpot(says, headings.FOLLOW_UPS, heading))
    rows = len(question.clarifying)
    if mock.is_told and (missed := rows - len(mock.had)):
        says = f"{missed} of {rows} not asked back"
        spots.append(WeakSpot(says, headings.QUESTION, headings.QUESTION))
    if weak := ", ".join(about for about, mark, _ in marks if mark == 1):
        says = f"weak by your own mark: {weak}"
        spots.append(WeakSpot(says, headings.RUBRIC, headings.RUBRIC))
    return Debrief(
        key=key,
        question=question,
        level=mock.level,
        happened="\n\n".join(filter(None, happened)),
        spots=_merged(spots),
        past=past,
    )


def _attempt(record: Record, mock: Mock) -> Attempt:
    return record.of(mock.question).attempts.get(mock.attempt, Attempt())


def _times(mock: Mock, past: PastMock) -> Iterator[Sequence[object]]:
    """Rows for each phase: seconds on the mock's own clock, pauses left out."""
    for phase in PHASES[:-1]:
        allowed, taken = mock.allowed.get(phase), mock.seconds.get(phase)
        if phase == "answer" and taken is not None:
            taken = past.taken
        outcome = mock.outcomes.get(phase, "")
        yield (
            TITLES[phase],
            "–" if taken is None else clock.minutes(taken),
            "" if allowed is None else f"{allowed:g} min",
            "given up" if mock.given_up == phase else _ENDED.get(outcome, outcome),
        )


def _parts(
    question: Question, mock: Mock, attempt: Attempt, record: Record
) -> Iterator[tuple[Part, str, int]]:
    """The parts that a mock asks for: how each ended, and how many hints were open."""
    hints = mock.opened(record.of(mock.question).hints)
    for part in question.parts:
        phase = "answer" if part.asked else part.kind
        if phase not in PHASES:
            continue
        if part.name in attempt.passed:
            says = _RIGHT
        elif phase not in mock.seconds:
            says = _UNREACHED
        else:
            says = _JUDGED[mock.judged.get(part.name)]
        yield part, says, hints.get(part.name, 0)


def _failed_claims(number: int, attempt: Attempt) -> Iterator[_FailedClaim]:
    """The claims that failed, in the order in which they were first met."""
    for failure in attempt.failed:
        of_part = [f.last for f in attempt.failed if f.part == failure.part]
        # A check stops at the first claim of a part that fails, so only the claim that
        # failed last can still be failing.
        if failure.part in attempt.passed:
            then = _GONE
        else:
            then = _STILL_THERE if failure.last == max(of_part) else "not met again"
        part, claim = map(weak_spots.one_line, (failure.part, failure.claim))
        says = weak_spots.sentence(number, claim)
        yield _FailedClaim(part, claim, says, failure.count, then)


def _asked_back(question: Question, mock: Mock) -> str:
    asked = [(line, line in mock.had) for line, _ in question.clarifying]
    had = sum(was for _, was in asked)
    lines = [f"You noted: {_literally(note)}" for note in mock.notes]
    lines += [f"{'✓' if was else '–'} {line}" for line, was in asked]
    return _section(f"Asked back: {had} of {len(asked)}", _bullets(lines))


def _weak_parts(
    number: int, parts: Iterable[tuple[Part, str, int]], claims: list[_FailedClaim]
) -> Iterator[WeakSpot]:
    """The parts that aren't right, and the claims that failed, the worst first."""
    still_there = {f.part for f in claims if f.then == _STILL_THERE}
    failed = [
        (part.name, "", says)
        for part, says, _ in parts
        if says not in (_RIGHT, _UNREACHED) and part.name not in still_there
    ]
    # Claims that still fail come first; of the others those that failed most often.
    claims = sorted(claims, key=lambda f: (f.then != _STILL_THERE, -f.count))
    failed += [(f.part, f.claim, f.says) for f in claims]
    for part, claim, says in failed:
        if there := weak_spots.place(number, part, claim):
            yield WeakSpot(f"{part}: {says}", there.section, there.title)


def _merged(spots: Iterable[WeakSpot]) -> tuple[WeakSpot, ...]:
    """Each heading once, where the first spot has it, with all that it explains."""
    found: dict[str, list[WeakSpot]] = {}
    for spot in spots:
        found.setdefault(spot.heading, []).append(spot)
    return tuple(
        replace(there[0], what="; ".join(dict.fromkeys(s.what for s in there)))
        for there in found.values()
    )


def _past_mocks(record: Record, key: str) -> tuple[PastMock, ...]:
    """The latest mocks up to this one, the first first."""
    known, latest = study_notebooks.numbers(), record.mocks[key]
    mocks = [
        mock
        for name, mock in record.mocks.items()
        if mock.ended and mock.question in known and mock.started <= latest.started
        if name != key
    ]
    mocks.sort(key=lambda mock: mock.started)
    return tuple(_past_mock(record, m) for m in [*mocks, latest][-MOST_EARLIER:])


def _past_mock(record: Record, mock: Mock) -> PastMock:
    question, attempt = questions.read(mock.question), _attempt(record, mock)
    done = sum(name in attempt.passed for name in question.asked)
    came_to = f"{done} of {len(question.asked)} parts right"
    if done == len(question.asked):
        came_to = "passed"
    elif mock.given_up:
        came_to = "given up"
    # An answer that passed has the time that the list of questions shows.
    taken = attempt.seconds_of(question.asked)
    if taken is None or mock.outcomes.get("answer") != "passed":
        taken = mock.seconds.get("answer", 0.0)
    return PastMock(
        question=mock.question,
        started=mock.started,
        taken=taken,
        allowed=mock.allowed.get("answer", question.minutes) * 60,
        tries=sum(failure.count for failure in attempt.failed),
        hints=sum(mock.opened(record.of(mock.question).hints).values()),
        came_to=came_to,
    )


def _past_section(past: Sequence[PastMock]) -> str:
    rows = [
        (
            f"{one.started.astimezone():%d %b, %H:%M}",
            one.question,
            f"{clock.minutes(one.taken)} of {one.allowed / 60:g} min",
            one.tries,
            one.hints,
            one.came_to,
        )
        for one in past
    ]
    columns = ("Begun", " Question", " Answer", " ✗", " Hints", "Came to")
    title = "Your mocks so far" if len(past) > 1 else "Your first mock"
    return _section(title, _table(columns, rows))


# Markdown.


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}" if text else ""


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a column whose title begins with a space holds numbers."""
    rows = list(rows)
    if not rows:
        return ""
    lines = [
        [title.strip() for title in columns],
        ["--:" if title.startswith(" ") else "---" for title in columns],
        *([str(cell).replace("|", "\\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _literally(text: str) -> str:
    """What a learner typed, so that no sign in it means anything in Markdown."""
    return re.sub(r"([\\`*_~$\[\]<>&!|])", r"\\\1", text)
