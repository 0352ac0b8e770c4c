"""The drawings of notebook 5: an hourglass, planes of two-number codes, a unit."""

from collections.abc import Mapping
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers import plots


class Plane(NamedTuple):
    """The codes of some digits, and what a decoder draws in their plane.

    Attributes:
        codes: (n, 2).
        corners: (2, 2), the lowest and the highest place that is drawn.
        pictures: (side², 784) of an even grid, row by row from the highest place.
    """

    codes: np.ndarray
    corners: np.ndarray
    pictures: np.ndarray


def show_idea(points: np.ndarray, on_line: np.ndarray, on_arc: np.ndarray) -> None:
    """Draw an autoencoder as an hourglass, and points (n, 2) with reconstructions."""
    figure, axes = plt.subplots(1, 3, figsize=(12, 3.1), width_ratios=(1.25, 1, 1))
    _draw_hourglass(axes[0])
    errors = []
    for axis, name, rebuilt in (
        (axes[1], "a line (PCA)", on_line),
        (axes[2], "an arc", on_arc),
    ):
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
        planes: for each column its name and its plane.
        labels: (n,) the digit of each code.
    """
    size = 5 * len(planes), 8.6
    figure, axes = plt.subplots(2, len(planes), figsize=size, squeeze=False)
    for column, (name, plane) in zip(axes.T, planes.items(), strict=True):
        _draw_codes(column[0], plane.codes, labels, plane.corners)
        column[0].set_title(f"{name}: where are the digits?")
        low, high = plane.corners
        side = round(len(plane.pictures) ** 0.5)
        grid = plane.pictures.reshape(side, side, 28, 28).swapaxes(1, 2)
        mosaic = grid.reshape(28 * side, 28 * side)
        extent = (low[0], high[0], low[1], high[1])
        column[1].imshow(mosaic, vmin=0, vmax=1, extent=extent, aspect="auto")
        column[1].grid(False)
        column[1].set(xlabel="number 1 of the code", ylabel="number 2 of the code")
        column[1].set_title("What is drawn there?")
    plots.show(
        figure,
        f"Columns: {', '.join(planes)}. Above, test digits at the two numbers of their "
        "code; below, the pictures that the decoder draws over the same plane.",
    )


def draw_unit(pictures: np.ndarray, values: np.ndarray, title: str) -> Figure:
    """Pictures (n, 784) in a row, each under the value (n,) that a unit has there."""
    figure, axes = plt.subplots(1, len(values), figsize=(12, 2), squeeze=False)
    for axis, picture, value in zip(axes[0], pictures, values, strict=True):
        axis.imshow(picture.reshape(28, 28), vmin=0, vmax=1)
        axis.set_title(f"{value:.2f}")
        axis.axis("off")
    figure.suptitle(title, fontweight="bold")
    return figure


def _draw_codes(
    axis: Axes, codes: np.ndarray, labels: np.ndarray, corners: np.ndarray
) -> None:
    """Draw sixty codes (n, 2) of each digit, each as the digit that it stands for."""
    (left, bottom), (right, top) = corners
    for digit, color in zip(range(10), plt.get_cmap("tab10").colors, strict=True):
        places = codes[labels == digit][:60].T
        axis.scatter(*places, marker=f"${digit}$", s=45, color=color, linewidth=0.2)
    axis.set(xlim=(left, right), ylim=(bottom, top))
    axis.set(xlabel="number 1 of the code", ylabel="number 2 of the code")


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
