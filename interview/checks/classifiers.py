"""Judges any classifier: its scores, its loss, and whether the two agree.

A classifier's scores are probabilities or logits, its labels are integers. The learner
may choose any loss. So the reported loss is compared with the cross-entropy of the
scores: it may be smaller, or a sum over the batch, but not much larger. The inputs `x`
are an array or any structure of arrays. The scores may come alone, in a list or in a
dict.
"""

import contextlib
import warnings
from collections.abc import Callable
from typing import Any

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, fail, need
from interview.checks.kit import (
    agree,
    are_probabilities,
    as_numbers,
    is_about_sizes,
    judge_places,
    probabilities,
    shaped,
)
from interview.checks.training import evaluation

# Keras's messages where the input of a convolution or a pooling is too small for it.
SHRUNK = (
    "output size would be zero or negative",
    "the images have shrunk to nothing on the way. Count what each convolution and "
    "each pooling takes off.",
)


def scores_of(model: keras.Model, x: Any, training: bool = False) -> np.ndarray:
    """The scores (n, classes) of a model with one output."""
    return as_numbers(keras.tree.flatten(model(x, training=training))[0])


def share_right(scores: np.ndarray, y: np.ndarray) -> float:
    """The share of the rows whose highest score is their label's."""
    return float(np.mean(scores.argmax(axis=1) == y))


def cross_entropy(scores: np.ndarray, y: np.ndarray) -> float:
    """Mean cross-entropy of scores, whether they are probabilities or logits."""
    chosen = probabilities(scores)[np.arange(len(y)), y]
    return float(-np.log(np.maximum(chosen, 1e-7)).mean())


def reported_loss(model: keras.Model, x: Any, y: np.ndarray) -> float:
    """The loss that `evaluate` reports, less the regularisers' penalties."""
    reported = evaluation(model, x, y)["loss"]
    model(x, training=False)  # sets `losses` to their values in inference
    return reported - float(sum(float(loss) for loss in model.losses))


def _louder(x: Any, factor: float) -> Any:
    return keras.tree.map_structure(lambda rows: factor * rows, x)


def judge_scores(model: keras.Model, x: Any) -> None:
    """End the proof unless the scores are probabilities that sum to 1, or logits."""
    scores = scores_of(model, x)
    # Inputs twenty times as large push any linear output far outside [0, 1].
    both = np.concatenate([scores, scores_of(model, _louder(x, 20))])
    if are_probabilities(scores) or both.min() < 0 or not both.any():
        return
    expected = "rows that sum to 1, or logits, which are any numbers"
    need(
        not np.allclose(scores.sum(axis=0), 1, atol=1e-2),
        expected=expected,
        got="columns that sum to 1: the softmax runs over the batch",
        hint="the classes are on the last axis; that is softmax's default.",
    )
    need(
        both.max() > 1,
        expected=expected,
        got="each score in [0, 1] by itself, rows that sum to "
        f"{scores.sum(axis=1).mean():.2f}: a sigmoid for each class",
        hint="a row has one class of several, so their probabilities share one whole. "
        "Which activation makes them compete?",
    )
    fail(
        expected=expected,
        got="no score below zero: a ReLU on the output cuts them off",
        hint="a class that is unlikely needs a negative logit. Which activation "
        "belongs on the last layer?",
    )


def _takes(model: keras.Model, x: Any, y: np.ndarray) -> bool:
    """Whether the model's loss can be computed for these labels."""
    with contextlib.suppress(Exception):
        reported_loss(model, x, y)
        return True
    return False


def judge_loss(model: keras.Model, x: Any, y: np.ndarray) -> None:
    """End the proof unless the model takes integer labels and its loss is plausible."""
    try:
        reported_loss(model, x, y)
    except Exception as error:
        one_hot = np.eye(scores_of(model, x).shape[1], dtype="float32")[y]
        if not is_about_sizes(error) or not _takes(model, x, one_hot):
            raise
        fail(
            expected=f"integer labels of shape {y.shape} are accepted",
            got=f"the loss wants one-hot labels, of shape {one_hot.shape} as the "
            "scores have",
            hint="the cross-entropy for integer labels has another name; its first "
            "word says that most of a one-hot row is zeros.",
            cause=error,
        )
    # For small scores the losses of probabilities and of logits are alike; larger
    # inputs make the scores large, and the losses differ.
    for inputs in (x, _louder(x, 3)):
        reported, scores = reported_loss(model, inputs, y), scores_of(model, inputs)
        right, classes = cross_entropy(scores, y), scores.shape[1]
        summed = np.isclose(reported, right * len(y), rtol=0.05)
        # Scores this sure and this wrong meet the losses' own clipping, so there is
        # nothing to compare.
        beyond = right > 4 and np.isfinite(reported)
        if beyond or summed or reported <= right + 1.5:
            continue
        clipped = np.clip(scores, 1e-7, 1)
        misread = cross_entropy(clipped / clipped.sum(axis=1, keepdims=True), y)
        agree(
            reported,
            right,
            expected=f"a loss of about {right:.2f}, the cross-entropy of the model's "
            f"scores (chance among {classes} classes costs ln {classes} = "
            f"{np.log(classes):.2f})",
            shown=f"{reported:.2f}",
            hint="does the loss read what the last layer gives, logits or "
            "probabilities?",
            faults=(
                Fault(
                    misread,
                    "the loss reads logits as if they were probabilities",
                    "either the last layer turns its scores into probabilities, or "
                    "the loss is told that it gets logits.",
                ),
                Fault(
                    np.square(y[:, None] - scores).mean(),
                    "the squared distance from each score to the label as a number, "
                    "as in regression",
                    "class 4 isn't twice class 2. Which loss compares a distribution "
                    "over classes with one class?",
                ),
            ),
            same=lambda got, value: np.isclose(got, value, rtol=0.05),
        )


