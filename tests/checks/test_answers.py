"""Each check passes right answers and says what is wrong with wrong ones."""

import ast
import gc
import re
import zlib

import pytest

from interview.checks import claims, registry
from interview.checks.claims import CheckFailed
from interview.judging import tensorflow_startup, worker
from interview.study_notebooks import numbers
from tests.checks.answers import (
    changed,
    chosen,
    edited,
    files,
    hidden,
    load,
    mutants,
    question,
    right,
    sources,
    unreached,
    wrong,
)
from tests.checks.reached import watch

every_question = pytest.mark.parametrize("number", numbers(), ids="{:02d}".format)


@pytest.fixture
def brief():
    """Set TensorFlow up as the process of `interview check` does."""
    import helpers.quiet  # isort: skip
    import tensorflow

    tensorflow_startup.skip_long_term_work()
    yield
    gc.unfreeze()
    options = {"disable_meta_optimizer": False}
    tensorflow.config.optimizer.set_experimental_options(options)


@pytest.fixture
def judge(brief, monkeypatch, subtests, tmp_path):
    """Judge answers by the command and by the cell, each of which proves all claims."""
    monkeypatch.setattr(claims, "tell", print)

    def judge_all(answers) -> None:
        for answer in answers:
            side = "wrong" if answer.says else "right"
            seed = zlib.crc32(answer.name.encode())
            with subtests.test(f"{side}: {answer.name}", seed=seed):
                path = answer.write(tmp_path)
                (is_wrong if answer.says else is_right)(answer, path, seed)

    return judge_all


def is_right(answer, path, seed) -> None:
    """An answer passes by the command and by the cell, with the same ✓ lines."""
    said, ticks = by_command(answer, path, seed)
    assert said == dict.fromkeys(answer.names, "passed")
    assert by_cell(answer, path, seed) == (ticks, "")
    assert ticks
    assert all(line.startswith(("✓ ", "· note: ")) for line in ticks)


def is_wrong(answer, path, seed) -> None:
    """An answer fails by the command and by the cell, with one message."""
    said, _ = by_command(answer, path, seed)
    failed = [text for text in said.values() if text.startswith("✗ ")]
    _, message = by_cell(answer, path, seed)
    as_said = message.removesuffix(f" {claims.SHOWS_TRACEBACK}")
    assert without_addresses(as_said) in map(without_addresses, failed)
    assert answer.says.casefold() in message.casefold()
    assert "not written yet" in message or all(
        part in message for part in ("\nexpected: ", "\ngot: ", "\nhint: ")
    )


def without_addresses(message: str) -> str:
    return re.sub(r" at 0x[0-9a-f]+", "", message)


def by_command(answer, path, seed) -> tuple[dict[str, str], list[str]]:
    """The output of `interview check`: the verdict for each name, and the ✓ lines."""
    start_anew(seed)
    said, ticks = {}, []

    def report(kind, name="", text="", **_):
        if kind == "tick":
            ticks.append(text)
        elif name and kind != "missing":
            said[name] = "passed" if kind == "passed" else text

    worker.check_file(answer.number, path, report)
    return said, ticks


def by_cell(answer, path, seed) -> tuple[list[str], str]:
    """The output of a notebook's check: its ✓ lines, and its last message."""
    start_anew(seed)
    module, ticks = load(path), []
    claims.tell = ticks.append
    try:
        given = {name: getattr(module, name) for name in answer.names}
        question(answer.number).check(**given)
    except CheckFailed as failure:
        return ticks, str(failure)
    return ticks, ""


def start_anew(seed) -> None:
    """Reset Keras's names and seeds, so that messages are the same in each run."""
    import keras

    keras.backend.clear_session(free_memory=False)
    keras.utils.set_random_seed(seed)


@every_question
def test_answers(number, judge, monkeypatch):
    """Command and cell give one verdict for each answer; every message is reached."""
    reached = watch(monkeypatch)
    judge(chosen(number))
    assert unreached(sources(number), reached) == []
    hints = [part for part, _ in question(number).hints]
    assert [part for part in hints if ("hint", part) not in reached] == []


@pytest.mark.slow
@every_question
def test_other_answers(number, judge):
    """Command and cell agree on the answers that `make test` leaves out, too."""
    known = chosen(number)
    every = right(number) + wrong(number)
    judge(answer for answer in every if answer not in known)


@every_question
def test_there_is_enough_of_both_sides(number):
    assert len(right(number)) >= 2
    assert len(wrong(number)) >= 6
    for name in registry.of(number).names:
        for some in (right(number), wrong(number)):
            assert any(name in answer.names for answer in some), name


@every_question
def test_mutants_are_sound(number):
    """Every edit changes its base, and no two wrong answers are the same."""
    bases = {answer.name: answer.source for answer in right(number)}
    tables = mutants(number)
    for name, mutant in tables.items():
        assert mutant.why.endswith("."), name
        assert bool(mutant.old) != bool(mutant.edits), name
        assert set(mutant.names) <= set(registry.of(number).names), name
        source = edited(bases[mutant.base], mutant.pairs, name)
        assert code(source) != code(bases[mutant.base]), name
    assert not set(tables) & {path.stem for path in files("wrong", number)}
    seen = {}
    for answer in wrong(number):
        assert answer.says, answer.name
        assert answer.names, f"{answer.name} hands nothing in"
        twin = seen.setdefault(code(answer.source), answer.name)
        assert twin == answer.name, f"{answer.name} is {twin} once more"


def code(source: str) -> str:
    """A source as Python parses it, without comments and blank lines."""
    return ast.dump(ast.parse(source))


BASE = """
def helper(x):
    return 2 * x


def schedule(epoch, lr):
    return helper(lr)


def make_plateau_callback():
    return schedule
"""


@pytest.mark.parametrize(("old", "count"), [("return 3", 0), ("return", 3)])
def test_a_piece_to_replace_occurs_once(old, count):
    with pytest.raises(ValueError, match=f"^slip: .* {count} times .*: {old}$"):
        edited(BASE, [("2 * x", "x"), (old, "")], "slip")


def test_edits_find_their_places_in_the_base():
    """An edit is applied to the base, not to the text of another edit."""
    source = edited(BASE, [("2 * x", "helper(lr)"), ("helper(lr)", "2 * x")], "")
    assert source.index("helper(lr)") < source.index("2 * x")


@pytest.mark.parametrize(
    ("old", "names"),
    [("helper(lr)", {"schedule"}), ("2 * x", {"schedule"}), ("# None", set())],
)
def test_names_that_an_edit_changes(old, names):
    """A changed helper counts as a change of each name that uses it."""
    asked = ["schedule", "make_plateau_callback"]
    base = f"{BASE}# None\n"
    assert changed(base, edited(base, [(old, "0")], ""), asked) == names


def test_hidden_names_work_as_before():
    module = {}
    exec(hidden(BASE, {"schedule"}), module)
    assert "schedule" not in module
    assert module["make_plateau_callback"]()(0, 0.5) == 1.0


@every_question
def test_check_wants_known_names(number):
    with pytest.raises(TypeError, match=question(number).names[0]):
        question(number).check(bild_model=None)
    with pytest.raises(TypeError, match="got nothing"):
        question(number).check()
