"""For notebook 7 alone: its drawings, and networks that Keras has traced before."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots

COLOURS = (*plots.PALETTE[:4], "#6A3D9A", "#D62728", "#8B6914")
NEW_COLOURS = ("black", "#777777")  # no known digit has them
_traced: dict[Any, Any] = {}  # the first network of each architecture and loss


def traced(model: Any) -> Any:
    """The first network of this architecture and loss, with this network's weights.

    Keras traces every new model anew, which takes longer than a short training. The
    result of training is that of the given network.

    Args:
        model: compiled and untrained.
    """
    from helpers import retrain  # imports TensorFlow, which the drawings don't need

    # Keras counts its layers; without the counts, equal architectures look alike.
    architecture = re.sub(r"_\d+", "", str(model.get_config()))
    first = _traced.setdefault((architecture, model.loss), model)
    retrain.begin_as(first, model)
    return first


def draw_losses() -> None:
    """Draw what a same pair and a different pair cost, by their distance; margin 1."""
    distance = np.linspace(0, 2, 101)
    figure, axis = plt.subplots(figsize=(7, 3))
    axis.plot(distance, distance**2, label="same", marker="")
    axis.plot(distance, np.maximum(1 - distance, 0) ** 2, label="different", marker="")
    axis.annotate("margin", (1, 0), (1.15, 0.4), arrowprops={"arrowstyle": "->"})
    axis.set(xlabel="distance", ylabel="loss", ylim=(-0.1, 2))
    axis.set_title("What does a pair pay?")
    axis.legend()
    plots.show(
        figure,
        "A same pair pays the square of its distance. A different pair pays the square "
        "of what is missing to the margin, 1, and nothing beyond. They cross at 0.5.",
    )


def draw_plane(points: np.ndarray, y: np.ndarray, known: Sequence[int]) -> None:
    """Draw images (n, 2) of digits y (n,): known in colours, new in black and grey.

    Each point is its digit.
    """
    figure, axis = plt.subplots(figsize=(8.5, 6.5))
    new = sorted(set(y.tolist()) - set(known))
    for digit in np.unique(y):
        is_new = digit in new
        axis.scatter(
            *points[y == digit].T,
            s=50,
            color=NEW_COLOURS[new.index(digit) % 2] if is_new else COLOURS[digit % 7],
            marker=f"${digit}$",
            alpha=0.7,
            zorder=1 if is_new else 2,  # new digits hide no known ones
            linewidth=0,
            label=str(digit),
        )
    axis.set(xlabel="first axis of the map", ylabel="second axis of the map")
    axis.set_title("Where do new digits lie? (known in colours, new in black and grey)")
    plots.show(
        figure,
        f"A map of {len(points)} test digits by their embeddings. Known digits form "
        f"groups, some of which touch; the new digits {new} lie in and between them.",
    )


def draw_distances(
    parts: Mapping[str, tuple[np.ndarray, np.ndarray]], threshold: float, widest: float
) -> Figure:
    """Histograms of distances, a panel for each part, with the threshold in each.

    Args:
        parts: by name, distances (n,) and whether each pair is the same (n,).
        threshold: pairs with a smaller distance are called the same.
        widest: where the distance axis ends.
    """
    figure, axes = plt.subplots(
        1, len(parts), figsize=(10, 3.4), sharex=True, sharey=True
    )
    for axis, (name, (distances, same)) in zip(axes, parts.items(), strict=True):
        for label, kind, hatch in ((1, "same", ""), (0, "different", "//")):
            values = distances[same == label]
            style = {"histtype": "stepfilled", "alpha": 0.6, "hatch": hatch}
            axis.hist(values, 40, range=(0, widest), label=kind, **style)
        axis.axvline(threshold, color="black", linestyle="--", marker="")
        right = np.mean((distances <= threshold) == same)
        axis.set_title(f"{name}: {right:.0%} right at {threshold:.2f}")
        axis.set_xlabel("distance")
    axes[0].set_ylabel("pairs")
    axes[-1].legend()
    return figure
