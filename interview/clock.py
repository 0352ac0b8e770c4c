"""The learner's clock in a practice copy: it starts with the first cell."""

from interview import practice, progress, questions
from interview.checks import machinery

_running: tuple[int, int] | None = None


def start(number: int, attempt: int = 1) -> None:
    """Start the clock of a question; from now on checks record what passes.

    A clock that is running goes on: restarting the kernel doesn't give time back.

    Args:
        number: the question.
        attempt: which practice copy this is.

    Raises:
        PracticeError: there is no such question.
    """
    global _running
    question = questions.read(number)
    _running = number, attempt
    if _record not in machinery.observers:
        machinery.observers.append(_record)
    try:
        clock, aside = progress.start_clock(number, attempt)
    except progress.ProgressError as error:
        print(f"The clock can't be kept: {error}")
        return
    if aside:
        print(aside)
    at = f"{clock.started.astimezone():%H:%M}"
    if clock.resumed:
        print(f"The clock is running since {at}. You have {question.minutes} minutes.")
    else:
        print(f"The clock starts at {at}. You have {question.minutes} minutes.")


def minutes(seconds: float) -> str:
    """A time as people say it: "45 s", "12 min 30 s", "1 h 05 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def _record(name: str) -> None:
    """Print and record that a part passed; what can't be recorded is said."""
    number, attempt = _running
    try:
        question = questions.read(number)
        if name not in {part.name for part in question.parts}:
            return
        passed = progress.record_pass(number, attempt, name)
        record, _ = progress.load()
        at = progress.standing(record, number, question.asked, has_copy=True)
    except (progress.ProgressError, practice.PracticeError) as error:
        machinery.tell(f"✓ {name} passed. It couldn't be recorded: {error}")
        return
    machinery.tell(f"✓ {name} passed{_after(passed)}{_of(question, at)}")


def _after(passed: progress.Passed) -> str:
    if passed.seconds is None:
        return ""
    return f" after {minutes(passed.seconds)}" + ("" if passed.first else " (before)")


def _of(question: questions.Question, at: progress.Standing) -> str:
    done = sum(name in at.parts for name in question.asked)
    if done == len(question.asked):
        return f"; question {question.number} is passed."
    return f"; {done} of {len(question.asked)} parts of question {question.number}."
