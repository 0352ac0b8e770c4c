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
    """Minutes in which a front looks after the mock's clock."""
    for _ in range(round(minutes * 6)):
        clock.wait(10)
        session.tick()


def judging(*passed: str, claims: dict[str, str] | None = None, **others):
    """A judge that finds these parts right, and these claims not to hold."""

    def judge(number, file, show) -> Verdict:
        for name in passed:
            show(f"✓ {name}: as asked")
        for name, claim in (claims or {}).items():
            show(f"✗ {name}: {claim}")
        failed = dict(claims or {})
        return Verdict(list(passed), list(failed), claims=failed, **others)

    return judge


def write_something(session: MockSession) -> None:
    """Work in the copy, so that it isn't as it was given out."""
    session.copy.write_text('{"cells": [], "nbformat": 4}')


def pass_parts(session: MockSession, *names: str) -> None:
    """What the check cells of a copy record; all of the phase's parts if none named."""
    for name in names or [part.name for part in session.wanted]:
        record_file.record_pass(session.state.question, session.state.attempt, name)
    session.refresh()


def reach(phase: str, clock: Clock, number: int = 4) -> MockSession:
    """A mock that has come to a phase, a minute in each before it."""
    session = start.begin(number, "onsite", FollowUps, clock)
    session.go_on()
    for before in PHASES[: PHASES.index(phase)]:
        spend(session, clock, 1)
        if before == "question":
            session.note("How fast?")
            session.tell()
            session.tick_off({4})
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
    """What a learner types, line by line, or an exception; then the end of input."""
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
    """Keys that a learner presses, one each time they are asked for.

    A function in place of a key is called, and no key is pressed; a number is a time
    that passes. At the end the learner leaves.
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
        # As long as somebody looks every few seconds, the clock runs.
        if key > 5:
            self.left.insert(0, key - 5)
        self.clock.wait(min(key, 5))
        return None


def attempt_of(session: MockSession) -> record_file.Attempt:
    record, _ = record_file.load()
    return record.of(session.state.question).attempts[session.state.attempt]
