"""The claims that a learner fails most, and the headings that explain them."""

import re
from datetime import UTC, datetime

import pytest

from interview import notebook_json, questions, study_notebooks
from interview.checks import registry
from interview.practising import record_file, weak_spots
from tests.checks import answers
from tests.support import number_of

FIRST = datetime(2026, 11, 25, 9, tzinfo=UTC)


def failure(part, claim, count=1, day=25):
    last = FIRST.replace(day=day)
    return record_file.Failure(
        part=part, claim=claim, count=count, first=FIRST.isoformat(), last=str(last)
    )


def record(**attempts):
    """A record: for `q4` the failures of each attempt at question 4."""
    return record_file.Record(
        version=1,
        questions={
            int(name[1:]): {
                "attempts": {
                    n: {"failed": failed} for n, failed in enumerate(given, start=1)
                }
            }
            for name, given in attempts.items()
        },
    )


def test_every_claim_is_explained_somewhere(path, notebook):
    """Each claim has one heading of its notebook, and no entry is left over."""
    number = number_of(path)
    headings = {}
    for section, cells in questions.sections_of(notebook).items():
        text = "\n".join(c.source for c in cells if c.cell_type == "markdown")
        for heading in re.findall(r"^###? (.+)$", text, re.MULTILINE):
            headings.setdefault(heading, []).append(section)
    claims = [
        (part.names[-1], claim.id)
        for part in answers.question(number).parts
        for claim in part.claims
    ]
    assert {part for part, _ in claims} == set(registry.of(number).names)
    for part, claim in claims:
        place = weak_spots.place(number, part, claim)
        assert place.notebook == path.name
        assert headings[place.heading] == [place.section], claim
    listed = [
        (part, claim)
        for part, there in registry.of(number).explained.items()
        for claim in there
    ]
    assert set(listed) <= set(claims)


def test_a_trap_explains_its_claim():
    place = weak_spots.place(4, "run_training_loop", "training_flag")
    assert (place.section, place.heading) == ("Traps", "`training=` forgotten")
    assert place.title == "training= forgotten"
    assert place.notebook == "04_custom_training_loop.ipynb"


@pytest.mark.parametrize(
    ("number", "part", "heading"),
    [
        (4, "run_training_loop", "Line by line"),
        # Each of its parts has lines of its own, so the task's heading is named.
        (2, "build_bilstm", "Both directions"),
        (8, "vote_predict", "The answer"),
        (4, "fit_with_early_stopping", "Bug hunt"),
        (6, "WarmupStableDecay", "Second round"),
        # Its task follows the section that teaches what it's for.
        (5, "Sampling", "Can it draw a new digit?"),
    ],
)
def test_any_other_claim_is_explained_with_its_part(number, part, heading):
    assert weak_spots.place(number, part, "was a claim once").heading == heading


def test_what_isn_t_known_has_no_place():
    assert weak_spots.place(4, "<script>", "returns a dict") is None
    with pytest.raises(study_notebooks.NotebookError):
        weak_spots.place(11, "run_training_loop", "returns a dict")


def test_those_met_in_most_attempts_come_first():
    found = weak_spots.most(
        record(
            q4=[
                [failure("one", "a", count=9), failure("one", "b", count=2)],
                [failure("one", "b")],
            ],
            q7=[[failure("one", "a"), failure("two", "b", day=26)]],
            q99=[[failure("one", "a", count=50)]],
        )
    )
    assert [(t.number, t.part, t.claim, t.attempts, t.times) for t in found] == [
        (4, "one", "b", 2, 3),
        (4, "one", "a", 1, 9),
        (7, "two", "b", 1, 1),
        (7, "one", "a", 1, 1),
    ]
    assert [trip.came_back for trip in found] == [True, True, False, False]
    assert [
        t.number for t in weak_spots.most(record(q4=[[failure("a", "b")]]), 7)
    ] == []


def test_what_an_address_may_hold_stays_in_an_anchor():
    """JupyterLab compares a link's anchor with the heading as it stands."""
    assert notebook_json.anchor("Flatten or average?") == "Flatten-or-average?"
    assert notebook_json.anchor("Labels `(n,)`, `(n, 1)`") == "Labels-(n,),-(n,-1)"
    assert (
        notebook_json.anchor('"Different" always wins') == "%22Different%22-always-wins"
    )
