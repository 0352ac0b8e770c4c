"""Only for notebook 8: tables and drawings of probabilities, over several draws.

Also a trainer of ensembles, and the order of a network's hidden units.
"""

import functools
import itertools
import random
import timeit
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import helpers.quiet  # noqa: F401  isort: skip
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib.axes import Axes
from scipy import optimize, special
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from helpers import plots, tasks
from helpers.retrain import begin_as
from helpers.stats import mean_error

Score = Callable[[np.ndarray, np.ndarray], np.ndarray]


def with_error(values: Sequence[float], form: str = ".3f") -> str:
    """The mean of one value per draw, and its standard error."""
    return f"{mean_error(values):{form}}"


def scores_of(p: np.ndarray, y: np.ndarray, score: Score) -> np.ndarray:
    """One score per draw; of several models in a draw, the mean of their scores.

    Args:
        p: probabilities (draws, n, classes), or (draws, models, n, classes).
        y: (draws, n) classes.
        score: of (..., n, classes) and (..., n).
    """
    return score(p, y) if p.ndim == 3 else score(p, y[:, None]).mean(axis=1)


def lead(values: Sequence[float]) -> str:
    """The mean of one difference per draw ± its error; ~ if within two errors of 0."""
    mean, error = mean_error(values)
    return with_error(values, "+.3f") + ("" if abs(mean) > 2 * error else " ~")


def compare(
    ways: Mapping[str, np.ndarray],
    y: np.ndarray,
    scores: Sequence[Score],
    against: str,
    prices: Mapping[str, tuple[float, float]] | None = None,
) -> None:
    """Print a row for each way: its scores, and their differences to one way's scores.

    Args:
        ways: probabilities by name, as `scores_of` takes them.
        y: (draws, n) classes.
        scores: one column each, the first with its standard error over draws; then one
            column each for the difference to `against`, paired by draw, with its error.
        against: the way whose scores are subtracted.
        prices: what predicting and training cost, by name; some ways may have none.
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
    """Temperature scaling: the probabilities if logits are divided by one number.

    Args:
        p_val: (..., m, classes) probabilities on which the temperature with the lowest
            NLL is chosen, one for each model (each index of the axes in front).
        y_val: (m,) classes, or (draws, m) if the first axis is that of draws.
        p: (..., n, classes) probabilities of the same models.

    Returns:
        Probabilities shaped as `p`; each row's most probable class stays.

    Source: Guo and others, "On Calibration of Modern Neural Networks", ICML 2017.
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
    """Print and return the seconds of each call, in the fastest of five rounds."""
    seconds = {
        name: min(timeit.repeat(call, number=1, repeat=5))
        for name, call in calls.items()
    }
    width = max(map(len, calls)) + 1
    for name, value in seconds.items():
        print(f"{name:<{width}} {1000 * value:6.1f} ms")
    return seconds


def auroc_of(near: np.ndarray, far: np.ndarray) -> np.ndarray:
    """AUROC of each draw: how often a far example scores higher than a near one.

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
    """Draw how far each way is from one of them, in a panel for each score.

    Differences are taken draw by draw; bars reach two of their standard errors to each
    side.

    Args:
        ways: probabilities by name, as `scores_of` takes them.
        y: (draws, n) classes.
        scores: by the label of their axis.
        against: the way whose scores are subtracted, at the dotted line.
        title: the question that the figure answers.
    """
    panels = {
        label: {
            name: scores_of(p, y, score) - scores_of(ways[against], y, score)
            for name, p in ways.items()
        }
        for label, score in scores.items()
    }
    plots.dots(panels, title=title, baselines={against: 0.0}, reach=2)


def draw_grain_map(axis: Axes, predict: Callable[[np.ndarray], np.ndarray]) -> None:
    """Draw a classifier's probabilities over length and width, and the best boundaries.

    Args:
        axis: to draw on.
        predict: (n, 10) grains → (n, 3) probabilities. Grains have a length, a width
            and zeros for all other readings.
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
    """Draw five curves, which share a ripple and differ in waves, and their average."""
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
    """Draw grains by readings 0 and 1, and by readings 2 and 3.

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


def by_size(
    p: np.ndarray,
    y: np.ndarray,
    combine: Callable[[np.ndarray], np.ndarray],
    score: Score,
) -> np.ndarray:
    """The mean score of all subsets of the members, by their size: (draws, sizes).

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
    return np.array(scores).T


