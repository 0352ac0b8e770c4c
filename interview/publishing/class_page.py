"""A class's two tables as one page that needs no network: results, and a heat map."""

from collections.abc import Sequence
from datetime import date

from interview import markdown, questions
from interview.publishing import pages
from interview.teaching.class_failures import ClaimRow
from interview.teaching.class_results import HandedIn, PartResult

# The checks have fewer claims than this; a record with more was made up.
MOST_ROWS = 200
# The numbers of checks from which a cell of the heat map is a shade darker.
SHADES = (1, 2, 4, 8)


def class_html(handed: HandedIn, rows: Sequence[ClaimRow], day: date) -> str:
    """The page, as HTML."""
    known = [result for result in handed.results if not result.note]
    notes = [result for result in handed.results if result.note]
    numbers = sorted({result.question for result in known})
    asked = {number: questions.read(number) for number in numbers}
    by_part: dict[tuple[str, int], dict[str, PartResult]] = {}
    for result in known:
        by_part.setdefault((result.learner, result.question), {})[result.part] = result
    standings = {key: _progress(asked[key[1]], by_part[key]) for key in by_part}
    return pages.template("class.html.j2", code=markdown.inline).render(
        day=f"{day.day} {day:%B %Y}",
        learners=handed.learners,
        read=list(dict.fromkeys(result.learner for result in known)),
        questions=[asked[number] for number in numbers],
        standings=standings,
        notes=notes,
        noted={(result.learner, result.question) for result in notes},
        rows=rows[:MOST_ROWS],
        left_out=len(rows[MOST_ROWS:]),
        shade=_shade,
    )


def _progress(question: questions.Question, parts: dict[str, PartResult]) -> dict:
    """How far a learner has come with a question, bug hunt and second round included.

    The minutes are those until the last asked part passed. The shades: 0, no part
    passed; 1, some did; 3, all that is asked; 4, all parts.
    """
    passed = [name for name, result in parts.items() if result.passed]
    is_passed = set(question.asked) <= set(passed)
    seconds = [parts[name].seconds for name in question.asked] if is_passed else [None]
    shade = 3 if is_passed else min(len(passed), 1)
    return {
        "is_passed": is_passed,
        "passed": len(passed),
        "parts": len(parts),
        "minutes": None if None in seconds else round(max(seconds) / 60),
        "shade": 4 if len(passed) == len(parts) else shade,
    }


def _shade(times: int) -> int:
    return sum(times >= least for least in SHADES)
