"""What a check of a file comes to: how the question stands, and what was recorded."""

from pathlib import Path

from interview.judging.judge import Verdict
from interview.practising import clock
from interview.questions import Question


def sum_up(question: Question, file: Path, verdict: Verdict) -> tuple[list[str], str]:
    """Record what came of a file, and say how it stands: time, and parts passed.

    Returns:
        The lines to show, and one more if nothing was recorded.
    """
    after, trouble = clock.record_checked_file(
        question.number, file, verdict.passed, verdict.claims
    )
    total = len(question.asked)
    done = sum(name in verdict.passed for name in question.asked)
    right = done == total
    says = "passed" if right else f"{done} of {total} parts right"
    lines = [f"{'✓' if right else '·'} question {question.number}: {says}{after}"]
    lines += [
        f"· {part.name} ({part.kind}) isn't right yet; the question counts what it "
        f"asks for"
        for part in question.parts
        if part.name in verdict.failed and not part.asked
    ]
    return lines, trouble
