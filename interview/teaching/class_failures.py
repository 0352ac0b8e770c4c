"""The claims of the checks that failed for the learners of a class.

A record of progress holds each failed claim and how often it failed. A practice copy
holds only the last ✗ of each check.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview.checks import registry
from interview.notebook_json import Node
from interview.practising import record_file, weak_spots
from interview.teaching import csv_tables

COLUMNS = ("question", "part", "claim", "learners", "checks", "explained")
# The first line of a failed check's message: the part, and the sentence of a claim.
_FAILED = re.compile(r"✗ (\w{1,100}): (.{1,300})")
# The message of a stub, in the place of a claim's sentence.
_NOT_WRITTEN = "not written yet"


@dataclass(frozen=True)
class FailedClaim:
    """A claim, by its id, that failed for a learner, and in how many checks."""

    learner: str
    number: int
    part: str
    claim: str
    times: int


@dataclass(frozen=True)
class ClaimRow:
    """A claim, by its id, and in how many checks it failed for each learner."""

    number: int
    part: str
    claim: str
    times: dict[str, int]

    @property
    def learners(self) -> int:
        """For how many learners it failed."""
        return len(self.times)

    @property
    def checks(self) -> int:
        """In how many checks of all learners it failed."""
        return sum(self.times.values())

    @property
    def says(self) -> str:
        """The claim's sentence."""
        return weak_spots.sentence(self.number, self.claim)

    @property
    def place(self) -> weak_spots.Place | None:
        """Where it's explained, if that is known."""
        return weak_spots.place(self.number, self.part, self.claim)


def of_record(record: record_file.Record, learner: str) -> list[FailedClaim]:
    """The claims that failed, by a learner's record."""
    return [
        FailedClaim(learner, trip.number, trip.part, trip.claim, trip.times)
        for trip in weak_spots.most(record)
    ]


def of_copy(notebook: Node, number: int, learner: str) -> list[FailedClaim]:
    """The claims that failed in a practice copy, by the last outputs of its checks."""
    failed = {}
    for output in (o for cell in notebook.cells for o in cell.get("outputs", [])):
        message = output.get("evalue")
        if output.get("ename") != "CheckFailed" or not isinstance(message, str):
            continue
        found = _FAILED.fullmatch(message.partition("\n")[0])
        if found and found[2] != _NOT_WRITTEN:
            claim = registry.claim_id(number, weak_spots.one_line(found[2]))
            failed[FailedClaim(learner, number, found[1], claim, 1)] = None
    return list(failed)


def rows_by_claim(failed: Iterable[FailedClaim]) -> list[ClaimRow]:
    """A row for each claim; the claims that failed for most learners come first.

    A learner may have handed in the same work as a record and as a copy. For each claim
    the higher count of the two is taken.
    """
    times: dict[tuple[int, str, str], dict[str, int]] = defaultdict(dict)
    for one in failed:
        by_learner = times[one.number, one.part, one.claim]
        by_learner[one.learner] = max(one.times, by_learner.get(one.learner, 0))
    rows = [ClaimRow(*key, by_learner) for key, by_learner in times.items()]
    rows.sort(key=lambda r: (-r.learners, -r.checks, r.number, r.part, r.says))
    return rows


def failures_csv(rows: Sequence[ClaimRow], learners: Sequence[str]) -> str:
    """One line a claim, with a column for each learner; empty where it isn't met."""
    lines = []
    for row in rows:
        place, explained = row.place, csv_tables.NOTHING
        if place:
            explained = f"{place.notebook}, “{place.title}”"
        times = [row.times.get(learner, "") for learner in learners]
        counts = row.learners, row.checks
        lines.append([row.number, row.part, row.says, *counts, explained, *times])
    return csv_tables.csv_text((*COLUMNS, *learners), lines)
