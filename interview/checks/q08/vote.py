"""`vote_predict`, with members whose probabilities are known row by row."""

import numpy as np

from interview.checks.claims import Fault, Part
from interview.checks.kit import agree
from interview.checks.q08 import members as known

part = Part("vote_predict")

known.claim_that_members_predict(part)


@part.claim("gives the class that most members choose, each with one vote")
def most_votes(vote_predict):
    several = known.random_tables(5, 4)
    counts = np.sort(known.counts(several), axis=1)
    several = several[:, counts[:, -1] > counts[:, -2]]
    # Five members, then two equal members against one, then one member alone.
    for tables in (several, several[[0, 1, 1]], several[:1]):
        _count(vote_predict, tables)


def _count(vote_predict, tables: np.ndarray) -> None:
    votes = tables.argmax(axis=2)
    right, got = known.majority(tables), known.classes_of(vote_predict, tables)
    agree(
        got,
        right,
        expected=f"for each example the most frequent of {len(tables)} members' "
        f"classes",
        shown=known.different(got, right),
        hint="count over members, for each example on its own.",
        faults=(
            Fault(
                tables.mean(axis=0).argmax(axis=1),
                "those of averaged probabilities",
                "in a hard vote each member names one class, however sure it is.",
            ),
            Fault(
                known.mean_class(tables),
                "the mean of class numbers, rounded",
                "classes are names: of the votes 0, 0 and 2 the mean is about 1, which "
                "nobody chose. What is most frequent?",
            ),
            Fault(
                np.median(votes, axis=0).astype(int),
                "the median of class numbers",
                "classes are names, and have no order. What is most frequent?",
            ),
            Fault(
                (tables > 0.5).sum(axis=0).argmax(axis=1),
                "a member whose probabilities are not over 0.5 has no vote",
                "each member has one vote, even where its best class has only 0.4.",
            ),
            Fault(
                known.counts(tables)[:, :-1].argmax(axis=1),
                "the last class is never chosen",
                "how many classes are there? The members' outputs tell.",
            ),
            Fault(
                known.counts(
                    tables[np.unique(votes, axis=0, return_index=True)[1]]
                ).argmax(axis=1),
                "members that vote the same count once",
                "each member has one vote, whoever else votes as it does.",
            ),
        ),
        same=np.array_equal,
    )


@part.claim("gives the lowest class where several have the most votes")
def lowest_of_tied(vote_predict):
    votes = [[2, 3, 2, 3, 1], [0, 1, 1, 3, 3], [0, 1, 0, 1, 1], [2, 3, 3, 1, 3]]
    _break_ties(vote_predict, np.array(votes), classes=4)
    # A Python set lists integers below 8 in order, but may put larger ones first.
    votes = [[8, 1, 2, 9, 3, 10, 4], [1, 8, 1, 2, 10, 3, 5]]
    _break_ties(vote_predict, np.array(votes), classes=11)


@part.claim("works with two classes, and with an even number of members")
def two_classes(vote_predict):
    _break_ties(vote_predict, np.array([[1, 0, 1, 0], [0, 1, 1, 0]]), classes=2)
    _break_ties(vote_predict, np.array([[1, 0, 1], [0, 1, 1], [0, 1, 0]]), classes=2)


def _break_ties(vote_predict, votes: np.ndarray, classes: int) -> None:
    # The members' confidences differ.
    sure = np.linspace(0.5, 0.9, len(votes))[:, None, None]
    won = np.eye(classes)[votes]
    tables = sure * won + (1 - sure) * (1 - won) / (classes - 1)
    counts = known.counts(tables)
    tied = counts == counts.max(axis=1, keepdims=True)
    right, got = known.majority(tables), known.classes_of(vote_predict, tables)
    row = int((got != right).argmax())
    agree(
        got,
        right,
        expected=f"class {right[row]} for the votes {votes[:, row].tolist()}; in a tie "
        f"the lowest class wins, as `scipy.stats.mode` has it",
        shown=f"class {got[row]}",
        hint="what does your count do when two classes have the same number of votes?",
        faults=(
            Fault(
                classes - 1 - counts[:, ::-1].argmax(axis=1),
                "the highest class among equals",
                "in which order are the classes compared?",
            ),
            Fault(
                votes[0],
                "the first member decides among equals",
                "in which order are the votes counted?",
            ),
            Fault(
                np.where(tied, tables.mean(axis=0), -1).argmax(axis=1),
                "the mean probability decides among equals",
                "sensible, and not what was asked for.",
            ),
        ),
        same=np.array_equal,
    )


known.claim_that_members_stay(part)
