"""The drawings of notebook 9: one query, several heads, weights on lists and words."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from helpers import plots, tasks

BOX = {"boxstyle": "round,pad=0.4", "facecolor": "white"}


def show_idea(
    words: Sequence[str],
    query: np.ndarray,
    keys: np.ndarray,
    values: np.ndarray,
    scores: np.ndarray,
    weights: np.ndarray,
) -> None:
    """Draw how a query (size,) gets its mean of the values of n words (n, size).

    Keys are (n, size), scores and weights (n,).
    """
    figure, axis = plt.subplots(figsize=(10, 3.4))
    last = len(words) - 1
    _box(axis, 0, last / 2, f"query\n{_vector(query)}")
    _box(axis, 5, last / 2, f"output\n{_vector(weights @ values)}")
    for row, word in enumerate(words):
        height = last - row
        _box(axis, 1.5, height, f"“{word}”\nkey {_vector(keys[row])}")
        _box(axis, 3.5, height, f"value {_vector(values[row])}")
        _arrow(axis, (0.35, last / 2), (1.05, height), "black")
        text = f"{scores[row]:.2f} → {weights[row]:.2f}"
        axis.text(2.5, height, text, ha="center", va="center")
        look = {"linewidth": 1 + 9 * weights[row], "color": plots.PALETTE[1]}
        axis.plot([3.95, 4.62], [height, last / 2], "-", alpha=0.7, **look)
    for place, name in ((1.5, "keys"), (2.5, "score → weight"), (3.5, "values")):
        axis.text(place, last + 0.65, name, ha="center", weight="bold")
    _finish(axis, "What does one query get?", (-0.4, 5.5), (-0.5, last + 1))
    each = ", ".join(f"{w} {v:.2f}" for w, v in zip(words, weights, strict=True))
    plots.show(figure, f"What does one query get? Weights: {each}; a mean of values.")


def draw_multi_head(heads: int, features: int) -> None:
    """Draw multi-head attention with its shapes; three of the heads are shown."""
    size, colors = features // heads, plots.PALETTE
    figure, axis = plt.subplots(figsize=(11, 3.6))
    _box(axis, 0, 1, f"x\n(steps, {features})")
    for row, name in enumerate("QKV"):
        _box(axis, 1.4, 2 - row, f"$x\\,W_{name}$\n(steps, {features})")
        _arrow(axis, (0.45, 1), (0.9, 2 - row), "black")
    for row in range(3):
        name = f"head {row + 1 if row < 2 else heads}: (steps, {size})"
        weights = "weights (steps, steps)"
        _box(axis, 3.5, 2 - row, f"{name}\n{weights}", colors[row])
        for start in range(3):
            _arrow(axis, (1.9, 2 - start), (2.7, 2 - row), colors[row])
        _arrow(axis, (4.3, 2 - row), (4.95, 1), colors[row])
    axis.text(3.5, 0.46, "⋮", ha="center", va="center")
    _box(axis, 5.5, 1, f"side by side\n(steps, {features})")
    _arrow(axis, (6.05, 1), (6.5, 1), "black")
    _box(axis, 7, 1, f"times $W_O$\n(steps, {features})")
    stages = {1.4: "project", 2.3: "split", 3.5: f"attend, {heads} heads", 5.5: "join"}
    for place, name in (*stages.items(), (7, "project")):
        axis.text(place, 2.6, name, ha="center", weight="bold")
    _finish(axis, "How do several heads share one layer?", (-0.5, 7.6), (-0.45, 2.8))
    told = f"{features} features in {heads} heads of {size}: project, split, attend"
    plots.show(figure, f"Multi-head attention, {told}, join, project.")


def show_lookup(
    tokens: np.ndarray, weights: np.ndarray, names: Sequence[str] = (), *, title: str
) -> None:
    """Draw attention weights over lists of `tasks.make_lookup_task` as a matrix.

    Args:
        tokens, weights: (rows, steps); a row is a query or a head. Where the answers
            stand is framed. The columns are named after the first row's tokens.
        names: of the rows; what each asks for unless they are given.
        title: the question that the figure answers.
    """
    names = names or [tasks.spell_lookup(row[-1:]) for row in tokens]
    columns = tasks.spell_lookup(tokens[0]).split()
    columns = [name if name[-1] in "01" else "asked" for name in columns]
    figure, axis = plt.subplots(figsize=(10, 1.4 + 0.28 * len(tokens)))
    drawn = axis.imshow(weights, vmin=0, vmax=1, aspect="auto", cmap="Blues")
    for row, line in enumerate(tokens):
        asked, listed = line[line >= 48] % 24, line[line < 48] % 24
        for column in np.flatnonzero(np.isin(listed, asked)):
            look = {"fill": False, "edgecolor": plots.PALETTE[1], "linewidth": 2}
            axis.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 1, 1, **look))
    axis.set_xticks(range(len(columns)), columns)
    axis.set_yticks(range(len(names)), names)
    axis.set(title=title, xlabel="token attended to; frames mark where the answers are")
    axis.grid(False)
    figure.colorbar(drawn, label="weight")
    tops = [columns[top] for top in np.argmax(weights, axis=1)]
    told = ", ".join(f"{name} {top}" for name, top in zip(names, tops, strict=True))
    plots.show(figure, f"{title} Most weight: {told}.")


def show_sentences(
    texts: Sequence[str], weights: np.ndarray, titles: Sequence[str]
) -> None:
    """Draw the attention (n, steps) of n sentences, the start first, as bars."""
    figure, axes = plt.subplots(2, len(texts) // 2, figsize=(11, 6.4), sharey=True)
    figure.suptitle("Where does the weight lie?", fontweight="bold")
    for axis, text, row, title in zip(axes.flat, texts, weights, titles, strict=True):
        draw_words(axis, ["(start)", *text.split()], row)
        axis.set_title(title, fontsize=10)
    told = "; ".join(map(": ".join, zip(titles, texts, strict=True)))
    plots.show(figure, f"Where does the weight lie? Bars of attention. {told}.")


def draw_words(axis: Axes, words: Sequence[str], weights: np.ndarray) -> None:
    """One bar of attention for each word; weights of steps behind them aren't drawn."""
    axis.bar(range(len(words)), weights[: len(words)])
    axis.set_xticks(range(len(words)), words, rotation=60, ha="right", fontsize=10)
    axis.set_ylabel("attention weight")


def _vector(numbers: np.ndarray) -> str:
    return f"({', '.join(f'{number:.2g}' for number in numbers)})"


def _box(axis: Axes, x: float, y: float, text: str, color: str = "black") -> None:
    look = BOX | {"edgecolor": color}
    axis.text(x, y, text, ha="center", va="center", bbox=look)


def _arrow(axis: Axes, start: tuple, end: tuple, color: str) -> None:
    look = {"arrowstyle": "-|>", "color": color, "alpha": 0.7}
    axis.annotate("", end, start, arrowprops=look)


def _finish(axis: Axes, title: str, xlim: tuple, ylim: tuple) -> None:
    axis.set(xlim=xlim, ylim=ylim)
    axis.axis("off")
    axis.set_title(title, pad=14)
