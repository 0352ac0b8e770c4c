"""What a mock interview came to, from the record, as Markdown for every front."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from interview import headings, questions, study_notebooks
from interview.practising import clock, weak_spots
from interview.practising.mock.session import MARKS, PHASES, TITLES
from interview.practising.record_models import GRADES, Attempt, Mock, Record
from interview.questions import Question

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


@dataclass(frozen=True)
class PastMock:
    """A mock beside others; its times are in seconds."""

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
        question: what it asked.
        level: whose follow-ups it asked.
        started: when it began.
        came_to: how it ended, in a few words.
        happened: what happened, as Markdown, section by section.
        spots: what was weak, the worst first.
        past: the latest mocks; this one is the last of them.
    """

    key: str
    question: Question
    level: str
    started: datetime
    came_to: str
    happened: str
    spots: tuple[WeakSpot, ...]
    past: tuple[PastMock, ...]

    @property
    def title(self) -> str:
        """The question, and what came of it."""
        return f"{self.question.number} · {self.question.title}: {self.came_to}"

    def markdown(self, place: Callable[[WeakSpot], str]) -> str:
        """All of it but the title.

        Args:
            place: how the section about a weak spot is named, with a link where links
                work.
        """
        weak = _bullets(f"{place(spot)}: {spot.what}" for spot in self.spots)
        sections = (
            self.happened,
            _section("Read next", weak or "Nothing was weak."),
            _past_section(self.past),
        )
        return "\n\n".join(sections)


