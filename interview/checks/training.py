"""Training within a check: short, bounded in steps, and traced once."""

from collections.abc import Callable
from typing import Any, NamedTuple

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import need
from interview.checks.kit import as_numbers
from interview.checks.models import build_metrics, layers_of, overrides


def build_optimizer(model: keras.Model) -> None:
    """Make the optimizer's variables before the first step of `fit` does.

    A `tf.function` that makes variables in its first trace is traced again, and for
    the small models of a check tracing takes most of the time of `fit`.

    Args:
        model: compiled, and called before, so that it has all its weights. A model with
            a `train_step` of its own is skipped, because the step may add weights.
    """
    own_step = overrides(model, "train_step")
    if not own_step and model.optimizer and not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


def evaluation(model: keras.Model, x: Any, y: Any) -> dict[str, float]:
    """What `evaluate` reports on these rows as one batch.

    Keras's own step is computed without a trace, which would take most of the time. If
    the learner has overridden a part of that step, `evaluate` itself is called.
    """
    if overrides(model, "test_step", "compute_loss", "compute_metrics", "evaluate"):
        # `test_on_batch` would pass (x, y, None) to a step of the learner's own.
        rows = len(keras.tree.flatten(x)[0])
        return model.evaluate(x, y, batch_size=rows, verbose=0, return_dict=True)
    outputs = model(x, training=False)
    loss = model.compute_loss(x, y, outputs, training=False)
    logs = {**model.compute_metrics(x, y, outputs), "loss": loss}
    model.reset_metrics()
    return keras.tree.map_structure(float, logs)


def hasten_averages(model: keras.Model, momentum: float = 0.8) -> None:
    """Let batch normalisation's moving averages converge within a check's training.

    With Keras's default momentum they take some 500 steps, more than a check trains.
    """
    for layer in layers_of(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = min(layer.momentum, momentum)


class Trained(NamedTuple):
    """The result of a training by `train_until`."""

    best: float  # the highest score after any round
    losses: list[float]  # one a round


def train_until(
    model: keras.Model,
    x: Any,
    y: np.ndarray,
    *,
    score: Callable[[], float],
    enough: float,
    batch: int,
    rounds: int,
    plateau: int,
    epochs: int = 4,
) -> Trained:
    """Train in rounds until a score is reached, or the loss has stopped falling.

    The number of rounds is bounded and the seconds aren't, so that no verdict depends
    on the machine's speed.

    Args:
        model: compiled, and called before.
        x: an array of rows, or any structure of them.
        y: labels or targets, one a row.
        score: computes a score of the model; higher is better.
        enough: the score to stop at.
        batch: rows in a step.
        rounds: the largest number of rounds.
        plateau: the number of rounds within which the loss has to fall by a hundredth.
        epochs: in a round, each shuffled anew. Their rows must make whole batches.
            `fit` gets them as one epoch, because its work between two epochs takes
            longer than these few steps.
    """
    need(
        model.trainable_weights,
        expected="weights that training moves",
        got="no trainable weight: every layer is frozen",
        hint="`trainable` says whether the optimizer may touch a layer.",
    )
    scores, losses = [], []

    def enough_or_stuck(loss: float) -> bool:
        need(
            np.isfinite(loss),
            expected="a loss that training brings down",
            got=f"a loss of {loss} at a learning rate of {learning_rate(model):.2g}: "
            "training diverges",
            hint="steps this long jump over every valley.",
        )
        scores.append(score())
        losses.append(loss)
        # A training step of the learner's own may report no loss, which counts as 0.
        before = losses[-plateau - 1] if len(losses) > plateau else 0
        stuck = before and loss > before - 0.01 * abs(before)
        return bool(scores[-1] >= enough or stuck)

    build_optimizer(model)
    build_metrics(model, x, y)
    batches = shuffled_batches(x, y, batch, epochs=rounds * epochs)
    fit_in_rounds(model, batches, rounds=rounds, ends=enough_or_stuck)
    return Trained(max(scores, default=-np.inf), losses)


def shuffled_batches(x: Any, y: np.ndarray, batch: int, epochs: int) -> tf.data.Dataset:
    """Batches (x, y) of several epochs, each shuffled anew.

    As in `fit` with arrays, the batch size is unknown when a graph is traced.

    Args:
        x: an array of rows, or any structure of them.
        y: labels or targets, one a row.
        batch: rows in a batch; the rows of all epochs together make whole batches.
        epochs: how often each row occurs.
    """
    random = np.random.default_rng(0)
    orders = np.concatenate([random.permutation(len(y)) for _ in range(epochs)])
    chosen = tf.data.Dataset.from_tensor_slices(orders).batch(batch)
    data = keras.tree.lists_to_tuples((x, y))
    data = keras.tree.map_structure(tf.convert_to_tensor, data)
    return chosen.map(
        lambda rows: keras.tree.map_structure(lambda a: tf.gather(a, rows), data)
    )


def fit_in_rounds(
    model: keras.Model,
    batches: tf.data.Dataset,
    *,
    rounds: int,
    ends: Callable[[float], bool],
) -> None:
    """Train on batches in one call of `fit` whose epochs are the rounds.

    A call for each round would prepare the data each time, which takes longer than the
    few steps of a check.

    Args:
        model: compiled.
        batches: of all rounds; each round gets the same number.
        rounds: the largest number of rounds.
        ends: called with the mean loss of each round (0 if the model reports none);
            returns whether that round was the last.
    """

    def end_of_round(_: int, logs: dict[str, float] | None) -> None:
        if ends(float((logs or {}).get("loss", 0.0))):
            model.stop_training = True

    model.fit(
        batches,
        steps_per_epoch=len(batches) // rounds,
        epochs=rounds,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=end_of_round)],
        shuffle=False,
        verbose=0,
    )


def learning_rate(model: keras.Model) -> float:
    """The rate that the model's optimizer would take now."""
    return float(as_numbers(model.optimizer.learning_rate))
