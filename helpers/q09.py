"""The drawings of notebook 9: one query, several heads, weights on lists and words."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    _box(axis, 0, last / 2, f"query\n{_vector(query)}")
    _box(axis, 5, last / 2, f"output\n{_vector(weights @ values)}")
    for row, word in enumerate(words):
        height = last - row
        _box(axis, 1.5, height, f"“{word}”\nkey {_vector(keys[row])}")
        _box(axis, 3.5, height, f"value {_vector(values[row])}")
        _arrow(axis, (0.35, last / 2), (1.05, height), "black")
        _box(axis, 2.5, height, f"{scores[row]:.2f} → {weights[row]:.2f}", "white")
        width, color = 1 + 9 * weights[row], plots.PALETTE[1]
        axis.plot([3.95, 4.62], [height, last / 2], "-", lw=width, color=color)
    for place, name in ((1.5, "keys"), (2.5, "score → weight"), (3.5, "values")):
        axis.text(place, last + 0.65, name, ha="center", weight="bold")
    plots.show(figure, f"One query's mean of values, weights {weights.round(2)}.")


def draw_multi_head(heads: int, features: int) -> None:
    """Draw multi-head attention with its shapes; three of the heads are shown."""
    size, colors = features // heads, plots.PALETTE
    frame = {"xlim": (-0.5, 7.6), "ylim": (-0.45, 2.8)}
    figure, axis = plt.subplots(figsize=(11, 3.6), subplot_kw=frame)
    axis.set_title("How do several heads share one layer?")
    axis.axis("off")
    _box(axis, 0, 1, f"x\n(steps, {features})")
    for row, name in enumerate("QKV"):
        _box(axis, 1.4, 2 - row, f"$x\\,W_{name}$\n(steps, {features})")
        _arrow(axis, (0.45, 1), (0.9, 2 - row), "black")
    for row, number in enumerate((1, 2, heads)):
        text = f"head {number}: (steps, {size})\nweights (steps, steps)"
        _box(axis, 3.5, 2 - row, text, colors[row])
        for start in range(3):
            _arrow(axis, (1.9, 2 - start), (2.7, 2 - row), colors[row])
        _arrow(axis, (4.3, 2 - row), (4.95, 1), colors[row])
    axis.text(3.5, 0.46, "⋮", ha="center", va="center")
    _box(axis, 5.5, 1, f"side by side\n(steps, {features})")
    _arrow(axis, (6.05, 1), (6.5, 1), "black")
    _box(axis, 7, 1, f"times $W_O$\n(steps, {features})")
    stages = ("project", "split", f"attend, {heads} heads", "join", "project")
    for place, name in zip((1.4, 2.3, 3.5, 5.5, 7), stages, strict=True):
        axis.text(place, 2.6, name, ha="center", weight="bold")
    plots.show(figure, f"{heads} heads of {size} features: {', '.join(stages)}.")


def show_lookup(
    tokens: np.ndarray, weights: np.ndarray, names: Sequence[str] = (), *, title: str
) -> None:
    """Draw attention (rows, steps) over lists of `tasks.make_lookup_task` as a matrix.

    Rows are named after what they ask for, columns after the first row.
    """
    names = names or [tasks.spell_lookup(row[-1:]) for row in tokens]
    columns = tasks.spell_lookup(tokens[0]).split()
    columns = [name if "?" not in name else "?" for name in columns]
    figure, axis = plt.subplots(figsize=(10, 1.4 + 0.28 * len(tokens)))
    axis.grid(False)
    drawn = axis.imshow(weights, vmin=0, vmax=1, aspect="auto", cmap="Blues")
    for row, line in enumerate(tokens):
        asked, listed = line[line >= 48] % 24, line[line < 48] % 24
        for column in np.flatnonzero(np.isin(listed, asked)):
            corner, color = (column - 0.5, row - 0.5), plots.PALETTE[1]
            axis.add_patch(plt.Rectangle(corner, 1, 1, fill=False, ec=color, lw=2))
    axis.set_xticks(range(len(columns)), columns)
    axis.set_yticks(range(len(names)), names)
    axis.set(title=title, xlabel="token attended to; frames mark where the answers are")
    figure.colorbar(drawn, label="weight")
    tops = [columns[top] for top in np.argmax(weights, axis=1)]
    plots.show(figure, f"{title} Most weight of {', '.join(names)}: {', '.join(tops)}.")


def draw_sentences(
    sentences: Sequence[Sequence[str]], weights: np.ndarray, titles: Sequence[str]
) -> Figure:
    """A bar of attention (n, steps) for each word of one or four sentences."""
    side = round(len(sentences) ** 0.5)
    figure, axes = plt.subplots(side, side, figsize=(11, 3.2 * side), squeeze=False)
    figure.suptitle("Where does the weight lie?", fontweight="bold")
    rows = zip(axes.flat, sentences, weights, titles, strict=True)
    for axis, words, row, title in rows:
        axis.bar(range(len(words)), row[: len(words)])
        axis.set_xticks(range(len(words)), words, rotation=60, ha="right", fontsize=10)
        axis.set(ylim=(0, 1), ylabel="attention weight", title=title)
    return figure


def _vector(numbers: np.ndarray) -> str:
    return f"({', '.join(f'{number:.2g}' for number in numbers)})"


def _box(axis: Axes, x: float, y: float, text: str, color: str = "black") -> None:
    look = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": color}
    axis.text(x, y, text, ha="center", va="center", bbox=look)


def _arrow(axis: Axes, start: tuple, end: tuple, color: str) -> None:
    axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": color})
