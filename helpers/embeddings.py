"""What notebook 7 tabulates and draws: distances, thresholds, digits held out."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from helpers import plots


def mean_and_range(values: Sequence[float]) -> str:
    """The mean of one value per case, its standard error, the lowest and highest."""
    several = len(values) > 1
    error = np.std(values, ddof=1) / np.sqrt(len(values)) if several else 0.0
    low, high = min(values), max(values)
    return f"{np.mean(values):.3f} ± {error:.3f} ({low:.3f} to {high:.3f})"


def lead(rows: Mapping[str, np.ndarray], first: str, second: str) -> str:
    """By how much one row is above another, and in how many trainings.

    Args:
        rows: (cases, seeds) for each method, scores of trainings with the same seeds.
        first, second: the names of two rows.
    """
    gap = rows[first] - rows[second]
    ahead = f"above in {np.sum(gap > 0)} of {gap.size} trainings"
    return f"{first} minus {second}: {mean_and_range(gap.mean(axis=1))}, {ahead}"


def neighbours(
    vectors: np.ndarray, images: np.ndarray, labels: np.ndarray, row: int, *, title: str
) -> None:
    """Of one image the nearest seven of other classes, the farthest seven of its own.

    Args:
        vectors: (n, …), compared by Euclidean distance; pixels or embeddings.
        images: (n, height, width) or (n, height, width, 1), to draw.
        labels: (n,) classes.
        row: the image that all are compared with; it stands first in both rows.
        title: the question that the figure answers; a share is added to it, of the
            images of other classes that are nearer than the farthest of its own.
    """
    flat = np.reshape(vectors, (len(vectors), -1))
    gaps = np.linalg.norm(flat - flat[row], axis=1)
    order = gaps.argsort()
    own = labels[order] == labels[row]
    chosen = [row, *order[~own][:7], row, *order[own][:-8:-1]]
    captions = [f"{labels[i]}: {gaps[i]:.3g}" for i in chosen]
    nearer = np.mean(gaps[order[~own]] < gaps[order[own][-1]])
    title += f" {nearer:.1%} of the others are nearer than the farthest {labels[row]}."
    plots.image_grid(images[chosen], captions, title=title)


def loss_curves(
    history: Mapping[str, Sequence[float]], marks: Mapping[str, float], *, title: str
) -> None:
    """Loss by epoch, for training and validation, under what says "nothing learnt".

    Args:
        history: `loss` and `val_loss`, one number per epoch.
        marks: losses to compare with, by name.
        title: the question that the figure answers.
    """
    figure, axis = plt.subplots(figsize=(7.5, 3.4))
    epochs = np.arange(1, len(history["loss"]) + 1)
    axis.plot(epochs, history["loss"], label="training")
    axis.plot(epochs, history["val_loss"], label="validation")
    for (name, loss), line in zip(marks.items(), (":", "-."), strict=False):
        axis.axhline(loss, color="black", linestyle=line, marker="", label=name)
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.set(xlabel="epoch", ylabel="loss", title=title, ylim=(0, None))
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
    ends = f"{history['loss'][-1]:.3f} and {history['val_loss'][-1]:.3f}"
    told = ", ".join(f"{name} at {loss}" for name, loss in marks.items())
    plots.show(
        figure, f"{title} Training and validation loss end at {ends}; marks: {told}."
    )


LOOKS = {
    "pixels": 0,
    "classifier": 1,
    "contrastive": 2,
    "InfoNCE": 3,
    "contrastive, has seen all ten": 5,
}


def held_out_scores(
    rows: Mapping[str, np.ndarray], groups: Sequence[str], *, title: str
) -> None:
    """One marker for each method and group of classes held out; a line spans the seeds.

    A method has one colour and one marker in every figure; a hollow marker says that
    its vectors are compared by cosine.

    Args:
        rows: for each method ROC AUCs, (groups, seeds). A name of `LOOKS`, with or
            without ", cosine" behind it.
        groups: what was held out, in words.
        title: the question that the figure answers.
    """
    figure, axis = plt.subplots(figsize=(9, 3.8))
    for number, (name, values) in enumerate(rows.items()):
        values = np.reshape(values, (len(groups), -1))
        mean = values.mean(axis=1)
        places = np.arange(len(groups)) + 0.11 * (number - (len(rows) - 1) / 2)
        look = LOOKS[name.removesuffix(", cosine")]
        colour, hollow = plots.PALETTE[look], name.endswith(", cosine")
        axis.errorbar(
            places,
            mean,
            [mean - values.min(axis=1), values.max(axis=1) - mean],
            label=name,
            color=colour,
            linestyle="",
            marker=plots.MARKERS[look],
            markersize=8,
            markerfacecolor="white" if hollow else colour,
        )
    axis.set_xticks(range(len(groups)), [f"pairs of {group}" for group in groups])
    axis.set(ylabel="ROC AUC, test images", ylim=(0.5, 1.02), title=title)
    axis.legend(loc="upper left", bbox_to_anchor=(1, 1))
    told = "; ".join(
        f"{name} {', '.join(f'{np.mean(value):.3f}' for value in values)}"
        for name, values in rows.items()
    )
    plots.show(figure, f"{title} ROC AUC of pairs of {', '.join(groups)}: {told}.")


def distances_by_kind(
    parts: Mapping[str, tuple[np.ndarray, np.ndarray]], threshold: float, widest: float
) -> Figure:
    """Histograms of distances, one panel for each part, and a threshold in all.

    Args:
        parts: by name, distances (n,) and whether each pair is the same (n,).
        threshold: what lies below it is called the same.
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
