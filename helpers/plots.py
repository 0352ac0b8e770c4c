"""The figures of several notebooks, in one look: curves and images.

Each function draws a figure, shows it with a text alternative that is written from the
drawn data, and closes it. The title of a figure is the question that it answers.
Colours are Okabe and Ito's, which people with any colour vision tell apart; markers and
line styles say the same as the colours.
"""

import base64
import io
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from IPython import get_ipython
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.stats import Estimate, mean_error

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
# Baselines are black lines without markers, told apart by their style.
BASELINES = (":", "--", "-.")

Numbers = Sequence[float] | np.ndarray
Panels = Mapping[str, Any]


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
    """Show a figure once and close it; `alt` describes it to those who can't see it."""
    if get_ipython() is None:
        plt.show()
        plt.close(figure)
    else:
        data, metadata = picture(figure, alt)
        display(data, raw=True, metadata=metadata)


def picture(figure: Figure, alt: str) -> tuple[dict, dict]:
    """Close a figure and return it as a picture with `alt`: data and metadata by type.

    IPython's `display` takes both.
    """
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    image = base64.b64encode(buffer.getvalue()).decode()
    return {"image/png": image, "text/plain": alt}, {"image/png": {"alt": alt}}


def learning_curves(
    history: Mapping[str, Numbers],
    baseline: float,
    *,
    baseline_name: str = "baseline",
    title: str = "Is it still learning?",
) -> None:
    """Loss and accuracy by epoch, training beside validation, over the baseline.

    Args:
        history: `history.history` of `fit`, or a dict like it: `loss`, `val_loss`,
            `accuracy` and `val_accuracy`, one number per epoch. Without the accuracy
            the loss is drawn alone.
        baseline: the accuracy that the model has to beat.
        baseline_name: what reached it, for the legend.
        title: the question that the figure answers.
    """
    panels = {
        name: {"training": history[name], "validation": history[f"val_{name}"]}
        for name in ("loss", "accuracy")
        if f"val_{name}" in history
    }
    curves(panels, title=title, baselines={"accuracy": {baseline_name: baseline}})


def curves(
    lines: Panels,
    *,
    title: str,
    ylabel: str = "",
    xlabel: str = "epoch",
    x: Numbers | Mapping[str, Numbers] | None = None,
    baselines: Panels | None = None,
    best: Callable[[np.ndarray], Any] | None = None,
    **scales: Any,
) -> None:
    """Lines over a common axis, in one panel or in several beside each other.

    Args:
        lines: for each name the numbers of a line (n,); or those of several replicates
            (replicates, n), of which the mean is drawn with bars of one standard error.
            For several panels: for each panel's name such a mapping.
        title: the question that the figure answers.
        ylabel: what the lines are, with its unit. Panels share one y axis if it is
            given; otherwise each has an axis of its own, labelled with its name.
        xlabel: what the lines run over, with its unit.
        x: (n,) places of the numbers, for all lines or by a line's name; 1 to n unless
            it is given.
        baselines: horizontal lines by name, in every panel: numbers, or `Estimate`s,
            which get a band of one standard error to each side. For panels with
            baselines of their own: for each panel's name such a mapping.
        best: `np.argmin` or `np.argmax`, which marks the best place of each line.
        scales: what else `Axes.set` takes, such as `yscale="log"` or `ylim`.
    """
    panels = lines if _is_nested(lines) else {"": lines}
    size = 8 if len(panels) == 1 else min(5 * len(panels), 12), 3.8
    layout = {"figsize": size, "squeeze": False, "sharey": bool(ylabel)}
    figure, ((*axes,),) = plt.subplots(1, len(panels), **layout)
    told, labels = [title], set()
    for axis, (name, panel) in zip(axes, panels.items(), strict=True):
        levels = _of_panel(baselines, name)
        said = [_draw_line(axis, key, panel[key], x, best) for key in panel]
        said += _draw_baselines(axis.axhline, axis.axhspan, levels)
        axis.set(xlabel=xlabel, **scales)
        axis.set_ylabel(ylabel if axis is axes[0] else "")
        (axis.set_title if ylabel else axis.set_ylabel)(name or ylabel)
        if x is None:
            axis.xaxis.get_major_locator().set_params(integer=True)
        elif not isinstance(x, Mapping) and len(x) <= 10:
            axis.set_xticks(list(x), [f"{place:g}" for place in x])
            axis.set_xticks([], minor=True)
        if not {*panel, *levels} <= labels:  # panels with the same lines need one
            labels |= {*panel, *levels}
            outside = {"loc": "upper left", "bbox_to_anchor": (1, 1)}
            axis.legend(**(outside if len(panel) > 4 else {}))
        what = f"{name or ylabel} by {xlabel}"
        told.append(f"{what[:1].upper()}{what[1:]}: {'; '.join(said)}.")
    if len(axes) == 1:
        axes[0].set_title(title)
    else:
        figure.suptitle(title, fontweight="bold")
    show(figure, _in_one_line(" ".join(told)))


