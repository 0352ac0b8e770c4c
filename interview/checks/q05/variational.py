"""`kl_divergence` and `Sampling`, the second round.

The divergence is compared with the closed form in NumPy. The layer draws so many
numbers that their statistics don't depend on chance.
"""

from collections.abc import Callable

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault, need, once
from interview.checks.kit import agree, as_numbers, close, finite_gradient, shaped
from interview.checks.models import reloaded

divergence, sampling = AnswerClaims("kl_divergence"), AnswerClaims("Sampling")

ROWS, LATENT = 6, 3
DRAWS = 20_000
MEAN, LOG_VAR = 3.0, -2.0
# Larger than in any training, and below 10, where an answer may clip log variances.
FAR = 8.0


def codes() -> tuple[np.ndarray, np.ndarray]:
    """Means and log variances, (ROWS, LATENT), none of them 0 or equal."""
    random = np.random.default_rng(0)
    mean = random.normal(size=(ROWS, LATENT))
    log_var = random.uniform(-2, 1.5, size=(ROWS, LATENT))
    return mean.astype("float32"), log_var.astype("float32")


def terms(mean: np.ndarray, log_var: np.ndarray) -> np.ndarray:
    """The divergence of each number of the code."""
    return (mean**2 + np.exp(log_var) - log_var - 1) / 2


@divergence.claim("one number for each row: (6, 3) becomes (6,)")
def keeps_the_batch(kl: Callable) -> None:
    shaped(
        kl(*map(tf.constant, codes())),
        (ROWS,),
        what=f"for two tensors of ({ROWS}, {LATENT}), divergences",
        hint="each row is one picture's code.",
        faults=(
            Fault(
                (ROWS, LATENT),
                "one for each number of the code",
                "the numbers of a code are independent, so their divergences add up.",
            ),
            Fault(
                (),
                "one for the whole batch",
                "which axis is the code, and which is the batch?",
            ),
        ),
    )


@divergence.claim("the integral of q log(q/p), summed over the code, in nats")
def is_the_integral(kl: Callable) -> None:
    mean, log_var = codes()
    each = terms(mean, log_var)
    right, variance = each.sum(axis=1), np.exp(log_var)
    got = as_numbers(kl(mean, log_var))
    need(
        np.isfinite(got).all(),
        expected=f"{right[0]:.3f} and {right[1]:.3f} for the first two rows",
        got=f"{got[0]:.3f} and {got[1]:.3f}",
        hint="`log_var` may be negative, a variance can't: which of them does your "
        "formula take for the other?",
    )
    other_way = (1 + mean**2) / variance + log_var - 1
    agree(
        got,
        right,
        expected=f"{right[0]:.3f} and {right[1]:.3f} for the first two rows",
        shown=f"{got[0]:.3f} and {got[1]:.3f}",
        faults=(
            Fault(
                -right,
                "the sign is turned round",
                "a divergence is never negative, and training lowers it.",
            ),
            Fault(
                2 * right,
                "twice as much",
                "there is a factor in the exponent of a normal density.",
            ),
            Fault(
                each.mean(axis=1),
                "the mean over the code",
                "the divergences of independent numbers add up.",
            ),
            Fault(
                (each + 0.5).sum(axis=1),
                "something is left for the standard normal itself",
                "what comes out for mean 0 and log variance 0?",
            ),
            Fault(
                terms(mean, 2 * log_var).sum(axis=1),
                "`log_var` is taken for the logarithm of the standard deviation",
                "the variance is the square of the standard deviation.",
            ),
            Fault(
                other_way.sum(axis=1) / 2,
                "the divergence of the standard normal from N(mean, exp(log_var))",
                "it isn't symmetric: the mean is taken under the code's own "
                "distribution.",
            ),
        ),
        hint="compare with the integral: 0 for mean 0 and log variance 0, and a half "
        "for mean 1.",
        same=lambda a, b: close(a, b, atol=1e-4, rtol=1e-4),
    )
    for m, v in ((0, 0), (0, FAR), (0, -FAR)):
        mean, log_var = np.full((2, ROWS, LATENT), [[[m]], [[v]]], "float32")
        right, got = terms(mean, log_var).sum(axis=1), as_numbers(kl(mean, log_var))
        need(
            # An answer may add a tiny number under a logarithm.
            close(got, right, atol=1e-4, rtol=1e-2),
            expected=f"{right[0]:.6g} for {LATENT} numbers of mean {m} and log "
            f"variance {v:g}",
            got=f"{got[0]:.6g}",
            hint="the formula holds as it stands for small numbers and large ones: "
            "what bounds a part of it here?",
        )


