"""The debrief: what happened, and where to read on."""

from datetime import timedelta

import nbformat
import pytest

from interview import study_notebooks
from interview.practising import record_file, weak_spots
from interview.practising.mock import debrief
from tests.acting import judging, pass_parts, reach, spend, write_something

pytestmark = pytest.mark.usefixtures("folder")

PLAIN = "learns a task that needs its hidden layer"


def made(session):
    return debrief.make_debrief(
        record_file.load()[0], session.key, session.follow_ups.cards
    )


def text_of(found):
    return found.markdown(lambda spot: spot.place)


def check(session, judge):
    assert not session.begin_judging()
    session.end_judging(judge(8, session.copy, print))


@pytest.fixture
def wrong(clock):
    """A mock of question 8 with something wrong in every phase, at its debrief."""
    session = reach("answer", clock, 8)
    write_something(session)
    pass_parts(session, "vote_predict")
    claims = {"train_members": "one", "average_predict": PLAIN}
    for _ in range(2):
        check(session, judging(claims=claims))
    claims = {"train_members": "two"}
    check(session, judging("average_predict", claims=claims))
    session.hint()
    spend(session, clock, 20)
    session.finish("answer", "time")
    session.finish("second round", "left")
    for grade in (1, 4, 2):
        session.grade(session.card().key, grade)
    session.finish("follow-ups")
    for mark in (1, 2, 3, 1):
        session.mark(session.row()[0], mark)
    session.finish("rubric")
    return session


def test_what_happened(wrong):
    with record_file.changing() as (record, _):
        failed = record.of(8).attempts[1].failed
        # Make this failure of the second look later than the two of the first.
        failed[2].last += timedelta(seconds=5)
    found = made(wrong)
    assert found.title == "8 · Model ensembling: 2 of 4 parts right"
    lines = text_of(found).splitlines()
    for line in (
        "| Your answer | 20 min 00 s | 20 min | time up |",
        "| The second round | 0 s | 10 min | gone on |",
        "| Your own marks | 0 s |  | done |",
        "| `train_members` | not right yet | 1 of 3 |",
        "| `average_predict` | right | 0 of 3 |",
        "| `vote_predict` | right | 0 of 3 |",
        "| `build_ensemble` | not judged | 0 of 3 |",
        "| `expected_calibration_error` (second round) | not judged | 0 of 3 |",
        "## Asked back: 1 of 4",
        "- You noted: How fast?",
        "## Your first mock",
    ):
        assert line in lines
    first = lines.index("## ✗ on the way, in order")
    assert lines[first + 4 : first + 7] == [
        "| 2 | `train_members`: one | not met again |",
        f"| 2 | `average_predict`: {PLAIN} | gone |",
        "| 1 | `train_members`: two | still there |",
    ]
    grades = lines[lines.index("## Follow-ups") + 2 :][:3]
    assert [line.partition(":")[0] for line in grades] == [
        "- again",
        "- easy",
        "- hard",
    ]
    marks = lines[lines.index("## Your own marks") + 2 :][:4]
    says = [line.split("**")[1] for line in marks]
    assert says == ["weak", "good", "strong", "weak"]


def test_weak_spots_have_one_section_each(wrong):
    found = made(wrong)
    headings = {
        line.lstrip("# ").replace("`", "")
        for cell in nbformat.read(study_notebooks.path_of(8), as_version=4).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    }
    there = [spot.heading for spot in found.spots]
    assert set(there) <= headings
    assert len(there) == len(set(there))
    assert weak_spots.place(8, "train_members", "two").title in there
    what = " / ".join(spot.what for spot in found.spots)
    assert "train_members: two" in what
    assert "not asked back" in what
    assert "weak by your own mark: Seeds, Worth it?" in what
    assert what.count("graded “again”") == what.count("graded “hard”") == 1
    assert "easy" not in what
    assert f"- {found.spots[0].place}: {found.spots[0].what}" in text_of(found)


def test_what_was_never_reached_is_no_weakness(clock):
    session = reach("answer", clock, 8)
    session.give_up()
    found = made(session)
    what = [spot.what for spot in found.spots]
    assert any("build_ensemble: not judged" in w for w in what)
    assert not any("expected_calibration_error" in w for w in what)
    text = text_of(found)
    assert "| `expected_calibration_error` (second round) | not reached | 0 of" in text
    assert found.came_to == "given up"
    assert "| Your answer | 0 s | 20 min | given up |" in text
    assert "| The second round | – | 10 min |  |" in text
    assert "## Follow-ups" not in text
    assert "## Your own marks" not in text


def test_nothing_was_weak(clock):
    session = reach("answer", clock)
    with record_file.changing() as (record, _):
        kept = record.mocks[session.key]
        kept.had = [asked for asked, _ in session.question.clarifying]
    pass_parts(session)
    session.finish("answer", "passed")
    pass_parts(session)
    session.finish("second round", "passed")
    session.give_up()
    assert made(session).spots == ()
    assert "Nothing was weak." in text_of(made(session))
    assert made(session).came_to == "passed"


def test_an_answer_that_passed_has_one_time(clock):
    """It is the copy's own, which the list of questions shows."""
    session = reach("answer", clock)
    spend(session, clock, 2)
    pass_parts(session)
    with record_file.changing() as (record, _):
        passed = record.of(4).attempts[session.state.attempt].passed
        passed["run_training_loop"].seconds = 51.0
    session.finish("answer", "passed")
    session.give_up()
    (past,) = made(session).past
    assert past.taken == 51
    assert "| Your answer | 51 s | 25 min | passed |" in text_of(made(session))
    record, _ = record_file.load()
    at = record_file.standing(record, 4, session.question.asked, True)
    assert at.best_seconds == 51


def test_a_follow_up_that_is_gone_is_left_out(wrong):
    with record_file.changing() as (record, _):
        record.mocks[wrong.key].cards[0].key = "follow-up/gone"
    text = text_of(made(wrong))
    assert "- again: " not in text
    assert "- easy: " in text


def test_earlier_mocks_stand_beside_it(clock, wrong):
    wrong.end()
    for number in (4, 9):
        clock.wait(86400)
        later = reach("debrief", clock, number)
        later.end()
    left = reach("answer", clock, 3)
    past = made(later).past
    assert [(p.question, p.tries, p.hints) for p in past] == [
        (8, 5, 1),
        (4, 0, 0),
        (9, 0, 0),
    ]
    assert round(past[0].taken) == 1200
    # A debrief lists the mocks up to its own time. A mock that isn't over is listed in
    # its own debrief only.
    assert len(made(wrong).past) == 1
    assert [p.question for p in made(left).past] == [8, 4, 9, 3]
    assert "Your mocks so far" in text_of(made(later))


def test_no_more_than_a_dozen(clock):
    for _ in range(14):
        clock.wait(86400)
        session = reach("answer", clock)
        session.give_up()
        session.end()
    past = made(session).past
    assert len(past) == debrief.MOST_EARLIER
    assert past[-1].started == session.state.started


def test_what_is_noted_means_nothing_in_markdown(clock):
    session = reach("question", clock)
    session.note("<b>*a* | [x](y)")
    session.give_up()
    text = text_of(made(session))
    assert r"- You noted: \<b\>\*a\* \| \[x\](y)" in text
