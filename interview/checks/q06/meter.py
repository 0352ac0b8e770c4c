"""A model of one weight that shows the learning rate of each step.

The weight's gradient is always 1, so SGD moves it by exactly the rate.
"""

from collections.abc import Iterable, Sequence

import helpers.quiet  # isort: skip
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
    """The model, compiled with SGD at a rate or with a schedule."""
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
    """Train the model; return the rate of each step, by which its weight fell."""

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
