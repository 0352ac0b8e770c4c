"""A mock's own clock: the time that it ran, phase by phase, without its pauses."""

from datetime import datetime, timedelta

from interview.practising.record_models import Mock, Record

CODING = ("answer", "second round")
# How often the clock is looked after while a mock is shown.
HEARTBEAT = timedelta(seconds=10)
# A clock that nobody has looked after for longer stood still meanwhile: the computer
# slept, or the program was ended.
LONGEST_GAP = timedelta(seconds=60)


def elapsed(mock: Mock, now: datetime) -> float:
    """Seconds of the phase until now."""
    return mock.seconds.get(mock.phase, 0.0) + _since(mock, now)


def face(seconds: float) -> str:
    """A time as a clock shows it: "03:12"."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


def count(mock: Mock, now: datetime) -> None:
    """Add what ran until now, if the clock runs."""
    if mock.seen is not None:
        mock.seconds[mock.phase] = round(elapsed(mock, now), 1)
        mock.seen = now


def is_due(mock: Mock, now: datetime) -> bool:
    """Whether the clock runs and is to be looked after."""
    return mock.seen is not None and now - mock.seen >= HEARTBEAT


def set_copy_clock(mock: Mock, record: Record, now: datetime) -> None:
    """Let the copy's clock show the time that the coding has taken without pauses.

    What passes in the copy is recorded with the time on that clock.
    """
    if mock.phase not in CODING or mock.attempt is None:
        return
    taken = sum(mock.seconds.get(phase, 0.0) for phase in CODING)
    attempts = record.questions[mock.question].attempts
    started = now.replace(microsecond=0) - timedelta(seconds=round(taken))
    attempts[mock.attempt].started = started


def _since(mock: Mock, now: datetime) -> float:
    """Seconds since the clock was looked after last; 0 if it stood still."""
    if mock.seen is None:
        return 0.0
    gone = now - mock.seen
    return gone.total_seconds() if timedelta(0) <= gone <= LONGEST_GAP else 0.0
