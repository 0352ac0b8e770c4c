"""A class's records, as wrong answers played in random order would leave them."""

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interview import questions, study_notebooks
from interview.checks import registry
from interview.practising import record_file

FIRST = datetime(2026, 11, 2, 9, tzinfo=UTC)


def claims(number: int) -> list[tuple[str, str]]:
    """Parts and claims that the question's check has; a test says that it has them."""
    listed = registry.of(number).explained
    return [(part, claim) for part, there in listed.items() for claim in there]


def record(rng: random.Random) -> dict:
    """A record of a learner who has tried some questions, each once or twice."""
    tried = rng.sample(study_notebooks.numbers(), rng.randint(1, 6))
    attempts = {
        number: {n: attempt(rng, number) for n in range(1, rng.randint(2, 3))}
        for number in tried
    }
    return {
        "version": 1,
        "questions": {n: {"attempts": there} for n, there in attempts.items()},
    }


def attempt(rng: random.Random, number: int) -> dict:
    """Wrong answers checked one after the other, the same one now and then again."""
    at = FIRST + timedelta(days=rng.randint(0, 20), minutes=rng.randint(0, 500))
    start, failed = at, {}
    for part, claim in rng.choices(claims(number), k=rng.randint(0, 12)):
        at += timedelta(seconds=rng.randint(20, 200))
        known = failed.setdefault(
            (part, claim),
            {"part": part, "claim": claim, "count": 0, "first": at.isoformat()},
        )
        known["count"] += 1
        known["last"] = at.isoformat()
    names = [part.name for part in questions.read(number).parts]
    passed = {
        name: {
            "seconds": (at - start).total_seconds() + 60 * place,
            "at": (at + timedelta(minutes=place)).isoformat(),
        }
        for place, name in enumerate(names[: rng.randint(0, len(names))], start=1)
    }
    return {
        "started": start.isoformat(),
        "passed": passed,
        "failed": list(failed.values()),
    }


def hand_in(
    folder: Path, count: int = 30, seed: int = 0
) -> dict[str, record_file.Record]:
    """Write the records of a class below a folder; all of them by learner."""
    rng = random.Random(seed)
    records = {}
    for place in range(1, count + 1):
        learner = f"learner-{place:02d}"
        text = json.dumps(record(rng))
        (folder / learner).mkdir()
        (folder / learner / record_file.NAME).write_text(text)
        records[learner] = record_file.parse(text)
    return records
