"""Properties of question 10's check that no single answer tests."""

import pytest

from interview.checks.q10.stage import Stage

ROUNDS = [
    ({"d_loss": [3.0]}, [0.0, 1.0]),
    ({"d_loss": [2.0]}, [0.5, 0.5]),
    ({"d_loss": [1.0]}, [0.0, 2.0]),
]


@pytest.mark.parametrize(
    ("ends", "losses", "moved"),
    [
        ([True, True], [3.0], [0.0, 1.0]),
        ([False, True], [3.0, 2.0], [0.5, 1.0]),
        ([False, False], [3.0, 2.0, 1.0], [0.5, 2.0]),
    ],
)
def test_a_training_goes_on_until_it_ends_and_is_told_as_one(
    ends, losses, moved, monkeypatch
):
    rounds, verdicts = iter(ROUNDS), iter(ends)
    monkeypatch.setattr(Stage, "fit", lambda *_: next(rounds))
    told = Stage.fit_until(
        object.__new__(Stage), lambda: next(verdicts), None, (0.0, 1e-3)
    )
    assert told == ({"d_loss": losses}, moved)
