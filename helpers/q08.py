"""The drawings of notebook 8 alone: what an ensemble is, grains, and their plane."""

from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from helpers import plots, tasks


def draw_idea() -> None:
    """Draw an ensemble as boxes and arrows, and what the average of curves keeps."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.8), width_ratios=(4, 5))
    _draw_boxes(left)
    _draw_curves(right)
    plots.show(
        figure,
        "Left: one batch of 32 grains with ten readings goes into five members, each "
        "trained from a seed of its own; each gives 32 rows of 3 probabilities; their "
        "mean has 32 rows of 3, too. Right: five thin curves wander around a dotted "
        "truth; their average, a thick curve, follows a dashed one, the truth plus a "
        "ripple that all five share.",
    )


def _draw_boxes(axis: Axes) -> None:
    box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": "black"}
    text = {"ha": "center", "va": "center", "bbox": box}
    arrow = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0}
    heights = (0.9, 0.7, 0.5, 0.3, 0.1)
    for member, height in enumerate(heights):
        axis.annotate("", (0.41, height), (0.18, 0.5), arrowprops=arrow)
        axis.annotate("", (0.82, 0.5), (0.565, height), arrowprops=arrow)
        color = plots.PALETTE[member]
        look = {**text, "bbox": {**box, "edgecolor": color}}
        axis.text(0.49, height, f"seed {member}", **look)
    axis.text(0.09, 0.5, "x\n(32, 10)", **text)
    axis.text(0.89, 0.5, "mean\n(32, 3)", **text)
    axis.text(0.77, 0.82, "(32, 3)\neach", ha="center", va="center", fontsize=10)
    axis.set(xlim=(0, 1), ylim=(0, 1), title="What is an ensemble?")
    axis.axis("off")


def _draw_curves(axis: Axes) -> None:
    place = np.linspace(0, 3, 200)
    waves = np.random.default_rng(33).normal(size=(5, 4)) / 2.5
    truth = np.sin(2 * place)
    shared = 0.4 * np.sin(6 * place)
    members = truth + shared + waves @ np.sin(np.outer([3, 4, 5, 7], place))
    thin = {"color": "0.7", "linestyle": "-", "marker": "", "linewidth": 1}
    axis.plot(place, members.T, **thin)
    axis.plot([], [], label="five members", **thin)
    axis.plot(place, members.mean(axis=0), marker="", linewidth=2.5, label="average")
    axis.plot(place, truth, "k:", marker="", label="truth")
    both = {"linestyle": "--", "marker": "", "linewidth": 1, "color": "k"}
    axis.plot(place, truth + shared, **both, label="truth + shared mistake")
    axis.set(xlabel="input", ylabel="output", title="What does the average keep?")
    axis.legend(ncols=2, loc="lower left", fontsize=10)


def draw_grains(x: np.ndarray, y: np.ndarray) -> None:
    """Draw grains by two of their readings, and by length and width.

    Args:
        x: (n, 10) readings.
        y: (n,) varieties.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    names = ("reading 0", "reading 1"), ("length", "width")
    for axis, columns, name in zip(
        axes, (x, tasks.Grains.properties(x)), names, strict=True
    ):
        for variety in range(3):
            chosen = columns[y == variety, :2]
            axis.plot(*chosen.T, linestyle="", label=f"variety {variety}")
        axis.set(xlabel=f"{name[0]} (scaled)", ylabel=f"{name[1]} (scaled)")
        axis.set_title(f"Do {name[0]} and {name[1]} separate?")
    axes[0].legend()
    plots.show(
        figure,
        "Left: training grains by two readings, in which all varieties overlap. Right: "
        "by length and width, each of three varieties in three groups.",
    )


def draw_grain_map(axis: Axes, predict: Callable[[np.ndarray], np.ndarray]) -> None:
    """Draw a classifier's probabilities over length and width, and the best boundaries.

    Args:
        axis: to draw on.
        predict: readings (n, 10) → probabilities (n, 3). The grains drawn have a length
            and a width, and 0 for all other properties.
    """
    side = np.linspace(-3.5, 4.5, 160)
    properties = np.zeros((len(side) ** 2, 10))
    properties[:, :2] = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    grid = tasks.Grains.readings(properties)
    colours = np.array([plt.matplotlib.colors.to_rgb(c) for c in plots.PALETTE[:3]])
    best = tasks.Grains.best_probabilities
    for classifier, line in ((predict, "-"), (best, ":")):
        p = np.asarray(classifier(grid), "float64").reshape(len(side), len(side), 3)
        if line == "-":
            extent = (side[0], side[-1], side[0], side[-1])
            axis.imshow(1 - p @ (1 - colours) * 0.6, extent=extent, origin="lower")
        score = np.log(np.clip(p, 1e-30, 1))
        for variety in range(3):
            margin = score[..., variety] - np.delete(score, variety, axis=2).max(axis=2)
            axis.contour(side, side, margin, [0], colors="k", linestyles=line)
    for (u, v), c in zip(tasks.GRAIN_GROUPS, np.repeat(range(3), 3), strict=True):
        axis.text(u, v, str(c), ha="center", va="center", fontweight="bold")
    axis.set(xlabel="length (scaled)", ylabel="width (scaled)")
    axis.grid(False)
