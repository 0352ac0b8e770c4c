"""What a learner trips over: the claims that come back, and where each is explained.

Most claims are explained where their part is: in the lines below the check, or under
the heading that sets the task. For those that have a section of their own, a trap for
the most part, `question.toml` says which. Nothing here imports TensorFlow.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from interview import headings, notebook_json, questions, study_notebooks
from interview.checks import registry
from interview.notebook_json import Node, tags
from interview.practising import record_file

_HEADING = re.compile(r"^###? (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """A heading of a study notebook, which has it once.

    Attributes:
        notebook: the file's name.
        section: the `##` heading that it stands under; its own if it is one.
        heading: as the notebook has it, in Markdown.
    """

    notebook: str
    section: str
    heading: str

    @property
    def title(self) -> str:
        """The heading as it's read."""
        return self.heading.replace("`", "")


@dataclass(frozen=True)
class Trip:
    """A claim that failed.

    Attributes:
        number: the question.
        part: the name that was checked.
        claim: its id; of a claim that isn't known any more what the record has.
        attempts: how many attempts at the question met it.
        times: in how many checks.
        last: when it was met last.
    """

    number: int
    part: str
    claim: str
    attempts: int
    times: int
    last: datetime

    @property
    def came_back(self) -> bool:
        """Whether it was met more than once."""
        return self.times > 1

    @property
    def says(self) -> str:
        """Its sentence."""
        return sentence(self.number, self.claim)


def sentence(number: int, claim: str) -> str:
    """The sentence of a claim's id; the id itself if the claim isn't known."""
    return registry.sentences(number).get(claim, claim)


def place(number: int, part: str, claim: str) -> Place | None:
    """Where a claim is explained; None if its part isn't one of the question's.

    A claim that isn't known, as one of another edition, has the place of its part.

    Args:
        number: the question.
        part: the name that was checked.
        claim: the claim's id.

    Raises:
        NotebookError: there is no such question.
    """
    parts, places = _places(study_notebooks.path_of(number), number)
    heading = registry.of(number).explained.get(part, {}).get(claim)
    return places[heading] if part in parts and heading else parts.get(part)


def most(record: record_file.Record, *numbers: int) -> list[Trip]:
    """The claims of these questions that failed, of all if there are none.

    Those that the most attempts met come first; then those that failed most often,
    and the latest. A record may come from anybody: names and claims are one line.
    """
    found: dict[tuple[int, str, str], Trip] = {}
    for number in numbers or study_notebooks.numbers():
        for attempt in record.of(number).attempts.values():
            for failure in attempt.failed:
                key = number, one_line(failure.part), one_line(failure.claim)
                known = found.get(key, Trip(*key, 0, 0, failure.last))
                found[key] = replace(
                    known,
                    attempts=known.attempts + 1,
                    times=known.times + failure.count,
                    last=max(known.last, failure.last),
                )
    order = sorted(found.values(), key=lambda trip: trip.last, reverse=True)
    return sorted(order, key=lambda trip: (-trip.attempts, -trip.times))


def one_line(text: str) -> str:
    """A text as one line, without what moves a terminal's cursor."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())


@functools.cache
def _places(path: Path, number: int) -> tuple[dict[str, Place], dict[str, Place]]:
    """The place of each part of a question, and of each heading that stands once."""
    notebook = notebook_json.read(path)
    seen: dict[str, list[Place]] = {}
    for section, cells in questions.sections_of(notebook).items():
        for heading in _headings(cells):
            seen.setdefault(heading, []).append(Place(path.name, section, heading))
    places = {heading: there[0] for heading, there in seen.items() if not there[1:]}
    parts = {}
    for part in questions.from_notebook(notebook, number).parts:
        section, heading = _heading_of(notebook, part, set(places))
        parts[part.name] = Place(path.name, section, heading)
    return parts, places


def _headings(cells: list[Node]) -> Iterator[str]:
    for cell in cells:
        if cell.cell_type == "markdown":
            yield from map(str.strip, _HEADING.findall(cell.source))


def _heading_of(
    notebook: Node, part: questions.Part, once: set[str]
) -> tuple[str, str]:
    """The section and the heading that a part is explained under.

    The lines below its check are, if no other part has such a heading; else what its
    task stands under.
    """
    for section, cells in questions.sections_of(notebook).items():
        for place, cell in enumerate(cells):
            if "check" not in tags(
                cell
            ) or part.name not in notebook_json.checked_names(cell):
                continue
            below = next(_headings(cells[place:]), "")
            if below == headings.LINES and below in once:
                return section, below
            above = [h for h in _headings(cells[:place]) if h in once]
            return section, above[-1]
    raise ValueError(f"no cell checks {part.name}")
