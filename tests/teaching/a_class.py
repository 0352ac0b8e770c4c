"""What learners hand in: records of progress and practice copies, made by hand."""

import json
from pathlib import Path

import nbformat

from interview import questions, study_notebooks
from interview.checks import registry
from interview.practising import copy_cells, record_file

AT = "2026-11-25T09:00:00+00:00"


def failure(part: str, claim: str, count: int) -> dict:
    """A claim that failed, as a record has it."""
    return {"part": part, "claim": claim, "count": count, "first": AT, "last": AT}


def record(number: int = 4, passed: dict | None = None, failed=()) -> str:
    """A record of one attempt: seconds of the parts that passed, and failures."""
    return record_of({number: (passed or {}, failed)})


def record_of(tried: dict) -> str:
    """A record of one attempt at each question: what passed, and what failed."""
    begun = {}
    for number, (passed, failed) in tried.items():
        parts = {name: {"seconds": s, "at": AT} for name, s in passed.items()}
        attempt = {"started": AT, "passed": parts, "failed": list(failed)}
        begun[number] = {"attempts": {1: attempt}}
    return json.dumps({"version": 1, "questions": begun})


def practice_copy(number: int):
    """A fresh practice copy of a question."""
    source = study_notebooks.path_of(number)
    return copy_cells.make_copy(nbformat.read(source, as_version=4), source.name)


def hand_in(folder: Path, count: int = 30) -> None:
    """Write the records of a class, each learner's with three questions.

    Of these nothing, some or all has passed and failed, some of it several times.
    """
    numbers = study_notebooks.numbers()
    for place in range(count):
        tried = {}
        for number in (numbers[(place + step) % len(numbers)] for step in (0, 3, 7)):
            names = [part.name for part in questions.read(number).parts]
            passed = dict.fromkeys(names[: place % (len(names) + 1)], 60.0 * place)
            known = registry.of(number).explained
            claims = [(part, claim) for part in known for claim in known[part]]
            failed = [failure(*one, 1 + place % 3) for one in claims[: place % 5]]
            tried[number] = passed, failed
        learner = folder / f"learner-{place + 1:02d}"
        learner.mkdir()
        (learner / record_file.NAME).write_text(record_of(tried))
