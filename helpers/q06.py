"""Only for notebook 6: trainings at given rates, AdamW, intervals."""

from collections.abc import Callable, Mapping, Sequence

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.stats import t as student

from helpers import plots
from helpers.stats import Estimate, paired_difference


class RateRunner:
    """Trains network after network by Adam in one model, which is traced once."""

    def __init__(
        self,
        build: Callable[[], keras.Model],
        x: np.ndarray,
        y: np.ndarray,
        *,
        steps: int,
        batch_size: int,
    ) -> None:
        """Remember what is trained, and on what.

        Args:
            build: returns a fresh network with one output, not compiled.
            x, y: (n, …) and (n, 1), shuffled anew for each training.
            steps: of each training.
            batch_size: examples in a step.
        """
        self._build = build
        self._data = tf.data.Dataset.from_tensor_slices((x, y)).repeat()
        self._size = len(x), steps, batch_size
        self._model = build()
        self._optimizer = keras.optimizers.Adam()
        self._optimizer.build(self._model.trainable_variables)
        self._fresh = [variable.numpy() for variable in self._optimizer.variables]
        self._run = tf.function(self._steps)

    def __call__(
        self, rates: Sequence[float], seed: int
    ) -> tuple[np.ndarray, keras.Model]:
        """Train from a seed's first weights, on its batches.

        Args:
            rates: one for each step.
            seed: set before the network is built; it orders the batches as well.

        Returns:
            The mean squared error of each batch before its step (steps,), and the
            trained network. The next call trains another network in the same model.
        """
        rows, steps, batch_size = self._size
        keras.utils.set_random_seed(seed)
        self._model.set_weights(self._build().get_weights())
        for variable, value in zip(self._optimizer.variables, self._fresh, strict=True):
            variable.assign(value)
        batches = self._data.shuffle(rows, seed=seed).batch(batch_size).take(steps)
        losses = self._run(tf.constant(rates, "float32"), batches)
        return losses.numpy(), self._model

    def _steps(self, rates: tf.Tensor, batches: tf.data.Dataset) -> tf.Tensor:
        losses = tf.TensorArray("float32", self._size[1])
        weights = self._model.trainable_variables
        for step, (x, y) in batches.enumerate():
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(self._model(x, training=True) - y))
            self._optimizer.learning_rate.assign(rates[step])
            self._optimizer.apply(tape.gradient(loss, weights), weights)
            losses = losses.write(tf.cast(step, "int32"), loss)
        return losses.stack()


class ScheduleFree(keras.optimizers.ScheduleFreeAdamW):
    """Keras's schedule-free AdamW, with the weights that the paper's rules give.

    Keras 3.15.1 means to keep the newest point, z, as it was before the step, but keeps
    a reference to it, and on TensorFlow z has moved by the time it is read. Here the
    weight, y, is computed again from the old z. Where Keras is right, that changes
    nothing.

    Source: Defazio and others, "The Road Less Scheduled", NeurIPS 2024.
    """

    def build(self, variables: list) -> None:
        super().build(variables)
        slots = newest_points(self)
        self._newest = {
            variable.value.ref(): slot
            for variable, slot in zip(variables, slots, strict=True)
        }

    def update_step(self, gradient, variable, learning_rate) -> None:
        # Before Keras's step the variable `z` is the old point, after it the new one.
        share, z = self.beta_1, self._newest[variable.ref()].value
        mean = (variable - (1 - share) * z) / share
        super().update_step(gradient, variable, learning_rate)
        mean += (z - mean) / tf.cast(self.iterations + 1, variable.dtype)
        variable.assign(share * mean + (1 - share) * z)


def newest_points(optimizer: keras.optimizers.ScheduleFreeAdamW) -> list:
    """The point z of each weight; Keras names these variables momentum."""
    return [slot for slot in optimizer.variables if slot.path.endswith("momentum")]


def averaged(model: keras.Model) -> keras.Model:
    """The model, its weights moved from y = β x + (1 − β) z, as trained, to x."""
    share, slots = model.optimizer.beta_1, newest_points(model.optimizer)
    for weight, newest in zip(model.trainable_variables, slots, strict=True):
        weight.assign((weight - (1 - share) * newest) / share)
    return model


def interval(
    values: np.ndarray, reference: np.ndarray, comparisons: int = 11
) -> Estimate:
    """The mean of differences, paired by seed, and the half width of its interval.

    Args:
        values, reference: (seeds,) each.
        comparisons: among which the error probability 0.05 is shared (Bonferroni).

    Returns:
        The mean, and as its error the half width by Student's distribution.
    """
    mean, error = paired_difference(values, reference)
    quantile = student.ppf(1 - 0.025 / comparisons, len(values) - 1)
    return Estimate(mean, float(quantile * error))


def verdict(mean: float, half: float) -> str:
    """The verdict on a difference by its interval: "lower", "higher", "not settled"."""
    if abs(mean) <= half:
        return "not settled"
    return "lower" if mean < 0 else "higher"


def show_ends(
    losses: Mapping[str, np.ndarray],
    differences: Mapping[str, Mapping[str, Estimate]],
    *,
    floor: float,
) -> None:
    """Draw the test losses of methods beside the intervals of differences.

    Args:
        losses: for each method (seeds,), in σ².
        differences: for each reference, by method, what `interval` returns, in σ².
        floor: the lowest loss possible, on average, in σ².
    """
    panels = {"test loss (σ²)": losses}
    baselines = {"test loss (σ²)": {"noise floor": floor}}
    for reference, intervals in differences.items():
        panels[f"{reference} (σ²)"] = intervals
        baselines[f"{reference} (σ²)"] = {"no difference": 0.0}
    title = "What is left at the chosen rate, and which differences are settled?"
    plots.dots(panels, title=title, baselines=baselines)
