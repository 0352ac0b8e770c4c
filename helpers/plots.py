"""Every figure that is drawn more than once, in one look.

Each function draws, shows and closes its figure, with a text alternative that is
written from what it drew. Colours are Okabe and Ito's, which people with any colour
vision tell apart; markers and line styles say the same as the colours.
"""

import base64
import io
import math
from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator
from sklearn.metrics import ConfusionMatrixDisplay

# Okabe and Ito, "Color Universal Design", without yellow, which is faint on white.
PALETTE = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#CC79A7",
    "#E69F00",
    "#56B4E9",
    "#000000",
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
LINES = ("-", "--", "-.", ":", "-", "--", "-.")


def use_style() -> None:
    """Give every figure of this session the collection's look."""
    plt.rcParams.update(
        {
            "axes.prop_cycle": plt.cycler(color=PALETTE)
            + plt.cycler(linestyle=LINES)
            + plt.cycler(marker=MARKERS),
            "axes.axisbelow": True,
            "axes.grid": True,
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titleweight": "bold",
            "axes.titlesize": 12,
            "figure.constrained_layout.use": True,
            "figure.figsize": (8, 4),
            "font.size": 11,
            "grid.alpha": 0.3,
            "image.cmap": "gray_r",
            "lines.markersize": 5,
        }
    )


def show(figure: Figure, alt: str) -> None:
    """Show a figure once, with `alt` for those who can't see it, and close it."""
    if get_ipython() is None:
        plt.show()
        plt.close(figure)
    else:
        data, metadata = picture(figure, alt)
        display(data, raw=True, metadata=metadata)


