"""Only for notebook 10: measurements of GANs, and drawings.

Among the measurements are a classifier that judges digits, callbacks that count seconds
of CPU and keep notes, and distances to the nearest image.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import helpers.quiet  # noqa: F401  isort: skip
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from keras import layers
from matplotlib.figure import Figure

from helpers import plots
from helpers.retrain import make_variables


class DigitJudge:
    """A small classifier of digits that also returns the features of an image."""

    def __init__(self, images: np.ndarray, digits: np.ndarray, epochs: int = 4) -> None:
        """Train on images (n, 28, 28, 1) in 0 … 1 and their digits (n,)."""
        stack = [keras.Input((28, 28, 1))]
        for filters in (16, 32):
            stack += [layers.Conv2D(filters, 3, activation="relu")]
            stack += [layers.MaxPooling2D()]
        features = layers.Dense(64)
        stack += [layers.Flatten(), features, layers.ReLU(), layers.Dropout(0.3)]
        self.model = keras.Sequential([*stack, layers.Dense(10, "softmax")])
        self.model.compile(
            keras.optimizers.Adam(0.002),
            "sparse_categorical_crossentropy",
            metrics=["accuracy"],
        )
        make_variables(self.model, digits)
        self.model.fit(images, digits, epochs=epochs, verbose=0)
        ends = [features.output, self.model.outputs[0]]
        self.both = keras.Model(self.model.inputs[0], ends)

    def accuracy(self, images: np.ndarray, digits: np.ndarray) -> float:
        return float(self.model.evaluate(images, digits, verbose=0)[1])

    def __call__(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Features (n, 64) and probabilities (n, 10) of images (n, 28, 28, 1)."""
        parts = [self.both(images[i : i + 500]) for i in range(0, len(images), 500)]
        features, probabilities = zip(*parts, strict=True)
        return np.concatenate(features), np.concatenate(probabilities)


class Budget(keras.callbacks.Callback):
    """Stops a training when it has used so many seconds of CPU after its first step.

    The first step doesn't count, because most of its time is tracing.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.limit, self.steps, self.start, self.used = seconds, 0, 0.0, 0.0

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        if self.start:
            self.steps += 1
            self.used = time.process_time() - self.start
            self.model.stop_training = self.used > self.limit
        else:
            self.start = time.process_time()

    @property
    def steps_per_second(self) -> float:
        return self.steps / self.used


def build_optimizers(gan: keras.Model) -> None:
    """Make both optimizers' variables, so that the first step isn't traced twice."""
    gan.generator_optimizer.build(gan.generator.trainable_variables)
    gan.discriminator_optimizer.build(gan.discriminator.trainable_variables)


def state_of(gan: keras.Model) -> list[np.ndarray]:
    """The variables that training a compiled GAN changes, its optimizers' included."""
    build_optimizers(gan)
    return [variable.numpy() for variable in _changing(gan)]


def begin_again(
    gan: keras.Model, state: Sequence[np.ndarray], rates: tuple[float, float]
) -> None:
    """Put a GAN back to a state, with other rates; its step isn't traced again."""
    for variable, value in zip(_changing(gan), state, strict=True):
        variable.assign(value)
    gan.generator_optimizer.learning_rate, gan.discriminator_optimizer.learning_rate = (
        rates
    )


def _changing(gan: keras.Model) -> list:
    optimizers = gan.generator_optimizer, gan.discriminator_optimizer
    return [*gan.variables, *(v for one in optimizers for v in one.variables)]


def fit_for(seconds: float, gan: keras.Model, data: Any, batch_size: int) -> float:
    """Train a compiled GAN for seconds of CPU; returns its steps per second.

    Args:
        data: images (n, 28, 28, 1), or a tuple of arrays of n rows each.
    """
    gan.run_eagerly = seconds < 1  # tracing a graph would take longer than that
    build_optimizers(gan)
    budget = Budget(seconds)
    rows = tf.data.Dataset.from_tensor_slices(data)
    batches = rows.shuffle(len(rows)).batch(batch_size)
    gan.fit(batches, epochs=10**6, shuffle=False, callbacks=[budget], verbose=0)
    return budget.steps_per_second


