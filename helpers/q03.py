"""Only for notebook 3: trainings on equal terms, rivals, and its drawings."""

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import helpers.quiet  # noqa: F401  isort: skip
import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from helpers import plots
from helpers.retrain import begin_as, make_variables
from helpers.stats import probabilities
from helpers.tasks import GradedApples


def scores_of(
    model: Any, inputs: Mapping[str, np.ndarray], training: bool = False
) -> np.ndarray:
    """The scores (n, classes) of a model with one output.

    Args:
        model: takes a dict; its one output may come alone, in a list or in a dict.
        inputs: arrays by name, n rows each.
        training: the mode to call it in, 250 rows at a time.
    """
    # `predict` would compile a function for each of dozens of small models.
    parts = []
    for start in range(0, len(next(iter(inputs.values()))), 250):
        batch = {name: values[start : start + 250] for name, values in inputs.items()}
        outputs = model(batch, training=training)
        parts.append(np.asarray(keras.tree.flatten(outputs)[0]))
    return np.concatenate(parts)


def predicted(model: Any, inputs: Any) -> np.ndarray:
    """What `predict` returns, whether it comes alone, in a list or in a dict."""
    return keras.tree.flatten(model.predict(inputs, verbose=0))[0]


def falling_rate(model: Any, epochs: int) -> list:
    """Callbacks for `fit` that let the rate fall to nearly zero by half a cosine wave.

    There are none for an optimizer that follows a schedule of its own.
    """
    # The optimizer is built here, because a first step that builds it is traced twice.
    if model.built and not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    if isinstance(model.optimizer.get_config()["learning_rate"], dict):
        return []
    first = float(model.optimizer.learning_rate)
    return [
        keras.callbacks.LearningRateScheduler(
            lambda epoch: first * 0.5 * (1 + np.cos(np.pi * epoch / epochs))
        )
    ]


def accuracy_in_both_modes(
    model: Any, inputs: Mapping[str, np.ndarray], labels: np.ndarray
) -> tuple[float, float]:
    """Accuracy in inference, and with the batch's own statistics.

    Batch normalisation's moving averages are put back as they were.
    """
    before = model.get_weights()
    found = [
        float(np.mean(scores_of(model, inputs, mode).argmax(axis=-1) == labels))
        for mode in (False, True)
    ]
    model.set_weights(before)
    return found[0], found[1]


def draw_photographs(task: GradedApples, count: int = 8) -> None:
    """Apples in a row, by the share of their flesh that the stain has left clear."""
    order = np.argsort(task.clear_train)
    shown = order[np.linspace(0, len(order) - 1, count).astype(int)]
    plots.images(
        task.image_train[shown],
        [f"{share:.0%} clear" for share in task.clear_train[shown]],
        title="What does the camera see?",
        alt="Cut and stained apples; some are dark inside, some outside.",
    )


def draw_grades(task: GradedApples) -> None:
    """The grades over what decides them, a panel for each stain."""
    firmness_per_sugar = task.metadata_train[:, 0] / task.metadata_train[:, 1]
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    figure.suptitle("Can one input alone tell the grade?", fontweight="bold")
    for stain, blackened in enumerate(("starch", "sugar")):
        for grade, name in enumerate(task.grades):
            chosen = (task.y_train == grade) & (task.metadata_train[:, 2] == stain)
            x, y = task.clear_train[chosen][:120], firmness_per_sugar[chosen][:120]
            axes[stain].plot(x, y, linestyle="", label=name, alpha=0.7)
        axes[stain].set_title(f"stain {stain}, blackens {blackened}")
        axes[stain].set_xlabel("clear share of the flesh (photograph)")
    axes[0].set_ylabel("firmness / sugar (kg/cm²/°Brix)")
    axes[1].legend(title="grade", loc="center left", bbox_to_anchor=(1, 0.5))
    plots.show(
        figure,
        "Clear share of the flesh against firmness over sugar, a panel for each stain: "
        "the five grades are bands that rise to the right with the stain that blackens "
        "starch and fall to the right with the one that blackens sugar.",
    )


