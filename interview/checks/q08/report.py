"""`ensemble_report`, the bug hunt: a claim for each of its four numbers."""

from collections.abc import Callable, Sequence

import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, steady
from interview.checks.q08 import members as known

part = AnswerClaims("ensemble_report")

KEYS = ("accuracy", "vote_accuracy", "nll", "disagreement")


def _cases() -> list[tuple[np.ndarray, np.ndarray]]:
    """Probabilities and labels: of five members, and of two on fewer rows."""
    p = known.random_tables(5, 4)
    y = p[0].argmax(axis=1)
    y[::3] = p[1, ::3].argmax(axis=1)
    return [(p, y), (p[:2, :25], y[:25])]


def _report(ensemble_report, p: np.ndarray, y: np.ndarray) -> dict:
    """The report on members with these probabilities, if it has all four numbers."""
    x = np.eye(known.ROWS, dtype="float32")[: len(y)]
    report = ensemble_report(known.models_of(p), x, y.copy())
    named = report if isinstance(report, dict) else {}
    missing = [name for name in KEYS if name not in named]
    need(
        not missing,
        expected=f"a dict with the keys {', '.join(KEYS)}",
        got=f"no {', '.join(missing)}",
        hint="repair the numbers, and keep their names.",
    )
    return {name: float(report[name]) for name in KEYS}


def _compare(
    ensemble_report,
    key: str,
    right: Callable[[np.ndarray, np.ndarray], float],
    faults: Callable[[np.ndarray, np.ndarray], Sequence[Fault]],
) -> None:
    """Compare one number of the report with NumPy's, for members and labels."""
    for p, y in _cases():
        got = _report(ensemble_report, p, y)[key]
        agree(
            got,
            right(p, y),
            expected=f"{key} {right(p, y):.4f}",
            shown=f"{got:.4f}",
            hint="work it out by hand for two members and three examples.",
            faults=faults(p, y),
            # Answers may compute in single precision: its error grows with the number.
            same=lambda a, b: abs(a - b) < 1e-5 * max(1, abs(b)),
        )


def _accuracy_of_mean(p, y) -> float:
    return float((p.mean(axis=0).argmax(axis=1) == y).mean())


def _accuracy_of_vote(p, y) -> float:
    return float((known.majority(p) == y).mean())


@part.claim("members predict, not train: the same numbers twice")
def predicts(ensemble_report):
    p, y = _cases()[0]
    steady(
        lambda: np.array(list(_report(ensemble_report, p, y).values())),
        what="the four numbers",
        hint="what do members draw at random, and only while they train?",
    )


@part.claim("accuracy is that of the averaged probabilities")
def accuracy(ensemble_report):
    def faults(p, y):
        return (
            Fault(
                (p.argmax(axis=2) == y).mean(),
                "the mean of the members' own accuracies",
                "whose prediction is judged here, the members' or the ensemble's?",
            ),
            Fault(
                _accuracy_of_vote(p, y),
                "that of a vote",
                "average the probabilities, then choose.",
            ),
        )

    _compare(ensemble_report, "accuracy", _accuracy_of_mean, faults)


@part.claim("vote_accuracy is that of the class with the most votes")
def vote_accuracy(ensemble_report):
    def faults(p, y):
        return (
            Fault(
                (known.mean_class(p) == y).mean(),
                "a mean of class numbers, rounded",
                "members that say 0 and 4 don't mean 2 together: classes are names.",
            ),
            Fault(
                _accuracy_of_mean(p, y),
                "the accuracy of averaged probabilities",
                "a vote counts each member's class once.",
            ),
        )

    _compare(ensemble_report, "vote_accuracy", _accuracy_of_vote, faults)


@part.claim("nll is that of the averaged probabilities")
def nll(ensemble_report):
    def right(p, y):
        return float(-np.log(p.mean(axis=0)[np.arange(len(y)), y]).mean())

    def faults(p, y):
        return (
            Fault(
                -np.log(p[:, np.arange(len(y)), y]).mean(),
                "the mean of the members' own losses",
                "whose prediction is judged here, the members' or the ensemble's?",
            ),
            Fault(
                right(p, y) * len(y),
                "a sum over examples",
                "divide by the number of examples.",
            ),
            Fault(
                -np.log(p.mean(axis=0).max(axis=1)).mean(),
                "the probability of the class that was chosen, right or wrong",
                "the likelihood is that of the label.",
            ),
        )

    _compare(ensemble_report, "nll", right, faults)
    p, y = known.random_tables(2, 3), np.zeros(known.ROWS, int)
    p[:, 0] = 0, 0, 1  # both members are sure, and wrong
    got = _report(ensemble_report, p, y)["nll"]
    likelihood = np.clip(p.mean(axis=0)[:, 0], 1e-7, 1)
    agree(
        got,
        float(-np.log(likelihood).mean()),
        expected="probabilities clipped to at least 1e-7 before the logarithm; of two "
        "members one label gets a probability of 0",
        shown=f"{got:.4f}",
        hint="what is the logarithm of 0?",
        same=lambda a, b: abs(a - b) < 1e-4,
    )


@part.claim("disagreement compares each member with every other, not with itself")
def disagreement(ensemble_report):
    def right(p, y):
        votes = p.argmax(axis=2)
        pairs = [(votes[i] != votes[j]).mean() for i in range(len(p)) for j in range(i)]
        return float(np.mean(pairs))

    def faults(p, y):
        votes = p.argmax(axis=2)
        return (
            Fault(
                (votes[:, None] != votes[None]).mean(),
                "each member is compared with itself too, and agrees",
                "how many of the pairs (i, j) are pairs of two members?",
            ),
            Fault(
                (votes != known.majority(p)).mean(),
                "each member is compared with the vote",
                "two members that differ from the vote may differ from each other.",
            ),
        )

    _compare(ensemble_report, "disagreement", right, faults)
    p, y = _cases()[0]
    got = _report(ensemble_report, p[:1], y)["disagreement"]
    need(
        got == 0,
        expected="a disagreement of 0 for a single member",
        got=f"{got}",
        hint="what is the mean over no pairs at all?",
    )
