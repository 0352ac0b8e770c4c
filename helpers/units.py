"""The hidden units of a small network: their order, and which do the same in another.

For stacks of dense layers. A unit is a column of its kernel, a number of its bias and a
row of the next kernel: moving all three moves the unit, and nothing else changes.
"""

from collections.abc import Sequence

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
from scipy import optimize


def reordered(model: keras.Model, orders: Sequence[np.ndarray]) -> keras.Model:
    """A copy with its hidden units in another order, which computes the same.

    Args:
        model: a sequential network whose layers with weights are all dense.
        orders: for each hidden layer, the old place of each unit.
    """
    weights = model.get_weights()
    for layer, order in enumerate(orders):
        kernel, bias, following = range(2 * layer, 2 * layer + 3)
        weights[kernel] = weights[kernel][:, order]
        weights[bias] = weights[bias][order]
        weights[following] = weights[following][order]
    copy = keras.models.clone_model(model)
    copy.set_weights(weights)
    return copy


def shuffled(model: keras.Model, random: np.random.Generator) -> keras.Model:
    """A copy with the units of each hidden layer in an order drawn at random."""
    biases = model.get_weights()[1:-1:2]
    return reordered(model, [random.permutation(len(bias)) for bias in biases])


def matched(model: keras.Model, like: keras.Model, x: np.ndarray) -> keras.Model:
    """A copy with each hidden unit where another network has the one most like it.

    Args:
        model, like: of one architecture.
        x: (n, features) examples, on which the outputs of units are compared.
    """
    orders, here, there = [], x, x
    for ours, theirs in zip(model.layers[:-1], like.layers[:-1], strict=True):
        here, there = ours(here), theirs(there)
        if ours.weights:
            orders.append(matching_order(np.array(there), np.array(here)))
    return reordered(model, orders)


def matching_order(units: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which unit of another network goes with each unit of this one.

    Args:
        units, others: (n, units) outputs of one hidden layer in both networks, for the
            same examples.

    Returns:
        (units,) columns of `others`, each once, such that the sum of the correlations
        of all pairs is highest. A unit that never changes correlates with none.
    """
    size = units.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = np.corrcoef(units, others, rowvar=False)[:size, size:]
    return optimize.linear_sum_assignment(np.nan_to_num(alike), maximize=True)[1]
