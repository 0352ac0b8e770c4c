"""`average_predict`, with members whose probabilities are known row by row."""

import numpy as np
from scipy.special import softmax

from interview.checks.claims import Fault, Part
from interview.checks.kit import agree
from interview.checks.q08 import members as known

part = Part("average_predict")

# Far above the rounding error of single precision, and below that of half precision.
GAP = 1e-4

known.claim_that_members_predict(part)


@part.claim("gives the class whose probability, averaged over members, is highest")
def highest_mean(average_predict):
    for members, classes in ((5, 4), (3, 2), (1, 4)):
        tables = known.random_tables(members, classes)
        _compare(known.classes_of(average_predict, tables), tables)
    tables = known.near_ties(5, 4, GAP)
    # An answer that trains the members changes how near ties are decided. So whether it
    # has changed a member is reported first.
    with known.left_alone(known.models_of(tables)):
        got = known.classes_of(average_predict, tables)
    _compare(got, tables)


def _compare(got: np.ndarray, tables: np.ndarray) -> None:
    members, _, classes = tables.shape
    right = tables.mean(axis=0).argmax(axis=1)
    agree(
        got,
        right,
        expected=f"the classes of NumPy's mean over {members} members, {classes} "
        f"classes",
        shown=known.different(got, right),
        hint="a plain mean: every member counts the same, with its probabilities "
        "as they are. The class is chosen after.",
        faults=_faults(tables),
        same=np.array_equal,
    )


def _faults(tables: np.ndarray) -> list[Fault]:
    return [
        Fault(
            known.majority(tables),
            "those of a vote, in which how sure a member is doesn't count",
            "a member that is sure should count for more than one that wavers.",
        ),
        Fault(
            np.log(tables).mean(axis=0).argmax(axis=1),
            "those of averaged logarithms (a geometric mean)",
            "average the probabilities as they are.",
        ),
        Fault(
            tables.max(axis=0).argmax(axis=1),
            "those of the member that is most certain",
            "every member has a say in every class.",
        ),
        Fault(
            known.mean_class(tables),
            "the mean of class numbers, rounded",
            "classes are names: 0 and 2 don't mean 1. Average, then choose.",
        ),
        Fault(
            known.halved_mean(tables).argmax(axis=1),
            "the later a member, the more it counts",
            "halving after each member isn't dividing once by how many there are.",
        ),
        Fault(
            np.round(tables.mean(axis=0)).argmax(axis=1),
            "the mean was rounded before the class is chosen",
            "the highest of several probabilities may well be below 0.5.",
        ),
        Fault(
            np.median(tables, axis=0).argmax(axis=1),
            "those of the median",
            "the median forgets how far the others are from it; an average doesn't.",
        ),
        Fault(
            softmax(tables, axis=2).mean(axis=0).argmax(axis=1),
            "those of a second softmax",
            "the members' outputs are probabilities already.",
        ),
        Fault(
            tables.astype("float16").mean(axis=0).argmax(axis=1),
            "those of half precision",
            f"two probabilities that are {GAP} apart are to stay apart.",
        ),
        Fault(
            tables[-1].argmax(axis=1),
            "those of the last member alone",
            "every member has a say.",
        ),
    ]


known.claim_that_members_stay(part)
