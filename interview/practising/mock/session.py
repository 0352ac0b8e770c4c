"""A whole mock interview: its phases, its clock, what comes next. No screen.

All of it stands in the record of progress, and whatever happens is written there at
once: each front reads it anew, so that a crash loses nothing, and two fronts that show
the same mock agree.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, get_args

from interview import headings, questions
from interview.judging.judge import Verdict
from interview.practising import clock, practice_copies, record_file
from interview.practising.dialogue import utc_now
from interview.practising.mock import timing
from interview.practising.record_models import Asked, Memory, Mock, Phase, Record
from interview.questions import Part, Question

PHASES = get_args(Phase)
TITLES = {
    "question": headings.QUESTION,
    "answer": "Your answer",
    "second round": "The second round",
    "follow-ups": headings.FOLLOW_UPS,
    "rubric": "Your own marks",
    "debrief": "The debrief",
}
MARKS = ("weak", "good", "strong")


class FollowUps(Protocol):
    """What a mock needs to know of its question's cards; `remembering` has it."""

    cards: dict[str, Any]

    def choose(self, level: str, record: Record, now: datetime) -> list[str]:
        """Keys of the cards to ask."""

    def review(self, memory: Memory | None, grade: int, now: datetime) -> Memory:
        """What is known of a card after it was graded, 1 (again) to 4 (easy)."""


class Moved(Exception):
    """The mock isn't in this phase any more: another front has gone on with it."""