def pairs_of(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Measure each pair of members of one draw: (pairs, 3).

    The columns are the share of examples on which the two choose different classes; the
    gain, by which the Brier score of their average is below their own mean score; and
    the final score, that of their average.

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
    """Correlations of pairs' disagreement with gain and with final score, within draws.

    Args:
        kinds: rows as `pairs_of` returns them, the same number for each draw.
        draws: how many there are; each draw's mean is subtracted from its rows.
    """
    of_draws = np.hstack([rows.reshape(draws, -1, 3) for rows in kinds])
    centred = (of_draws - of_draws.mean(axis=1, keepdims=True)).reshape(-1, 3)
    with_gain, with_final = np.corrcoef(centred.T)[0, 1:]
    return float(with_gain), float(with_final)


def draw_pairs(points: Mapping[str, np.ndarray], *, title: str) -> None:
    """Draw the disagreement of pairs against the gain, and against the final score.

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
    """Draw the share that is right against confidence, in ten bins.

    Args:
        curves: by name, (draws, models, n, classes) probabilities; all are pooled.
        y: (draws, n) classes.
    """
    lines, places = {"ideal": [0.3, 1]}, {"ideal": [0.3, 1]}
    for name, p in curves.items():
        is_right, confidence = p.argmax(axis=-1) == y[:, None], p.max(axis=-1)
        found = calibration_curve(is_right.ravel(), confidence.ravel(), n_bins=10)
        means = f"{confidence.mean():.3f}, right {is_right.mean():.3f}"
        label = f"{name}: confidence {means}"
        lines[label], places[label] = found
    plots.curves(
        lines,
        x=places,
        title="Does confidence mean what it says?",
        xlabel="confidence",
        ylabel="share that is right",
    )


class TeamTrainer:
    """Trains network after network in one traced loop, each as `fit` would.

    In an epoch of a few small batches `fit` spends nearly all its time around the
    steps. Here a loop inside TensorFlow takes the same steps: those of Keras's own
    `train_step`, with the examples in the order in which `fit` takes them. There are no
    callbacks, no validation, and no metrics beside the loss.
    """

    def __init__(self, build: Callable[..., keras.Model]) -> None:
        """Remember how a network is built.

        Args:
            build: as `retrain.Retrainer` takes it.
        """
        self._build = build
        self._model: keras.Model | None = None
        self._steps: Callable[..., None] | None = None

    def __call__(
        self,
        x: np.ndarray,
        y: np.ndarray,
        seeds: Iterable[int],
        epochs: int,
        **options: Any,
    ) -> list[keras.Model]:
        """Train a network for each seed; each is a model of its own.

        Args:
            x, y: (n, ...) examples and (n, ...) targets, of any n.
            seeds: one is set before each network is built.
            epochs: passes over `x`, in batches of 32.
            options: of `build`.
        """
        team = []
        # `fit` casts in the same way.
        x, y = (a.astype("float32") if a.dtype == "float64" else a for a in (x, y))
        for seed in seeds:
            # Keras draws the seeds of layers and initializers from Python's generator.
            random.seed(seed)
            team.append(self._build(**options))
            if self._model is None:
                self._model = self._build(**options)
                self._steps = _steps_of(self._model, x, y)
            begin_as(self._model, team[-1])
            order = order_of_fit(len(x), seed)
            self._steps(x[order], y[order], epochs)
            # With `use_ema` the averages become the weights, as at the end of `fit`.
            optimizer = self._model.optimizer
            optimizer.finalize_variable_values(self._model.trainable_variables)
            team[-1].set_weights(self._model.get_weights())
        return team


def _steps_of(model: keras.Model, x: np.ndarray, y: np.ndarray) -> Callable[..., None]:
    """A function that trains a model for some epochs, traced once for all numbers."""

    @tf.function(
        input_signature=[
            tf.TensorSpec((None, *x.shape[1:]), x.dtype),
            tf.TensorSpec((None, *y.shape[1:]), y.dtype),
            tf.TensorSpec((), tf.int32),
        ]
    )
    def steps(x: tf.Tensor, y: tf.Tensor, epochs: tf.Tensor) -> None:
        for _ in tf.range(epochs):
            for start in tf.range(0, tf.shape(x)[0], 32):
                model.train_step((x[start : start + 32], y[start : start + 32]))

    return steps


@functools.lru_cache(maxsize=1024)
def order_of_fit(size: int, seed: int) -> np.ndarray:
    """The order in which `fit` takes so many examples after `set_random_seed(seed)`.

    The order is the same in every epoch: Keras shuffles inside a `tf.data` pipeline,
    each epoch starts a new iterator over it, and with a seed each iterator gives the
    same order.
    """
    # After `tf.random.set_seed` TensorFlow would trace functions again. These are the
    # seed that it would set and the shuffle's own, 0; two zeros would mean no seed.
    seeds = {"seed": seed, "seed2": 0 if seed else 2**31 - 1}
    one = tf.data.Dataset.range(1)
    rows = tf.range(size, dtype=tf.int64)
    shuffled = one.map(lambda _: tf.raw_ops.RandomShuffle(value=rows, **seeds))
    return next(iter(shuffled)).numpy()


def reordered(model: keras.Model, orders: Sequence[np.ndarray]) -> keras.Model:
    """A copy with its hidden units in another order; it computes the same function.

    A unit is a column of its kernel, an entry of its bias and a row of the next kernel.
    All three move together.

    Args:
        model: a sequential network whose layers with weights are all dense.
        orders: for each hidden layer, the old place of each unit.
    """
    weights = model.get_weights()
    for layer, order in enumerate(orders):
        kernel, bias, following = range(2 * layer, 2 * layer + 3)
        weights[kernel] = weights[kernel][:, order]
        weights[bias] = weights[bias][order]
        weights[following] = weights[following][order]
    copy = keras.models.clone_model(model)
    copy.set_weights(weights)
    return copy


def shuffled(model: keras.Model, random: np.random.Generator) -> keras.Model:
    """A copy with the units of each hidden layer in random order."""
    biases = model.get_weights()[1:-1:2]
    return reordered(model, [random.permutation(len(bias)) for bias in biases])


def matched(model: keras.Model, like: keras.Model, x: np.ndarray) -> keras.Model:
    """A copy in which each hidden unit stands where `like` has the most similar one.

    Args:
        model, like: of one architecture.
        x: (n, features) examples on which the units' outputs are compared.
    """
    orders, here, there = [], x, x
    for ours, theirs in zip(model.layers[:-1], like.layers[:-1], strict=True):
        here, there = ours(here), theirs(there)
        if ours.weights:
            orders.append(matching_order(np.array(there), np.array(here)))
    return reordered(model, orders)


def matching_order(units: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which unit of another network is paired with each unit of this one.

    Args:
        units, others: (n, units) outputs of one hidden layer in both networks, for the
            same examples.

    Returns:
        (units,) columns of `others`, each once, for which the correlations of the pairs
        have the highest sum. A unit that never changes has a correlation of 0.
    """
    size = units.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        alike = np.corrcoef(units, others, rowvar=False)[:size, size:]
    return optimize.linear_sum_assignment(np.nan_to_num(alike), maximize=True)[1]
