"""`contrastive_loss`, compared with its formula in NumPy."""

from collections.abc import Iterator

import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault
from interview.checks.kit import agree, as_numbers, close, finite_gradient, judge_places

part = AnswerClaims("contrastive_loss")

SAME = np.array([1, 1, 1, 0, 0, 0, 0], dtype="float32")
DISTANCES = np.array([0.0, 0.4, 1.7, 0.0, 0.3, 0.9, 1.6], dtype="float32")


def formula(same, distance, margin: float = 1.0) -> np.ndarray:
    """One value per pair; like TensorFlow, it broadcasts shapes that differ."""
    return same * distance**2 + (1 - same) * np.maximum(margin - distance, 0) ** 2


def known_faults(same, distance, margin: float) -> Iterator[Fault]:
    """Common mistakes, and their numbers for flat labels and distances."""
    pull, apart = same * distance**2, 1 - same
    yield Fault(
        formula(apart, distance, margin),
        "1 is taken for different",
        "here 1 says same. Which term belongs to which pairs?",
    )
    yield Fault(
        formula(same, distance), "the loss for margin 1", "use the argument `margin`."
    )
    yield Fault(
        same * distance + apart * np.maximum(margin - distance, 0),
        "terms that aren't squared",
        "both terms are squared.",
    )
    yield Fault(
        pull + apart * np.maximum(margin - distance**2, 0),
        "the margin less the squared distance",
        "take what is missing to the margin first, square it then.",
    )
    yield Fault(
        pull,
        "the pull on same pairs alone",
        "what pushes different pairs apart? Without it all images fall together.",
    )
    yield Fault(
        pull + apart * (margin - distance) ** 2,
        "different pairs beyond the margin are pulled back",
        "beyond the margin there is nothing left to do.",
    )
    yield Fault(
        formula(same, distance, margin) / 2,
        "half of the loss",
        "papers differ by a factor of a half. Here a same pair costs d².",
    )
    yield Fault(
        len(same) * formula(same, distance, margin),
        "the sum over the pairs",
        "a sum grows with the batch, and the steps with it. Take the mean.",
    )


def same_loss(got: np.ndarray, right: np.ndarray) -> bool:
    """Whether the loss is right, as one mean or as one value per pair."""
    values = np.ravel(right)
    rivals = (values, values.mean(keepdims=True))
    return any(close(np.ravel(got), rival) for rival in rivals)


def equals_formula(loss, same, distances, what: str, **given: float) -> None:
    """End the proof unless the loss is the formula's value."""
    got = as_numbers(loss(tf.constant(same), tf.constant(distances), **given))
    margin = given.get("margin", 1.0)
    same, distances = same.astype("float64"), distances.astype("float64")
    flat = same.ravel(), distances.ravel()
    right = formula(*flat, margin)
    agree(
        got,
        right,
        expected=f"{right.mean():.4f} as one mean, or {len(right)} values with this "
        f"mean, for {what}, margin {margin}",
        shown=f"mean {got.mean():.4f}, shape {got.shape}",
        hint="1 is same: distance squared. 0 is different: what is missing to the "
        "margin, squared. Then the mean.",
        faults=(
            *known_faults(*flat, margin),
            Fault(
                formula(same, distances, margin),
                "each label has met each distance",
                "(n,) against (n, 1) makes a square of the two. Bring both to one "
                "shape first.",
            ),
        ),
        same=same_loss,
    )


@part.claim("is the formula's value, for labels that are floats")
def floats(loss) -> None:
    equals_formula(loss, SAME, DISTANCES, "float labels of shape (n,)")


@part.claim("uses the margin it is given")
def margins(loss) -> None:
    for margin in (0.5, 1.0, 2.0):
        equals_formula(loss, SAME, DISTANCES, "float labels", margin=margin)
    given = tf.constant(SAME), tf.constant(DISTANCES)
    judge_places(
        lambda: loss(*given, 0.5),
        loss(*given, margin=0.5),
        "y_true",
        "y_pred",
        "margin",
    )


@part.claim("takes labels and distances of shape (n,) and (n, 1)")
def columns(loss) -> None:
    for same in (SAME[:, None], SAME):
        for distances in (DISTANCES[:, None], DISTANCES):
            what = f"labels {same.shape}, distances {distances.shape}"
            equals_formula(loss, same, distances, what)


@part.claim("takes integer labels")
def integers(loss) -> None:
    for kind in ("int64", "int32", "uint8"):
        equals_formula(loss, SAME.astype(kind), DISTANCES, f"labels of type {kind}")


@part.claim("has a finite gradient, at distance 0 too")
def gradient(loss) -> None:
    finite_gradient(
        lambda distances: loss(tf.constant(SAME), distances),
        DISTANCES,
        of="the distances",
        hint="which function has no finite slope at 0?",
    )
