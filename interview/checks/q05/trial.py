"""The learner's three models as one trial, and a judgement of their loss."""

import contextlib
import functools
import io
from collections.abc import Callable

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from helpers.data import load_mnist
from interview.checks.claims import once
from interview.checks.kit import as_numbers
from interview.checks.models import build_metrics, overrides
from interview.checks.training import (
    build_optimizer,
    hasten_averages,
    shuffled_batches,
    train_until,
)

INPUT = 784
MEMORISED, BATCH = 32, 16
NAMES = ("encoder", "decoder", "autoencoder")


@functools.cache
def digits() -> np.ndarray:
    """32 digits in [0, 1] of shape (32, 784)."""
    with contextlib.redirect_stdout(io.StringIO()):
        data = load_mnist("sample")
    return data.x_train[:MEMORISED].reshape(-1, INPUT).astype("float32") / 255


class Trial:
    """The learner's three models for the default sizes."""

    def __init__(self, build: Callable) -> None:
        keras.utils.set_random_seed(0)
        self.returned = build()

    def codes(self) -> np.ndarray:
        return call(self.returned[0], digits())

    def decoded(self, codes: np.ndarray) -> np.ndarray:
        return call(self.returned[1], codes)

    def reconstructed(self) -> np.ndarray:
        return call(self.returned[2], digits())

    def gap(self) -> float:
        """The difference between the autoencoder and the decoder after the encoder."""
        return float(np.abs(self.decoded(self.codes()) - self.reconstructed()).max())

    def error(self) -> float:
        return squared_error(self.reconstructed())

    def memorise(self, enough: float) -> float:
        """Train until the error is `enough` or stops falling; return the lowest."""
        hasten_averages(self.returned[2])
        trained = train_until(
            self.returned[2],
            digits(),
            digits(),
            score=lambda: -self.error(),
            enough=-enough,
            batch=BATCH,
            rounds=30,
            plateau=6,
            epochs=20,
        )
        return -trained.best

    @functools.cached_property
    def moved(self) -> list[str]:
        """Train for one epoch; return the models of which any weight changed."""
        before = [[as_numbers(w) for w in m.trainable_weights] for m in self.returned]
        build_optimizer(self.returned[2])
        build_metrics(self.returned[2], digits(), digits())
        # Batches as in `memorise`, so that the step is traced once for both.
        batches = shuffled_batches(digits(), digits(), BATCH, epochs=1)
        self.returned[2].fit(batches, verbose=0)
        return [
            name
            for name, model, weights in zip(NAMES, self.returned, before, strict=True)
            if any(
                (as_numbers(now) != then).any()
                for now, then in zip(model.trainable_weights, weights, strict=True)
            )
        ]


# Built once for all claims of a check.
tried = once(Trial)


def call(model: keras.Model, x: np.ndarray) -> np.ndarray:
    return as_numbers(model(x.astype("float32"), training=False))


def squared_error(reconstruction: np.ndarray) -> float:
    return float(np.square(digits() - reconstruction).mean())


def complaint(model: keras.Model) -> str:
    """What is wrong with the model's loss; empty if it prefers the digit itself."""
    if model.loss is None:  # the model's own training step has the loss
        return ""

    def loss(prediction: np.ndarray) -> float:
        target, prediction = map(tf.constant, (digits(), prediction))
        return float(
            as_numbers(model.compute_loss(x=target, y=target, y_pred=prediction)).mean()
        )

    rivals = {
        "half of the ink": 0.5 * digits(),
        "a grey veil over it": np.clip(digits() + 0.2, 0, 1),
        "black": np.ones_like(digits()),
        "white": np.zeros_like(digits()),
        "a picture of the same pixels in another order": digits()[:, ::-1],
        "the next digit": np.roll(digits(), 1, axis=0),
    }
    perfect, losses = loss(digits()), {name: loss(r) for name, r in rivals.items()}
    if max(losses.values()) < perfect - 1e-6:
        return (
            f"the loss prefers each of {len(rivals)} other pictures to the digit "
            "itself, so it is turned round"
        )
    liked = [name for name, value in losses.items() if value <= perfect + 1e-6]
    if liked:
        return (
            f"the loss likes {liked[0]} as well as the digit itself, so it doesn't "
            "measure a reconstruction"
        )
    return ""


def with_squared_error(build: Callable, model: keras.Model) -> Trial | None:
    """The models built again and compiled with squared error, if their loss is sound.

    Some reconstruction losses are slow: with the absolute error a picture can stay
    white, which is most pixels' median, for hundreds of steps. If the loss draws each
    pixel to its own value, it isn't at fault. So the network is trained with squared
    error, which is the error that the check measures.

    Args:
        build: the learner's function.
        model: the compiled autoencoder that learnt too little.

    Returns:
        None where the loss is squared error already, misses a pixel, or isn't one that
        was given to `compile`.
    """
    own = overrides(model, "train_step", "compute_loss")
    if own or model.loss is None:
        return None
    far = np.random.default_rng(0).uniform(0.05, 0.2, digits().shape)
    off = np.where(digits() > 0.5, -far, far).astype("float32")
    target, prediction = map(tf.constant, (digits(), digits() + off))
    with tf.GradientTape() as tape:
        tape.watch(prediction)
        loss = model.compute_loss(x=target, y=target, y_pred=prediction)
    pull = tape.gradient(loss, prediction)
    # The gradient of squared error is proportional to each pixel's error, which gives a
    # correlation of 1.
    if (
        pull is None
        or (as_numbers(pull) * off > 0).mean() < 0.99
        or np.corrcoef(as_numbers(pull).ravel(), off.ravel())[0, 1] > 0.999
    ):
        return None
    again = Trial(build)
    again.reconstructed()
    fresh = again.returned[2]
    keras.Model.compile(fresh, fresh.optimizer, "mse", run_eagerly=fresh.run_eagerly)
    return again
