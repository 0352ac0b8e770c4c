"""Tables and pictures of probabilities from several models, over several draws."""

import itertools
import timeit
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from scipy import optimize, special
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from helpers import plots, tasks

Score = Callable[[np.ndarray, np.ndarray], np.ndarray]


def with_error(values: Sequence[float], form: str = ".3f") -> str:
    """The mean of one value per draw, and its standard error."""
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    return f"{np.mean(values):{form}} ± {error:.3f}"


def scores_of(p: np.ndarray, y: np.ndarray, score: Score) -> np.ndarray:
    """One score per draw: the mean over the models of a row.

    Args:
        p: (draws, n, classes), or (draws, models, n, classes) probabilities.
        y: (draws, n) classes.
        score: of (..., n, classes) and (..., n).
    """
    return score(p, y) if p.ndim == 3 else score(p, y[:, None]).mean(axis=1)


def lead(values: Sequence[float]) -> str:
    """The mean of one difference per draw ± its error; ~ if within two errors of 0."""
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    settled = abs(np.mean(values)) > 2 * error
    return with_error(values, "+.3f") + ("" if settled else " ~")


def compare(
    ways: Mapping[str, np.ndarray],
    y: np.ndarray,
    scores: Sequence[Score],
    against: str,
    prices: Mapping[str, tuple[float, float]] | None = None,
) -> None:
    """Print a row for each way: its scores, and how they differ from those of one way.

    Args:
        ways: probabilities by name, as `scores_of` takes them.
        y: (draws, n) classes.
        scores: columns, the first with its standard error over draws; then, for each
            score again, the difference to `against`, paired by draw, with its error.
        against: the way whose scores are subtracted.
        prices: what predicting and training cost, for the ways that have a price.
    """
    names, width = [score.__name__ for score in scores], max(map(len, ways)) + 2

    def line(
        name: str, means: Sequence[str], leads: Sequence[str], price: Sequence[str]
    ) -> str:
        first, *others = means
        cells = "".join(f"{cost:<9}" for cost in price) if prices else ""
        cells += f"{first:<16}" + "".join(f"{mean:<8}" for mean in others)
        return (f"{name:<{width}}{cells}" + "".join(f"{c:<18}" for c in leads)).rstrip()

    none, above = ["" for _ in names], [f"minus that of: {against}"]
    print(line("", none, above, ["price to", ""]))
    print(line("", names, names, ["predict", "train"]))
    for name, p in ways.items():
        found = [scores_of(p, y, score) for score in scores]
        means = [with_error(found[0]), *(f"{mean.mean():.3f}" for mean in found[1:])]
        rival = [scores_of(ways[against], y, score) for score in scores]
        pairs = zip(found, rival, strict=True)
        leads = [] if name == against else [lead(a - b) for a, b in pairs]
        price = prices.get(name) if prices else None
        costs = [f"{cost:.1f}" for cost in price] if price else ["", ""]
        print(line(name, means, leads, costs))
    print("~ within two standard errors of 0: not settled")