def judge_softmax(model: keras.Model, x: Any, y: np.ndarray) -> None:
    """End the proof if softmax is applied twice, in the model or once more in the loss.

    Probabilities over n classes that go through softmax again are at most
    e / (e + n - 1), however large the logits are. So the trained weights are scaled up
    to make the logits large, and then restored.
    """
    trained = model.get_weights()
    largest, twice = [], []
    for factor in (1.0, 3.0, 10.0):
        model.set_weights(trained)
        for variable in model.trainable_variables:
            if len(variable.shape) >= 2:
                variable.assign(factor * variable)
        scores = scores_of(model, x)
        # If the scores are equal for all rows, a second softmax isn't the cause.
        if not are_probabilities(scores) or np.ptp(scores, axis=0).max() < 1e-3:
            continue
        largest.append(scores.max())
        # Softmax once more in the loss. Adding 10 to the scores leaves their softmax as
        # it is, but changes a loss that takes them for probabilities.
        again = cross_entropy(10 + scores, y)
        if abs(cross_entropy(scores, y) - again) > 0.05:
            twice.append(abs(reported_loss(model, x, y) - again) < 0.01)
    model.set_weights(trained)
    others = scores.shape[1] - 1
    need(
        not largest or max(largest) > np.e / (np.e + others) + 1e-3,
        expected="probabilities near 1 for rows that it is sure of",
        got=f"{max(largest, default=0):.2f} at most: softmax applied twice in a row",
        hint="look for a second softmax on the way to the output.",
    )
    need(
        len(twice) < 2 or not all(twice),
        expected="a loss that takes the model's probabilities as they are",
        got="the loss of softmax(probabilities): softmax applied twice, once by the "
        "model, once by the loss",
        hint="a loss with from_logits=True wants scores as they are. Nothing warns "
        "you when another operation hides the softmax.",
    )


def _size(model: keras.Model, x: Any) -> int:
    """The number of a model's parameters; a call on `x` builds them first."""
    model(x, training=False)
    return model.count_params()


def judge_sizes(
    build: Callable[..., keras.Model],
    x: Any,
    default: int,
    **sizes: Any,
) -> None:
    """End the proof unless a builder uses its arguments.

    Args:
        build: the builder; its model for the default sizes has already been judged.
        x: rows of other sizes, an array or arrays by name.
        default: the number of classes if none is passed.
        sizes: all of the builder's arguments in their order, `num_classes` last.
    """
    rows, classes = len(keras.tree.flatten(x)[0]), sizes["num_classes"]
    says = ", ".join(f"{name}={size}" for name, size in sizes.items())
    call = f"{build.__name__}({says})"
    model = build(**sizes)
    try:
        outputs = model(x, training=False)
    except Exception as error:
        if not is_about_sizes(error):
            raise
        names = [name for name in x if f"'{name}'" in str(error)] * isinstance(x, dict)
        fail(
            expected=f"scores of shape ({rows}, {classes}) from {call}",
            got=f"the shape of `{names[0]}` is hard-coded"
            if names
            else "a hard-coded input shape, or one side taken for both",
            hint="use the arguments wherever a size is written down; images needn't "
            "be square.",
            cause=error,
        )
    hint = "use the argument `num_classes`."
    shaped(
        keras.tree.flatten(outputs)[0],
        (rows, classes),
        what=f"{call}: scores",
        faults=(Fault((rows, default), "a hard-coded number of classes", hint),),
        hint="one row for each image, one score for each class.",
    )
    count = model.count_params()
    judge_places(lambda: _size(build(*sizes.values()), x), count, *sizes)
    try:
        evaluation(model, x, np.arange(rows) % classes)
    except Exception as error:
        if not is_about_sizes(error):
            raise
        fail(
            expected=f"a loss that takes the labels 0 to {classes - 1}",
            got="the loss has a hard-coded number of classes",
            hint="use the argument `num_classes` in the loss too.",
            cause=error,
        )


def note_compiled(
    part: AnswerClaims,
    network: Callable[[Any], keras.Model],
    data: Callable[[], tuple[Any, np.ndarray]],
) -> None:
    """Add the notes on a classifier's loss and metrics."""

    @part.note
    def no_accuracy(answer: Any) -> str | None:
        if "accuracy" in evaluation(network(answer), *data()):
            return None
        return "it reports no `accuracy`, so its learning curve shows the loss alone."

    @part.note
    def softmax_and_logits(answer: Any) -> str | None:
        return rescued_logits(network(answer), *data())


def rescued_logits(model: keras.Model, x: Any, y: np.ndarray) -> str | None:
    """An interviewer's remark if a loss expects logits and gets probabilities.

    Keras's TensorFlow backend then warns, and uses the logits that went into the
    softmax or sigmoid. So the numbers are right.
    """
    loss = model.loss
    if isinstance(loss, str) or getattr(loss, "from_logits", None) is False:
        return None
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        evaluation(model, x, y)
    if not any("does not represent logits" in str(w.message) for w in caught):
        return None
    return (
        "it ends in probabilities, and its loss has `from_logits=True`. Keras on "
        "TensorFlow warns, and takes the logits behind the last activation instead; "
        "with another operation in between, or on another backend, the activation "
        "would be applied twice. Which of the two would you change?"
    )
