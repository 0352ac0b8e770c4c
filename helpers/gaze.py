"""What notebook 9 draws and measures of attention, away from the reader's way."""

import inspect
import re
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from scipy.stats import spearmanr

from helpers import plots


def show_idea(words: Sequence[str], weights: np.ndarray, matrix: np.ndarray) -> None:
    """Draw one query's weights as lines, and all queries' as a matrix.

    Args:
        words: n words, each a key.
        weights: (n,) of the one query.
        matrix: (n, n), rows are queries.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 3), width_ratios=(3, 2))
    middle = (len(words) - 1) / 2
    for place, (word, weight) in enumerate(zip(words, weights, strict=True)):
        height = len(words) - 1 - place
        look = {"linewidth": 1 + 12 * weight, "color": plots.PALETTE[0]}
        axes[0].plot([0.8, 2], [middle, height], "-", **look)
        axes[0].text(2.05, height, f"{word}, {weight:.2f}", va="center")
    axes[0].text(0.75, middle, "the query", va="center", ha="right")
    axes[0].set(xlim=(0, 3), ylim=(-0.4, len(words) - 0.6))
    axes[0].set_title("What does one query get?")
    axes[0].axis("off")
    axes[1].imshow(matrix, vmin=0, vmax=1, cmap="Blues")
    for (row, column), weight in np.ndenumerate(matrix):
        colour = "white" if weight > 0.6 else "black"
        text = {"ha": "center", "va": "center", "color": colour}
        axes[1].text(column, row, f"{weight:.2f}", **text)
    axes[1].set_xticks(range(len(words)), words, fontsize=9)
    axes[1].set_yticks(range(len(words)), words, fontsize=9)
    axes[1].set(title="Who looks at whom?", xlabel="key", ylabel="query")
    axes[1].grid(False)
    shares = ", ".join(f"{w} {v:.2f}" for w, v in zip(words, weights, strict=True))
    plots.show(
        figure,
        f"Left: lines from words to one query, as thick as their weights: {shares}. "
        f"Right: self-attention, a matrix of {len(words)} queries by as many keys.",
    )


def order_task(rows: int, length: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sequences in which only order decides: is token 1 before token 2?

    Returns:
        x (rows, length), tokens from 3 to 19 with one 1 and one 2 among them; y
        (rows,), 1 where the 1 comes first.
    """
    random = np.random.default_rng(seed)
    x = random.integers(3, 20, (rows, length))
    places = random.random((rows, length)).argsort(axis=1)[:, :2]
    np.put_along_axis(x, places, [[1, 2]], axis=1)
    return x, (places[:, 0] < places[:, 1]).astype("float32")


