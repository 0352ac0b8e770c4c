"""Each check is proved from both sides: right answers pass, wrong ones are named."""

import gc

import pytest

from interview.checks import claims
from interview.checks.claims import CheckFailed
from interview.judging import tensorflow_startup, worker
from interview.study_notebooks import numbers
from tests.checks.answers import (
    AGAIN,
    answers,
    chosen,
    files,
    load,
    question,
    sources,
    unreached,
)
from tests.checks.reached import watch


@pytest.fixture
def brief():
    """As in the process of `interview check`, which ends after it."""
    import helpers.quiet  # noqa: F401  isort: skip
    import tensorflow

    tensorflow_startup.skip_long_term_work()
    yield
    gc.unfreeze()
    options = {"disable_meta_optimizer": False}
    tensorflow.config.optimizer.set_experimental_options(options)


@pytest.fixture
def forget(monkeypatch):
    """Each claim is proved once for each answer, whichever way it is asked for.

    The command and the cell of a notebook differ in which claims they ask for, and
    when they stop; a claim's own verdict is remembered from the first to the second,
    and so is what a note says. Called before another answer.
    """
    prove, verdicts = claims._prove, {}
    remarks, said = claims._remarks, {}

    def remember(name, claim, given, hints):
        if (name, claim.proof) not in verdicts:
            try:
                verdicts[name, claim.proof] = prove(name, claim, given, hints)
            except CheckFailed as failure:
                verdicts[name, claim.proof] = failure
        if verdict := verdicts[name, claim.proof]:
            raise verdict

    def remember_remarks(part, given):
        if part not in said:
            said[part] = remarks(part, given)
        return said[part]

    monkeypatch.setattr(claims, "_prove", remember)
    monkeypatch.setattr(claims, "_remarks", remember_remarks)
    monkeypatch.setattr(claims, "tell", print)

    def forget_all() -> None:
        verdicts.clear()
        said.clear()

    return forget_all


def is_right(number, path) -> None:
    """An answer passes by the command and by the cell, with the same ✓ lines."""
    said, ticks = by_command(number, path)
    assert set(said) == set(answers(number, load(path)))
    assert set(said.values()) == {"passed"}, said
    assert by_cell(number, path) == (ticks, "")
    assert ticks
    assert all(line.startswith(("✓ ", "· note: ")) for line in ticks)


def is_wrong(number, path) -> None:
    """An answer fails by the command and by the cell, with one message."""
    said, _ = by_command(number, path)
    failed = [text for text in said.values() if text.startswith("✗ ")]
    _, message = by_cell(number, path)
    assert message.removesuffix(f" {claims.SHOWS_TRACEBACK}") in failed
    assert load(path).FAULT.casefold() in message.casefold()
    assert "not written yet" in message or all(
        part in message for part in ("\nexpected: ", "\ngot: ", "\nhint: ")
    )


def judge(number, paths, forget, subtests) -> None:
    for path in paths:
        side = "right" if path.parts[-2] == "right" else "wrong"
        with subtests.test(f"{side}: {path.stem}"):
            forget()
            (is_right if side == "right" else is_wrong)(number, path)


def by_command(number, path) -> tuple[dict[str, str], list[str]]:
    """What `interview check` says: passed or the message for each name, ✓ lines."""
    said, ticks = {}, []

    def report(kind, name="", text="", **_):
        if kind == "tick":
            ticks.append(text)
        elif name and kind != "missing":
            said[name] = "passed" if kind == "passed" else text

    worker.check_file(number, path, report)
    return said, ticks


def by_cell(number, path) -> tuple[list[str], str]:
    """What the check in a notebook says: its ✓ lines, and the message it ends with."""
    ticks = []
    claims.tell = ticks.append
    try:
        question(number).check(**answers(number, load(path)))
    except CheckFailed as failure:
        return ticks, str(failure)
    return ticks, ""


@pytest.mark.parametrize("number", numbers(), ids="{:02d}".format)
def test_answers(number, brief, forget, subtests, monkeypatch):
    """One verdict for each answer, by the command and by the cell; all messages met."""
    reached = watch(monkeypatch)
    judge(number, chosen(number), forget, subtests)
    assert unreached(sources(number), reached) == []
    hints = [part for part, _ in question(number).hints]
    assert [part for part in hints if ("hint", part) not in reached] == []


@pytest.mark.slow
@pytest.mark.parametrize("number", numbers(), ids="{:02d}".format)
def test_other_answers(number, brief, forget, subtests):
    """The same verdicts on those that `make test` leaves out."""
    known = chosen(number)
    every = files("right", number) + files("wrong", number)
    judge(number, [path for path in every if path not in known], forget, subtests)


@pytest.mark.slow
@pytest.mark.parametrize("number", numbers(), ids="{:02d}".format)
def test_answers_by_the_cell_alone(number, subtests, monkeypatch):
    """The same verdicts without the command's having proved anything before."""
    monkeypatch.setattr(claims, "tell", print)
    for path in files("right", number):
        with subtests.test(f"right: {path.stem}"):
            ticks, message = by_cell(number, path)
            assert ticks
            assert message == ""
    for path in files("wrong", number):
        with subtests.test(f"wrong: {path.stem}"):
            _, message = by_cell(number, path)
            assert load(path).FAULT.casefold() in message.casefold()


@pytest.mark.parametrize("number", numbers())
def test_there_is_enough_of_both_sides(number):
    right, wrong = files("right", number), files("wrong", number)
    assert len(right) >= 2
    assert len(wrong) >= 6
    assert set(AGAIN[number]) <= {path.stem for path in wrong}
    for name in question(number).names:
        for some in (right, wrong):
            assert any(name in answers(number, load(path)) for path in some), name


@pytest.mark.parametrize("number", numbers())
def test_check_wants_known_names(number):
    with pytest.raises(TypeError, match=question(number).names[0]):
        question(number).check(bild_model=None)
    with pytest.raises(TypeError, match="got nothing"):
        question(number).check()