def apple_figure(
    model: Any,
    task: GradedApples,
    inputs: Mapping[str, np.ndarray],
    row: int,
    mute: str,
) -> Figure:
    """One test apple as the model sees it, and what the model says.

    Args:
        model: of one output, probabilities or logits.
        task: where the photograph and the true grade come from.
        inputs: the test apples as the model takes them.
        row: which of them.
        mute: the input that is replaced by zeros, `image` or `metadata`; else none.
    """
    seen = {name: values[[row]] for name, values in inputs.items()}
    if mute in seen:
        seen[mute] = np.zeros_like(seen[mute])
    scores = probabilities(scores_of(model, seen).astype("float64"))[0]
    picture = task.image_test[row] / 255
    if mute == "image":
        picture = np.full_like(picture, 0.5)
    figure, axes = plt.subplots(1, 3, figsize=(10, 3), width_ratios=(1, 1.1, 1.6))
    axes[0].imshow(picture)
    axes[0].axis("off")
    axes[0].set_title("photograph" + (", muted" if mute == "image" else ""))
    measured = seen["metadata"][0, :3]
    axes[1].barh(["firmness", "sugar", "stain"], measured, color=plots.PALETTE[2])
    title = "measured" + (", muted" if mute == "metadata" else "")
    axes[1].set(xlabel="distance from the mean (σ)", title=title, xlim=(-2.5, 2.5))
    bars = axes[2].bar(task.grades, scores)
    bars[task.y_test[row]].set_hatch("//")
    axes[2].set(ylabel="probability", xlabel="grade (hatched: the true one)")
    axes[2].set(ylim=(0, 1), title="What does the model say?")
    axes[2].axhline(1 / len(task.grades), color="black", linestyle=":", label="chance")
    axes[2].legend(loc="upper right", handlelength=1.2)
    return figure


def flat_features(
    inputs: Mapping[str, np.ndarray], measured: np.ndarray
) -> dict[str, np.ndarray]:
    """Rows of numbers for classifiers that take no photographs.

    Args:
        inputs: `image` and `metadata`, standardised.
        measured: (n, 10) of the same apples, in their units.

    Returns:
        `metadata` (n, 10), the standardised measurements;
        `pixels` (n, 192), the photographs shrunk to 8×8;
        `both` (n, 202), these two side by side;
        `chosen` (n, 17), the measurements, firmness over sugar, the mean colour, the
        shares of light and of dark pixels, and the clear share light / (light + dark);
        `two numbers` (n, 2), firmness over sugar and the clear share;
        `index` (n, 1), the Streif index, with a starch score from the clear share and
        the stain.
    """
    image, metadata = inputs["image"], inputs["metadata"]
    shrunk = image.reshape(-1, 8, 8, 8, 8, 3).mean(axis=(2, 4)).reshape(-1, 192)
    # The red channel is above 0.7 of its range in clear flesh, below 0.3 in stained.
    light = (image[..., 0] > 0.75).mean(axis=(1, 2))
    dark = (image[..., 0] < -0.9).mean(axis=(1, 2))
    clear = light / (light + dark + 1e-6)
    ratio = measured[:, 0] / measured[:, 1]
    ripe = np.where(measured[:, 2] == 1, 1 - clear, clear)
    colour = image.mean(axis=(1, 2))
    return {
        "metadata": metadata,
        "pixels": shrunk,
        "both": np.hstack([metadata, shrunk]),
        "chosen": np.column_stack([metadata, ratio, colour, light, dark, clear]),
        "two numbers": np.column_stack([ratio, clear]),
        "index": (ratio / (1 + 9 * ripe))[:, None],
    }