def lookup_task(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sixteen names with a number each, then one of them: what was its number?

    Returns:
        x (rows, 17): name n of 24 with number b as token n + 24 · b, and last a name
        alone, as 48 + n; y (rows,), the asked name's number, 0 or 1.
    """
    random = np.random.default_rng(seed)
    names = random.permuted(np.tile(np.arange(24), (rows, 1)), axis=1)[:, :16]
    numbers = random.integers(0, 2, (rows, 16))
    asked = np.arange(rows), random.integers(0, 16, rows)
    return np.column_stack([names + 24 * numbers, 48 + names[asked]]), numbers[asked]


def show_sentences(
    sentences: Sequence[tuple[str, Sequence[str], np.ndarray]], *, title: str
) -> None:
    """Draw attention over the words of sentences, two beside each other.

    Args:
        sentences: what stands above each, its words, and the weights of the start, the
            words and what follows.
        title: the question that the figure answers.
    """
    rows = -(-len(sentences) // 2)
    figure, axes = plt.subplots(rows, 2, figsize=(11, 3.2 * rows), sharey=True)
    figure.suptitle(title, fontweight="bold")
    tops = []
    for axis, (name, words, weights) in zip(axes.flat, sentences, strict=False):
        draw_words(axis, words, weights, name)
        top = ["(start)", *words][int(np.argmax(weights[: len(words) + 1]))]
        tops.append(f"{name}, most weight on “{top}”")
    plots.show(figure, f"{title} Bars of attention. " + "; ".join(tops))


def draw_words(
    axis: plt.Axes, words: Sequence[str], weights: np.ndarray, title: str
) -> None:
    """One bar of attention for the start and each word of a sentence."""
    names = ["(start)", *words]
    axis.bar(range(len(names)), weights[: len(names)])
    axis.set_xticks(range(len(names)), names, rotation=60, ha="right", fontsize=9)
    axis.set(title=title, ylabel="attention weight")
    axis.title.set_fontsize(10)


def show_dots(
    values: Mapping[str, Sequence[float]],
    *,
    title: str,
    label: str,
    band: tuple[float, float] | None = None,
    band_name: str = "",
) -> None:
    """One row for each kind: a dot for each seed, a line at their mean.

    Args:
        values: the numbers of each kind, one a seed.
        title: the question that the figure answers.
        label: what the numbers are.
        band: from where to where to shade, such as a baseline and its standard error.
            Without one the axis begins at 0.
        band_name: for the legend.
    """
    figure, axis = plt.subplots(figsize=(9, 1.2 + 0.36 * len(values)))
    for row, seeds in enumerate(values.values()):
        axis.plot(seeds, [row] * len(seeds), "o", color=plots.PALETTE[0], markersize=8)
        axis.plot(np.mean(seeds), row, "|", color="black", markersize=18)
    axis.set_yticks(range(len(values)), list(values))
    axis.set(xlabel=f"{label}; a dot for each seed, a line at the mean", title=title)
    axis.set_ylim(len(values) - 0.5, -0.5)
    if band:
        axis.axvspan(*band, color="grey", alpha=0.25, label=band_name)
        axis.legend(loc="best", fontsize=9)
    else:
        axis.set_xlim(left=0)
    means = ", ".join(f"{kind} {np.mean(seeds):.3f}" for kind, seeds in values.items())
    plots.show(figure, f"{title} Mean {label}: {means}.")


def peak_megabytes(function: Callable, *arguments: Any) -> float:
    """The most memory that Python's own allocations take while a function runs."""
    tracemalloc.start()
    function(*arguments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def pooling_weights(layer: Any, states: Any, mask: np.ndarray) -> np.ndarray:
    """The weights by which a layer averages the steps of sequences.

    Args:
        layer: maps (n, steps, features) to a weighted mean, (n, features).
        states: (n, steps, features).
        mask: (n, steps), True where there is a step.

    Returns:
        (n, steps): what the layer's method `attention_weights` says, if it has one;
        else what hiding one step after the other shows.
    """
    told = getattr(layer, "attention_weights", None)
    # A layer by that name is a part of the layer, and no method.
    if inspect.isroutine(told):
        return np.asarray(told(states, mask))
    return weights_by_hiding(layer, states, mask)


def weights_by_hiding(layer: Any, states: Any, mask: np.ndarray) -> np.ndarray:
    """The weights of a layer that doesn't tell; arguments as for `pooling_weights`.

    Without a step the others keep their proportions, so the mean moves away from the
    hidden step, by its weight times the distance to it.
    """
    mean, weights = np.asarray(layer(states, mask=mask)), np.zeros(mask.shape)
    for step in range(mask.shape[1]):
        others = mask.copy()
        others[:, step] = False
        rest = np.asarray(layer(states, mask=others))
        away = np.asarray(states)[:, step] - rest
        square = np.maximum((away**2).sum(axis=1), 1e-12)
        weights[:, step] = ((mean - rest) * away).sum(axis=1) / square
    return np.where(mask, weights, 0)


def shuffle_rows(values: np.ndarray, where: np.ndarray, *, seed: int) -> np.ndarray:
    """A copy in which each row's entries are shuffled among the places of `where`."""
    shuffled, random = values.copy(), np.random.default_rng(seed)
    for row, places in zip(shuffled, where, strict=True):
        row[places] = random.permutation(row[places])
    return shuffled


def rank_correlations(
    weights: np.ndarray, effects: Sequence[np.ndarray]
) -> dict[str, float]:
    """How well attention ranks the words of sentences by the effect of removing them.

    Args:
        weights: (n, steps), the start's first, then each word's.
        effects: for each sentence, the effect of each word.

    Returns:
        Mean rank correlation of the effect with the `weight`, and with the `place`.
    """
    found = []
    for row, effect in zip(weights, effects, strict=True):
        rankings = row[1 : len(effect) + 1], np.arange(len(effect))
        found.append([spearmanr(effect, ranking)[0] for ranking in rankings])
    by_weight, by_place = np.nanmean(found, axis=0)
    return {"weight": float(by_weight), "place": float(by_place)}


def slug(name: str) -> str:
    """A name with `_` for what can't stand in the name of a result."""
    return re.sub(r"\W+", "_", name)
