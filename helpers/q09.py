"""Only for notebook 9: drawings and measurements of attention."""

import inspect
import tracemalloc
from collections.abc import Callable, Sequence
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


def show_sentences(
    sentences: Sequence[tuple[str, Sequence[str], np.ndarray]], *, title: str
) -> None:
    """Draw attention over the words of sentences, two beside each other.

    Args:
        sentences: for each a title, its words, and the weights (steps,) of its steps,
            the first of which is the start; those behind the words aren't drawn.
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


def peak_megabytes(function: Callable, *arguments: Any) -> float:
    """The most memory, in MB, that Python has allocated while a function runs."""
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
        (n, steps): what the layer's method `attention_weights` returns if it has one;
        otherwise what hiding one step after the other shows.
    """
    told = getattr(layer, "attention_weights", None)
    # In a learner's layer this name may hold another layer, which isn't a method.
    if inspect.isroutine(told):
        return np.asarray(told(states, mask))
    return weights_by_hiding(layer, states, mask)


def weights_by_hiding(layer: Any, states: Any, mask: np.ndarray) -> np.ndarray:
    """The weights of a layer without `attention_weights`; arguments as there.

    The other steps keep their proportions when one is hidden. So the mean moves away
    from the hidden step by its weight times the distance between step and new mean.
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


def rank_correlations(
    weights: np.ndarray, effects: Sequence[np.ndarray]
) -> dict[str, float]:
    """Whether attention ranks the words of a sentence by the effect of removing them.

    Args:
        weights: (n, steps), of the start, then of each word.
        effects: for each sentence the effects of removing its words, (words,).

    Returns:
        Spearman's rank correlation of the effect with the `weight`, and with the
        `place` in the sentence: means over sentences.
    """
    found = []
    for row, effect in zip(weights, effects, strict=True):
        rankings = row[1 : len(effect) + 1], np.arange(len(effect))
        found.append([spearmanr(effect, ranking)[0] for ranking in rankings])
    by_weight, by_place = np.nanmean(found, axis=0)
    return {"weight": float(by_weight), "place": float(by_place)}