def images(
    pictures: Sequence[np.ndarray] | np.ndarray | Mapping[str, np.ndarray],
    captions: Sequence = (),
    *,
    title: str,
    columns: int = 8,
    limit: float | None = None,
    alt: str = "",
) -> None:
    """Pictures in a grid, each under its caption; or in rows, each behind its name.

    All pictures have one scale: 0 and below is white, `limit` and above is black.

    Args:
        pictures: of a grid (n, height, width), with channels (n, height, width, 1 or
            3), or a list of such pictures of any sizes; of rows, for each name an array
            (n, height, width …), n the same for all. A flattened picture is square.
        captions: one above each picture of a grid, or above each column of rows.
        title: the question that the figure answers.
        columns: pictures beside each other in a grid.
        limit: the number that is drawn as black; the largest one unless it is given.
        alt: what the pictures show, in words, for readers who can't see them.
    """
    captions = [str(caption) for caption in captions]
    if isinstance(pictures, Mapping):
        rows = {str(k): [_square(p) for p in row] for k, row in pictures.items()}
        look = _look([p for row in rows.values() for p in row], limit)
        figure = _draw_rows(rows, captions, look)
        count = len(next(iter(rows.values())))
        told = [f"{len(rows)} rows of {count} images: {', '.join(rows)}."]
    else:
        grid = [_square(picture) for picture in pictures]
        figure = _draw_grid(grid, captions, columns, _look(grid, limit))
        told = [f"{len(grid)} images{': ' * bool(captions)}{', '.join(captions)}."]
    figure.suptitle(title, fontweight="bold")
    show(figure, _in_one_line(f"{title} {' '.join(told)} {alt}"))


def _is_nested(given: Mapping) -> bool:
    return any(isinstance(value, Mapping) for value in given.values())


def _of_panel(baselines: Panels | None, name: str) -> Mapping[str, Any]:
    """The baselines of one panel: its own, or those that all panels share."""
    baselines = baselines or {}
    return baselines.get(name, {}) if _is_nested(baselines) else baselines


def _draw_line(axis: Axes, name: str, values: Any, x: Any, best: Any) -> str:
    """Draw one line; returns its description in words."""
    values = np.asarray(values, dtype=float)
    means = values.mean(axis=0) if values.ndim == 2 else values
    places = x.get(name) if isinstance(x, Mapping) else x
    places = np.arange(1, len(means) + 1) if places is None else np.asarray(places)
    look: dict[str, Any] = {"label": name} | ({"marker": ""} if len(means) > 30 else {})
    if values.ndim == 2:
        errors = [mean_error(replicates).error for replicates in values.T]
        axis.errorbar(places, means, errors, capsize=3, **look)
    else:
        axis.plot(places, means, **look)
    said = f"{name} from {_said(means[0])} to {_said(means[-1])}"
    if best is not None:
        at, color = int(best(means)), axis.lines[-1].get_color()
        axis.plot(places[at], means[at], "*", color=color, markersize=14)
        said += f", best {_said(means[at])} at {places[at]:g}"
    return said


