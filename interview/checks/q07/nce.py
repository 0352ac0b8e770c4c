"""`info_nce`, the second round, compared with its formula in NumPy."""

from collections.abc import Iterator
from itertools import chain

import numpy as np
import tensorflow as tf
from scipy.special import log_softmax

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import (
    agree,
    as_numbers,
    close,
    finite_gradient,
    judge_places,
    shaped,
)

part = AnswerClaims("info_nce")

_random = np.random.default_rng(0)
# Pairs of rows that are similar but not equal, with lengths between 1 and 6.
LEFT = _random.standard_normal((7, 5)).astype("float32")
LEFT *= np.linspace(0.5, 3, 7, dtype="float32")[:, None]
RIGHT = LEFT[:, ::-1].copy() * 0.2 + LEFT + _random.standard_normal((7, 5)) * 0.5
RIGHT = RIGHT.astype("float32")
NO_OVERFLOW = (
    "a large exponent overflows, a small one leaves the logarithm of 0. Which function "
    "takes the logarithm of a sum of exponentials safely?"
)


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def one_way(scores: np.ndarray) -> float:
    """Mean cross-entropy of each row's own column."""
    return float(-np.diag(log_softmax(scores, axis=1)).mean())


def formula(left, right, temperature: float = 0.1) -> float:
    scores = unit(left) @ unit(right).T / temperature
    return (one_way(scores) + one_way(scores.T)) / 2


def known_faults(left, right, temperature: float) -> Iterator[Fault]:
    """Common mistakes, and their numbers for these rows."""
    cosines = unit(left) @ unit(right).T
    scores = cosines / temperature
    right_value = formula(left, right, temperature)
    both = "each left row looks for its right one, and each right row for its left one."
    for way, name in ((scores, "left to right"), (scores.T, "right to left")):
        yield Fault(one_way(way), f"one direction alone, {name}", both)
    yield Fault(
        2 * right_value, "both directions added up", "take the mean of the two."
    )
    yield Fault(
        len(left) * right_value,
        "the sum over the rows",
        "a sum grows with the batch, and the steps with it. Take the mean.",
    )
    raw = left @ right.T / temperature
    yield Fault(
        (one_way(raw) + one_way(raw.T)) / 2,
        "products of vectors as long as they came",
        "bring each row to length 1 before you compare.",
    )
    hot = cosines * temperature
    yield Fault(
        (one_way(hot) + one_way(hot.T)) / 2,
        "the cosines multiplied by the temperature",
        "a low temperature makes differences larger.",
    )
    yield Fault(
        formula(left, right),
        "the loss for temperature 0.1",
        "use the argument `temperature`.",
    )
    apart = scores - 1e9 * np.eye(len(left))
    positive = np.diag(scores)
    without = [np.log(np.exp(s).sum(axis=1)) - positive for s in (apart, apart.T)]
    yield Fault(
        float(np.mean(without)),
        "a row's own partner is missing among those it is compared with",
        "the sum in the denominator runs over all rows, the pair's own included.",
    )


def short_rows(loss, value: float, right: float, heat: float) -> Iterator[Fault]:
    """The faults of adding a constant to the rows' lengths."""
    long = tf.constant(1000 * LEFT), tf.constant(1000 * RIGHT)
    longer = as_numbers(loss(*long, temperature=heat))
    if close(longer.ravel(), [right]):
        yield Fault(
            value,
            "right for rows a thousand times as long; these don't come to length 1",
            "what is added to a length, or is its floor, must be tiny.",
        )


def equals_formula(loss, **given: float) -> None:
    """End the proof unless the loss is the formula's value."""
    temperature = given.get("temperature", 0.1)
    value = shaped(
        loss(tf.constant(LEFT), tf.constant(RIGHT), **given),
        (),
        (1,),
        what="one number for the batch",
        hint="the mean over the rows.",
    ).ravel()[0]
    right = formula(LEFT, RIGHT, temperature)
    agree(
        value,
        right,
        expected=f"{right:.4f} for 7 pairs of vectors, temperature {temperature}",
        shown=f"{value:.4f}",
        hint="cosines of all left rows with all right ones, over the temperature; in "
        "each row, and in each column, the cross-entropy of the diagonal.",
        faults=chain(
            known_faults(LEFT, RIGHT, temperature),
            short_rows(loss, value, right, temperature),
        ),
    )


