"""A model that shows the rate it was trained with: one weight, its gradient always 1.

Plain gradient descent moves such a weight by exactly the rate, at each step.
"""

from collections.abc import Iterable, Sequence

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np

from interview.checks.training import build_optimizer


def listed(values: Iterable[float], digits: int = 4) -> str:
    """Numbers for a message."""
    return "[" + ", ".join(f"{value:.{digits}g}" for value in values) + "]"


@keras.saving.register_keras_serializable("interview_q06")
def _prediction(y_true, y_pred):
    return keras.ops.mean(y_pred)


def one_weight(learning_rate) -> keras.Model:
    """The model, compiled with plain gradient descent at a rate or with a schedule."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(learning_rate), loss=_prediction)
    build_optimizer(model)
    return model


def fit(
    model: keras.Model,
    epochs: int,
    steps: int,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> np.ndarray:
    """Train the model; how far its weight went down at each step: the rate applied."""

    def position() -> float:
        return float(model.weights[0].numpy().item())

    positions = [position()]
    watch = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: positions.append(position())
    )
    ones = np.ones((steps, 1), dtype="float32")
    settings = {"batch_size": 1, "epochs": epochs, "verbose": 0}
    model.fit(ones, ones, callbacks=[*callbacks, watch], **settings)
    return -np.diff(positions)
