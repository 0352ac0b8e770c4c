"""The drawings of notebook 5: an hourglass, planes of two-number codes, a unit."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from helpers import plots


class Plane(NamedTuple):
    """The codes of some digits, and what a decoder draws in their plane.

    Attributes:
        codes, decoder: (n, 2), and what makes pictures (n, 784) of such codes.
        low, high: (2,), the lowest and the highest place that is drawn.
        radius: of a circle around the origin, or None for no circle.
    """

    codes: np.ndarray
    decoder: Callable
    low: ArrayLike
    high: ArrayLike
    radius: float | None = None


def show_idea(points: np.ndarray, on_line: np.ndarray, on_arc: np.ndarray) -> None:
    """Draw an autoencoder as an hourglass, and points (n, 2) with reconstructions."""
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.1), width_ratios=(1.25, 1, 1))
    _draw_hourglass(axes[0])
    errors, names = [], ("a line (PCA)", "an arc")
    for axis, name, rebuilt in zip(axes[1:], names, (on_line, on_arc), strict=True):
        both = np.stack([points, rebuilt])
        axis.plot(both[..., 0], both[..., 1], color="0.75", linestyle="-", marker="")
        axis.plot(*points.T, linestyle="", marker="o", label="example")
        axis.plot(*rebuilt.T, linestyle="", marker="x", label="reconstruction")
        errors.append(np.mean(np.square(points - rebuilt)))
        axis.set(xlabel="x", ylabel="y", xlim=(-1.25, 1.25), ylim=(-0.1, 1.35))
        axis.set_title(f"One number on {name}:\nerror {errors[-1]:.3f}", fontsize=11)
        axis.legend(loc="upper center", ncols=2, fontsize=8.5, frameon=False)
    figure.suptitle("What gets through a bottleneck?", fontweight="bold")
    plots.show(
        figure,
        "What gets through a bottleneck? Left: layers of 784, 256, 128, 32, 128, 256 "
        "and 784 numbers, as an hourglass. Middle: points along an arc and their "
        f"reconstructions on a line, error {errors[0]:.3f}. Right: reconstructions on "
        f"the arc, error {errors[1]:.3f}.",
    )


def show_planes(planes: Mapping[str, Plane], labels: np.ndarray) -> None:
    """Draw codes above, and what the decoder makes of the same plane below.

    Args:
        planes: for each column its name and its plane; two or more.
        labels: (n,) the digit of each code.
    """
    figure, axes = plt.subplots(2, len(planes), figsize=(5 * len(planes), 8.6))
    for (above, below), (name, plane) in zip(axes.T, planes.items(), strict=True):
        above.set_title(f"{name}: where are the digits?")
        _draw_codes(above, plane.codes, labels)
        below.set_title("What is drawn there?")
        _draw_mosaic(below, plane)
        x_range, y_range = zip(plane.low, plane.high, strict=True)
        for axis in (above, below):
            axis.set(xlim=x_range, ylim=y_range)
            axis.set(xlabel="number 1 of the code", ylabel="number 2 of the code")
            if plane.radius is not None:
                circle = plt.Circle((0, 0), plane.radius, fill=False, linestyle="--")
                axis.add_patch(circle)
    plots.show(
        figure,
        f"Columns: {', '.join(planes)}. Above, test digits at the two numbers of their "
        "code; below, the pictures that the decoder draws over the same plane.",
    )


def draw_unit(pictures: np.ndarray, values: np.ndarray, title: str) -> Figure:
    """Pictures (n, 784) in a row, each above the value (n,) that a unit has there."""
    figure, axis = plt.subplots(figsize=(12, 2))
    axis.imshow(np.hstack(pictures.reshape(-1, 28, 28)), vmin=0, vmax=1)
    axis.set_xticks(28 * np.arange(len(values)) + 14, [f"{v:.2f}" for v in values])
    axis.set_yticks([])
    axis.set_title(title, fontweight="bold")
    axis.grid(False)
    return figure


def _draw_codes(axis: Axes, codes: np.ndarray, labels: np.ndarray) -> None:
    """Draw 100 codes (n, 2) of each digit as dots, and the digit at their median."""
    for digit, color in zip(range(10), plt.get_cmap("tab10").colors, strict=True):
        places = codes[labels == digit][:100]
        axis.scatter(*places.T, s=9, color=color, alpha=0.6, linewidth=0)
        if len(places):
            look = {"color": color, "weight": "bold", "fontsize": 17, "clip_on": True}
            look["bbox"] = {"color": "white", "alpha": 0.6, "pad": 0}
            axis.text(*np.median(places, axis=0), digit, ha="center", **look)


def _draw_mosaic(axis: Axes, plane: Plane, side: int = 13) -> None:
    """Draw what the decoder makes of an even grid of places, the highest row above."""
    across, up = np.linspace(plane.low, plane.high, side).T
    places = np.stack(np.meshgrid(across, up[::-1]), axis=-1).reshape(-1, 2)
    pictures = np.asarray(plane.decoder(places)).reshape(side, side, 28, 28)
    mosaic = pictures.swapaxes(1, 2).reshape(28 * side, 28 * side)
    extent = (across[0], across[-1], up[0], up[-1])
    axis.imshow(mosaic, vmin=0, vmax=1, extent=extent, aspect="auto")
    axis.grid(False)


def _draw_hourglass(axis: Axes) -> None:
    sizes = (784, 256, 128, 32, 128, 256, 784)
    heights = np.log2(sizes) - 3.5
    colors = [plots.PALETTE[place] for place in (0, 0, 0, 1, 2, 2, 2)]
    axis.bar(range(7), heights, 0.45, bottom=-heights / 2, color=colors, alpha=0.8)
    for place, size in enumerate(sizes):
        axis.text(place, heights[place] / 2 + 0.15, str(size), ha="center")
    for place, name in ((1, "encoder"), (3, "code"), (5, "decoder")):
        axis.text(place, -4, name, ha="center", color=colors[place], weight="bold")
    axis.set(ylim=(-4.3, 4))
    axis.axis("off")