def with_temperature(p_val: np.ndarray, y_val: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Probabilities with their logits divided by one number, the temperature.

    Args:
        p_val: (..., m, classes) probabilities on which it's chosen, by the lowest NLL;
            a temperature for each of the models that stand in front.
        y_val: (m,) classes, or (draws, m) if the first axis is that of draws.
        p: (..., n, classes) probabilities of the same models.

    Returns:
        Probabilities shaped as `p`; each row's most probable class stays.
    """
    if p.ndim > 2:
        labels = y_val if y_val.ndim == 2 else [y_val] * len(p)
        runs = zip(p_val, labels, p, strict=True)
        return np.array([with_temperature(*run) for run in runs])

    def divided(p: np.ndarray, temperature: float) -> np.ndarray:
        return special.softmax(np.log(np.clip(p, 1e-7, 1)) / temperature, axis=1)

    def loss(temperature: float) -> float:
        likely = divided(p_val, temperature)[np.arange(len(y_val)), y_val]
        return -np.log(likely).mean()

    found = optimize.minimize_scalar(loss, bounds=(0.2, 5), method="bounded")
    return divided(p, found.x)


def print_fastest(calls: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """Print and return the seconds that each call takes, the fastest of five rounds."""
    seconds = {
        name: min(timeit.repeat(call, number=1, repeat=5))
        for name, call in calls.items()
    }
    width = max(map(len, calls)) + 1
    for name, value in seconds.items():
        print(f"{name:<{width}} {1000 * value:6.1f} ms")
    return seconds


def auroc_of(near: np.ndarray, far: np.ndarray) -> np.ndarray:
    """One value per draw: the chance that a far example scores higher than a near one.

    Args:
        near, far: (draws, n) scores of examples that should be low, and high.
    """
    is_far = np.repeat([0, 1], near.shape[1])
    both = np.concatenate([near, far], axis=1)
    return np.array([roc_auc_score(is_far, values) for values in both])


def dot_plot(
    ways: Mapping[str, np.ndarray],
    y: np.ndarray,
    scores: Mapping[str, Score],
    against: str,
    *,
    title: str,
) -> None:
    """How far each way is from one of them, one panel for each score.

    Differences are taken draw by draw; bars reach two of their standard errors to each
    side. Ways of one answer each draw are squares, means over several models circles.

    Args:
        ways: probabilities by name, as `scores_of` takes them.
        y: (draws, n) classes.
        scores: by the label of their axis.
        against: the way whose scores are subtracted, at the dotted line.
        title: the question that the figure answers.
    """
    height = 0.28 * len(ways) + 1.6
    figure, axes = plt.subplots(1, len(scores), figsize=(11, height), sharey=True)
    figure.suptitle(title, fontweight="bold")
    said: dict[str, list[str]] = {name: [] for name in ways}
    for axis, (label, score) in zip(axes, scores.items(), strict=True):
        for row, (name, p) in enumerate(ways.items()):
            values, special = scores_of(p, y, score), p.ndim == 3
            values = values - scores_of(ways[against], y, score)
            axis.errorbar(
                values.mean(),
                row,
                xerr=2 * values.std(ddof=1) / np.sqrt(len(values)),
                linestyle="",
                capsize=3,
                color=plots.PALETTE[special],
                marker="os"[special],
            )
            said[name].append(f"{values.mean():+.3f}")
        axis.axvline(0, color="black", linestyle=":", marker="")
        axis.set(xlabel=label, yticks=range(len(ways)), yticklabels=list(ways))
        axis.locator_params(axis="x", nbins=6)
    axes[0].invert_yaxis()
    rows = "; ".join(f"{name} {', '.join(numbers)}" for name, numbers in said.items())
    what = f"{' and '.join(scores)}, minus those of the {against}"
    plots.show(figure, f"{title} {what}, means over draws: {rows}.")


def draw_grain_map(axis: Axes, predict: Callable[[np.ndarray], np.ndarray]) -> None:
    """The plane of length and width as a classifier sees it, and the best boundaries.

    Args:
        axis: to draw on.
        predict: (n, 10) grains → (n, 3) probabilities; all other readings are 0.
    """
    side = np.linspace(-3.5, 4.5, 160)
    grid = np.zeros((len(side) ** 2, 10), "float32")
    grid[:, 0], grid[:, 1] = (plane.ravel() for plane in np.meshgrid(side, side))
    colours = np.array([plt.matplotlib.colors.to_rgb(c) for c in plots.PALETTE[:3]])
    extent = (side[0], side[-1], side[0], side[-1])
    for p, line in (
        (predict(grid), "-"),
        (tasks.Grains.best_probabilities(grid), ":"),
    ):
        p = np.asarray(p, "float64").reshape(len(side), len(side), 3)
        if line == "-":
            axis.imshow(1 - p @ (1 - colours) * 0.6, extent=extent, origin="lower")
        score = np.log(np.clip(p, 1e-30, 1))
        for variety in range(3):
            margin = score[..., variety] - np.delete(score, variety, axis=2).max(axis=2)
            axis.contour(side, side, margin, [0], colors="k", linestyles=line)
    for (u, v), c in zip(tasks.GRAIN_GROUPS, np.repeat(range(3), 3), strict=True):
        axis.text(u, v, str(c), ha="center", va="center", fontweight="bold")
    axis.set(xlabel="reading 0, length (scaled)", ylabel="reading 1, width (scaled)")
    axis.grid(False)


def draw_idea() -> None:
    """Five curves with a ripple in common and waves of their own, and their average."""
    place = np.linspace(0, 3, 200)
    waves = np.random.default_rng(33).normal(size=(5, 4)) / 2.5
    truth = np.sin(2 * place)
    shared = 0.4 * np.sin(6 * place)
    members = truth + shared + waves @ np.sin(np.outer([3, 4, 5, 7], place))
    figure, axis = plt.subplots(figsize=(9, 3.6))
    thin = {"color": "0.7", "linestyle": "-", "marker": "", "linewidth": 1}
    axis.plot(place, members.T, **thin)
    axis.plot([], [], label="five members", **thin)
    axis.plot(place, members.mean(axis=0), marker="", linewidth=2.5, label="average")
    axis.plot(place, truth, "k:", marker="", label="truth")
    both = {"linestyle": "--", "marker": "", "linewidth": 1, "color": "k"}
    axis.plot(place, truth + shared, **both, label="truth + what all share")
    axis.set(xlabel="input", ylabel="output", title="What does an average take away?")
    axis.legend(ncols=4, loc="lower left")
    plots.show(
        figure,
        "Five thin curves wander around the dotted truth; their average, a thick "
        "curve, stays near a dashed one, the truth plus a ripple that all five share.",
    )


def draw_grains(x: np.ndarray, y: np.ndarray) -> None:
    """Grains by readings 0 and 1, and by readings 2 and 3.

    Args:
        x: (n, 10) readings.
        y: (n,) varieties.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10, 4))
    for axis, first in zip(axes, (0, 2), strict=True):
        for variety in range(3):
            chosen = x[y == variety, first : first + 2]
            axis.plot(*chosen.T, linestyle="", label=f"{variety}")
        axis.set(
            xlabel=f"reading {first} (scaled)",
            ylabel=f"reading {first + 1} (scaled)",
            title=f"Do readings {first} and {first + 1} separate?",
        )
    axes[0].legend(title="variety")
    plots.show(
        figure,
        "Left: training grains by length and width, each of three varieties in three "
        "groups. Right: by readings 2 and 3, where all varieties overlap.",
    )


