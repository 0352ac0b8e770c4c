"""The claims of the checks that failed for the learners of a class.

A record of progress holds each failed claim and how often it failed. A practice copy
holds only the last ✗ of each check.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
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

    @property
    def explained(self) -> str:
        """Where it's explained, in words; empty if it isn't known."""
        return f"{self.place.notebook}, “{self.place.title}”" if self.place else ""


def of_record(record: record_file.Record, learner: str) -> list[FailedClaim]:
    """The claims that failed, by a learner's record."""
    return [
        FailedClaim(learner, trip.number, trip.part, trip.claim, trip.times)
        for trip in weak_spots.most(record)
    ]


def of_copy(notebook: Node, number: int, learner: str) -> list[FailedClaim]:
    """The claims that failed in a practice copy, by the last outputs of its checks."""
    shown = dict.fromkeys(_failed(notebook))
    return [
        FailedClaim(learner, number, part, registry.claim_id(number, says), 1)
        for part, says in shown
    ]


def _failed(notebook: Node) -> Iterator[tuple[str, str]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            message = output.get("evalue")
            if output.get("ename") != "CheckFailed" or not isinstance(message, str):
                continue
            found = _FAILED.fullmatch(message.partition("\n")[0])
            if found and found[2] != _NOT_WRITTEN:
                yield found[1], weak_spots.one_line(found[2])


def rows_by_claim(failed: Iterable[FailedClaim]) -> list[ClaimRow]:
    """A row for each claim; the claims that failed for most learners come first.

    A learner may have handed in the same work as a record and as a copy. For each claim
    the higher count of the two is taken.
    """
    rows: dict[tuple[int, str, str], ClaimRow] = {}
    for claim in failed:
        key = claim.number, claim.part, claim.claim
        times = rows.setdefault(key, ClaimRow(*key, {})).times
        times[claim.learner] = max(claim.times, times.get(claim.learner, 0))
    return sorted(
        rows.values(), key=lambda r: (-r.learners, -r.checks, r.number, r.part, r.says)
    )


def failures_csv(rows: Sequence[ClaimRow], learners: Sequence[str]) -> str:
    """One line a claim, with a column for each learner; empty where it isn't met."""
    return csv_tables.csv_text(
        (*COLUMNS, *learners),
        (
            (
                *(row.number, row.part, row.says, row.learners, row.checks),
                row.explained or csv_tables.NOTHING,
                *(row.times.get(learner, "") for learner in learners),
            )
            for row in rows
        ),
    )
