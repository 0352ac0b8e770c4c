"""A mock's phases and clock: nothing is lost when programs end or run side by side."""

from datetime import timedelta

import pytest

from interview import questions, study_notebooks
from interview.judging.judge import Verdict
from interview.practising import practice_copies, record_file
from interview.practising.mock import start
from interview.practising.mock.session import PHASES, MockSession, Moved
from interview.practising.record_file import ProgressError
from interview.practising.record_models import Record
from interview.remembering import spacing
from interview.remembering.follow_ups import FollowUps
from interview.teaching import class_results
from tests.acting import (
    START,
    attempt_of,
    judging,
    pass_parts,
    reach,
    spend,
    spoil_record,
    write_something,
)

pytestmark = pytest.mark.usefixtures("folder")


def taken(session):
    """Minutes of each phase, as the record has them."""
    record, _ = record_file.load()
    kept = record.mocks[session.key]
    return {phase: round(s / 60, 1) for phase, s in kept.seconds.items()}


def test_from_the_question_to_the_debrief(clock):
    session = reach("debrief", clock)
    assert session.state.phase == "debrief"
    assert taken(session) == dict.fromkeys(PHASES[:-1], 1.0)
    session.end()
    assert session.is_over
    kept = record_file.load()[0].mocks[session.key]
    assert kept.notes == ["How fast?"]
    assert kept.had == ["How fast?"]
    assert [asked.grade for asked in kept.cards] == [3, 3, 3]
    assert set(kept.marks) == {row[0] for row in questions.read(4).rubric}
    assert kept.outcomes["answer"] == "left"
    assert kept.ended == START + timedelta(minutes=5)
    assert not start.unfinished_mocks(record_file.load()[0])


def test_minutes_are_those_of_an_interview(clock):
    allowed = start.begin(4, "onsite", FollowUps, clock).state.allowed
    assert allowed == {
        "question": 5,
        "answer": 25,
        "second round": 10,
        "follow-ups": 6,
    }
    # Two things are asked for.
    assert (
        start.begin(5, "onsite", FollowUps, clock).state.allowed["second round"] == 15
    )


def asked_back(clock) -> MockSession:
    session = start.begin(4, "onsite", FollowUps, clock)
    session.go_on()
    session.tell()
    session.tick_off(set())
    return session


def test_the_answer_s_clock_waits_for_the_learner(clock):
    session = asked_back(clock)
    clock.wait(600)
    assert session.look("answer") == ""
    assert session.is_waiting
    assert session.elapsed == 0
    session.begin_answer()
    clock.wait(30)
    assert session.elapsed == 30
    assert attempt_of(session).started == clock.at - timedelta(seconds=30)
    with pytest.raises(Moved):
        session.begin_answer()


def test_the_answer_s_clock_starts_with_the_copy_s_first_cell(clock):
    session = asked_back(clock)
    with record_file.changing() as (record, _):
        record.of(4).attempts[session.state.attempt].started = clock()
    clock.wait(20)
    assert session.look("answer") == ""
    assert not session.is_waiting
    assert session.elapsed == 20


def test_the_copy_s_clock_stands_still_while_it_is_judged(clock, monkeypatch):
    """So the list of questions shows the time that the debrief shows."""
    session, started = reach("answer", clock), []

    def record(*arguments):
        started.append(attempt_of(session).started)
        return "", ""

    monkeypatch.setattr("interview.practising.clock.record_checked_file", record)
    spend(session, clock, 1)
    write_something(session)
    session.begin_judging()
    clock.wait(100)
    session.end_judging(Verdict(["run_training_loop"]))
    assert started == [clock.at - timedelta(seconds=60)]


def test_the_second_round_does_not_train_the_first_again(clock):
    session = reach("answer", clock)
    assert session.to_judge == ["run_training_loop"]
    session.finish("answer", "left")
    assert session.to_judge == ["accumulated_step", "run_training_loop"]
    pass_parts(session, "run_training_loop")
    assert session.to_judge == ["accumulated_step"]


def test_a_pause_stops_the_clock(clock):
    session = reach("answer", clock)
    spend(session, clock, 2)
    session.pause()
    clock.wait(3600)
    session.tick()
    assert session.elapsed == 120
    session.go_on()
    clock.wait(30)
    assert session.elapsed == 150
    session.go_on()
    assert session.elapsed == 150


def test_a_computer_that_slept_stops_it_too(clock):
    session = reach("answer", clock)
    spend(session, clock, 2)
    clock.wait(8 * 3600)
    session.tick()
    assert session.elapsed == 120
    spend(session, clock, 1)
    assert session.elapsed == 180


def test_a_clock_that_goes_back_is_no_trouble(clock):
    session = reach("answer", clock)
    spend(session, clock, 2)
    clock.wait(-600)
    assert session.elapsed == 120
    session.pause()
    assert session.elapsed == 120


