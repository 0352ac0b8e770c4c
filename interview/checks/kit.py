"""What the checks of several questions need: numbers, shapes, models, training.

Each function either returns what it was asked for or ends the proof with a message.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.special import softmax

from interview.checks import claims
from interview.checks.claims import Fault, fail, need


def numbers(tensor: Any) -> np.ndarray:
    """Any tensor, array or number as float64."""
    return np.asarray(keras.ops.convert_to_numpy(tensor)).astype("float64")


def close(got: Any, right: Any, atol: float = 1e-4, rtol: float = 0.0) -> bool:
    """Whether two arrays have one shape and the same numbers."""
    got, right = np.asarray(got), np.asarray(right)
    return got.shape == right.shape and np.allclose(got, right, atol=atol, rtol=rtol)


def agree(
    got: Any,
    right: Any,
    *,
    expected: str,
    shown: str,
    hint: str,
    faults: Iterable[Fault] = (),
    same: Callable[[Any, Any], bool] = close,
) -> None:
    """End the proof unless `got` is `right`; name the first known fault that it is.

    Args:
        got: the answer's numbers.
        right: the reference's.
        expected: what should have come, in words.
        shown: `got` in words; a fault's name is put behind it.
        hint: for numbers that no fault explains.
        faults: those whose numbers happen to be right ones are passed over.
        same: whether two sets of numbers count as equal.
    """
    if same(got, right):
        return
    known = (f for f in faults if not same(f.value, right) and same(got, f.value))
    fault = next(known, None)
    if fault and claims.reached is not None:
        claims.reached.add(fault.place)
    fail(
        expected=expected,
        got=f"{shown}: {fault.says}" if fault else shown,
        hint=fault.hint if fault else hint,
    )


def shaped(
    output: Any,
    wanted: tuple[int, ...],
    *others: tuple[int, ...],
    what: str = "",
    faults: Iterable[Fault] = (),
    hint: str,
) -> np.ndarray:
    """The numbers of an output, if its shape is one of those wanted.

    Args:
        output: of the answer.
        wanted: the shape to have.
        others: shapes that will do as well.
        what: what has this shape, for the message.
        faults: wrong shapes with a known reason; a fault's value is the shape.
        hint: for any other wrong shape.
    """
    shape = getattr(output, "shape", None)
    shape = None if shape is None else tuple(shape)
    subject = f"{what} of shape" if what else "shape"
    agree(
        shape,
        wanted,
        expected=f"{subject} {' or '.join(map(str, (wanted, *others)))}",
        shown=type(output).__name__ if shape is None else str(shape),
        hint=hint,
        faults=faults,
        same=lambda got, right: got == right or (right == wanted and got in others),
    )
    return numbers(output)


def keras_model(returned: Any, *, name: str, compiled: bool = True) -> keras.Model:
    """What a builder returned, if it is a Keras model, compiled with a loss if asked.

    Args:
        returned: by the learner's function.
        name: of that function.
        compiled: whether `fit` is to be called on it.
    """
    need(
        not isinstance(returned, keras.callbacks.History),
        expected="a keras.Model",
        got="the History that `fit` returns",
        hint=f"`{name}` builds and compiles; training is somebody else's call.",
    )
    need(
        isinstance(returned, keras.Model),
        expected="a keras.Model",
        got="None: nothing was returned" if returned is None else f"{returned!r:.80}",
        hint="the function ends by returning the model.",
    )
    if compiled:
        need(
            returned.compiled,
            expected="a model that `fit` can be called on",
            got="a model that isn't compiled",
            hint="give it an optimizer and a loss before you return it.",
        )
        own_step = type(returned).train_step is not keras.Model.train_step
        own_loss = type(returned).compute_loss is not keras.Model.compute_loss
        need(
            returned.loss or own_step or own_loss or returned.losses,
            expected="a model compiled with a loss",
            got="a model compiled without one",
            hint="without a loss there is nothing that training could lower.",
        )
    return returned


def layers_of(model: keras.Model) -> Iterator[keras.Layer]:
    """All layers of a model, those inside of other layers and models too."""
    for layer in model.layers if isinstance(model, keras.Model) else ():
        yield layer
        yield from layers_of(layer)


def steady(
    call: Callable[[], Any], *, what: str, hint: str, atol: float = 1e-5
) -> np.ndarray:
    """What a call in inference returns, which must be the same twice."""
    first, again = numbers(call()), numbers(call())
    need(
        close(again, first, atol=atol),
        expected=f"the same {what} for the same input, twice",
        got=f"numbers that differ by up to {np.abs(first - again).max():.2g}",
        hint=hint,
    )
    return first


def finite_gradient(
    function: Callable, at: Any, *, of: str, hint: str, none: str = ""
) -> np.ndarray:
    """The gradient of a function's sum, which must be there and finite.

    Args:
        function: of one tensor.
        at: where; the gradient has its shape.
        of: with respect to what, for the message.
        hint: where it isn't finite.
        none: the hint where there is none at all.
    """
    at = tf.constant(at)
    with tf.GradientTape() as tape:
        tape.watch(at)
        total = tf.reduce_sum(function(at))
    gradient = tape.gradient(total, at)
    need(
        gradient is not None,
        expected=f"a gradient with respect to {of}",
        got="none",
        hint=none or "NumPy isn't differentiated; `keras.ops` is.",
    )
    gradient = numbers(gradient)
    need(
        np.isfinite(gradient).all(),
        expected=f"a finite gradient with respect to {of}",
        got=f"{np.array2string(gradient.ravel()[:8], precision=3)}",
        hint=hint,
    )
    return gradient


def reloaded(model: keras.Model, *known: type, compiled: bool = False) -> keras.Model:
    """The model from a file, loaded in safe mode.

    Args:
        model: to save.
        known: the learner's classes.
        compiled: whether its optimizer and loss are loaded too.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        classes = {c.__name__: c for c in known}
        return keras.saving.load_model(path, custom_objects=classes, compile=compiled)


