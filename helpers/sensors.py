"""Pictures of the notebook on training loops: readings, scores and speed."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import plots
from helpers.tasks import Table

CLASSES = "normal", "outside normal"
STEPS = {
    "training step": [
        "model(x, training=True)",
        "loss",
        "metrics",
        "gradients",
        "optimizer",
    ],
    "validation step": ["model(x, training=False)", "loss", "metrics"],
}


def draw_steps() -> None:
    """What happens to one batch, in training and in validation: boxes and arrows."""
    figure, axis = plt.subplots(figsize=(10, 2))
    style = {"va": "center", "bbox": {"boxstyle": "round", "facecolor": "white"}}
    for row, (name, (first, *others)) in enumerate(STEPS.items()):
        axis.text(0, -row, name, weight="bold", va="center")
        box = axis.text(0.2, -row, first, **style)
        for stage in others:
            box = axis.annotate(
                stage,
                xy=(1, 0.5),
                xycoords=box,
                xytext=(40, 0),
                textcoords="offset points",
                arrowprops={"arrowstyle": "<-", "shrinkA": 6, "shrinkB": 6},
                **style,
            )
    axis.set(ylim=(-1.4, 0.8), title="What happens to one batch?")
    axis.axis("off")
    said = (f"{name}: {', '.join(stages)}" for name, stages in STEPS.items())
    plots.show(figure, f"Two rows of boxes with arrows. {'; '.join(said)}.")


def _by_class(axis: Axes, values: np.ndarray, labels: np.ndarray, bins) -> None:
    """A histogram of the values (n,) for each class, hatched for the second."""
    for label, (name, hatch) in enumerate(zip(CLASSES, ("", "//"), strict=True)):
        axis.hist(values[labels == label], bins, label=name, alpha=0.6, hatch=hatch)


def draw_distances(task: Table) -> None:
    """How far the training machines are from the usual, by two readings and by all."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharex=True, sharey=True)
    for axis, count in zip(axes, (2, 10), strict=True):
        distance = np.linalg.norm(task.x_train[:, :count], axis=1)
        _by_class(axis, distance, task.y_train, np.linspace(0, 6, 61))
        axis.set(
            xlabel="distance from the usual (σ)",
            title=f"Do {count} readings separate the classes?",
        )
        axis.legend()
    axes[0].set_ylabel("machines")
    plots.show(
        figure,
        "Histograms of the distance from the usual, by class. Of two readings: the "
        "classes overlap over most of the range. Of all ten: one value separates them.",
    )


def scores_figure(scores: np.ndarray, labels: np.ndarray, epoch: int) -> Figure:
    """The probabilities (n,) that a model gives after an epoch, by true class (n,)."""
    figure, axis = plt.subplots(figsize=(8, 3.2))
    _by_class(axis, scores, labels, np.linspace(0, 1, 26))
    axis.set(xlabel="probability of class 1", ylabel="machines", ylim=(0, 300))
    right = np.mean((scores > 0.5) == labels)
    axis.set_title(f"How sure after epoch {epoch}? {right:.0%} are right")
    axis.legend(loc="upper left")
    return figure


def draw_speeds(speeds: Mapping[str, float]) -> None:
    """Steps per second of each kind of loop, as bars; the first on top."""
    figure, axis = plt.subplots(figsize=(8, 0.4 * len(speeds) + 0.9))
    bars = axis.barh(list(speeds), list(speeds.values()))
    axis.bar_label(bars, fmt="{:,.0f}", padding=3)
    axis.set(xlabel="steps per second", title="Does compiling pay off?")
    axis.margins(x=0.12)
    axis.invert_yaxis()
    listed = ", ".join(f"{name} {value:,.0f}" for name, value in speeds.items())
    plots.show(figure, f"Does compiling pay off? Steps per second: {listed}.")
