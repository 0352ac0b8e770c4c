"""A clock that is set by hand, a judge that knows the verdict, a learner who types."""

from datetime import UTC, datetime, timedelta

from interview.judging.judge import Verdict
from interview.practising import record_file
from interview.practising.mock import start
from interview.practising.mock.session import PHASES, MockSession
from interview.remembering.follow_ups import FollowUps

START = datetime(2026, 11, 26, 9, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def spend(session: MockSession, clock: Clock, minutes: float) -> None:
    """Let minutes pass while a front end keeps the mock's clock running."""
    for _ in range(round(minutes * 6)):
        clock.wait(10)
        session.tick()


def judging(*passed: str, claims: dict[str, str] | None = None, **others):
    """A judge that passes these parts and fails these claims."""

    def judge(number, file, show, only=()) -> Verdict:
        for name in passed:
            show(f"✓ {name}: as asked")
        for name, claim in (claims or {}).items():
            show(f"✗ {name}: {claim}")
        failed = dict(claims or {})
        return Verdict(list(passed), list(failed), claims=failed, **others)

    return judge


def write_something(session: MockSession) -> None:
    """Write into the copy, so that it differs from a blank one."""
    session.copy.write_text('{"cells": [], "nbformat": 4}')


def spoil_record() -> None:
    """Nothing can be read from the record any more, nor written."""
    record_file.path().unlink(missing_ok=True)
    record_file.path().mkdir(parents=True)


def mend_record(text: str) -> None:
    """Put a record in place of what `spoil_record` left."""
    record_file.path().rmdir()
    record_file.path().write_text(text)


def pass_parts(session: MockSession, *names: str) -> None:
    """Record what a copy's check cells would; all parts of the phase by default."""
    for name in names or [part.name for part in session.wanted]:
        record_file.record_pass(session.state.question, session.state.attempt, name)
    session.refresh()


def reach(phase: str, clock: Clock, number: int = 4) -> MockSession:
    """A mock that has reached a phase after a minute in each earlier one."""
    session = start.begin(number, "onsite", FollowUps, clock)
    session.go_on()
    for before in PHASES[: PHASES.index(phase)]:
        spend(session, clock, 1)
        if before == "question":
            session.note("How fast?")
            session.tell()
            session.tick_off({3})
            session.begin_answer()
        elif before in ("answer", "second round"):
            session.finish(before, "left")
        elif before == "follow-ups":
            while card := session.card():
                session.grade(card.key, 3)
            session.finish(before)
        else:
            while row := session.row():
                session.mark(row[0], 2)
            session.finish(before)
    return session


def typed(*words: str | type[BaseException]):
    """A stand-in for `input`: lines or exceptions in order, then the end of input."""
    left = list(words)

    def ask(prompt: str) -> str:
        ask.prompts.append(prompt)
        if not left:
            raise EOFError
        word = left.pop(0)
        if isinstance(word, str):
            return word
        raise word

    ask.prompts = []
    return ask


class Keys:
    """Keys that a learner presses, one at each request.

    A function in the place of a key is called and no key is pressed. A number is a time
    that passes. When no keys are left, the learner leaves.
    """

    def __init__(self, clock: Clock, *keys) -> None:
        self.clock, self.left = clock, list(keys)

    def __call__(self) -> "Keys":
        return self

    def __enter__(self) -> "Keys":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def get(self, seconds: float) -> str | None:
        key = self.left.pop(0) if self.left else "q"
        if isinstance(key, str):
            return key
        if callable(key):
            key()
            return None
        # The clock stops unless somebody looks at it every few seconds.
        if key > 5:
            self.left.insert(0, key - 5)
        self.clock.wait(min(key, 5))
        return None


def attempt_of(session: MockSession) -> record_file.Attempt:
    record, _ = record_file.load()
    return record.of(session.state.question).attempts[session.state.attempt]