class MockSession:
    """One mock, as a front sees it.

    Attributes:
        key: its name in the record.
        question: what it asks.
        state: what the record says of it; as of the last call of a method.
        passed: names of the parts that have passed in its copy.
    """

    def __init__(
        self,
        key: str,
        follow_ups: Callable[[int], FollowUps],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Take up the mock of a key.

        Args:
            key: its name in the record.
            follow_ups: makes the follow-ups of a question from its number.
            now: the clock.

        Raises:
            ProgressError: the record doesn't have it.
        """
        self.key, self.now = key, now
        self._before = False, ""
        self.passed: set[str] = set()
        self._copy_started: datetime | None = None
        self.state: Mock
        self.refresh()
        self.question: Question = questions.read(self.state.question)
        self.follow_ups = follow_ups(self.state.question)

    def refresh(self) -> None:
        """Read the record anew.

        Raises:
            ProgressError: the mock isn't in it.
        """
        record, trouble = record_file.load()
        self._take(record, trouble)

    def _take(self, record: Record, trouble: str | None = None) -> None:
        if self.key not in record.mocks:
            raise record_file.ProgressError(
                trouble or f"The mock {self.key} is no longer in the record."
            )
        self.state = record.mocks[self.key]
        attempts = record.of(self.state.question).attempts
        if self.state.attempt in attempts:
            attempt = attempts[self.state.attempt]
            self.passed, self._copy_started = set(attempt.passed), attempt.started

    @contextmanager
    def _changing(self, phase: str | None = None) -> Iterator[tuple[Mock, Record]]:
        """The mock to change in place; with a phase, only while it's in that one.

        Raises:
            Moved: it isn't.
            ProgressError: the record can't be read or written.
        """
        with record_file.changing() as (record, _):
            self._take(record)
            mock = self.state
            if phase and (mock.phase != phase or mock.ended):
                raise Moved
            timing.count(mock, self.now())
            yield mock, record

    # The clock.

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left of it."""
        return self.state.ended is not None

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still."""
        return self.state.seen is None

    @property
    def is_waiting(self) -> bool:
        """Whether the learner has yet to open the copy: no time of the answer ran."""
        mock = self.state
        return (
            mock.phase == "answer" and self.is_paused and "answer" not in mock.seconds
        )

    @property
    def elapsed(self) -> float:
        """Seconds of this phase on the mock's own clock."""
        return timing.elapsed(self.state, self.now())

    @property
    def allowed(self) -> float | None:
        """Seconds that this phase has; None where nobody counts them."""
        minutes = self.state.allowed.get(self.state.phase)
        return None if minutes is None else minutes * 60

    def tick(self) -> None:
        """Look after the clock, if it's time: what ran until now is kept."""
        if timing.is_due(self.state, self.now()):
            with self._changing():
                pass

    def pause(self) -> None:
        """Let the clock stand still, whatever comes."""
        with self._changing() as (mock, _):
            mock.seen = None

    def go_on(self) -> None:
        """Let the clock run, unless it does, and the copy's own clock with it."""
        with self._changing() as (mock, record):
            if not mock.ended:
                mock.seen = self.now()
                timing.set_copy_clock(mock, record, self.now())

    def begin_answer(self) -> None:
        """Start the clock of the answer: now, or when the copy's first cell ran.

        Raises:
            Moved: it runs already.
            ProgressError: the record can't be written.
        """
        with self._changing("answer") as (mock, record):
            if not self.is_waiting:
                raise Moved
            mock.seen = self.now()
            ran = mock.seen - (self._copy_started or mock.seen)
            mock.seconds["answer"] = max(0.0, ran.total_seconds())
            timing.set_copy_clock(mock, record, mock.seen)

    # From phase to phase.

    def finish(self, phase: str, outcome: str = "done") -> None:
        """End a phase; the next one's clock runs at once, but for the answer's.

        Raises:
            Moved: the mock isn't in it any more.
            ProgressError: the record can't be written.
        """
        coming = PHASES[PHASES.index(phase) + 1]
        attempt = None
        if coming == "answer" and self.state.attempt is None:
            attempt = self._blank_copy()
        with self._changing(phase) as (mock, record):
            mock.outcomes[phase] = outcome
            self._enter(mock, record, coming, attempt)

    def give_up(self) -> None:
        """End the interview here; the debrief is next."""
        with self._changing() as (mock, record):
            if mock.ended or mock.phase == "debrief":
                return
            mock.given_up = mock.phase
            self._enter(mock, record, "debrief")

    def end(self) -> None:
        """Note that the debrief was given."""
        with self._changing("debrief") as (mock, record):
            mock.hints = mock.opened(record.of(mock.question).hints)
            mock.ended = self.now().replace(microsecond=0)
            mock.seen = None

    def _enter(
        self, mock: Mock, record: Record, phase: str, attempt: int | None = None
    ) -> None:
        mock.phase, mock.seen = phase, self.now()
        if attempt and mock.attempt is None:
            mock.attempt = attempt
            there = record.questions.setdefault(mock.question, record_file.Attempts())
            there.attempts.setdefault(attempt, record_file.Attempt()).started = None
        if phase == "follow-ups" and not mock.cards:
            keys = self.follow_ups.choose(mock.level, record, self.now())
            mock.cards = [Asked(key=key) for key in keys]
        # The answer's clock waits until the learner has opened the copy.
        if phase in ("answer", "debrief"):
            mock.seen = None
        else:
            timing.set_copy_clock(mock, record, self.now())

    def _blank_copy(self) -> int:
        """The attempt of a copy that nobody has worked in."""
        number = self.state.question
        attempts = record_file.load()[0].of(number).attempts
        used = {n for n, a in attempts.items() if a.passed or a.failed}
        return practice_copies.attempt_of(
            practice_copies.start_blank_copy(number, used)
        )

    # The question, asked back.

    def note(self, text: str) -> None:
        """Keep what the learner would ask back."""
        with self._changing("question") as (mock, _):
            mock.notes.append(text.strip()[:500])

    def tell(self) -> None:
        """Note that the clarifying questions are shown now."""
        with self._changing("question") as (mock, _):
            mock.is_told = True

    def tick_off(self, rows: set[int]) -> None:
        """Keep which rows of the clarifying questions the learner had, and go on."""
        had = [
            asked for i, (asked, _) in enumerate(self.question.clarifying) if i in rows
        ]
        with self._changing("question") as (mock, _):
            mock.had = had
        self.finish("question")

    # Coding.

    @property
    def copy(self) -> Path:
        """The practice copy that it's about."""
        return practice_copies.copy_path(self.state.question, self.state.attempt)

    @property
    def wanted(self) -> tuple[Part, ...]:
        """The parts that the phase asks for, or for all that an interview does."""
        kinds = {"answer": ("asked",), "second round": ("second round",)}
        kinds = kinds.get(self.state.phase, ("asked", "second round"))
        return tuple(part for part in self.question.parts if part.kind in kinds)

    @property
    def to_judge(self) -> list[str]:
        """The parts that a check of the copy looks at.

        What passed in the first round isn't trained again in the second.
        """
        wanted = [part.name for part in self.wanted]
        asked = [name for name in self.question.asked if name not in wanted]
        return wanted + ([] if set(asked) <= self.passed else asked)

    @property
    def left(self) -> tuple[Part, ...]:
        """Those of them that haven't passed yet."""
        return tuple(part for part in self.wanted if part.name not in self.passed)

    @property
    def is_time_up(self) -> bool:
        """Whether the phase's minutes are over."""
        return self.allowed is not None and self.elapsed >= self.allowed

    def look(self, phase: str) -> str:
        """What a coding phase has come to: "", "passed" or "time".

        It only says so: the caller decides whether to go on.

        Args:
            phase: the one that is shown.

        Raises:
            Moved: another front has gone on.
            ProgressError: the mock isn't in the record.
        """
        self.refresh()
        self.tick()
        if self.state.phase != phase or self.is_over:
            raise Moved
        if self.is_waiting and self._copy_started:
            self.begin_answer()
        if not self.left:
            return "passed"
        return "time" if self.is_time_up and not self.is_paused else ""

    @property
    def how_far(self) -> str:
        """How many of the parts that are wanted have passed, in words."""
        right = len(self.wanted) - len(self.left)
        return f"{right} of {len(self.wanted)} parts right"

    def begin_judging(self) -> str:
        """Stop the clock while the copy is judged.

        Returns:
            Why there is nothing to judge; empty if there is something.
        """
        self._before = self.is_paused, self.state.phase
        self.pause()
        if not practice_copies.is_untouched(self.copy):
            return ""
        unwritten = {part.name: "unwritten" for part in self.left}
        self._end_judging(unwritten)
        return "Nothing is written in the copy yet, as it was saved last."

    def end_judging(self, verdict: Verdict) -> str:
        """Record a verdict as `interview check` does, and let the clock go on.

        Returns:
            A line to show if the copy couldn't be judged, or nothing be recorded.
        """
        # The copy's clock, too, stood still meanwhile.
        with self._changing() as (mock, record):
            timing.set_copy_clock(mock, record, self.now())
        _, trouble = clock.record_checked_file(
            self.state.question, self.copy, verdict.passed, verdict.claims
        )
        kinds = ("missing", "unwritten", "failed", "passed")
        self._end_judging({name: k for k in kinds for name in getattr(verdict, k)})
        return verdict.trouble or trouble

    def _end_judging(self, judged: dict[str, str]) -> None:
        was_paused, phase = self._before
        with self._changing() as (mock, _):
            mock.judged.update(judged)
        self.refresh()
        if not was_paused and self.state.phase == phase:
            self.go_on()

    def hint(self) -> tuple[Part, int] | None:
        """Open the next hint of the first part that is left; None if there is none.

        Returns:
            The part, and which of its hints, counted from 1.
        """
        for part in self.left:
            shown = self.state.hints.get(part.name, 0)
            if shown < len(part.hints):
                break
        else:
            return None
        with self._changing(self.state.phase) as (mock, record):
            shown = mock.hints[part.name] = shown + 1
            there = record.questions.setdefault(mock.question, record_file.Attempts())
            there.hints[part.name] = max(shown, there.hints.get(part.name, 0))
        return part, shown

    # Follow-ups and rubric.

    def card(self) -> Any | None:
        """The follow-up to ask; None if all were answered."""
        for asked in self.state.cards:
            # A card that an update has taken away isn't asked.
            if asked.grade is None and asked.key in self.follow_ups.cards:
                return self.follow_ups.cards[asked.key]
        return None

    def grade(self, key: str, grade: int) -> Memory:
        """Grade a follow-up, 1 (again) to 4 (easy); the card comes back as drilled.

        Raises:
            Moved: another front has graded it, or gone on.
        """
        with self._changing("follow-ups") as (mock, record):
            asked = next(a for a in mock.cards if a.key == key)
            if asked.grade is not None:
                raise Moved
            asked.grade = grade
            there = record.questions.setdefault(mock.question, record_file.Attempts())
            after = self.follow_ups.review(there.cards.get(key), grade, self.now())
            there.cards[key] = after
        return after

    def row(self) -> tuple[str, ...] | None:
        """The row of the rubric to mark; None if all are."""
        rows = self.question.rubric
        return next((row for row in rows if row[0] not in self.state.marks), None)

    def mark(self, about: str, mark: int) -> None:
        """Mark a row of the rubric: 1 (weak), 2 (good) or 3 (strong)."""
        with self._changing("rubric") as (mock, _):
            mock.marks[about] = mark