def run_for(seconds: float, steps: Iterator) -> tuple[list, float]:
    """What an endless iterator yields in seconds of CPU, and how many times a second.

    The first item doesn't count, because most of its time is tracing.
    """
    next(steps)
    start, found = time.process_time(), []
    while (used := time.process_time() - start) < seconds or not found:
        found.append(next(steps))
    return found, len(found) / used


class Diary(keras.callbacks.Callback):
    """Calls `note()` after the given epochs, and counts the CPU that training uses."""

    def __init__(self, epochs: Sequence[int], note: Callable[[], dict]) -> None:
        super().__init__()
        self.epochs, self.note = set(epochs), note
        self.pages, self.seconds, self.start = [], 0.0, 0.0

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self.start = time.process_time()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self.seconds += time.process_time() - self.start
        if epoch + 1 in self.epochs:
            page = {"epoch": epoch + 1, "seconds": self.seconds}
            self.pages.append(page | self.note())


def moved(model: keras.Model, before: Sequence[np.ndarray]) -> float:
    """Largest change of any weight since `before = model.get_weights()`."""
    pairs = zip(model.get_weights(), before, strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def nearest(images: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each image's Euclidean distance to the nearest other image, and its index.

    Args:
        images, others: (n, …) and (m, …) of the same size.

    Returns:
        (n,) distances, and (n,) indices into `others`.
    """
    a, b = (x.reshape(len(x), -1) for x in (images, others))
    squares = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    return np.sqrt(squares.clip(0).min(axis=1)), squares.argmin(axis=1)


def nearest_when_moved(images: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The distances (n,) of `nearest` if each image may move by one pixel.

    It may move in any of eight directions.
    """
    moves = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    moved = (np.roll(images, move, axis=(1, 2)) for move in moves)
    return np.min([nearest(images, others)[0] for images in moved], axis=0)


def side_by_side(
    rings: int, units: int, activation: str | None = None
) -> layers.EinsumDense:
    """Several dense layers, each with inputs and weights of its own, in one layer.

    Maps (batch, rings, any) to (batch, rings, units).
    """

    def begin(shape: Sequence[int], dtype: Any = None, **_: Any) -> tf.Tensor:
        """Each ring's first weights as a `Dense` layer of its own would have them."""
        alone = [keras.initializers.GlorotUniform() for _ in range(shape[0])]
        return keras.ops.stack([one(shape[1:], dtype) for one in alone])

    return layers.EinsumDense(
        "nri,rio->nro",
        (rings, units),
        activation=activation,
        bias_axes="ro",
        kernel_initializer=begin,
    )


def eight_clouds(count: int, rings: int, seed: int) -> np.ndarray:
    """Points (count, rings, 2), each in one of eight small clouds on a unit circle."""
    random = np.random.default_rng(seed)
    points = _centres()[random.integers(8, size=(count, rings))]
    return (points + 0.05 * random.normal(size=points.shape)).astype("float32")


def modes_of(points: np.ndarray) -> list[int]:
    """How many of the eight clouds hold at least 2 % of the points (n, rings, 2)."""
    far = np.linalg.norm(points[:, :, None] - _centres(), axis=3)
    held = (far.argmin(axis=2)[..., None] == np.arange(8)) & (far < 0.2)
    return (held.mean(axis=0) >= 0.02).sum(axis=1).tolist()


def _centres() -> np.ndarray:
    angles = np.arange(8) * np.pi / 4
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def five_moments(
    gan: keras.Model, points: np.ndarray, latent: np.ndarray, steps: int
) -> tuple[list[dict], dict]:
    """Train on rings in batches of 128, and draw points after each fifth of the steps.

    Args:
        points: (n, rings, 2), in random order.
        latent: (m, latent_dim), from which the generator draws each time.
        steps: of the whole run.

    Returns:
        A page for each fifth, with `points` (m, rings, 2) and `modes` of each ring; and
        the history of `fit`, with the losses by fifth.
    """

    def note() -> dict:
        drawn = gan.generator(latent).numpy()
        return {"points": drawn, "modes": modes_of(drawn)}

    diary = Diary(range(1, 6), note)
    batches = tf.data.Dataset.from_tensor_slices(points).batch(128).cache().repeat()
    length = {"epochs": 5, "steps_per_epoch": steps // 5}
    fitted = gan.fit(batches, callbacks=[diary], shuffle=False, verbose=0, **length)
    return diary.pages, fitted.history


def draw_best_answers() -> None:
    """Draw the densities p and q and the best answer p/(p+q), early and at the end."""
    x = np.linspace(-4, 6, 200)
    p = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), sharey=True)
    for axis, centre, when in zip(axes, (2, 0), ("early", "at the end"), strict=True):
        q = np.exp(-((x - centre) ** 2) / 2) / np.sqrt(2 * np.pi)
        axis.plot(x, p, marker="", label="real, p")
        axis.plot(x, q, marker="", label="generated, q")
        axis.plot(x, p / (p + q), marker="", label="best answer p/(p+q)")
        axis.set(xlabel="x", title=f"What does the best D say {when}?")
    axes[0].set_ylabel("density, or probability")
    axes[0].legend()
    plots.show(
        figure,
        "Two panels over x. Left: two bell curves side by side, and the best "
        "discriminator's answer falls from 1 to 0 between them. Right: the curves are "
        "the same, and the answer is one half everywhere.",
    )


def draw_losses(
    history: Mapping[str, Sequence[float]], scores: Mapping[str, np.ndarray]
) -> None:
    """Draw losses by epoch with the ends that theory gives; histograms of scores."""
    figure, axes = plt.subplots(1, 2, figsize=(10.5, 4))
    for name, values in history.items():
        axes[0].plot(range(1, len(values) + 1), values, label=name, markevery=0.2)
    for end, name, line in (
        (2 * np.log(2), "d_loss in theory, 2 ln 2", ":"),
        (np.log(2), "g_loss in theory, ln 2", "--"),
    ):
        axes[0].axhline(end, color="k", linestyle=line, marker="", label=name)
    axes[0].set(xlabel="epoch", ylabel="loss (nats)", title="Where do the losses end?")
    axes[0].xaxis.get_major_locator().set_params(integer=True)
    for (name, values), style in zip(scores.items(), ("-", "--", "-."), strict=True):
        bins, filled = np.linspace(*_range(scores), 25), style == "-"
        axes[1].hist(
            np.ravel(values),
            bins,
            label=name,
            histtype="stepfilled" if filled else "step",
            linestyle=style,
            linewidth=2,
            alpha=0.4 if filled else 1,
        )
    axes[1].set(xlabel="output of the discriminator", ylabel="images")
    axes[1].set_title("Can it still tell, at the end?")
    for axis in axes:
        axis.legend()
    losses = ", ".join(f"{values[-1]:.2f} ({name})" for name, values in history.items())
    means = ", ".join(
        f"{np.mean(values):.2f} ({name})" for name, values in scores.items()
    )
    plots.show(
        figure,
        f"Left: both losses by epoch; they end at {losses}; dotted 2 ln 2, dashed "
        f"ln 2. Right: histograms of the discriminator's output, with means {means}.",
    )


def _range(scores: Mapping[str, np.ndarray]) -> tuple[float, float]:
    """The range of all scores but for one in a thousand at each end."""
    everything = np.concatenate([np.ravel(values) for values in scores.values()])
    low, high = np.quantile(everything, (0.001, 0.999))
    return float(low), float(high)


def draw_distances(
    runs: Mapping[str, Sequence[Mapping]], levels: Mapping[str, float]
) -> None:
    """Draw Fréchet distances against seconds of CPU, over fixed levels.

    Args:
        runs: by name the pages of a `Diary`, with `seconds` and `distance`.
        levels: distances to compare with, by name.
    """
    plots.curves(
        {name: [page["distance"] for page in pages] for name, pages in runs.items()},
        x={name: [page["seconds"] for page in pages] for name, pages in runs.items()},
        title="How near do samples come to real digits?",
        xlabel="seconds of CPU",
        ylabel="Fréchet distance",
        baselines=levels,
        yscale="log",
    )


def draw_ring(
    runs: Mapping[str, Sequence[Mapping]], real: np.ndarray, steps: int, ring: int
) -> None:
    """Draw the points of one ring at five moments of each run.

    Args:
        runs: by name the pages that `five_moments` returns.
        real: (n, rings, 2), real points.
        steps: of a whole run.
        ring: which of the rings.
    """
    figure, axes = plt.subplots(
        len(runs), 5, figsize=(10, 2.3 * len(runs)), sharex=True, sharey=True
    )
    for line, (name, moments) in zip(axes, runs.items(), strict=True):
        line[0].set_ylabel(name)
        for part, (axis, moment) in enumerate(zip(line, moments, strict=True), 1):
            axis.plot(*real[:400, ring].T, ".", color="0.8")
            points = moment["points"][:, ring].T
            axis.plot(*points, "x", color=plots.PALETTE[0], markersize=3)
            axis.set(xlim=(-1.8, 1.8), ylim=(-1.8, 1.8), aspect="equal")
            title = f"step {part * steps // 5:,}: modes {moment['modes'][ring]}"
            axis.set_title(title, fontsize=10, fontweight="normal")
    figure.suptitle("Which of the eight modes are drawn?", fontweight="bold")
    modes = "; ".join(
        f"{name}: {', '.join(str(moment['modes'][ring]) for moment in moments)}"
        for name, moments in runs.items()
    )
    plots.show(
        figure,
        "Rows of five moments: eight grey clouds on a ring, crosses where points are "
        f"drawn. Modes found, {modes}.",
    )


def walk_figure(images: np.ndarray, probabilities: np.ndarray) -> Figure:
    """A figure of images (n, 28, 28, 1) and the judge's probabilities (n, 10) below."""
    figure, axes = plt.subplots(2, 1, figsize=(10, 3.8), height_ratios=(1, 1.4))
    axes[0].imshow(np.hstack(list(images[..., 0])))
    axes[0].set(title="What lies between?", xticks=[], yticks=[])
    shown = axes[1].imshow(probabilities.T, aspect="auto", vmin=0, vmax=1)
    axes[1].set(xlabel="point on the way", ylabel="digit, by judge")
    axes[1].set(xticks=range(len(images)), yticks=range(10))
    figure.colorbar(shown, ax=axes[1], label="probability")
    for axis in axes:
        axis.grid(False)
    return figure


def pixel_gaussian(images: np.ndarray, count: int, seed: int) -> np.ndarray:
    """Images (count, 28, 28, 1) from a Gaussian fitted to the pixels, cut to 0 … 1."""
    flat = images.reshape(len(images), -1)
    mean, covariance = flat.mean(axis=0), np.cov(flat, rowvar=False)
    random = np.random.default_rng(seed)
    drawn = random.multivariate_normal(mean, covariance, count, method="eigh")
    return drawn.clip(0, 1).reshape(-1, *images.shape[1:]).astype("float32")


def print_shares(judged: Mapping[str, tuple[float, np.ndarray]]) -> None:
    """Print a row for each name: the share of each digit (10,), and the distance."""
    print(f"{'digit':<20}" + "".join(f"{d:>7}" for d in range(10)) + "   Fréchet")
    for name, (distance, shares) in judged.items():
        row = "".join(f"{share:7.1%}" for share in shares)
        print(f"{name:<20}{row}   {distance:.1f}")
