"""`find_anomalies`, the bug hunt, with a model whose errors are known.

Any interpolation of the quantile is accepted.
"""

from collections.abc import Callable
from functools import partial

import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, close, pair_of, shaped

part = AnswerClaims("find_anomalies")

NORMAL, NEW = 400, 100


@keras.saving.register_keras_serializable("interview")
class Halver(keras.Model):
    """Stands in for an autoencoder: halves the contrast, and in training loses more."""

    def call(self, inputs, training=False):
        halved = 0.5 * keras.ops.convert_to_tensor(inputs) + 0.25
        return 0.1 * halved if training else halved


def pictures(count: int, seed: int, contrast: float) -> np.ndarray:
    """Rows of 50 pixels around 0.5; more contrast means a larger error."""
    random = np.random.default_rng(seed)
    strength = contrast * random.uniform(0.5, 1, size=(count, 1))
    return (0.5 + strength * random.uniform(-0.5, 0.5, (count, 50))).astype("float32")


def right_scores(x: np.ndarray) -> np.ndarray:
    return np.square(0.5 * (x - 0.5)).mean(axis=1)


USUAL = pictures(NORMAL, 1, 0.5)


def found(
    find: Callable, new: np.ndarray, normal: np.ndarray = USUAL, **options
) -> tuple[np.ndarray, ...]:
    """Scores, threshold and flags as the answer returns them."""
    returned = find(Halver(name="halver"), normal, new, **options)
    names, hint = ("scores", "threshold", "flags"), "keep the broken function's return."
    return tuple(map(as_numbers, pair_of(returned, *names, hint=hint)))


@part.claim("scores each picture by the mean of its squared errors")
def scores_each_picture(find: Callable) -> None:
    new = pictures(NEW, 2, 0.9)
    scores = shaped(
        found(find, new)[0],
        (NEW,),
        what=f"for {NEW} pictures, scores",
        hint="the mean goes over the pixels of one picture, and over nothing else.",
    )
    errors, trained = 0.5 * (new - 0.5), new - 0.1 * (0.5 * new + 0.25)
    cancel = (
        "the square of the mean error, in which too dark here and too bright there "
        "cancel out",
        "which comes first, the square or the mean?",
    )
    right = right_scores(new)
    agree(
        scores,
        right,
        expected=f"scores like {right[0]:.4f} and {right[1]:.4f}",
        shown=f"{scores[0]:.4f} and {scores[1]:.4f}",
        faults=(
            Fault(np.square(errors.mean(axis=1)), *cancel),
            Fault(np.square(trained.mean(axis=1)), *cancel),
            Fault(
                np.square(trained).mean(axis=1),
                "what the model reconstructs in training mode",
                "dropout and noise are on in training mode. Which mode does a "
                "measurement want?",
            ),
            Fault(
                np.square(errors).sum(axis=1),
                "sums over pixels, not means",
                "the mean of each picture's squared errors.",
            ),
            Fault(
                np.sort(right),
                "the right scores in another order",
                "each score belongs to one picture, and stays in that picture's place.",
            ),
            Fault(
                right / np.quantile(right_scores(USUAL), 0.99),
                "the scores as multiples of the threshold",
                "the threshold is returned beside the scores, and doesn't change them.",
            ),
        ),
        hint="square each pixel's error, then take the mean over the picture.",
        same=partial(close, atol=1e-7, rtol=1e-3),
    )


@part.claim("calls the model in inference mode, for both sets of pictures")
def sees_inference(find: Callable) -> None:
    calls = []

    class Listener(Halver):
        def call(self, inputs, training=False):
            calls.append(bool(training))
            return super().call(inputs, training=training)

    find(Listener(name="listener"), USUAL, pictures(NEW, 2, 0.9))
    need(
        not any(calls),
        expected="training=False in every call of the model",
        got="training mode: dropout and noise are on while you measure",
        hint="which mode does a measurement want?",
    )


@part.claim(
    "takes the threshold from the normal pictures: `share` of them lie above it"
)
def takes_threshold_from_normal(find: Callable) -> None:
    normal, new = right_scores(USUAL), pictures(NEW, 2, 0.9)
    for options, share in (({"share": 0.05}, 0.05), ({}, 0.01)):
        right = np.quantile(normal, 1 - share)
        expected = (
            f"a threshold that {share:.0%} of {NORMAL} normal pictures lie above, "
            f"about {right:.4f}"
        )
        threshold = found(find, new, **options)[1]
        need(
            threshold.ndim == 0,
            expected=expected,
            got=f"{threshold.shape} numbers",
            hint="one threshold for all pictures.",
        )
        above = int((normal > threshold).sum())
        if abs(above - share * NORMAL) <= 1:
            continue
        agree(
            threshold,
            right,
            expected=expected,
            shown=f"{float(threshold):.4f}, which {above} of them lie above",
            faults=(
                Fault(
                    np.quantile(right_scores(new), 1 - share),
                    "the threshold comes from the pictures that it judges",
                    "if every one of the new pictures is odd, how many does this "
                    "threshold let you find?",
                ),
                Fault(
                    np.quantile(normal, share),
                    "the wrong end of the scores",
                    "odd pictures have large errors.",
                ),
            ),
            hint="a quantile of the normal pictures' scores, by `share`.",
            same=partial(close, atol=0, rtol=1e-2),
        )


@part.claim("flags what lies above: all of an odd set, few of a normal one")
def flags_what_is_above(find: Callable) -> None:
    odd, usual = pictures(NEW, 3, 3.0), pictures(NEW, 4, 0.4)
    for name, new, count in (("an odd set", odd, NEW), ("a normal set", usual, 0)):
        _, _, flags = found(find, new)
        need(
            flags.shape == (NEW,) and set(flags) <= {0, 1},
            expected=f"{NEW} flags, True or False",
            got=f"shape {flags.shape}: {flags.ravel()[:3]}, …",
            hint="compare scores with the threshold.",
        )
        need(
            abs(flags.sum() - count) <= 2,
            expected=f"about {count} flags in {name} of {NEW}",
            got=f"{flags.sum():.0f}",
            hint="a flag is a score above the threshold of the normal pictures.",
        )
    # All pictures are the same, with an error of 1/4 in each of 64 pixels. That score
    # is exact however it is computed, so every quantile equals it.
    alike = np.ones((NORMAL, 64), "float32")
    _, _, flags = found(find, alike[:NEW], normal=alike)
    need(
        not flags.any(),
        expected="no flag where every score is equal to the threshold",
        got=f"{flags.sum():.0f} flags",
        hint="which comparison leaves out what is at the threshold, and not above it?",
    )
