"""The learner's record: when a clock started, what passed, how long it took.

One small JSON file beside the practice copies. Reading it never changes it. It is
replaced as a whole, so that a crash in mid-write leaves the old one; a lock keeps two
programs that write at once apart; a file that isn't a record is kept aside before the
first write, never overwritten. What writes raises `ProgressError` where it can't.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from interview import files, folders
from interview.checks import registry
from interview.practising.record_models import (
    Attempt,
    Failure,
    Pass,
    Record,
)

NAME = "progress.json"
VERSION = 1
# A clock left running longer than this belongs to another day.
LONGEST = timedelta(hours=6)
LOCK_SECONDS = 10


class ProgressError(Exception):
    """The record can't be read or written; the message says what to do."""


class NotARecord(ValueError):
    """A text that isn't a record of progress; the message says why."""


@dataclass(frozen=True)
class Clock:
    """A running clock: `started` in UTC, and whether it was running before."""

    started: datetime
    resumed: bool


@dataclass(frozen=True)
class Passed:
    """A part that passed: seconds on the clock when it first did, None without one."""

    seconds: float | None
    first: bool


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with one question.

    Attributes:
        state: "new", "started", or "passed" once every asked part has.
        parts: for each part that passed in the latest attempt its seconds, or None.
        best_seconds: the fastest attempt in which all asked parts passed.
        attempt: the latest attempt; None if there is none.
        started: when the latest attempt's clock started.
        hints: how many hints `interview hint` has shown, by part.
    """

    state: str
    parts: dict[str, float | None]
    best_seconds: float | None
    attempt: int | None
    started: datetime | None
    hints: dict[str, int]


def path() -> Path:
    """Where the record is, or would be."""
    return folders.HERE.practice / NAME


def load() -> tuple[Record, str | None]:
    """The record, an empty one if it can't be read, and a line that says why.

    Nothing is written, so that a folder that can't be written to can be looked at.
    """
    try:
        return _read(), None
    except NotARecord as error:
        return _empty(), (
            f"{files.shown(path())} isn't a record of progress: {error}. As soon as "
            f"something is recorded, it is kept aside and a new record begins."
        )
    except OSError as error:
        return _empty(), _unusable(error)


def parse(text: str) -> Record:
    """The record in a text.

    Raises:
        NotARecord: it isn't JSON, or not of the form that is written here.
    """
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotARecord(f"it isn't JSON ({error})") from None
    try:
        return Record.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"])) or "the top"
        says = first["msg"].removeprefix("Value error, ")
        raise NotARecord(f"at {place}: {says[:120]}") from None


def start_clock(number: int, attempt: int) -> tuple[Clock, str | None]:
    """Start the clock of an attempt, or go on with one that is running.

    A clock that was started over six hours ago starts anew.

    Returns:
        The clock, and a line to show if a broken file was kept aside.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with changing() as (record, aside):
        entry = record.attempt(number, attempt)
        running = entry.started and timedelta(0) <= now - entry.started < LONGEST
        if not running:
            entry.started = now
        return Clock(entry.started, bool(running)), aside


def reset_clock(number: int, attempt: int) -> str | None:
    """Let the clock of an attempt start anew when it's next started.

    Only for an attempt in which nothing has passed: what has passed keeps the time of
    the clock that ran then.

    Returns:
        A line to show if a broken file was kept aside.
    """
    with changing() as (record, aside):
        record.attempt(number, attempt).started = None
        return aside


def record_pass(number: int, attempt: int, name: str) -> Passed:
    """Note that a part passed; a part that passed before keeps its first time."""
    now = datetime.now(UTC)
    with changing() as (record, _):
        entry = record.attempt(number, attempt)
        if name in entry.passed:
            return Passed(entry.passed[name].seconds, False)
        seconds = None
        if entry.started:
            # A clock of another day says nothing; nor does one from the future.
            taken = now - entry.started
            if timedelta(0) <= taken < LONGEST:
                seconds = round(taken.total_seconds(), 1)
        at = now.replace(microsecond=0)
        entry.passed[name] = Pass.model_construct(seconds=seconds, at=at)
        return Passed(seconds, True)


def record_failures(number: int, attempt: int, claims: Mapping[str, str]) -> None:
    """Note for each part that failed the id of the claim that doesn't hold."""
    now = datetime.now(UTC).replace(microsecond=0)
    with changing() as (record, _):
        failed = record.attempt(number, attempt).failed
        for part, claim in claims.items():
            met = (f for f in failed if (f.part, f.claim) == (part, claim))
            if (known := next(met, None)) is None:
                new = {"part": part, "claim": claim, "count": 0, "first": now}
                known = Failure.model_construct(**new)
                failed.append(known)
            known.count, known.last = known.count + 1, now


def record_hint(number: int, name: str, shown: int) -> None:
    """Note that the hints of a part have been shown up to the `shown`-th."""
    with changing() as (record, _):
        record.open_hint(number, name, shown)


def standing(
    record: Record, number: int, asked: tuple[str, ...], has_copy: bool
) -> Standing:
    """Where a learner stands with a question, which asks for these parts."""
    question = record.of(number)
    number_of_latest = max(question.attempts, default=None)
    latest = question.attempts.get(number_of_latest, Attempt())
    state = "started" if has_copy or question.attempts else "new"
    return Standing(
        state="passed" if question.is_passed(asked) else state,
        parts={name: entry.seconds for name, entry in latest.passed.items()},
        best_seconds=question.best_seconds(asked),
        attempt=number_of_latest,
        started=latest.started,
        hints=dict(question.hints),
    )


def not_passed(record: Record) -> list[int]:
    """The questions that haven't been passed yet."""
    return [
        number
        for number in registry.numbers()
        if not record.of(number).is_passed(registry.of(number).asked)
    ]


def _empty() -> Record:
    return Record(version=VERSION, questions={})


def _unusable(error: OSError) -> str:
    return (
        f"{files.shown(path())} can't be read or written ({error.strerror}); nothing "
        f"is recorded."
    )


@contextmanager
def changing() -> Iterator[tuple[Record, str | None]]:
    """The record to change in place; it is written when the block ends.

    Yields:
        The record, and a line to show if a broken file was kept aside.
    """
    lock = FileLock(path().with_name(f".{NAME}.lock"), timeout=LOCK_SECONDS)
    try:
        folders.HERE.practice.mkdir(parents=True, exist_ok=True)
        with lock:
            try:
                record, aside = _read(), None
            except NotARecord as error:
                record, aside = _empty(), _keep_aside(str(error))
            yield record, aside
            text = record.model_dump_json(indent=1, exclude_defaults=True)
            files.write(path(), text + "\n")
    except Timeout:
        raise ProgressError(
            f"Another program has held {NAME} for {LOCK_SECONDS} s. Close what writes "
            f"to it, and try again."
        ) from None
    except OSError as error:
        raise ProgressError(_unusable(error)) from None


def _read() -> Record:
    try:
        return parse(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _empty()
    except UnicodeDecodeError:
        raise NotARecord("it isn't text") from None


def _keep_aside(reason: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    target = path().with_name(f"progress-broken-{stamp}.json")
    path().rename(target)
    return (
        f"{NAME} isn't a record of progress: {reason}. It is kept as {target.name}, "
        f"and a new one begins."
    )