def picture(figure: Figure, alt: str) -> tuple[dict, dict]:
    """A figure, which is closed, as a picture with `alt`: data and metadata by type."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    image = base64.b64encode(buffer.getvalue()).decode()
    return {"image/png": image, "text/plain": alt}, {"image/png": {"alt": alt}}


def learning_curves(
    history: Mapping[str, Sequence[float]],
    baseline: float,
    *,
    baseline_name: str = "baseline",
    metric: str = "accuracy",
    title: str = "Is it still learning?",
) -> None:
    """Loss and one metric by epoch, training beside validation, over the baseline.

    Args:
        history: `history.history` of `fit`, or a dict like it: `loss`, `val_loss`,
            and `metric` with and without `val_`, one number per epoch. Without the
            metric the loss is drawn alone.
        baseline: the metric that the model has to beat.
        baseline_name: what reached it, for the legend.
        metric: which metric to draw.
        title: the question that the figure answers.
    """
    names = [name for name in ("loss", metric) if f"val_{name}" in history]
    figure, axes = plt.subplots(
        1, len(names), figsize=(5 * len(names), 3.8), squeeze=False
    )
    figure.suptitle(title, fontweight="bold")
    for axis, name in zip(axes[0], names, strict=True):
        epochs = np.arange(1, len(history[name]) + 1)
        axis.plot(epochs, history[name], label="training")
        axis.plot(epochs, history[f"val_{name}"], label="validation")
        axis.set(xlabel="epoch", ylabel=name, title=name.capitalize())
        axis.xaxis.get_major_locator().set_params(integer=True)
        if name == metric:
            axis.axhline(
                baseline, color="black", linestyle=":", marker="", label=baseline_name
            )
        axis.legend()
    last = names[-1]
    compared = f", {baseline_name} is at {baseline:.3f}" if last == metric else ""
    show(
        figure,
        f"{title} {' and '.join(names).capitalize()} over {len(history['loss'])} "
        f"epochs for training and validation. Validation {last} ends at "
        f"{history[f'val_{last}'][-1]:.3f}{compared}.",
    )


def stopped_curves(
    runs: Mapping[str, Sequence[Sequence[float]]], *, title: str
) -> None:
    """Validation loss by epoch of several trainings, the best epoch of each marked.

    Args:
        runs: for each name one curve for each seed: a loss per epoch.
        title: the question that the figure answers.
    """
    figure, axis = plt.subplots(figsize=(8, 3.8))
    looks, described = zip(PALETTE, LINES, MARKERS, strict=True), []
    for (name, curves), (color, line, marker) in zip(runs.items(), looks, strict=False):
        best = [int(np.argmin(curve)) for curve in curves]
        lowest = [curve[place] for curve, place in zip(curves, best, strict=True)]
        for curve in curves:
            epochs = range(1, len(curve) + 1)
            axis.plot(epochs, curve, color=color, ls=line, marker="", lw=1)
        axis.plot(
            np.add(best, 1), lowest, color=color, ls="", marker=marker, markersize=9
        )
        axis.plot([], [], color=color, ls=line, marker=marker, label=f"{name}, best")
        after = " and ".join(str(place + 1) for place in best)
        described.append(f"{name}: best after {after} epochs")
    axis.set(yscale="log", xlabel="epoch", ylabel="validation loss, log scale")
    axis.yaxis.set_major_formatter("{x:.2g}")
    axis.yaxis.set_minor_locator(LogLocator(subs=(2, 3, 5)))
    axis.yaxis.set_minor_formatter("{x:.2g}")
    axis.set_title(title)
    axis.xaxis.get_major_locator().set_params(integer=True)
    axis.legend()
    show(figure, f"{title} Validation loss by epoch. {'; '.join(described)}.")


def image_grid(
    images: np.ndarray,
    true: Sequence | None = None,
    predicted: Sequence | None = None,
    *,
    title: str,
    columns: int = 8,
) -> None:
    """Grey images in rows, each with its true label and, if given, the predicted one.

    Args:
        images: (n, height, width) or (n, height, width, 1); dark is high.
        true: n labels.
        predicted: n labels; a wrong one is framed and marked with ✗.
        title: the question that the figure answers.
        columns: images in a row.
    """
    images = np.asarray(images)
    if images.ndim == 4:
        images = images[..., 0]
    rows = -(-len(images) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(1.25 * columns, 1.5 * rows + 0.5), squeeze=False
    )
    figure.suptitle(title, fontweight="bold")
    for axis in axes.flat:
        axis.axis("off")
    wrong = 0
    for index, (axis, image) in enumerate(zip(axes.flat, images, strict=False)):
        axis.imshow(image)
        caption, colour = "" if true is None else f"{true[index]}", "black"
        if predicted is not None:
            caption = f"{caption} → {predicted[index]}"
            if predicted[index] != true[index]:
                wrong += 1
                caption, colour = f"✗ {caption}", PALETTE[1]
        axis.set_title(caption, color=colour, fontsize=11, fontweight="normal")
    labels = "" if true is None else f" True labels: {', '.join(map(str, true))}."
    if predicted is not None:
        labels += (
            f" Predicted: {', '.join(map(str, predicted))}; {wrong} of them wrong."
        )
    show(figure, f"{title} {len(images)} images.{labels}")


def image_rows(rows: Mapping[str, np.ndarray], *, title: str, alt: str) -> None:
    """Rows of square grey images, each row with its name in front.

    Args:
        rows: for each name n images, n the same for all: (n, side, side), or
            (n, side · side) flattened; from 0, white, to 1, black.
        title: the question that the figure answers.
        alt: the figure in words.
    """
    columns = len(next(iter(rows.values())))
    figure, axes = plt.subplots(
        len(rows),
        columns,
        figsize=(0.85 * columns + 1.4, 0.85 * len(rows) + 0.4),
        squeeze=False,
    )
    figure.suptitle(title, fontweight="bold")
    for line, (name, images) in zip(axes, rows.items(), strict=True):
        for axis, image in zip(line, images, strict=True):
            side = math.isqrt(image.size)
            axis.imshow(image.reshape(side, side), vmin=0, vmax=1)
            axis.set(xticks=[], yticks=[])
            axis.spines[:].set_visible(False)
        line[0].set_ylabel(name, rotation=0, ha="right", va="center")
    show(figure, alt)


def number_grids(
    grids: Mapping[str, np.ndarray],
    *,
    title: str,
    columns: int | None = None,
    numbers: bool = True,
) -> None:
    """Small arrays of numbers beside each other: positive blue, negative red.

    Args:
        grids: for each name an array (rows, columns).
        title: the question that the figure answers.
        columns: grids in a row; all of them unless told otherwise.
        numbers: whether each number is written into its place.
    """
    columns = columns or len(grids)
    rows = -(-len(grids) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(2.1 * columns, 2.3 * rows + 0.3), squeeze=False
    )
    if not numbers:
        figure.set_size_inches(max(8, 1.3 * columns), 1.7 * rows + 0.5)
    figure.suptitle(title, fontweight="bold")
    limit = max(np.abs(grid).max() for grid in grids.values())
    for axis in axes.flat[len(grids) :]:
        axis.axis("off")
    for axis, (name, grid) in zip(axes.flat, grids.items(), strict=False):
        axis.imshow(grid, cmap="RdBu", vmin=-1.3 * limit, vmax=1.3 * limit)
        axis.set(xticks=[], yticks=[])
        axis.grid(False)
        axis.set_title(name, fontsize=11 if numbers else 9, fontweight="normal")
        for (row, column), value in np.ndenumerate(grid if numbers else grid[:0]):
            colour = "white" if abs(value) > 0.8 * limit else "black"
            axis.text(column, row, f"{value:g}", ha="center", va="center", color=colour)
    values = "".join(
        f" {name}: {np.array2string(grid, separator=' ').replace(chr(10), ';')}."
        for name, grid in grids.items()
        if numbers
    )
    show(figure, f"{title} {len(grids)} grids: {', '.join(grids)}.{values}")


def image_and_bars(image: np.ndarray, shares: np.ndarray, true: int) -> Figure:
    """One image beside the probabilities of its classes; for an explorer, not shown.

    Args:
        image: (height, width) or (height, width, 1).
        shares: (classes,) probabilities.
        true: the image's class, whose bar is hatched.
    """
    figure, axes = plt.subplots(1, 2, figsize=(8, 3), width_ratios=(1, 2))
    axes[0].imshow(np.asarray(image).reshape(np.shape(image)[:2]))
    axes[0].set_title(f"true: {true}")
    axes[0].axis("off")
    bars = axes[1].bar(range(len(shares)), shares, color=PALETTE[5])
    bars[true].set(
        facecolor=PALETTE[1], edgecolor="white", hatch="//", label="true class"
    )
    axes[1].set(xlabel="class", ylabel="probability", ylim=(0, 1))
    axes[1].set_title(f"predicted: {np.argmax(shares)}")
    axes[1].set_xticks(range(len(shares)))
    axes[1].legend()
    return figure


def confusion_matrix(
    y_true: np.ndarray, y_pred: np.ndarray, *, title: str = "What is taken for what?"
) -> None:
    """Counts of true class (rows) against predicted class (columns).

    Only mistakes are coloured: the diagonal would drown them.

    Args:
        y_true: (n,) classes.
        y_pred: (n,) classes.
        title: the question that the figure answers.
    """
    figure, axis = plt.subplots(figsize=(6.5, 5.5))
    drawn = ConfusionMatrixDisplay.from_predictions(
        y_true, y_pred, ax=axis, cmap="Blues", colorbar=False
    )
    counts = drawn.confusion_matrix
    mistakes = counts - np.diag(np.diag(counts))
    drawn.im_.set_data(mistakes)
    drawn.im_.set_clim(0, max(1, mistakes.max()))
    for row, texts in enumerate(drawn.text_):
        for column, text in enumerate(texts):
            dark = mistakes[row, column] > mistakes.max() / 2
            text.set_color("white" if dark else "black")
            text.set_alpha(0.3 if counts[row, column] == 0 else 1)
    axis.grid(False)
    axis.set(title=title, xlabel="predicted", ylabel="true")
    row, column = np.unravel_index(mistakes.argmax(), mistakes.shape)
    names = drawn.display_labels
    show(
        figure,
        f"{title} Confusion matrix of {counts.sum()} examples, {mistakes.sum()} of "
        f"them wrong. The most frequent mistake: {names[row]} taken for "
        f"{names[column]}, {mistakes[row, column]} times.",
    )