class Rivals:
    """Classifiers of rows of numbers, their settings chosen on held-out apples."""

    def __init__(self, task: GradedApples, *inputs: Mapping[str, np.ndarray]) -> None:
        """Remember the rows.

        Args:
            task: where labels and measurements in their units come from.
            inputs: three dicts of standardised inputs: to fit on, to choose the setting
                on, and to test on.
        """
        held_out_from = [len(inputs[0]["metadata"])]
        measured = [*np.split(task.metadata_train, held_out_from), task.metadata_test]
        self._labels = [*np.split(task.y_train, held_out_from), task.y_test]
        self._rows = [
            flat_features(*pair) for pair in zip(inputs, measured, strict=True)
        ]

    def accuracy(self, kind: str, columns: str) -> float:
        """Test accuracy of the setting that is best on the held-out apples.

        Args:
            kind: `logistic regression`, of three strengths; `boosting`, of three
                numbers of trees; `tree`, of six numbers of leaves.
            columns: one of the names in `flat_features`.
        """
        settings = {
            "logistic regression": [
                make_pipeline(StandardScaler(), LogisticRegression(C=c, max_iter=500))
                for c in (0.001, 0.01, 0.1)
            ],
            "boosting": [
                HistGradientBoostingClassifier(
                    max_iter=n, max_leaf_nodes=16, random_state=0
                )
                for n in (25, 50, 100)
            ],
            "tree": [
                DecisionTreeClassifier(max_leaf_nodes=n, random_state=0)
                for n in (5, 10, 20, 40, 80, 160)
            ],
        }
        fit, held_out, test = zip(
            [rows[columns] for rows in self._rows], self._labels, strict=True
        )
        fitted = [rival.fit(*fit) for rival in settings[kind]]
        return max(fitted, key=lambda rival: rival.score(*held_out)).score(*test)


def bottles_for(stain: np.ndarray, seed: int) -> np.ndarray:
    """The bottle that each apple's stain came from, a number from 0 to 23, (n, 1).

    Twelve bottles hold stain 0 and twelve stain 1; which ones is drawn at random, and
    is the same for every seed.
    """
    # Another seed than the apples', whose grades come from that seed's first numbers.
    shelf = np.random.default_rng([24, 0]).permutation(24).reshape(2, 12)
    place = np.random.default_rng([12, seed]).integers(0, 12, len(stain))
    return shelf[stain.astype(int), place][:, None]


class Run(NamedTuple):
    """A model if it was kept, the history of `fit`, and the test accuracy."""

    model: Any
    history: dict[str, list[float]]
    accuracy: float


@dataclass(frozen=True)
class Trials:
    """The same training for many models: equal data, epochs, batches and seeds.

    Attributes:
        x_fit, y_fit: to train on, unless a call gives other inputs or labels.
        x_test, y_test: to measure on.
        epochs, batch_size: of `fit`.
        seeds: one model for each.
        most_rows: how many rows a short run trains and measures on, at most.
    """

    x_fit: Mapping[str, np.ndarray]
    y_fit: np.ndarray
    x_test: Mapping[str, np.ndarray]
    y_test: np.ndarray
    epochs: int
    batch_size: int
    seeds: Sequence[int]
    most_rows: int | None = None

    def accuracy(self, model: Any, inputs: Mapping | None = None) -> float:
        """The share of test apples that get their true grade."""
        x, y = self.cut(self.x_test if inputs is None else inputs, self.y_test)
        return float(np.mean(scores_of(model, x).argmax(axis=-1) == y))

    def cut(self, *rows: Any) -> Any:
        """The first `most_rows` rows of arrays, or of dicts of arrays."""
        return keras.tree.map_structure(lambda of: of[: self.most_rows], rows)

    def train(
        self,
        model: Any,
        inputs: Mapping | None = None,
        labels: Any = None,
        callbacks: Sequence = (),
        **options: Any,
    ) -> dict[str, list[float]]:
        """`fit` with a falling learning rate; returns its history."""
        epochs = options.pop("epochs", self.epochs)
        x, y = self.cut(
            self.x_fit if inputs is None else inputs,
            self.y_fit if labels is None else labels,
        )
        # Tracing a graph takes longer than a few steps without one.
        model.run_eagerly = epochs * len(keras.tree.flatten(y)[0]) < 5 * self.batch_size
        if model.built and not model.run_eagerly:
            make_variables(model, y)
        fitted = model.fit(
            x,
            y,
            epochs=epochs,
            batch_size=self.batch_size,
            callbacks=[*falling_rate(model, epochs), *callbacks],
            verbose=0,
            **options,
        )
        return fitted.history

    def repeat(
        self,
        build: Callable[[], Any],
        fit_on: Mapping | None = None,
        test_on: Mapping | None = None,
        *,
        seeds: Sequence[int] | None = None,
        keep: bool = False,
        **options: Any,
    ) -> list[Run]:
        """Build, train and measure a model for each seed.

        Tracing a model takes as long as training it. So one model is traced, and it
        starts from the first weights of each seed in turn; the runs have no model then.
        With `keep` each run keeps a model of its own.
        """
        runs, model = [], None
        for seed in self.seeds if seeds is None else seeds:
            keras.utils.set_random_seed(seed)
            fresh = build()
            if keep or model is None or not (fresh.built and model.built):
                model = fresh
            else:
                begin_as(model, fresh)
            history = self.train(model, fit_on, **options)
            accuracy = self.accuracy(model, test_on)
            runs.append(Run(model if keep else None, history, accuracy))
        return runs


