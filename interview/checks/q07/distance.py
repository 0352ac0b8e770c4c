"""`EuclideanDistance`, on two sets of vectors."""

import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, close, finite_gradient, shaped
from interview.checks.models import reloaded

part = AnswerClaims("EuclideanDistance")

LEFT, RIGHT = np.random.default_rng(0).standard_normal((2, 9, 5)).astype("float32")
# Vectors close to each other and far from 0, since embeddings needn't be centred on 0.
FAR = 100 + np.random.default_rng(1).standard_normal((9, 128)).astype("float32")
BESIDE = FAR + np.float32(0.5 / 128**0.5)


@part.claim("is the Euclidean distance, one number for each pair")
def distance(layer) -> None:
    got = shaped(
        layer()([LEFT, RIGHT]),
        (9,),
        (9, 1),
        what="one number for each of 9 pairs",
        faults=[
            Fault(LEFT.shape, "a number for each feature", "sum over the last axis.")
        ],
        hint="keep the batch axis; sum over the features.",
    ).ravel()
    right, apart = np.linalg.norm(LEFT - RIGHT, axis=1), np.abs(LEFT - RIGHT)
    root = "the root of the sum of squared differences."
    added = max((got**2 - right**2).mean(), 0)
    agree(
        got,
        right,
        expected=f"{right[:3].round(3)}, …",
        shown=f"{got[:3].round(3)}, …",
        hint=root,
        faults=(
            Fault(right**2, "the squared distance", root),
            Fault(apart.sum(axis=1), "the sum of absolute differences", root),
            Fault(right / 5**0.5, "a mean over features", root),
            Fault(
                (right**2 + added) ** 0.5,
                f"about {added:.1g} is added under the root",
                "what keeps the root away from 0 must be too small to be seen.",
            ),
        ),
    )
    got = as_numbers(layer()([FAR, BESIDE])).ravel()
    right = np.linalg.norm(FAR.astype("float64") - BESIDE, axis=1)
    need(
        close(got, right, atol=0.01),
        expected=f"{right[:3].round(3)}, … for vectors that are near to each other and "
        "far from 0",
        got=f"{got[:3].round(3)}, …",
        hint="the difference of two large sums has lost its last digits. Take the "
        "difference of the vectors first.",
    )


@part.claim("is 0 for equal embeddings, with a finite gradient there")
def zero(layer) -> None:
    farthest = np.abs(as_numbers(layer()([LEFT, LEFT]))).max()
    need(
        farthest < 0.05,
        expected="a distance of 0 for equal embeddings, but for rounding",
        got=f"{farthest:.3f}",
        hint="what keeps the root away from 0 must be small.",
    )
    finite_gradient(
        lambda left: layer()([left, LEFT]),
        LEFT,
        of="equal embeddings",
        hint="the root's slope at 0 is infinite, and infinity times 0 isn't a "
        "number. Keep what is under the root above a tiny number.",
    )


@part.claim("can be saved and loaded, in safe mode")
def layer_saves_and_loads(layer) -> None:
    # The layer has no weights and is built with its defaults. So loading can only fail
    # because Keras can't find or build a class or function that the file names.
    inputs = [keras.Input((5,)), keras.Input((5,))]
    reloaded(keras.Model(inputs, layer()(inputs)))