def _draw_baselines(
    draw_line: Callable[..., Any],
    draw_band: Callable[..., Any],
    baselines: Mapping[str, float | Estimate],
) -> list[str]:
    """Draw baselines, with bands for errors; returns their description in words."""
    for (name, level), style in zip(baselines.items(), BASELINES * 3, strict=False):
        mean, error = _estimate(level)
        look = {"color": "black", "linestyle": style, "marker": "", "zorder": 1}
        draw_line(mean, label=name, **look)
        if error > 0:
            draw_band(mean - error, mean + error, color="grey", alpha=0.25, zorder=0)
    return [f"baseline {name} {_said(level)}" for name, level in baselines.items()]


def _draw_grid(
    grid: list[np.ndarray],
    captions: Sequence[str],
    columns: int,
    look: Mapping[str, Any],
) -> Figure:
    columns = min(columns, len(grid))
    rows = -(-len(grid) // columns)
    size = max(6, 1.25 * columns), 1.5 * rows + 0.5
    figure, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for axis in axes.flat[len(grid) :]:
        axis.axis("off")
    for number, (axis, picture) in enumerate(zip(axes.flat, grid, strict=False)):
        _draw_picture(axis, picture, look)
        axis.spines[:].set_visible(False)
        if captions:
            axis.set_title(captions[number], fontsize=10, weight="normal")
    return figure


def _draw_rows(
    rows: Mapping[str, list[np.ndarray]], captions: list[str], look: Mapping[str, Any]
) -> Figure:
    first = next(iter(rows.values()))
    cell = min(0.85, 10 / len(first))
    size = cell * len(first) + 1.4, cell * len(rows) + 0.5
    figure, axes = plt.subplots(len(rows), 1, figsize=size, squeeze=False)
    for axis, (name, row) in zip(axes[:, 0], rows.items(), strict=True):
        # Drawing a row as one picture takes a tenth of the time of one for each image.
        _draw_picture(axis, np.concatenate([_framed(p) for p in row], axis=1), look)
        axis.spines[:].set_visible(False)
        axis.set_ylabel(name, rotation=0, ha="right", va="center")
    if captions:
        width = _framed(first[0]).shape[1]
        axes[0, 0].xaxis.tick_top()
        axes[0, 0].set_xticks(width * (np.arange(len(captions)) + 0.5) - 0.5, captions)
    return figure


def _framed(picture: np.ndarray) -> np.ndarray:
    """A picture with an empty margin at both sides, of a twenty-eighth of its width."""
    margin = [(0, 0), (-(-picture.shape[1] // 28),) * 2]
    if picture.ndim == 3:
        blank = 255 if picture.dtype == np.uint8 else 1
        return np.pad(picture, [*margin, (0, 0)], constant_values=blank)
    return np.pad(picture.astype(float), margin, constant_values=np.nan)


def _draw_picture(axis: Axes, picture: np.ndarray, look: Mapping[str, Any]) -> None:
    axis.imshow(picture, **look)
    axis.set(xticks=[], yticks=[])
    axis.grid(False)


def _look(pictures: Sequence[np.ndarray], limit: float | None) -> dict[str, Any]:
    """The limits that all pictures of a figure share."""
    return {"vmin": 0, "vmax": limit or max(p.max() for p in pictures) or 1}


def _square(picture: np.ndarray) -> np.ndarray:
    """A picture as (height, width) or (height, width, 3), from any accepted shape."""
    picture = np.asarray(picture)
    if picture.ndim == 1:
        side = math.isqrt(picture.size)
        return picture.reshape(side, side)
    has_one_channel = picture.ndim == 3 and picture.shape[-1] == 1
    return picture[..., 0] if has_one_channel else picture


def _estimate(value: Any) -> Estimate:
    """A value with its error: replicates have one, and a single number has none."""
    if isinstance(value, Estimate):
        return value
    return mean_error(value) if np.ndim(value) else Estimate(float(value), 0.0)


def _said(value: float | Estimate) -> str:
    """A number in words: three digits, or whole and grouped from 1,000 on."""
    if isinstance(value, Estimate):
        has_error = value.error > 0
        return _said(value.mean) + (f" ± {value.error:.2g}" if has_error else "")
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
