"""What learners hand in: records of progress and practice copies, made by hand."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat

from interview import questions, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells, record_file

AT = "2026-11-25T09:00:00+00:00"
FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)


def record(number: int = 4, passed: dict | None = None, failed=()) -> str:
    """A record of one attempt: seconds of the parts that passed, and failures."""
    parts = {name: {"seconds": s, "at": AT} for name, s in (passed or {}).items()}
    attempt = {"started": AT, "passed": parts, "failed": list(failed)}
    return of_attempts({number: {1: attempt}})


def of_attempts(attempts: dict) -> str:
    """A record of the attempts at each question."""
    begun = {number: {"attempts": there} for number, there in attempts.items()}
    return json.dumps({"version": 1, "questions": begun})


def practice_copy(number: int):
    """A fresh practice copy of a question."""
    source = study_notebooks.path_of(number)
    return copy_cells.make_copy(nbformat.read(source, as_version=4), source.name)


def hand_in(folder: Path, count: int = 30) -> None:
    """Write the records of a class, as wrong answers in random order would leave them.

    Each learner has tried some questions.
    """
    rng = random.Random(0)
    for place in range(1, count + 1):
        tried = rng.sample(study_notebooks.numbers(), rng.randint(1, 6))
        attempts = {number: {1: _attempt(rng, number)} for number in tried}
        learner = folder / f"learner-{place:02d}"
        learner.mkdir()
        (learner / record_file.NAME).write_text(of_attempts(attempts))


def _attempt(rng: random.Random, number: int) -> dict:
    """Wrong answers checked one after the other, the same one now and then again."""
    at = FIRST + timedelta(days=rng.randint(0, 20), minutes=rng.randint(0, 500))
    start, failed = at, {}
    listed = registry.of(number).explained
    claims = [(part, claim) for part, there in listed.items() for claim in there]
    for part, claim in rng.choices(claims, k=rng.randint(0, 12)):
        at += timedelta(seconds=rng.randint(20, 200))
        new = {"part": part, "claim": claim, "count": 0, "first": at.isoformat()}
        known = failed.setdefault((part, claim), new)
        known["count"] += 1
        known["last"] = at.isoformat()
    names = [part.name for part in questions.read(number).parts]
    passed = {
        name: {"seconds": (at - start).total_seconds(), "at": at.isoformat()}
        for name in names[: rng.randint(0, len(names))]
    }
    failures = list(failed.values())
    return {"started": start.isoformat(), "passed": passed, "failed": failures}
