"""The learner's record: when a clock started, what passed, how long it took.

One small JSON file beside the practice copies. It is replaced as a whole, so that a
crash in mid-write leaves the old one; a lock keeps two programs that write at once
apart; a file that isn't a record is kept aside, never overwritten.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
from filelock import FileLock, Timeout

from interview import folders

NAME = "progress.json"
# A clock left running longer than this belongs to another day.
LONGEST = timedelta(hours=6)
LOCK_SECONDS = 10

_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"}
_ATTEMPT = {
    "type": "object",
    "properties": {
        "started": _TIME,
        "passed": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["at", "seconds"],
                "properties": {
                    "at": _TIME,
                    "seconds": {"type": ["number", "null"], "minimum": 0},
                },
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["version", "questions"],
    "properties": {
        "version": {"const": 1},
        "questions": {
            "type": "object",
            "patternProperties": {
                r"^[1-9]\d*$": {
                    "type": "object",
                    "properties": {
                        "attempts": {
                            "type": "object",
                            "patternProperties": {r"^[1-9]\d*$": _ATTEMPT},
                            "additionalProperties": False,
                        },
                        "hints": {
                            "type": "object",
                            "additionalProperties": {"type": "integer", "minimum": 0},
                        },
                    },
                }
            },
            "additionalProperties": False,
        },
    },
}


class ProgressError(Exception):
    """The record can't be read or written; the message says what to do."""


class NotARecord(ValueError):
    """A file that isn't a record of progress; the message says why."""


@dataclass(frozen=True)
class Clock:
    """A running clock: `started` in UTC, and whether it was running before."""

    started: datetime
    resumed: bool