def make_debrief(record: Record, key: str, cards: Mapping[str, Any]) -> Debrief:
    """The debrief of a mock in the record.

    Args:
        record: the learner's.
        key: the mock's.
        cards: the follow-ups of the mock's question, by their keys.

    Raises:
        NotebookError: there is no notebook of its question any more.
    """
    mock = record.mocks[key]
    question, attempt = questions.read(mock.question), _attempt(record, mock)
    parts = _parts(question, mock, record)
    claims = _failed_claims(attempt)
    asked = [(cards[a.key], a.grade) for a in mock.cards if a.key in cards]
    marks = [
        (about, mock.marks[about], words)
        for about, *words in question.rubric
        if about in mock.marks
    ]
    happened = (
        _table(
            ("Phase", " Taken", " Allowed", "Ended"), _times(mock, attempt, question)
        ),
        _table(("Part", "At the end", " Hints opened"), _part_rows(parts)),
        _section(
            "✗ on the way, in order",
            _table(
                (" Tries", "Claim", "Then"),
                [
                    (
                        n,
                        f"`{part}`: {weak_spots.sentence(question.number, claim)}",
                        then,
                    )
                    for part, claim, n, then in claims
                ],
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
    weak = [about for about, mark, _ in marks if mark == 1]
    return Debrief(
        key=key,
        question=question,
        level=mock.level,
        started=mock.started,
        came_to=_came_to(mock, attempt, question),
        happened="\n\n".join(filter(None, happened)),
        spots=_merged(_weak_spots(question, mock, parts, claims, asked, weak)),
        past=_past_mocks(record, key),
    )


def _attempt(record: Record, mock: Mock) -> Attempt:
    return record.of(mock.question).attempts.get(mock.attempt, Attempt())


def _came_to(mock: Mock, attempt: Attempt, question: Question) -> str:
    done = sum(name in attempt.passed for name in question.asked)
    if done == len(question.asked):
        return "passed"
    return (
        "given up" if mock.given_up else f"{done} of {len(question.asked)} parts right"
    )


def _answer_seconds(mock: Mock, attempt: Attempt, question: Question) -> float | None:
    """What the answer took; if it passed, the time that the list of questions shows."""
    passed = mock.outcomes.get("answer") == "passed"
    taken = attempt.seconds_of(question.asked) if passed else None
    return mock.seconds.get("answer") if taken is None else taken


def _times(
    mock: Mock, attempt: Attempt, question: Question
) -> Iterator[Sequence[object]]:
    """Rows for each phase: seconds on the mock's own clock, pauses left out."""
    seconds = {**mock.seconds}
    if (answer := _answer_seconds(mock, attempt, question)) is not None:
        seconds["answer"] = answer
    for phase in PHASES[:-1]:
        taken, allowed = seconds.get(phase), mock.allowed.get(phase)
        outcome = mock.outcomes.get(phase, "")
        yield (
            TITLES[phase],
            "–" if taken is None else clock.minutes(taken),
            "" if allowed is None else f"{allowed:g} min",
            "given up" if mock.given_up == phase else _ENDED.get(outcome, outcome),
        )


def _parts(
    question: Question, mock: Mock, record: Record
) -> list[tuple[questions.Part, str, int]]:
    """The parts that a mock asks for: how each ended, and how many hints were open."""
    passed = _attempt(record, mock).passed
    hints = mock.opened(record.of(mock.question).hints)
    found = []
    for part in question.parts:
        phase = "answer" if part.asked else part.kind
        if phase not in PHASES:
            continue
        if part.name in passed:
            says = _RIGHT
        elif phase not in mock.seconds:
            says = _UNREACHED
        else:
            says = _JUDGED[mock.judged.get(part.name)]
        found.append((part, says, hints.get(part.name, 0)))
    return found


def _part_rows(
    parts: Iterable[tuple[questions.Part, str, int]],
) -> Iterator[Sequence[object]]:
    for part, says, hints in parts:
        kind = "" if part.asked else f" ({part.kind})"
        yield f"`{part.name}`{kind}", says, f"{hints} of {len(part.hints)}"


def _failed_claims(attempt: Attempt) -> list[tuple[str, str, int, str]]:
    """Part, claim id, how often it failed and what became of it, in the order met."""
    found = []
    for failure in attempt.failed:
        of_part = [f.last for f in attempt.failed if f.part == failure.part]
        # A check stops at the first claim of a part that fails, so only the claim that
        # failed last can still be failing.
        if failure.part in attempt.passed:
            then = _GONE
        else:
            then = _STILL_THERE if failure.last == max(of_part) else "not met again"
        part, claim = (weak_spots.one_line(t) for t in (failure.part, failure.claim))
        found.append((part, claim, failure.count, then))
    return found


def _asked_back(question: Question, mock: Mock) -> str:
    asked = [(line, line in mock.had) for line, _ in question.clarifying]
    had = sum(was for _, was in asked)
    lines = [f"You noted: {_literally(note)}" for note in mock.notes]
    lines += [f"{'✓' if was else '–'} {line}" for line, was in asked]
    return _section(f"Asked back: {had} of {len(asked)}", _bullets(lines))


def _weak_spots(
    question: Question,
    mock: Mock,
    parts: Iterable[tuple[questions.Part, str, int]],
    claims: Sequence[tuple[str, str, int, str]],
    asked: Iterable[tuple[Any, int | None]],
    weak: Sequence[str],
) -> Iterator[WeakSpot]:
    """What was weak, the worst first, each with where it's explained."""
    number = question.number
    met = {part for part, _, _, then in claims if then == _STILL_THERE}
    failed = [
        (part.name, "", says)
        for part, says, _ in parts
        if says not in (_RIGHT, _UNREACHED) and part.name not in met
    ]
    # Claims that still fail come first; of the others those that failed most often.
    failed += [
        (part, claim, weak_spots.sentence(question.number, claim))
        for part, claim, *_ in sorted(
            claims, key=lambda c: (c[3] != _STILL_THERE, -c[2])
        )
    ]
    for part, claim, says in failed:
        if there := weak_spots.place(number, part, claim):
            yield WeakSpot(f"{part}: {says}", there.section, there.title)
    for card, grade in asked:
        if grade in (1, 2):
            heading = card.section.replace("`", "")
            yield WeakSpot(
                f"graded “{GRADES[grade - 1]}”", headings.FOLLOW_UPS, heading
            )
    rows = len(question.clarifying)
    if mock.is_told and (missed := rows - len(mock.had)):
        yield WeakSpot(
            f"{missed} of {rows} not asked back", headings.QUESTION, headings.QUESTION
        )
    if weak:
        what = f"weak by your own mark: {', '.join(weak)}"
        yield WeakSpot(what, headings.RUBRIC, headings.RUBRIC)


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
        for mock in record.mocks.values()
        if mock.ended and mock.question in known and mock.started <= latest.started
    ]
    mocks = [mock for mock in mocks if mock is not latest]
    mocks.sort(key=lambda mock: mock.started)
    found = []
    for mock in [*mocks, latest][-MOST_EARLIER:]:
        question, attempt = questions.read(mock.question), _attempt(record, mock)
        past = PastMock(
            question=mock.question,
            started=mock.started,
            taken=_answer_seconds(mock, attempt, question) or 0.0,
            allowed=mock.allowed.get("answer", question.minutes) * 60,
            tries=sum(failure.count for failure in attempt.failed),
            hints=sum(mock.opened(record.of(mock.question).hints).values()),
            came_to=_came_to(mock, attempt, question),
        )
        found.append(past)
    return tuple(found)


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