@pytest.mark.parametrize("phase", PHASES)
def test_whoever_comes_back_finds_it_where_it_was(phase, clock):
    """The program is killed without a word, and another one resumes the mock."""
    gone = reach(phase, clock)
    spend(gone, clock, 0.5)
    before = taken(gone)
    del gone
    clock.wait(5 * 3600)
    record, _ = record_file.load()
    (key,) = start.unfinished_mocks(record)
    session = MockSession(key, FollowUps, clock)
    assert session.state.phase == phase
    session.go_on()
    assert taken(session) == before
    assert (session.elapsed >= 30) == (phase != "debrief")


def test_two_windows_show_one_mock(clock):
    one = reach("question", clock)
    two = MockSession(one.key, FollowUps, clock)
    one.note("How fast?")
    two.note("Which task?")
    assert record_file.load()[0].mocks[one.key].notes == ["How fast?", "Which task?"]
    # Both programs keep the mock's clock, and no minute counts twice.
    for _ in range(6):
        clock.wait(5)
        one.tick()
        two.tick()
        clock.wait(5)
        two.look(two.state.phase)
    assert one.elapsed == two.elapsed == 60
    two.tick_off({0})
    with pytest.raises(Moved):
        one.note("too late")
    with pytest.raises(Moved):
        one.finish("question")
    assert one.state.phase == "answer"
    pass_parts(two)
    assert one.look("answer") == "passed"
    two.finish("answer", "passed")
    with pytest.raises(Moved):
        one.look("answer")
    one.pause()
    two.refresh()
    assert two.is_paused
    two.give_up()
    one.refresh()
    assert one.state.phase == "debrief"
    one.end()
    two.give_up()
    assert two.state.given_up == "second round"
    with pytest.raises(Moved):
        two.end()


def test_two_windows_grade_a_follow_up_once(clock):
    one = reach("follow-ups", clock)
    two = MockSession(one.key, FollowUps, clock)
    card = one.card()
    assert two.card() == card
    one.grade(card.key, 4)
    with pytest.raises(Moved):
        two.grade(card.key, 1)
    assert record_file.load()[0].of(4).cards[card.key].grades == "4"
    assert two.card() != card


def test_the_copy_is_blank_and_its_clock_is_the_mock_s(clock):
    practice_copies.start_copy(4)
    record_file.record_failures(4, 1, {"run_training_loop": "learns"})
    session = reach("answer", clock)
    # The first attempt has a record already, so this mock begins another.
    assert session.state.attempt == 2
    assert len(practice_copies.copies(4)) == 2
    assert attempt_of(session).started == clock()
    spend(session, clock, 3)
    session.pause()
    clock.wait(1800)
    session.go_on()
    assert attempt_of(session).started == clock() - timedelta(minutes=3)
    session.finish("answer", "left")
    spend(session, clock, 1)
    session.go_on()
    assert attempt_of(session).started == clock() - timedelta(minutes=4)


def test_it_goes_on_when_the_check_has_passed(clock):
    session = reach("answer", clock, 8)
    assert session.look(session.state.phase) == ""
    pass_parts(session, "vote_predict")
    assert session.look(session.state.phase) == ""
    assert session.left[0].name == "train_members"
    pass_parts(session)
    assert session.look(session.state.phase) == "passed"
    session.finish("answer", "passed")
    assert [part.name for part in session.wanted] == ["expected_calibration_error"]


def test_it_goes_on_when_the_time_is_up(clock):
    session = reach("answer", clock)
    spend(session, clock, 24.9)
    assert session.look(session.state.phase) == ""
    spend(session, clock, 0.2)
    assert session.look(session.state.phase) == "time"
    session.pause()
    assert session.look(session.state.phase) == ""


def test_a_look_at_the_copy_is_recorded_as_a_check_is(clock):
    session = reach("answer", clock, 8)
    write_something(session)
    claim = "equal seeds give equal members"
    judge = judging("vote_predict", claims={"train_members": claim})
    spend(session, clock, 1)
    for _ in range(2):
        assert session.begin_judging() == ""
        clock.wait(30)  # judging isn't on the learner's time
        assert session.end_judging(judge(8, session.copy, print)) == ""
    assert session.elapsed == 60
    assert not session.is_paused
    assert set(attempt_of(session).passed) == {"vote_predict"}
    (failure,) = attempt_of(session).failed
    assert (failure.part, failure.claim, failure.count) == ("train_members", claim, 2)
    assert session.state.judged == {
        "vote_predict": "passed",
        "train_members": "failed",
    }


def test_what_cannot_be_judged_is_said(clock):
    session = reach("answer", clock)
    assert session.begin_judging().startswith("Nothing is written in the copy yet")
    assert not session.is_paused
    assert session.state.judged == {"run_training_loop": "unwritten"}
    write_something(session)
    session.pause()
    session.begin_judging()
    assert session.end_judging(Verdict(trouble="it didn't end")) == "it didn't end"
    assert session.is_paused