def scores(runs: Sequence[Run]) -> list[float]:
    """The accuracies of some runs."""
    return [run.accuracy for run in runs]


def message_of(error: Exception) -> str:
    """An error's class and message, without the sentence that Keras puts before it."""
    paragraphs = re.sub(r"\x1b\[\d+m", "", str(error)).split("\n\n")
    said = next(p for p in paragraphs if not p.startswith("Exception encountered"))
    return textwrap.fill(f"{type(error).__name__}: {said}", 88)


def in_units(
    prepared: Mapping[str, np.ndarray],
    raw: Mapping[str, np.ndarray],
    columns: Sequence[int],
) -> dict[str, np.ndarray]:
    """Standardised apples of which some measurements are in their own units."""
    metadata = prepared["metadata"].copy()
    metadata[:, columns] = raw["metadata"][: len(metadata), columns]
    return {**prepared, "metadata": metadata}


def with_bottle(
    features: np.ndarray,
    prepared: Mapping[str, np.ndarray],
    stain: np.ndarray,
    seed: int,
) -> dict[str, np.ndarray]:
    """Apples with the bottle that their stain came from, and the stain on its own.

    Args:
        features: (n, 32) of the photographs.
        prepared: the apples; `numbers` are their measurements without the stain.
        stain: (n,) or longer, 0 or 1.
        seed: of the bottles that are taken.

    Returns:
        `seen` (n, 32), `numbers` (n, 9), `bottle` (n, 1), from 0 to 23, and `stain`
        (n, 1), standardised.
    """
    return {
        "seen": features,
        "numbers": np.delete(prepared["metadata"], 2, axis=1),
        "bottle": bottles_for(stain[: len(features)], seed),
        "stain": prepared["metadata"][:, 2:3],
    }


class BothModes(keras.callbacks.Callback):
    """Notes the accuracy in both modes after each epoch, in `found`, seed by seed."""

    def __init__(self, inputs: Mapping[str, np.ndarray], labels: np.ndarray) -> None:
        super().__init__()
        self.inputs, self.labels = inputs, labels
        self.found: list[tuple[float, float]] = []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        found = accuracy_in_both_modes(self.model, self.inputs, self.labels)
        self.found.append(found)

    def by_seed(self, seeds: int) -> np.ndarray:
        """(2, seeds, epochs): in inference, and with the batch's own statistics."""
        return np.array(self.found).reshape(seeds, -1, 2).transpose(2, 0, 1)
