"""Trainings at given rates, schedule-free AdamW, differences drawn as intervals."""

import math
from collections.abc import Callable, Mapping, Sequence

import helpers.quiet  # noqa: F401  isort: skip
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib.axes import Axes
from scipy.stats import t as student

from helpers import plots
from helpers.plots import MARKERS, PALETTE


class RateRunner:
    """Trains network after network in one model, traced once, by Adam."""

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
            trained network, which the next call trains anew.
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

    Keras 3.15.1 keeps a reference to the newest point, z, where it means to keep its
    value from before the step; on TensorFlow that has moved by the time it's read. So
    the weight, y, is computed here once more from the old z, which changes nothing
    where Keras has it right.
    """

    def build(self, variables: list) -> None:
        super().build(variables)
        slots = newest_points(self)
        self._newest = {
            variable.value.ref(): slot
            for variable, slot in zip(variables, slots, strict=True)
        }

    def update_step(self, gradient, variable, learning_rate) -> None:
        # `z` is a variable: read before Keras's step it is the old point, then the new.
        share, z = self.beta_1, self._newest[variable.ref()].value
        mean = (variable - (1 - share) * z) / share
        super().update_step(gradient, variable, learning_rate)
        mean += (z - mean) / tf.cast(self.iterations + 1, variable.dtype)
        variable.assign(share * mean + (1 - share) * z)


def newest_points(optimizer: keras.optimizers.ScheduleFreeAdamW) -> list:
    """The point z of each weight, which Keras's variables call momentum."""
    return [slot for slot in optimizer.variables if slot.path.endswith("momentum")]


def averaged(model: keras.Model) -> keras.Model:
    """The model, its weights moved from y = β x + (1 − β) z, as trained, to x."""
    share, slots = model.optimizer.beta_1, newest_points(model.optimizer)
    for weight, newest in zip(model.trainable_variables, slots, strict=True):
        weight.assign((weight - (1 - share) * newest) / share)
    return model


def interval(
    values: np.ndarray, reference: np.ndarray, comparisons: int = 11
) -> tuple[float, float]:
    """Mean of the differences, paired by seed, and its interval's half width.

    Args:
        values, reference: (seeds,) each.
        comparisons: among which the level 0.95 is shared (Bonferroni).
    """
    difference = np.asarray(values) - reference
    error = difference.std(ddof=1) / math.sqrt(len(difference))
    quantile = student.ppf(1 - 0.025 / comparisons, len(difference) - 1)
    return float(difference.mean()), float(quantile * error)


def verdict(mean: float, half: float) -> str:
    """What the interval of a difference settles: "lower", "higher" or "not settled"."""
    if abs(mean) <= half:
        return "not settled"
    return "lower" if mean < 0 else "higher"


def show_by_rate(losses: Mapping[str, Mapping[float, float]], *, title: str) -> None:
    """Mean validation loss of each method over its rate.

    Args:
        losses: for each method by rate.
        title: the question that the figure answers.
    """
    figure, axis = plt.subplots(figsize=(8.5, 3.8))
    said = []
    for name, by_rate in losses.items():
        axis.semilogx(list(by_rate), list(by_rate.values()), label=name)
        numbers = ", ".join(f"{mean:.3f} at {rate:g}" for rate, mean in by_rate.items())
        said.append(f"{name}: {numbers}")
        axis.set_xticks(list(by_rate), [f"{rate:g}" for rate in by_rate])
    axis.set_xticks([], minor=True)
    axis.set(title=title, xlabel="rate, or peak", ylabel="validation loss (σ²)")
    axis.legend(fontsize=9, loc=(1.02, 0.2))
    plots.show(figure, f"{title} Validation loss. {'; '.join(said)}.")


def show_ends(
    losses: Mapping[str, np.ndarray],
    differences: Mapping[str, Mapping[str, tuple[float, float]]],
    *,
    floor: float,
) -> None:
    """Test losses of methods, a point a seed, beside the intervals of differences.

    Args:
        losses: for each method (seeds,).
        differences: for each reference the mean and half width, by method.
        floor: the lowest loss possible, on average.
    """
    figure, axes = plt.subplots(1, 2, figsize=(12, 4.2), sharey=True)
    for row, values in enumerate(losses.values()):
        axes[0].plot(values, [row] * len(values), "o", alpha=0.6, color=PALETTE[5])
        axes[0].plot(values.mean(), row, "k|", markersize=20)
    axes[0].axvline(floor, color="black", linestyle=":", marker="", label="noise floor")
    axes[0].set(title="What is left at the chosen rate?", xlabel="test loss (σ²)")
    said = [
        draw_intervals(axes[1], found, list(losses), series=series, label=label)
        for series, (label, found) in enumerate(differences.items())
    ]
    axes[1].set_title("Which differences are settled?")
    for axis in axes:
        axis.legend(fontsize=9)
    means = ", ".join(f"{name} {values.mean():.4f}" for name, values in losses.items())
    plots.show(figure, f"Test loss: {means}. Differences: {' '.join(said)}")


def show_intervals(
    intervals: Mapping[str, tuple[float, float]], *, title: str, label: str
) -> None:
    """Differences as intervals under a title, which is a question."""
    figure, axis = plt.subplots(figsize=(7, 0.5 * len(intervals) + 1.4))
    said = draw_intervals(axis, intervals, list(intervals), label=label)
    axis.set_title(title)
    axis.legend(fontsize=9)
    plots.show(figure, f"{title} {said}")


def draw_intervals(
    axis: Axes,
    intervals: Mapping[str, tuple[float, float]],
    rows: Sequence[str],
    *,
    series: int = 0,
    label: str,
) -> str:
    """Draw differences as intervals, one in a row; hollow if not settled.

    Args:
        axis: where; 0 is marked, and the first row is at the top.
        intervals: for each name the mean difference and the interval's half width.
        rows: all names, in the order of their rows.
        series: sets colour and marker, and moves the intervals down a little.
        label: what is drawn, for the legend.

    Returns:
        The numbers in words, for the text alternative.
    """
    color, words = PALETTE[series], []
    axis.axvline(0, color="black", linestyle=":", linewidth=1)
    for name, (mean, half) in intervals.items():
        said = verdict(mean, half)
        axis.errorbar(
            mean,
            rows.index(name) + 0.25 * series,
            xerr=half,
            color=color,
            marker=MARKERS[series],
            markerfacecolor="white" if said == "not settled" else color,
            linestyle="",
            capsize=3,
        )
        words.append(f"{name} {mean:+.4f} ± {half:.4f} ({said})")
    axis.plot([], [], color=color, marker=MARKERS[series], linestyle="", label=label)
    axis.set_xlabel("paired difference of test losses (σ²); hollow: not settled")
    axis.set_yticks(range(len(rows)), rows)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    return f"{label}: {', '.join(words)}."