def test_hints_that_it_opened(clock):
    record_file.record_hint(4, "run_training_loop", 1)
    record_file.record_hint(4, "accumulated_step", 2)
    session = reach("answer", clock)
    part, count = session.hint()
    # Hints that were opened on another day are closed again in this mock.
    assert (part.name, count) == ("run_training_loop", 1)
    assert session.hint()[1] == 2
    assert record_file.load()[0].of(4).hints["run_training_loop"] == 2
    assert session.hint()[1] == 3
    assert session.hint() is None
    session.finish("answer", "left")
    record_file.record_hint(4, "accumulated_step", 3)  # `interview hint`, meanwhile
    opened = session.state.opened(record_file.load()[0].of(4).hints)
    assert opened == {"run_training_loop": 3, "accumulated_step": 3}
    session.give_up()
    session.end()
    record_file.record_hint(4, "fit_with_early_stopping", 1)  # when it was over
    record, _ = record_file.load()
    kept = record.mocks[session.key]
    assert kept.opened(record.of(4).hints) == opened


@pytest.mark.parametrize(
    ("level", "levels"),
    [
        ("screen", ["onsite", "screen", "screen"]),
        ("onsite", ["onsite", "onsite", "screen"]),
        ("staff", ["onsite", "onsite", "staff"]),
    ],
)
def test_follow_ups_are_those_of_the_level(level, levels, clock):
    asked = FollowUps(4)
    found = asked.choose(level, Record(version=1, questions={}), clock())
    assert {asked.cards[key].kind for key in found} == {"follow-up"}
    assert sorted(asked.cards[key].level for key in found) == levels


def test_follow_ups_of_the_level_come_before_what_is_better_forgotten(clock):
    asked = FollowUps(3)
    record = Record(version=1, questions={})
    staff = asked.choose("staff", record, clock())
    assert [asked.cards[key].level for key in staff] == ["staff", "staff", "onsite"]
    onsite = asked.choose("onsite", record, clock())
    known = {onsite[0]: spacing.review(None, 4, clock())}
    record = Record.model_validate({"version": 1, "questions": {3: {}}})
    record.questions[3].cards.update(known)
    again = asked.choose("onsite", record, clock())
    assert again[:2] == [onsite[1], onsite[0]]


def test_a_follow_up_is_scheduled_as_the_drill_does(clock):
    session = reach("follow-ups", clock)
    card = session.card()
    after = session.grade(card.key, 2)
    assert after == spacing.review(None, 2, clock())
    assert record_file.load()[0].of(4).cards[card.key] == after


def test_a_follow_up_that_an_update_took_away_is_left_out(clock):
    session = reach("follow-ups", clock)
    with record_file.changing() as (record, _):
        record.mocks[session.key].cards[0].key = "follow-up/gone"
    session.refresh()
    assert session.card().key == session.state.cards[1].key


def test_two_mocks_of_one_second(clock):
    one, two = (start.begin(4, "onsite", FollowUps, clock) for _ in "ab")
    assert one.key != two.key
    clock.wait(60)
    three = start.begin(9, "onsite", FollowUps, clock)
    record, _ = record_file.load()
    assert start.unfinished_mocks(record) == [one.key, two.key, three.key]
    assert start.unfinished_mocks(record, 4) == [one.key, two.key]
    assert start.unfinished_mocks(record, 5) == []


def test_a_mock_of_a_question_that_is_gone_is_not_taken_up(clock):
    session = start.begin(4, "onsite", FollowUps, clock)
    with record_file.changing() as (record, _):
        record.mocks[session.key].question = 40
    assert start.unfinished_mocks(record_file.load()[0]) == []


def test_what_is_drawn_has_not_passed(monkeypatch):
    drawn_from = []
    monkeypatch.setattr(
        "random.choice", lambda numbers: drawn_from.append(numbers) or numbers[0]
    )
    every = study_notebooks.numbers()
    for number in every:
        start.draw_question(record_file.load()[0])
        for name in questions.read(number).asked:
            record_file.record_pass(number, 1, name)
    assert drawn_from == [every[place:] for place in range(len(every))]
    start.draw_question(record_file.load()[0])
    assert drawn_from[-1] == every


def test_without_a_record_nothing_begins():
    spoil_record()
    with pytest.raises(ProgressError, match="nothing is recorded"):
        start.begin(4, "onsite", FollowUps)


def test_a_record_that_has_lost_it_is_said(clock):
    session = reach("answer", clock)
    record_file.path().write_text("{}")
    with pytest.raises(ProgressError, match="isn't a record"):
        session.refresh()
    record_file.path().unlink()
    with pytest.raises(ProgressError, match="no longer in the record"):
        session.note("?")


def test_a_class_sums_up_a_record_with_mocks(folder, clock):
    session = reach("answer", clock)
    pass_parts(session)
    handed_in = folder / "handed-in" / "ada"
    handed_in.mkdir(parents=True)
    (handed_in / "progress.json").write_text(record_file.path().read_text())
    found = class_results.read_class(folder / "handed-in")
    assert not found.skipped
    assert [r.part for r in found.results if r.passed] == ["run_training_loop"]
