"""A class's two tables as one page that needs no network: results, and a heat map."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from interview import questions
from interview.teaching.class_failures import ClaimRow
from interview.teaching.class_results import HandedIn, PartResult

TEMPLATES = Path(__file__).parent / "templates"
# The checks have fewer claims than this; a record with more was made up.
MOST_ROWS = 200
# The numbers of checks from which a cell of the heat map is a shade darker.
SHADES = (1, 2, 4, 8)


@dataclass(frozen=True)
class QuestionProgress:
    """How far a learner has come with a question.

    Attributes:
        is_passed: whether all parts that the question asks for have passed.
        passed: how many parts have passed, bug hunt and second round included.
        parts: how many parts there are.
        minutes: the time until the last asked part passed, if known.
    """

    is_passed: bool
    passed: int
    parts: int
    minutes: int | None

    @property
    def shade(self) -> int:
        """0: no part passed; 1: some did; 3: the question is passed; 4: all parts."""
        if self.passed == self.parts:
            return 4
        return 3 if self.is_passed else min(self.passed, 1)


def class_html(handed: HandedIn, rows: Sequence[ClaimRow], day: date) -> str:
    """The page, as HTML."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = _code
    known = [result for result in handed.results if not result.note]
    notes = [result for result in handed.results if result.note]
    numbers = sorted({result.question for result in known})
    asked = {number: questions.read(number) for number in numbers}
    return environment.get_template("class.html.j2").render(
        day=f"{day.day} {day:%B %Y}",
        learners=handed.learners,
        read=list(dict.fromkeys(result.learner for result in known)),
        questions=[asked[number] for number in numbers],
        standings=_progress_by_learner(known, asked),
        notes=notes,
        noted={(result.learner, result.question) for result in notes},
        rows=rows[:MOST_ROWS],
        left_out=len(rows[MOST_ROWS:]),
        begun={(result.learner, result.question) for result in known},
        shade=_shade,
    )


def _progress_by_learner(
    results: Sequence[PartResult], asked: dict[int, questions.Question]
) -> dict[tuple[str, int], QuestionProgress]:
    by_part: dict[tuple[str, int], dict[str, PartResult]] = {}
    for result in results:
        by_part.setdefault((result.learner, result.question), {})[result.part] = result
    return {
        key: _progress(asked[key[1]], parts) for key, parts in sorted(by_part.items())
    }


def _progress(
    question: questions.Question, parts: dict[str, PartResult]
) -> QuestionProgress:
    passed = [name for name, result in parts.items() if result.passed]
    is_passed = set(question.asked) <= set(passed)
    seconds = [parts[name].seconds for name in question.asked] if is_passed else [None]
    minutes = None if None in seconds else round(max(seconds) / 60)
    return QuestionProgress(is_passed, len(passed), len(parts), minutes)


def _code(claim: str) -> Markup:
    """A claim's sentence as HTML; backticks mark code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(claim))))


def _shade(times: int) -> int:
    return sum(times >= least for least in SHADES)