@divergence.claim("a gradient passes to the mean and to the log variance")
def lets_gradients_pass(kl: Callable) -> None:
    mean, log_var = codes()
    slopes = finite_gradient(
        lambda both: kl(both[0], both[1]),
        np.stack([mean, log_var]),
        of="mean and log variance",
        hint="which operation has no finite slope there?",
    )
    right = np.stack([mean, (np.exp(log_var) - 1) / 2])
    need(
        close(slopes, right, atol=1e-3),
        expected="the slopes of that integral",
        got=f"slopes that are off by up to {np.abs(slopes - right).max():.2g}",
        hint="does every term see its input as a tensor, all the way?",
    )
    # In `fit`, too, a graph doesn't know the batch size when it is traced.
    traced(kl, LATENT)(*codes())


def traced(function: Callable, size: int) -> Callable:
    """The function of two tensors as a graph, for batches of any length."""
    batch = tf.TensorSpec((None, size), "float32")
    return tf.function(function, input_signature=[batch, batch], autograph=False)


@once
def tried(layer_class: Callable) -> keras.layers.Layer:
    keras.utils.set_random_seed(0)
    return layer_class()


@once
def model_of(layer_class: Callable) -> keras.Model:
    """A model for codes of another size, around a new layer."""
    pair = [keras.Input((2,)), keras.Input((2,))]
    return keras.Model(pair, layer_class()(pair))


def drawn(
    model: Callable, training: bool = False, log_var: float = LOG_VAR
) -> np.ndarray:
    """(DRAWS, 2) draws for codes that are all the same."""
    pair = [tf.fill((DRAWS, 2), value) for value in (MEAN, log_var)]
    return as_numbers(model(pair, training=training))


@sampling.claim("a Keras layer; called on [mean, log_var], it returns one draw")
def has_shape(layer_class: Callable) -> None:
    layer = tried(layer_class)
    need(
        isinstance(layer, keras.layers.Layer),
        expected="a keras.layers.Layer",
        got=f"an object of {type(layer).__name__}",
        hint="the class inherits from `keras.layers.Layer`.",
    )
    shaped(
        layer([tf.constant(part) for part in codes()]),
        (ROWS, LATENT),
        what=f"for two tensors of ({ROWS}, {LATENT}), a draw",
        hint="one number is drawn for each pair of mean and log variance.",
    )


@sampling.claim("draws anew for each number and at each call")
def draws_anew(layer_class: Callable) -> None:
    model = model_of(layer_class)
    first, again = drawn(model, training=True), drawn(model, training=True)
    # A layer may draw new noise in eager calls, while its graph repeats the noise that
    # was drawn when it was traced.
    graph = traced(lambda *pair: model(pair, training=False), 2)
    one, next_one = (drawn(lambda pair, training: graph(*pair)) for _ in range(2))
    need(
        first.std() > 1e-6,
        expected="a draw",
        got="the same number everywhere: there is no noise",
        hint="where does chance come in?",
    )
    for draws, other, where, beside in (
        (first, np.roll(first, 1, axis=0), "in each row of the batch", "row before"),
        (first, first[:, ::-1], "for each number of a code", "other number"),
        (first, again, "at each call", "call before"),
        (one, next_one, "at each call of a graph, as in `predict`", "call before"),
    ):
        # Independent noise gives 0 ± 0.005, so chance never gives 0.1. A mode without
        # noise gives NaN, which the next claim reports.
        alike = np.corrcoef(draws.ravel(), other.ravel())[0, 1]
        need(
            not abs(alike) >= 0.1,
            expected="noise of its own for each number and at each call",
            got=f"the same noise {where}"
            if alike > 0.99
            else f"noise with a correlation of {alike:.2f} to that of the {beside}",
            hint="the noise has the shape of the mean, and what generates it moves on "
            "from call to call.",
        )