@part.claim("is the mean cross-entropy both ways, at the temperature it is given")
def temperatures(loss) -> None:
    equals_formula(loss)
    for temperature in (0.5, 1.0):
        equals_formula(loss, temperature=temperature)
    given = tf.constant(LEFT), tf.constant(RIGHT)
    names = "left", "right", "temperature"
    judge_places(lambda: loss(*given, 1.0), loss(*given, temperature=1.0), *names)
    # In the wrong order each row's partner is far from it, and with a low temperature
    # the loss is large; an answer mustn't clip it. The claim `extremes` reports a loss
    # that isn't finite.
    left, right, temperature = LEFT, RIGHT[::-1].copy(), 0.002
    dear = as_numbers(
        loss(tf.constant(left), tf.constant(right), temperature=temperature)
    )
    need(
        not np.isfinite(dear).all()
        or close(dear.ravel(), [formula(left, right, temperature)], rtol=1e-2),
        expected=f"{formula(left, right, temperature):.1f} for pairs that are far "
        f"apart, at temperature {temperature}",
        got=f"{dear.ravel()[0]:.1f}",
        hint="what bounds the temperature, or adds a small number in the logarithm, "
        "bounds the loss too.",
    )


@part.claim("has a finite gradient with respect to both sides")
def gradient_of_both_sides(loss) -> None:
    for turned in (False, True):
        fixed = tf.constant(LEFT if turned else RIGHT)

        def one_side(moved, fixed=fixed, turned=turned):
            return loss(fixed, moved) if turned else loss(moved, fixed)

        finite_gradient(
            one_side,
            RIGHT if turned else LEFT,
            of="the right rows" if turned else "the left rows",
            hint=NO_OVERFLOW,
            none="both sides are trained. Which step lets no gradient through? NumPy "
            "is one, `stop_gradient` another.",
        )


@part.claim("is finite at a low temperature, and for rows of zeros and huge ones")
def extremes(loss) -> None:
    cold = as_numbers(loss(tf.constant(LEFT), tf.constant(RIGHT), temperature=0.002))
    need(
        np.isfinite(cold).all(),
        expected="a finite loss at temperature 0.002",
        got=f"{cold}",
        hint=NO_OVERFLOW,
    )
    zeros = LEFT.copy()
    zeros[0] = 0
    zero = as_numbers(loss(tf.constant(zeros), tf.constant(RIGHT)))
    need(
        np.isfinite(zero).all(),
        expected="a finite loss where a row is all zeros",
        got=f"{zero}",
        hint="a vector of length 0 can't be divided by its length. Keep what you "
        "divide by above a tiny number.",
    )
    finite_gradient(
        lambda left: loss(left, tf.constant(RIGHT)),
        zeros,
        of="rows of which one is all zeros",
        hint="a `where` chooses a value, but the gradient goes through both branches, "
        "and 0 times infinity isn't a number. Keep what you divide by above a tiny "
        "number instead.",
    )
    # The squares of these rows overflow in float32, and so do products of two of them.
    huge, partner = LEFT.copy(), RIGHT.copy()
    huge[0] *= 1e25
    partner[0] *= 1e25
    overflown = as_numbers(loss(tf.constant(huge), tf.constant(partner)))
    need(
        np.isfinite(overflown).all(),
        expected="a finite loss where the squares of a row overflow float32",
        got=f"{overflown}",
        hint="bring the rows to length 1 before you multiply them: infinity divided by "
        "infinity isn't a number.",
    )
    finite_gradient(
        lambda left: loss(left, tf.constant(partner)),
        huge,
        of="rows of which one is huge",
        hint="which square or product overflows?",
    )
