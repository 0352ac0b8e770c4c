"""The drawings of notebook 9: one query, several heads, weights on lists and words."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from helpers import plots, tasks


def show_idea(
    words: Sequence[str],
    query: np.ndarray,
    keys: np.ndarray,
    values: np.ndarray,
    scores: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Draw how a query (size,) gets its mean of values (n, size), by scores (n,)."""
    last = len(words) - 1
    frame = {"xlim": (-0.4, 5.5), "ylim": (-0.5, last + 1)}
    figure, axis = plt.subplots(figsize=(10, 3.4), subplot_kw=frame)
    axis.set_title("What does one query get?")
    axis.axis("off")
    asks = _box(axis, 0, last / 2, f"query\n{_vector(query)}")
    _box(axis, 5, last / 2, f"output\n{_vector(weights @ values)}")
    for row, word in enumerate(words):
        height = last - row
        key = _box(axis, 1.5, height, f"“{word}”\nkey {_vector(keys[row])}")
        _box(axis, 3.5, height, f"value {_vector(values[row])}")
        _arrow(axis, asks, key)
        _box(axis, 2.5, height, f"{scores[row]:.2f} → {weights[row]:.2f}", "white")
        look = {"lw": 1 + 9 * weights[row], "color": plots.PALETTE[1], "zorder": 0}
        axis.plot([3.5, 5], [height, last / 2], "-", **look)
    for place, name in ((1.5, "keys"), (2.5, "score → weight"), (3.5, "values")):
        axis.text(place, last + 0.65, name, ha="center", weight="bold")
    plots.show(figure, f"One query's mean of values, weights {weights.round(2)}.")


def draw_multi_head(heads: int, features: int) -> None:
    """Draw multi-head attention with its shapes; three of the heads are shown."""
    frame = {"xlim": (-0.5, 7.6), "ylim": (-0.45, 2.8)}
    figure, axis = plt.subplots(figsize=(11, 3.6), subplot_kw=frame)
    axis.set_title("How do several heads share one layer?")
    axis.axis("off")
    x = _box(axis, 0, 1, f"x\n(steps, {features})")
    slices = _box(axis, 2.6, 1, f"{heads} slices of\nQ, K and V")
    joined = _box(axis, 5.7, 1, f"side by side\n(steps, {features})")
    for row, name in enumerate("QKV"):
        projected = _box(axis, 1.4, 2 - row, f"$x\\,W_{name}$\n(steps, {features})")
        _arrow(axis, x, projected)
        _arrow(axis, projected, slices)
    for row, number in enumerate((1, 2, heads)):
        text = f"head {number}: (steps, {features // heads})\nweights (steps, steps)"
        head = _box(axis, 4.1, 2 - row, text, plots.PALETTE[row])
        _arrow(axis, slices, head, plots.PALETTE[row])
        _arrow(axis, head, joined, plots.PALETTE[row])
    axis.text(4.1, 0.46, "⋮", ha="center", va="center")
    _arrow(axis, joined, _box(axis, 7, 1, f"times $W_O$\n(steps, {features})"))
    stages = ("project", "split", f"attend, {heads} heads", "join", "project")
    for place, name in zip((1.4, 2.6, 4.1, 5.7, 7), stages, strict=True):
        axis.text(place, 2.6, name, ha="center", weight="bold")
    plots.show(figure, f"{heads} heads: {', '.join(stages)}.")


def draw_lookup(tokens: np.ndarray, weights: np.ndarray, title: str) -> Figure:
    """Draw attention (rows, steps) over rows of `tasks.make_lookup_task`."""
    figure, axis = plt.subplots(figsize=(6.8, 5.2), layout="constrained")
    axis.grid(False)
    drawn = axis.imshow(weights, vmin=0, vmax=1, aspect="auto", cmap="Blues")
    for row, line in enumerate(tokens):
        column = np.flatnonzero(line[:-1] % 24 == line[-1] % 24)[0]
        corner, color = (column - 0.5, row - 0.5), plots.PALETTE[1]
        axis.add_patch(plt.Rectangle(corner, 1, 1, fill=False, ec=color, lw=2))
    columns = [*tasks.spell_lookup(tokens[0][:-1]).split(), "?"]
    axis.set_xticks(range(len(columns)), columns, fontsize=10)
    names = tasks.spell_lookup(tokens[:, -1]).split()
    axis.set_yticks(range(len(names)), names, fontsize=10)
    axis.set(title=title, xlabel="token (framed: the answer)", ylabel="name asked for")
    figure.colorbar(drawn, ax=axis, label="weight")
    return figure


def draw_sentences(
    sentences: Sequence[Sequence[str]],
    weights: np.ndarray,
    probabilities: np.ndarray,
    labels: np.ndarray,
) -> Figure:
    """Bars of attention (n, steps) for four sentences, each with score and label."""
    figure, axes = plt.subplots(2, 2, sharey=True, figsize=(11, 6.4), layout="tight")
    figure.suptitle("At which states does the pooling look?", weight="bold")
    for axis, words, row, probability, label in zip(
        axes.flat, sentences, weights, probabilities, labels, strict=True
    ):
        axis.bar(range(len(words)), row[: len(words)])
        axis.axhline(1 / len(words), ls="--", color="black", label="even weights")
        axis.set_xticks(range(len(words)), words, rotation=60, ha="right", fontsize=10)
        title = f"P(favourable) = {probability:.2f}, true label {label}"
        axis.set(ylabel="attention weight", title=title)
    axes[0, 0].legend(loc="upper left")
    return figure


def _vector(numbers: np.ndarray) -> str:
    return f"({', '.join(f'{number:.2g}' for number in numbers)})"


def _box(axis: Axes, x: float, y: float, text: str, color: str = "black") -> Text:
    look = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": color}
    return axis.text(x, y, text, ha="center", va="center", bbox=look)


def _arrow(axis: Axes, start: Text, end: Text, color: str = "black") -> None:
    look = {"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 0}
    look |= {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch()}
    axis.annotate("", end.get_position(), start.get_position(), arrowprops=look)
