"""The learner's record: when a clock started, what passed, how long it took.

One small JSON file beside the practice copies. Reading it never changes it. It is
replaced as a whole, so that a crash in mid-write leaves the old one; a lock keeps two
programs that write at once apart; a file that isn't a record is kept aside before the
first write, never overwritten.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from interview import files, folders
from interview.checks import registry
from interview.practising.record_models import (
    LONGEST_CLAIM,
    Attempt,
    Attempts,
    Failure,
    Memory,
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
        return _with_ids(Record.model_validate(raw))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = "/".join(map(str, first["loc"])) or "the top"
        says = first["msg"].removeprefix("Value error, ")
        raise NotARecord(f"at {place}: {says[:120]}") from None


def _with_ids(record: Record) -> Record:
    """A record whose failures have claim ids, where an earlier edition wrote sentences.

    A sentence of no claim that there is now stays as it is.
    """
    known = set(registry.numbers())
    for number, question in record.questions.items():
        for attempt in question.attempts.values() if number in known else ():
            for failure in attempt.failed:
                # An id is a name, a sentence has spaces in it.
                if not failure.claim.isidentifier():
                    failure.claim = registry.claim_id(number, failure.claim)
    return record


def start_clock(number: int, attempt: int) -> tuple[Clock, str | None]:
    """Start the clock of an attempt, or go on with one that is running.

    A clock that was started over six hours ago starts anew.

    Returns:
        The clock, and a line to show if a broken file was kept aside.

    Raises:
        ProgressError: the record can't be written.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with changing() as (record, aside):
        entry = _attempt(record, number, attempt)
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

    Raises:
        ProgressError: the record can't be written.
    """
    with changing() as (record, aside):
        _attempt(record, number, attempt).started = None
        return aside


def record_pass(number: int, attempt: int, name: str) -> Passed:
    """Note that a part passed; a part that passed before keeps its first time.

    Raises:
        ProgressError: the record can't be written.
    """
    now = datetime.now(UTC)
    with changing() as (record, _):
        entry = _attempt(record, number, attempt)
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
    """Note which claims a check has found not to hold.

    Args:
        number: the question.
        attempt: which one of it.
        claims: for each part that failed, the claim's id.

    Raises:
        ProgressError: the record can't be written.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    with changing() as (record, _):
        failed = _attempt(record, number, attempt).failed
        for part, said in claims.items():
            # A longer claim couldn't be read back.
            claim = said[:LONGEST_CLAIM]
            for known in failed:
                if (known.part, known.claim) == (part, claim):
                    known.count, known.last = known.count + 1, now
                    break
            else:
                new = {"part": part, "claim": claim, "count": 1}
                failed.append(Failure.model_construct(**new, first=now, last=now))


def record_hint(number: int, name: str, shown: int) -> None:
    """Note that the hints of a part have been shown up to the `shown`-th.

    Raises:
        ProgressError: the record can't be written.
    """
    with changing() as (record, _):
        hints = record.questions.setdefault(number, Attempts()).hints
        hints[name] = max(shown, hints.get(name, 0))


def record_review(
    number: int, key: str, review: Callable[[Memory | None], Memory]
) -> tuple[Memory, str | None]:
    """Note that a card was graded.

    Args:
        number: the question.
        key: the card's, within the question.
        review: from what is known of the card when it's written, None for a new one,
            to what is known now; another program may have graded it in between.

    Returns:
        What is known of the card now, and a line if a broken file was kept aside.

    Raises:
        ProgressError: the record can't be written.
    """
    with changing() as (record, aside):
        cards = record.questions.setdefault(number, Attempts()).cards
        cards[key] = review(cards.get(key))
        return cards[key], aside


def standing(
    record: Record, number: int, asked: tuple[str, ...], has_copy: bool
) -> Standing:
    """Where a learner stands with a question.

    Args:
        record: what `load` or `parse` returned.
        number: the question.
        asked: names of the parts that must pass.
        has_copy: whether there is a practice copy.
    """
    question = record.of(number)
    attempts = question.attempts.values()
    is_passed = any(asked and set(asked) <= set(entry.passed) for entry in attempts)
    times = [entry.seconds_of(asked) for entry in attempts]
    number_of_latest = max(question.attempts, default=None)
    latest = question.attempts.get(number_of_latest, Attempt())
    begun = has_copy or bool(question.attempts)
    return Standing(
        state="passed" if is_passed else "started" if begun else "new",
        parts={name: entry.seconds for name, entry in latest.passed.items()},
        best_seconds=min((t for t in times if t is not None), default=None),
        attempt=number_of_latest,
        started=latest.started,
        hints=dict(question.hints),
    )


def latest_attempt(record: Record, number: int) -> int:
    """The number of the latest attempt at a question, 1 if there is none."""
    return max(record.of(number).attempts, default=1)


def _empty() -> Record:
    return Record(version=VERSION, questions={})


def _attempt(record: Record, number: int, attempt: int) -> Attempt:
    question = record.questions.setdefault(number, Attempts())
    return question.attempts.setdefault(attempt, Attempt())


def _unusable(error: OSError) -> str:
    return (
        f"{files.shown(path())} can't be read or written ({error.strerror}); nothing "
        f"is recorded."
    )


@contextmanager
def _locked() -> Iterator[None]:
    try:
        folders.HERE.practice.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path().with_name(f".{NAME}.lock"), timeout=LOCK_SECONDS)
        with lock:
            yield
    except Timeout:
        raise ProgressError(
            f"Another program has held {NAME} for {LOCK_SECONDS} s. Close what writes "
            f"to it, and try again."
        ) from None
    except OSError as error:
        raise ProgressError(_unusable(error)) from None


@contextmanager
def changing() -> Iterator[tuple[Record, str | None]]:
    """The record to change in place; it is written when the block ends.

    Yields:
        The record, and a line to show if a broken file was kept aside.

    Raises:
        ProgressError: the record can't be written.
    """
    with _locked():
        try:
            record, aside = _read(), None
        except NotARecord as error:
            record, aside = _empty(), _keep_aside(str(error))
        yield record, aside
        text = record.model_dump_json(indent=1, exclude_defaults=True)
        files.write(path(), text + "\n")


def _read() -> Record:
    try:
        return parse(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return _empty()
    except UnicodeDecodeError:
        raise NotARecord("it isn't text") from None


def _keep_aside(reason: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for count in range(1, 1000):
        target = path().with_name(f"progress-broken-{stamp}-{count}.json")
        if not target.exists():
            break
    path().rename(target)
    return (
        f"{NAME} isn't a record of progress: {reason}. It is kept as {target.name}, "
        f"and a new one begins."
    )