@sampling.claim("draws from N(mean, exp(log_var)), in training and in inference")
def draws_the_distribution(layer_class: Callable) -> None:
    model = model_of(layer_class)

    def near(got: float, right: float) -> bool:
        return abs(got - right) < 0.05 * abs(right)

    for training in (True, False):
        draws = drawn(model, training)
        right = float(np.exp(LOG_VAR / 2))
        agree(
            float(draws.std(axis=0).mean()),
            right,
            expected=f"a standard deviation of {right:.3f} for log variance "
            f"{LOG_VAR:g}, training={training}",
            shown=f"{draws.std(axis=0).mean():.3f}",
            faults=(
                Fault(
                    right**2,
                    "that is the variance",
                    "the standard deviation is its square root.",
                ),
                Fault(
                    -LOG_VAR,
                    "that is log_var itself, but for its sign",
                    "the encoder gives the logarithm of the variance.",
                ),
                Fault(
                    1 / right,
                    "the sign of log_var is turned round",
                    "a small log variance is a narrow distribution.",
                ),
                Fault(
                    float(np.exp(MEAN / 2)),
                    "that is exp(mean / 2)",
                    "the layer is called on [mean, log_var]: which comes first?",
                ),
                Fault(1.0, "nothing scales the noise", "what is `log_var` for?"),
            ),
            hint="is there noise in this mode, with a standard deviation of 1 before "
            "it's scaled?",
            same=near,
        )
        need(
            near(draws.mean(), MEAN),
            expected=f"draws around the mean, {MEAN:g}",
            got=f"draws around {draws.mean():.3f}",
            hint="the noise is scaled first and shifted afterwards.",
        )
        # The mean fourth power of a normal distribution is 3, here ± 0.025; of a
        # uniform distribution it is 1.8, of Laplace's 6.
        tails = float(np.mean(((draws - draws.mean()) / draws.std()) ** 4))
        need(
            abs(tails - 3) < 0.5,
            expected="normal noise: the fourth powers of its standard scores have a "
            "mean of 3",
            got=f"a mean of {tails:.1f}, with the right mean and deviation",
            hint="which distribution does your noise come from?",
        )
    for log_var in (-FAR, FAR):
        got, right = drawn(model, log_var=log_var).std(), float(np.exp(log_var / 2))
        need(
            near(got, right),
            expected=f"a standard deviation of {right:.3g} for log variance "
            f"{log_var:g}",
            got=f"{got:.3g}",
            hint="a very small or large log variance is one too: what bounds it here?",
        )


@sampling.claim("the gradient passes to the mean and to the log variance")
def lets_gradients_through(layer_class: Callable) -> None:
    layer, kept = tried(layer_class), []

    def draw(both: tf.Tensor) -> tf.Tensor:
        kept.append(layer([both[0], both[1]]))
        return kept[-1]

    mean, log_var = codes()
    slopes = finite_gradient(
        draw,
        np.stack([mean, log_var]),
        of="mean and log variance",
        hint="the draw is a sum and a product: neither has an infinite slope.",
        none="draw the noise without the inputs, and let them scale and shift it.",
    )
    # For z = mean + exp(log_var / 2) · noise the slope with respect to log_var is half
    # of the noise added.
    right = np.stack([np.ones_like(mean), (as_numbers(kept[-1]) - mean) / 2])
    for name, slope, wanted in zip(
        ("mean", "log variance"), slopes, right, strict=True
    ):
        need(
            close(slope, wanted, atol=1e-3),
            expected=f"the gradient of mean + deviation · noise for the {name}",
            got=f"one that is off by up to {np.abs(slope - wanted).max():.2g}",
            hint="what stands between the input and the draw?",
        )


@sampling.claim("a model with the layer is saved and loaded")
def survives_a_file(layer_class: Callable) -> None:
    drawn(reloaded(model_of(layer_class), layer_class))
