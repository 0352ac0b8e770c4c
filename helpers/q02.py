"""Only for notebook 2: any answer's scores as probabilities, and its drawings."""

import helpers.quiet  # noqa: F401  isort: skip
from collections.abc import Mapping, Sequence

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib.figure import Figure

from helpers import plots
from helpers.retrain import make_variables


def probabilities(model: keras.Model, x: np.ndarray) -> np.ndarray:
    """Probabilities of class 1, whether the model gives these or logits.

    Args:
        model: gives (n, 1) or (n,). During training `HeldOut` finds out whether these
            are logits; a model trained without it is taken to give probabilities.
        x: (n, steps) integers.

    Returns:
        (n,) float64.
    """
    # `model.predict` would compile a function for each new length.
    parts = np.array_split(x, -(-len(x) // 1000))
    scores = np.concatenate([_scores(model, part) for part in parts])
    gives_logits = getattr(model, "gives_logits", False)
    return (1 + np.tanh(scores / 2)) / 2 if gives_logits else scores


def _scores(model: keras.Model, x: np.ndarray) -> np.ndarray:
    """Outputs (n,) float64 of sequences (n, steps), in one graph for all lengths.

    Without a graph a recurrent layer takes several times as long.
    """
    if not hasattr(model, "in_graph"):
        lengths = tf.TensorSpec((None, None), "int32")
        model.in_graph = tf.function(
            lambda x: model(x, training=False), input_signature=[lengths]
        )
    try:
        scores = model.in_graph(tf.constant(x, "int32"))
    except Exception:
        # A learner's model may work only outside a graph.
        scores = model(x, training=False)
    return np.ravel(scores).astype("float64")


class HeldOut(keras.callbacks.Callback):
    """Measures each epoch on held-out sentences: `val_accuracy` and `val_loss`.

    Every model is measured in the same way, whatever its own loss and metrics are: the
    loss is the cross-entropy of the probabilities. This callback has to stand before
    those that watch these numbers.
    """

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        """Remember the sentences.

        Args:
            x: (n, steps) integers.
            y: (n,) 0 or 1.
        """
        super().__init__()
        self._x, self._y = x, y

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        if self.model.built:
            make_variables(self.model, self._y)

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        self.model.gives_logits = False
        scores = probabilities(self.model, self._x)
        # Probabilities stay in [0, 1]; logits of so many sentences don't.
        if scores.min() < 0 or scores.max() > 1:
            self.model.gives_logits = True
            scores = (1 + np.tanh(scores / 2)) / 2
        of_label = np.clip(np.where(self._y == 1, scores, 1 - scores), 1e-7, 1)
        logs["val_accuracy"] = float(np.mean((scores > 0.5) == self._y))
        logs["val_loss"] = float(-np.log(of_label).mean())
        # NaN leaves the training curve of a model without metrics out of a figure.
        logs.setdefault("accuracy", float("nan"))


def on_pairs(
    found: np.ndarray, kinds: np.ndarray, groups: Sequence[str]
) -> tuple[np.ndarray, list[float]]:
    """Accuracy on pairs of sentences, of which the first is in class 1, the other in 0.

    Args:
        found: (2n,) or (seeds, 2n) probabilities of class 1: those of the n first
            sentences, then those of the n others.
        kinds: (n,) the kind of each pair.
        groups: the kinds that are asked for.

    Returns:
        (groups, seeds) accuracies, and for each group the standard error over pairs of
        its mean over seeds.
    """
    hits = (np.reshape(found, (-1, 2, len(kinds))) > 0.5) == [[True], [False]]
    by_pair = [hits.mean(axis=1)[:, kinds == group] for group in groups]
    errors = [float(g.mean(axis=0).std() / g.shape[1] ** 0.5) for g in by_pair]
    return np.array([g.mean(axis=1) for g in by_pair]), errors


def draw_reading(names: Sequence[str], probabilities: Sequence[float]) -> Figure:
    """The probability of class 1 after each word of a sentence, as a figure."""
    figure, axis = plt.subplots(figsize=(9, 3.2))
    axis.plot(range(len(names)), probabilities)
    axis.axhline(0.5, color="black", linestyle=":", marker="")
    axis.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axis.set(xlabel="read so far", ylabel="probability", ylim=(0, 1))
    axis.set_title(f"Favourable? {probabilities[-1]:.0%}")
    return figure


def show_step(gates: Mapping[str, float], before: float, after: float) -> None:
    """Draw one step of an LSTM's memory, with its numbers.

    Args:
        gates: `input`, `forget`, `candidate` and `output`, after their activations.
        before: the memory that came in.
        after: the memory that goes on.
    """
    shown = gates["output"] * np.tanh(after)
    figure, axis = plt.subplots(figsize=(10, 3.6))
    axis.set(xlim=(0, 10), ylim=(-0.2, 3.9), title="What does one step do to a memory?")
    axis.axis("off")
    line = {"arrowstyle": "-|>", "color": "black", "lw": 1.5}
    box = {"boxstyle": "round", "fc": "white", "ec": plots.PALETTE[0], "lw": 1.5}
    round_box = {"boxstyle": "circle", "fc": "white", "ec": "black"}

    def arrow(start: tuple, end: tuple) -> None:
        axis.annotate("", end, start, arrowprops=line)

    def write(place: tuple, text: str, frame: dict | None = None) -> None:
        axis.text(*place, text, ha="center", va="center", fontsize=10, bbox=frame)

    write((0.7, 3.2), f"old memory c\n{before:.2f}")
    write((9.3, 3.2), f"new memory c\n{after:.2f}")
    for start, end in ((1.5, 2.2), (2.8, 4.7), (5.3, 8.4)):
        arrow((start, 3.2), (end, 3.2))
    for place, sign in ((2.5, "×"), (5.0, "+")):
        write((place, 3.2), sign, round_box)
    write((5.0, 2.0), "×", round_box)
    arrow((5.0, 2.32), (5.0, 2.88))
    write((7.3, 2.0), "tanh")
    arrow((7.3, 3.2), (7.3, 2.25))
    write((7.3, 1.1), "×", round_box)
    arrow((7.3, 1.8), (7.3, 1.42))
    arrow((7.6, 1.1), (8.4, 1.1))
    write((9.3, 1.1), f"new state h\n{shown:.2f}")
    places = {"forget": 2.5, "input": 4.1, "candidate": 5.9, "output": 7.3}
    for name, place in places.items():
        what = "tanh" if name == "candidate" else "sigmoid"
        write((place, 0.2), f"{name}\n{what}: {gates[name]:.2f}", box)
    arrow((2.5, 0.6), (2.5, 2.88))
    arrow((4.1, 0.6), (4.8, 1.75))
    arrow((5.9, 0.6), (5.2, 1.75))
    arrow((7.3, 0.6), (7.3, 0.8))
    write((0.9, 0.2), "the word x and\nthe state h feed\nall four layers")
    plots.show(
        figure,
        f"One step of an LSTM. The old memory, {before:.2f}, is multiplied by the "
        f"forget gate, {gates['forget']:.2f}; the candidate, "
        f"{gates['candidate']:.2f}, times the input gate, {gates['input']:.2f}, is "
        f"added. The new memory is {after:.2f}; its tanh times the output gate, "
        f"{gates['output']:.2f}, is the new state, {shown:.2f}.",
    )
