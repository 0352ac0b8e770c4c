"""Only for notebook 1: accuracies of a model, tables of them, two studies."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import helpers.quiet  # noqa: F401  isort: skip
import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import t as student

from helpers import plots
from helpers.retrain import repeat
from helpers.stats import mean_error, paired_difference, share_error


def hits(
    model: Callable[..., Any], images: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    """(n,) True where an image's highest score is its label's.

    Args:
        model: a Keras model with scores (n, classes) for n images.
        images: what it takes.
        labels: (n,) integers.
    """
    # `predict` would trace each model again, which takes longer than these calls.
    starts = range(0, len(images), 500)
    scores = [np.asarray(model(images[i : i + 500], training=False)) for i in starts]
    return np.concatenate(scores).argmax(axis=1) == labels


def accuracy(
    model: Callable[..., Any], images: np.ndarray, labels: np.ndarray
) -> float:
    """The share of the images whose highest score is their label's."""
    return float(np.mean(hits(model, images, labels)))


def show_steps(
    rows: Mapping[str, tuple[np.ndarray, np.ndarray]], other: str = "other"
) -> None:
    """Print a table in which each row is compared with the one above it.

    Errors behind ± of accuracies are over the seeds. A star marks a step whose 95 %
    intervals leave out 0: that over the seeds, by Student's distribution since there
    are few of them, and that over the examples. Below the table these steps are named.

    Args:
        rows: for each name (seeds, examples) hits, and others of as many seeds.
        other: what the other hits were measured on.
    """
    head = f"{'':<18} {'accuracy':<15}      step  ± seeds  ± digits"
    print(f"{head}   {other}")
    before, settled = None, []
    for name, (found, elsewhere) in rows.items():
        step = ""
        if before is not None:
            by, over_seeds = paired_difference(found, before, axis=0)
            over_digits = paired_difference(found, before, axis=1).error
            far = student.ppf(0.975, len(found) - 1) * over_seeds
            star = "*" if abs(by) > max(far, 2 * over_digits) else ""
            settled += [name] if star else []
            step = f"{by:+.4f}{star:<1}   {over_seeds:.4f}    {over_digits:.4f}"
        row = f"{name:<18} {mean_error(found.mean(axis=1)):.4f}   {step:<26}"
        print(f"{row}   {mean_error(elsewhere.mean(axis=1)):.3f}")
        before = found
    print("settled steps:", ", ".join(settled) or "none")


def show_shares(rows: Mapping[str, Sequence[float]], count: int) -> None:
    """Print accuracies on validation, test and pushed test digits, with their errors.

    Args:
        rows: for each name these three accuracies.
        count: the number of test digits.
    """
    print(f"{'':<20} validation   test              pushed by three pixels")
    for name, (validation, *tests) in rows.items():
        cells = (f"{p:.4f} ± {share_error(p, count):.4f}" for p in tests)
        print(f"{name:<20} {validation:>10.3f}", *cells, sep="   ")


def show_confidence(
    confidence: np.ndarray,
    is_right: np.ndarray,
    edges: tuple[float, ...] = (0.0, 0.8, 0.95, 0.999, 1.0),
) -> None:
    """Print how many mistakes a classifier promises, and how many it makes.

    A prediction of probability c promises 1 − c mistakes. The number behind ± is the
    standard deviation of their sum if the promises hold: the root of the sum of
    c (1 − c). There is a row for each group of confidence, and one for all.

    Args:
        confidence: (n,) highest probabilities.
        is_right: (n,) whether that class was the label.
        edges: of the groups; a confidence on an edge belongs to the lower group.
    """
    groups = {
        f"{low} to {high}": (confidence > low) & (confidence <= high)
        for low, high in itertools.pairwise(edges)
    }
    print(f"{'':<14} digits   mistakes promised    made")
    for name, group in {**groups, "all": np.full(len(confidence), True)}.items():
        if group.any():
            promised = 1 - confidence[group]
            deviation = np.sqrt(np.sum(promised * (1 - promised)))
            print(
                f"{name:<14} {group.sum():>6,} {promised.sum():>11.1f} ± "
                f"{deviation:<4.1f} {np.sum(~is_right[group]):>7}"
            )


def averages_and_scores(
    net: keras.Model, x: np.ndarray, x_val: np.ndarray, y_val: np.ndarray
) -> tuple[float, float, float, float]:
    """How far the first batch normalisation's moving variance is from the true one.

    Args:
        net: with at least one BatchNormalization.
        x: images that it was trained on.
        x_val, y_val: images and (n,) labels to measure on.

    Returns:
        Accuracy by the batch's statistics; accuracy in inference; the first layer's
        variance over `x`, mean over its channels; and its moving average.
    """
    kind = keras.layers.BatchNormalization
    norm = next(layer for layer in net.layers if isinstance(layer, kind))
    moving = float(norm.moving_variance.numpy().mean())
    true = np.var(keras.Model(net.input, norm.input)(x), axis=(0, 1, 2)).mean()
    inference = accuracy(net, x_val, y_val)
    # This call comes last, because training mode moves the averages.
    by_batch = np.mean(np.argmax(net(x_val, training=True), axis=1) == y_val)
    return float(by_batch), inference, float(true), moving


def repeat_until_stopped(
    build: Callable[..., keras.Model],
    x: np.ndarray,
    y: np.ndarray,
    seeds: Iterable[int],
    score: Callable[[keras.Model], Any],
    **options: Any,
) -> tuple[np.ndarray, list[list[float]]]:
    """Call `retrain.repeat`; also return each network's validation loss by epoch."""
    curves = []

    def score_and_keep(net: keras.Model) -> Any:
        curves.append(net.history.history["val_loss"])
        return score(net)

    return repeat(build, x, y, seeds, score_and_keep, **options), curves


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
    bars[true].set(
        facecolor=plots.PALETTE[1], edgecolor="white", hatch="//", label="true class"
    )
    axes[1].set(xlabel="class", ylabel="probability", ylim=(0, 1))
    axes[1].set_title(f"predicted: {np.argmax(shares)}")
    axes[1].set_xticks(range(len(shares)))
    axes[1].legend()
    return figure