def draw_by_size(curves: Mapping[str, Mapping[str, np.ndarray]], *, title: str) -> None:
    """Scores against the number of members, with standard errors over draws.

    Args:
        curves: for each panel's label, by name: (sizes, draws) scores.
        title: the question that the figure answers.
    """
    figure, axes = plt.subplots(1, len(curves), figsize=(10.5, 4))
    figure.suptitle(title, fontweight="bold")
    said = []
    for axis, (label, runs_by_name) in zip(axes, curves.items(), strict=True):
        for name, runs in runs_by_name.items():
            sizes, means = np.arange(1, len(runs) + 1), runs.mean(axis=1)
            error = runs.std(axis=1, ddof=1) / np.sqrt(runs.shape[1])
            axis.errorbar(sizes, means, error, capsize=3, label=name)
            said.append(f"{label}, {name}, from {means[0]:.3f} to {means[-1]:.3f}")
        axis.set(xlabel="members", xticks=sizes, ylabel=label)
        axis.legend()
    plots.show(figure, f"{title} By the number of members: {'; '.join(said)}.")


def by_size(
    p: np.ndarray,
    y: np.ndarray,
    combine: Callable[[np.ndarray], np.ndarray],
    score: Score,
) -> np.ndarray:
    """Mean score of all subsets of the members, by their size: (sizes, draws).

    Args:
        p: (draws, members, n, classes) probabilities.
        y: (draws, n) classes.
        combine: makes (draws, n, classes) of some members' probabilities.
        score: of (draws, n, classes) and (draws, n).
    """
    sizes, scores = range(1, p.shape[1] + 1), []
    for size in sizes:
        subsets = map(list, itertools.combinations(range(p.shape[1]), size))
        of_size = [score(combine(p[:, subset]), y) for subset in subsets]
        scores.append(np.mean(of_size, axis=0))
    return np.array(scores)


