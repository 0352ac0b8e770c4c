"""Only for notebook 7: tables and drawings of distances between images."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots
from helpers.stats import mean_error


def mean_and_range(values: Sequence[float]) -> str:
    """The mean of one value per case, its standard error, the lowest and highest."""
    return f"{mean_error(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def lead(rows: Mapping[str, np.ndarray], first: str, second: str) -> str:
    """How far one method is above another, and in how many trainings it is above.

    Args:
        rows: for each method scores (cases, seeds) of trainings with the same seeds.
        first, second: the names of two methods.
    """
    gap = rows[first] - rows[second]
    ahead = f"above in {np.sum(gap > 0)} of {gap.size} trainings"
    return f"{first} minus {second}: {mean_and_range(gap.mean(axis=1))}, {ahead}"


def neighbours(
    vectors: np.ndarray, images: np.ndarray, labels: np.ndarray, row: int, *, title: str
) -> None:
    """Draw the seven images of other classes that are nearest to one image.

    The second row has the seven of its own class that are farthest from it.

    Args:
        vectors: (n, …), compared by Euclidean distance; pixels or embeddings.
        images: (n, height, width) or (n, height, width, 1), to draw.
        labels: (n,) classes.
        row: the image that all are compared with; it stands first in both rows.
        title: the question that the figure answers. It ends in the share of images of
            other classes that are nearer than the farthest of its own.
    """
    flat = np.reshape(vectors, (len(vectors), -1))
    gaps = np.linalg.norm(flat - flat[row], axis=1)
    order = gaps.argsort()
    own = labels[order] == labels[row]
    chosen = [row, *order[~own][:7], row, *order[own][:-8:-1]]
    captions = [f"{labels[i]}: {gaps[i]:.3g}" for i in chosen]
    nearer = np.mean(gaps[order[~own]] < gaps[order[own][-1]])
    title += f" {nearer:.1%} of the others are nearer than the farthest {labels[row]}."
    plots.images(images[chosen], captions, title=title)


def held_out_scores(
    rows: Mapping[str, np.ndarray], groups: Sequence[str], *, title: str
) -> None:
    """Draw a panel for each group of classes held out, with a row for each method.

    Args:
        rows: for each method ROC AUCs, (groups, seeds).
        groups: what was held out, in words.
        title: the question that the figure answers.
    """
    panels = {
        f"pairs of {group}": {name: np.ravel(rows[name][k]) for name in rows}
        for k, group in enumerate(groups)
    }
    plots.dots(panels, title=title, xlabel="ROC AUC, test images")


def distances_by_kind(
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
            axis.hist(values, 40, range=(0, widest), alpha=0.6, label=kind, hatch=hatch)
        axis.axvline(threshold, color="black", linestyle="--", marker="")
        right = np.mean((distances <= threshold) == same)
        axis.set(xlabel="distance (no unit)", title=f"Digits {name}: {right:.0%} right")
    axes[0].set_ylabel("pairs")
    axes[-1].legend()
    return figure
