"""Means with their standard errors, and paired differences.

A score is a mean over replicates (draws, cases or seeds, whichever vary most) ± its
standard error. Importing this module doesn't import TensorFlow.

Sources: Altman and Bland, "Standard deviations and standard errors", BMJ 331, 2005, for
s / √n; Dietterich, "Approximate statistical tests for comparing supervised
classification learning algorithms", Neural Computation 10, 1998, for paired scores.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Estimate(NamedTuple):
    """A mean and its standard error, in the unit of what was averaged.

    `f"{estimate:.3f}"` is "0.981 ± 0.002", and `f"{estimate:+.3f}"` gives the mean its
    sign.
    """

    mean: float
    error: float

    def __format__(self, form: str) -> str:
        return f"{self.mean:{form}} ± {self.error:{form.removeprefix('+')}}"


def mean_error(values: ArrayLike) -> Estimate:
    """The mean of replicates, and the standard error of that mean, s / √n.

    Args:
        values: (n,) one number for each replicate. The error of a single one isn't
            known: it is NaN.

    Raises:
        ValueError: there are no values, or they have more than one axis.
    """
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or not len(values):
        raise ValueError(f"expected (n,) replicates; got the shape {values.shape}")
    spread = values.std(ddof=1) if len(values) > 1 else np.nan
    return Estimate(float(values.mean()), float(spread / np.sqrt(len(values))))


def paired_difference(after: ArrayLike, before: ArrayLike, axis: int = 0) -> Estimate:
    """How much higher one score is than another, replicate by replicate.

    What both scores of a replicate have in common, such as its test examples or its
    first weights, drops out of the difference and of its error.

    Args:
        after, before: scores of the same shape, row by row of the same replicate.
            Scores without replicates may have a single row, which is compared with each
            row of the other scores.
        axis: of the replicates; over all other axes the mean is taken first.

    Raises:
        ValueError: the two have different numbers of replicates.
    """
    difference = np.subtract(after, before, dtype=float)
    others = tuple(set(range(difference.ndim)) - {axis})
    return mean_error(difference.mean(axis=others))
