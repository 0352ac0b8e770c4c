"""The drawings of notebook 1: a convolution, a network, a digit and its bars."""

from collections.abc import Iterator, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots


def draw_numbers(
    grids: Mapping[str, np.ndarray], title: str, window: int = 0, sums: str = ""
) -> None:
    """Draw small matrices beside each other, each number in its place, by their names.

    Args:
        grids: (height, width) numbers by name, drawn blue where positive, else red.
        title: the question that the figure answers.
        window: side of the square that is framed in the first one's upper left corner.
        sums: the matrix whose first number is framed, too.
    """
    largest = max(np.abs(grid).max() for grid in grids.values())
    widths = [len(grid[0]) for grid in grids.values()]
    figure, axes = plt.subplots(1, len(grids), figsize=(7.6, 3.2), width_ratios=widths)
    for axis, (name, grid) in zip(axes, grids.items(), strict=True):
        axis.imshow(grid, cmap="RdBu", vmin=-1.3 * largest, vmax=1.3 * largest)
        for (row, column), value in np.ndenumerate(grid):
            color = "white" if abs(value) > 0.8 * largest else "black"
            axis.text(column, row, f"{value:g}", color=color, ha="center", va="center")
        axis.set_title(name, fontsize=10, weight="normal")
        axis.axis("off")
        side = window if axis is axes[0] else int(name == sums)
        if side:
            axis.add_patch(plt.Rectangle((-0.5, -0.5), side, side, fill=False, lw=3))
    figure.suptitle(title, fontweight="bold")
    told = [f"{name}: {' '.join(str(grid).split())}." for name, grid in grids.items()]
    plots.show(figure, f"{title} {' '.join(told)}")


def draw_network(model: Any) -> None:
    """Draw a convolutional network from left to right, its parameters at each arrow.

    Args:
        model: a Keras model in which each layer follows the one before. Parameters of
            layers without an arrow are taken for batch normalisation's.
    """
    figure, axis = plt.subplots(figsize=(12, 4))
    place, told, others = 0.0, [], model.count_params()
    for layer, shape, parameters, count in _stages(model):
        width, height = _size(shape)
        others -= parameters
        if told:
            look = {"arrowstyle": "-|>", "color": "black"}
            axis.annotate("", (place + 1.15, 0), (place + 0.05, 0), arrowprops=look)
            axis.text(place + 0.6, 0.15, layer, ha="center", va="bottom", fontsize=10)
            axis.text(place + 0.6, -0.15, count, ha="center", va="top", fontsize=10)
            place += 1.2
        color = plots.PALETTE[0 if len(shape) == 3 else 1]
        corner = place, -height / 2
        axis.add_patch(plt.Rectangle(corner, width, height, color=color, alpha=0.6))
        says, under = "×".join(map(str, shape)), (place + width / 2, -height / 2 - 0.1)
        axis.text(*under, says, ha="center", va="top", fontsize=10, weight="bold")
        counted = f" ({' '.join(count.split())})" if count else ""
        told.append(f"{layer} {says}{counted}")
        place += width
    below = f"Below the arrows: parameters. Batch normalisation has 4·{others // 4} = "
    below += f"{others} more. Together they are {model.count_params():,}."
    axis.text(place, -2.0, below, ha="right", va="bottom", fontsize=10)
    axis.set(xlim=(-0.3, place + 0.3), ylim=(-2.1, 1.7))
    axis.set_title("What does the image become on its way?")
    axis.axis("off")
    plots.show(figure, f"From left to right: {', '.join(told)}. {below}")


def _stages(model: Any) -> Iterator[tuple[str, tuple[int, ...], int, str]]:
    """Each layer, the shape of what comes out, its parameters, and how they count."""
    names = {"MaxPooling2D": "max pool", "Flatten": "flatten", "Dense": "dense"}
    yield "image", model.input_shape[1:], 0, ""
    for layer in model.layers:
        name, shape = type(layer).__name__, tuple(layer.output.shape[1:])
        if name == "Conv2D":
            names[name] = "conv " + "×".join(map(str, layer.kernel_size))
        if name in names:
            parameters, count = layer.count_params(), "0"
            if parameters:
                bias = f"\n+ {shape[-1]}" if layer.use_bias else ""
                factors = "·".join(map(str, layer.kernel.shape))
                count = f"{factors}{bias}\n= {parameters:,}"
            yield names[name], shape, parameters, count


def _size(shape: tuple[int, ...]) -> tuple[float, float]:
    """Width and height of a stage's box: wider with channels, taller with its side."""
    if len(shape) == 3:
        return 0.1 + 0.4 * shape[2] / 64, 0.3 + 2.7 * shape[0] / 28
    return 0.12, 0.4 + 0.3 * np.log10(shape[0])


def image_and_bars(image: np.ndarray, shares: np.ndarray, true: int) -> Figure:
    """One image beside the probabilities of its classes, as a figure for an explorer.

    Args:
        image: (height, width) or (height, width, 1).
        shares: (classes,) probabilities.
        true: the image's class, whose bar is hatched.
    """
    figure, axes = plt.subplots(1, 2, figsize=(8, 3), width_ratios=(1, 2))
    axes[0].imshow(np.asarray(image).reshape(np.shape(image)[:2]))
    axes[0].set_title(f"true: {true}")
    axes[0].axis("off")
    bars = axes[1].bar(range(len(shares)), shares, color=plots.PALETTE[5])
    bars[true].set(facecolor=plots.PALETTE[1], edgecolor="white", hatch="//")
    bars[true].set_label("true class")
    axes[1].set(xlabel="class", ylabel="probability", ylim=(0, 1))
    axes[1].set(title=f"predicted: {np.argmax(shares)}", xticks=range(len(shares)))
    axes[1].legend()
    return figure
