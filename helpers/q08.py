"""The drawings of notebook 8 alone: what an ensemble is, grains, and their plane."""

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers import plots, tasks

# What a reader who can't see it is told of `draw_boundaries`.
BOUNDARIES = (
    "The plane of length and width, coloured by what the members' average says, with "
    "training grains. Boundaries: thin of members, thick of the average, dotted best."
)


def draw_idea() -> None:
    """Draw an ensemble as boxes and arrows, and what the average of curves keeps."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 3.8))
    _draw_boxes(left)
    _draw_curves(right)
    plots.show(
        figure,
        "Left: 32 grains with ten readings go into five members, each with its own "
        "seed; their mean has 3 probabilities a grain. Right: five thin curves wander "
        "around a dotted truth; their thick average stays near truth plus ripple.",
    )


def _draw_boxes(axis: Axes) -> None:
    box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": "black"}
    text = {"ha": "center", "va": "center", "bbox": box}
    arrow = {"arrowstyle": "->", "shrinkA": 0, "shrinkB": 0}
    for member, height in enumerate((0.9, 0.7, 0.5, 0.3, 0.1)):
        axis.annotate("", (0.41, height), (0.18, 0.5), arrowprops=arrow)
        axis.annotate("", (0.82, 0.5), (0.565, height), arrowprops=arrow)
        axis.text(0.49, height, f"network\nseed {member}", **text)
    axis.text(0.09, 0.5, "x\n(32, 10)", **text)
    axis.text(0.89, 0.5, "mean\n(32, 3)", **text)
    axis.text(0.66, 0.86, "(32, 3) each", fontsize=10)
    axis.set(xlim=(0, 1), ylim=(0, 1), title="What is an ensemble?")
    axis.axis("off")


def _draw_curves(axis: Axes) -> None:
    place = np.linspace(0, 3, 200)
    waves = np.random.default_rng(8).normal(size=(5, 4)) / 3
    truth, shared = np.sin(2 * place), 0.4 * np.sin(6 * place)
    members = truth + shared + waves @ np.sin(np.outer([3, 4, 5, 7], place))
    thin = {"color": "0.7", "linestyle": "-", "marker": "", "linewidth": 1}
    axis.plot(place, members.T, label=["five members", *[""] * 4], **thin)
    axis.plot(place, members.mean(axis=0), marker="", linewidth=2.5, label="average")
    axis.plot(place, truth, "k:", marker="", label="truth")
    both = truth + shared
    axis.plot(place, both, "k--", marker="", lw=1, label="truth + shared error")
    axis.set(xlabel="input", ylabel="output", title="What does the average keep?")
    axis.legend(loc="center left", bbox_to_anchor=(1, 0.5), fontsize=10)


def draw_grains(x: np.ndarray, y: np.ndarray) -> None:
    """Draw grains (n, 10) of varieties (n,) by two readings, and by two properties."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    of_property = tasks.Grains.properties(x), "length", "width"
    views = (x, "reading 0", "reading 1"), of_property
    for axis, (columns, first, second) in zip(axes, views, strict=True):
        for variety in range(3):
            chosen = columns[y == variety, :2]
            axis.plot(*chosen.T, linestyle="", label=f"variety {variety}")
        axis.set(xlabel=f"{first} (scaled)", ylabel=f"{second} (scaled)")
        axis.set_title(f"Do {first} and {second} separate?")
    axes[1].legend(loc="upper left", bbox_to_anchor=(1, 1))
    plots.show(
        figure,
        "Left: training grains by two readings, in which all varieties overlap. Right: "
        "by length and width, each of three varieties in three groups.",
    )


def draw_boundaries(
    members: Sequence[Callable[..., ArrayLike]], x: np.ndarray, y: np.ndarray
) -> Figure:
    """Draw boundaries over length and width; all other properties are 0 there.

    Each member takes readings (n, 10) and returns probabilities (n, 3). Dots are grains
    `x` (n, 10) of varieties `y`, whatever their other properties.
    """
    side = np.linspace(-4.2, 5, 140)
    properties = np.zeros((len(side) ** 2, 10))
    properties[:, :2] = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    grid = tasks.Grains.readings(properties)
    p = np.array([member(grid) for member in members], "float64")
    mean, best = p.mean(axis=0), tasks.Grains.best_probabilities(grid)
    colours = np.array([plt.matplotlib.colors.to_rgb(c) for c in plots.PALETTE[:3]])
    figure, axis = plt.subplots(figsize=(7.5, 6.5))
    picture = (1 - mean @ (1 - colours) * 0.6).reshape(len(side), len(side), 3)
    axis.imshow(picture, extent=(-4.2, 5, -4.2, 5), origin="lower")
    for label, group, color, width, style in (
        ("a member", p, "0.25", 0.7, "-"),
        ("their average", [mean], "k", 2.5, "-"),
        ("best possible", [best], "k", 1.5, ":"),
    ):
        look = {"colors": color, "linewidths": width, "linestyles": style}
        for one in group:
            score = np.log(np.clip(one, 1e-30, 1)).reshape(len(side), len(side), 3)
            for n in range(3):
                margin = score[..., n] - np.delete(score, n, axis=2).max(axis=2)
                axis.contour(side, side, margin, [0], **look)
        axis.plot([], [], style, color=color, linewidth=width, marker="", label=label)
    for n, color in enumerate(plots.PALETTE[:3]):
        dots = tasks.Grains.properties(x[y == n])[:, :2]
        look = {"color": color, "mec": "w", "ms": 7, "label": f"variety {n}"}
        axis.plot(*dots.T, plots.MARKERS[n], **look)
    axis.set(xlabel="length (scaled)", ylabel="width (scaled)", ylim=(-4.2, 5))
    axis.set_title("What do members share, and where do they differ?")
    axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3)
    axis.grid(visible=False)
    return figure