def are_probabilities(scores: np.ndarray, atol: float = 1e-2) -> bool:
    """Whether rows of scores over classes are probabilities: none negative, sum 1."""
    return bool((scores >= 0).all() and np.allclose(scores.sum(axis=-1), 1, atol=atol))


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Scores over classes as probabilities, whether they are that or logits."""
    return scores if are_probabilities(scores) else softmax(scores, axis=-1)


def build_optimizer(model: keras.Model) -> None:
    """Make the optimizer's variables now, and not in the first step of `fit`.

    A `tf.function` that makes variables in its first trace is traced again, and for
    the small models of a check tracing takes most of the time of `fit`.

    Args:
        model: compiled, and called before, so that its weights are all there. A model
            with a `train_step` of its own is left alone: it may yet make some.
    """
    own_step = type(model).train_step is not keras.Model.train_step
    if not own_step and model.optimizer and not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)


def build_metrics(model: keras.Model, x: Any, y: Any) -> None:
    """Make the variables of a compiled model's loss and metrics now, for the same end.

    Args:
        model: compiled.
        x: the rows that `fit` or `evaluate` will get, or some of them.
        y: their labels or targets.
    """
    # What can't be reckoned says so in `fit`, in words that the learner knows.
    with contextlib.suppress(Exception):
        few, labels = keras.tree.map_structure(lambda rows: rows[:2], (x, y))
        outputs = model(few, training=False)
        model.compute_loss(few, labels, outputs)
        model.compute_metrics(few, labels, outputs)
        model.reset_metrics()


def evaluation(model: keras.Model, x: Any, y: Any) -> dict[str, float]:
    """What `evaluate` reports of these rows, taken as one batch.

    Keras's own step is computed without being traced, which would take most of the
    time. Where the learner has written a part of it, `evaluate` knows how to call that.
    """
    parts = ("test_step", "compute_loss", "compute_metrics", "evaluate")
    if any(getattr(type(model), p) is not getattr(keras.Model, p) for p in parts):
        # Not `test_on_batch`: it hands a step of the learner's own (x, y, None).
        rows = len(keras.tree.flatten(x)[0])
        return model.evaluate(x, y, batch_size=rows, verbose=0, return_dict=True)
    outputs = model(x, training=False)
    loss = model.compute_loss(x, y, outputs, training=False)
    logs = {**model.compute_metrics(x, y, outputs), "loss": loss}
    model.reset_metrics()
    return keras.tree.map_structure(float, logs)


def hasten_averages(model: keras.Model, momentum: float = 0.8) -> None:
    """Let batch normalisation's moving averages arrive within a check's training.

    Keras's own arrive after some 500 steps, longer than a check trains.
    """
    for layer in layers_of(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = min(layer.momentum, momentum)


class Trained(NamedTuple):
    """What a training of `train_until` came to."""

    best: float  # the highest score after any round
    losses: list[float]  # one a round


def train_until(
    model: keras.Model,
    x: Any,
    y: np.ndarray,
    *,
    score: Callable[[], float],
    enough: float,
    batch: int,
    rounds: int,
    plateau: int,
    epochs: int = 4,
) -> Trained:
    """Train in rounds until a score is reached, or the loss has stopped falling.

    The rounds are bounded, the seconds aren't: no verdict hangs on the clock.

    Args:
        model: compiled, and called before.
        x: an array of rows, or any structure of them.
        y: labels or targets, one a row.
        score: of the model as it is; higher is better.
        enough: the score to stop at.
        batch: rows in a step.
        rounds: to train at most.
        plateau: rounds after which a loss has to have fallen by a hundredth.
        epochs: in a round, each in an order of its own. Their rows make whole batches.
            They are one epoch to `fit`: what it does between two takes longer than
            these few steps.
    """
    need(
        model.trainable_weights,
        expected="weights that training moves",
        got="no trainable weight: every layer is frozen",
        hint="`trainable` says whether the optimizer may touch a layer.",
    )
    scores, losses = [], []

    def enough_or_stuck(loss: float) -> bool:
        need(
            np.isfinite(loss),
            expected="a loss that training brings down",
            got=f"a loss of {loss} at a learning rate of {learning_rate(model):.2g}: "
            "training diverges",
            hint="steps this long jump over every valley.",
        )
        scores.append(score())
        losses.append(loss)
        # A training step of the learner's own may report no loss: 0 each time.
        before = losses[-plateau - 1] if len(losses) > plateau else 0
        stuck = before and loss > before - 0.01 * abs(before)
        return bool(scores[-1] >= enough or stuck)

    build_optimizer(model)
    build_metrics(model, x, y)
    batches = shuffled_batches(x, y, batch, epochs=rounds * epochs)
    fit_in_rounds(model, batches, rounds=rounds, ends=enough_or_stuck)
    return Trained(max(scores, default=-np.inf), losses)


def shuffled_batches(x: Any, y: np.ndarray, batch: int, epochs: int) -> tf.data.Dataset:
    """Batches (x, y) of several epochs, each in an order of its own.

    As in `fit` with arrays, a graph isn't told how many rows a batch has.

    Args:
        x: an array of rows, or any structure of them.
        y: labels or targets, one a row.
        batch: rows in a batch; those of all epochs make whole batches.
        epochs: how often each row comes.
    """
    random = np.random.default_rng(0)
    orders = np.concatenate([random.permutation(len(y)) for _ in range(epochs)])
    chosen = tf.data.Dataset.from_tensor_slices(orders).batch(batch)
    data = keras.tree.lists_to_tuples((x, y))
    data = keras.tree.map_structure(tf.convert_to_tensor, data)
    return chosen.map(
        lambda rows: keras.tree.map_structure(lambda a: tf.gather(a, rows), data)
    )


def fit_in_rounds(
    model: keras.Model,
    batches: tf.data.Dataset,
    *,
    rounds: int,
    ends: Callable[[float], bool],
) -> None:
    """Train on batches, by one `fit` whose epochs are the rounds.

    A `fit` for each round would prepare its data anew, and take longer for that than
    for the steps of a check.

    Args:
        model: compiled.
        batches: of all rounds; each gets as many.
        rounds: at most.
        ends: called with the mean loss of each round (0 where the model reports none);
            whether it was the last.
    """

    def end_of_round(_: int, logs: dict[str, float] | None) -> None:
        if ends(float((logs or {}).get("loss", 0.0))):
            model.stop_training = True

    model.fit(
        batches,
        steps_per_epoch=len(batches) // rounds,
        epochs=rounds,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=end_of_round)],
        shuffle=False,
        verbose=0,
    )


def learning_rate(model: keras.Model) -> float:
    """The rate that the model's optimizer would take now."""
    return float(numbers(model.optimizer.learning_rate))