@dataclass(frozen=True)
class Passed:
    """A part that passed: seconds on the clock, None without a clock."""

    seconds: float | None
    first: bool


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with one question.

    Attributes:
        state: "new", "started", or "passed" once every asked part has.
        parts: for each part that passed in the latest attempt its seconds, or None.
        best_seconds: the fastest attempt in which all asked parts passed.
        started: when the latest attempt's clock started.
        hints: how many hints `interview hint` has shown, by part.
    """

    state: str
    parts: dict[str, float | None]
    best_seconds: float | None
    started: datetime | None
    hints: dict[str, int]


def path() -> Path:
    """Where the record is, or would be."""
    return folders.HERE.practice / NAME


def load() -> tuple[dict[str, Any], str | None]:
    """The record, and a line to show if a broken file was kept aside.

    Raises:
        ProgressError: the file can't be read, or another program holds it.
    """
    if not path().exists():
        return _empty(), None
    with _locked():
        return _read()


def parse(text: str) -> dict[str, Any]:
    """The record in a text.

    Raises:
        NotARecord: it isn't JSON, or not of the form that is written here.
    """
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotARecord(f"it isn't JSON ({error})") from None
    try:
        jsonschema.validate(record, SCHEMA)
    except jsonschema.ValidationError as error:
        place = "/".join(map(str, error.absolute_path)) or "the top"
        raise NotARecord(f"at {place}: {error.message[:120]}") from None
    for question in record["questions"].values():
        for attempt in question.get("attempts", {}).values():
            for time in _times(attempt):
                try:
                    _when(time)
                except ValueError:
                    raise NotARecord(f"{time!r} isn't a time") from None
    return record


def start_clock(
    number: int, attempt: int, *, restart: bool = False
) -> tuple[Clock, str | None]:
    """Start the clock of an attempt, or go on with one that is running.

    A clock that was started over six hours ago starts anew.

    Returns:
        The clock, and a line to show if a broken file was kept aside.
    """
    now = datetime.now(UTC)
    with _changing() as (record, aside):
        entry = _attempt(record, number, attempt)
        started = _when(entry["started"]) if "started" in entry else None
        running = started is not None and timedelta(0) <= now - started < LONGEST
        if restart or not running:
            entry["started"] = now.isoformat(timespec="seconds")
            started = _when(entry["started"])
        return Clock(started, running and not restart), aside


def record_pass(number: int, attempt: int, name: str) -> Passed:
    """Note that a part passed; a part that passed before keeps its first time."""
    now = datetime.now(UTC)
    with _changing() as (record, _):
        entry = _attempt(record, number, attempt)
        passed = entry.setdefault("passed", {})
        if name in passed:
            return Passed(passed[name]["seconds"], False)
        seconds = None
        if "started" in entry:
            # A clock of another day says nothing; nor does one from the future.
            taken = now - _when(entry["started"])
            if timedelta(0) <= taken < LONGEST:
                seconds = round(taken.total_seconds(), 1)
        passed[name] = {"seconds": seconds, "at": now.isoformat(timespec="seconds")}
        return Passed(seconds, True)


def record_hint(number: int, name: str, shown: int) -> None:
    """Note that the hints of a part have been shown up to the `shown`-th."""
    with _changing() as (record, _):
        question = record["questions"].setdefault(str(number), {})
        hints = question.setdefault("hints", {})
        hints[name] = max(shown, hints.get(name, 0))


def standing(
    record: dict[str, Any], number: int, asked: tuple[str, ...], has_copy: bool
) -> Standing:
    """Where a learner stands with a question.

    Args:
        record: what `load` or `parse` returned.
        number: the question.
        asked: names of the parts that must pass.
        has_copy: whether there is a practice copy.
    """
    question = record["questions"].get(str(number), {})
    attempts = question.get("attempts", {})
    full = [
        entry["passed"]
        for entry in attempts.values()
        if asked and set(asked) <= set(entry.get("passed", {}))
    ]
    times = [
        max(passed[name]["seconds"] for name in asked)
        for passed in full
        if all(passed[name]["seconds"] is not None for name in asked)
    ]
    latest = attempts[max(attempts, key=int)] if attempts else {}
    parts = {n: entry["seconds"] for n, entry in latest.get("passed", {}).items()}
    begun = has_copy or bool(attempts)
    return Standing(
        state="passed" if full else "started" if begun else "new",
        parts=parts,
        best_seconds=min(times, default=None),
        started=_when(latest["started"]) if "started" in latest else None,
        hints=dict(question.get("hints", {})),
    )


def latest_attempt(record: dict[str, Any], number: int) -> int:
    """The number of the latest attempt at a question, 1 if there is none."""
    attempts = record["questions"].get(str(number), {}).get("attempts", {})
    return max(map(int, attempts), default=1)


def _empty() -> dict[str, Any]:
    return {"version": 1, "questions": {}}


def _attempt(record: dict[str, Any], number: int, attempt: int) -> dict[str, Any]:
    question = record["questions"].setdefault(str(number), {})
    return question.setdefault("attempts", {}).setdefault(str(attempt), {})


def _times(attempt: dict[str, Any]) -> list[str]:
    started = [attempt["started"]] if "started" in attempt else []
    return started + [entry["at"] for entry in attempt.get("passed", {}).values()]


def _when(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


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
        raise ProgressError(
            f"{path()} can't be read or written ({error.strerror}); nothing was "
            f"recorded."
        ) from None


@contextmanager
def _changing() -> Iterator[tuple[dict[str, Any], str | None]]:
    """The record to change in place; it is written when the block ends."""
    with _locked():
        record, aside = _read()
        yield record, aside
        _write(record)


def _read() -> tuple[dict[str, Any], str | None]:
    try:
        text = path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return _empty(), None
    except UnicodeDecodeError:
        return _empty(), _keep_aside("it isn't text")
    try:
        return parse(text), None
    except NotARecord as error:
        return _empty(), _keep_aside(str(error))


def _keep_aside(reason: str) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for count in range(1, 1000):
        target = path().with_name(f"progress-broken-{stamp}-{count}.json")
        if not target.exists():
            break
    path().rename(target)
    return (
        f"{NAME} couldn't be read as a record of progress: {reason}. It is kept as "
        f"{target.name}, and a new one begins."
    )


def _write(record: dict[str, Any]) -> None:
    """Replace the file in one step: a crash leaves the old one or the new one."""
    handle, temporary = tempfile.mkstemp(dir=path().parent, prefix=f".{NAME}.")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path())
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