def pairs_of(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Each pair of two members of one draw: (pairs, 3).

    Columns: the share of examples on which the two choose different classes, by how
    much their average's Brier score is lower than their mean one, and the average's.

    Args:
        p: (draws, members, n, classes) probabilities.
        y: (draws, n) classes.
    """
    rows = []
    for members, labels in zip(p, y, strict=True):
        truth = np.eye(p.shape[-1])[labels]
        for pair in map(np.array, itertools.combinations(members, 2)):
            one, other = pair.argmax(axis=2)
            mean = np.square(pair - truth).sum(axis=-1).mean()
            final = np.square(pair.mean(axis=0) - truth).sum(axis=-1).mean()
            rows.append((np.mean(one != other), mean - final, final))
    return np.array(rows)


def correlations(*kinds: np.ndarray, draws: int) -> tuple[float, float]:
    """Of pairs' disagreement with their gain and with their final score, within draws.

    Args:
        kinds: rows as `pairs_of` returns them, as many for each draw.
        draws: how many; the mean of each is subtracted from its rows.
    """
    of_draws = np.hstack([rows.reshape(draws, -1, 3) for rows in kinds])
    centred = (of_draws - of_draws.mean(axis=1, keepdims=True)).reshape(-1, 3)
    with_gain, with_final = np.corrcoef(centred.T)[0, 1:]
    return float(with_gain), float(with_final)


def draw_pairs(points: Mapping[str, np.ndarray], *, title: str) -> None:
    """Disagreement of pairs against the gain and against the final score.

    Args:
        points: by kind of member, rows as `pairs_of` returns them.
        title: the question that the figure answers.
    """
    figure, axes = plt.subplots(1, 2, figsize=(10.5, 4))
    figure.suptitle(title, fontweight="bold")
    labels = "Brier score gained", "final Brier score (lower is better)"
    for column, (axis, label) in enumerate(zip(axes, labels, strict=True), start=1):
        for name, rows in points.items():
            drawn = rows[:, 0], rows[:, column]
            axis.plot(*drawn, linestyle="", alpha=0.6, label=name)
        axis.set(xlabel="share of examples on which the two disagree", ylabel=label)
    axes[0].legend()
    means = "; ".join(
        f"{name}: disagreement {row[0]:.3f}, gain {row[1]:.3f}, final {row[2]:.3f}"
        for name, row in ((n, rows.mean(axis=0)) for n, rows in points.items())
    )
    plots.show(figure, f"{title} Pairs of members; means by kind: {means}.")


def draw_reliability(curves: Mapping[str, np.ndarray], y: np.ndarray) -> None:
    """Share that is right against confidence, in ten bins, for several classifiers.

    Args:
        curves: by name, (draws, models, n, classes) probabilities; all are pooled.
        y: (draws, n) classes.
    """
    title = "Does confidence mean what it says?"
    figure, axis = plt.subplots(figsize=(5.6, 5))
    axis.plot([0.3, 1], [0.3, 1], "k:", marker="", label="ideal")
    said = []
    for name, p in curves.items():
        is_right, confidence = p.argmax(axis=-1) == y[:, None], p.max(axis=-1)
        found = calibration_curve(is_right.ravel(), confidence.ravel(), n_bins=10)
        axis.plot(found[1], found[0], label=name)
        share = is_right.mean()
        said.append(f"{name}: confidence {confidence.mean():.3f}, right {share:.3f}")
    axis.set(xlabel="confidence", ylabel="share that is right", title=title)
    axis.legend()
    plots.show(figure, f"{title} Reliability diagram. {'; '.join(said)}.")
