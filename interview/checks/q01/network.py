"""`build_cnn`, judged on 64 digits: its scores, its loss, and whether it learns.

The check doesn't cover how well the model generalises, which the notebook measures; a
learning rate that is merely poor (one at which the loss doesn't fall for forty epochs
is refused); or a convolution written by hand as patches and a dense layer.
"""

import contextlib
import functools
import inspect
import io

import helpers.quiet  # isort: skip
import keras
import numpy as np

from helpers.data import load_mnist
from interview.checks.claims import AnswerClaims, need, once
from interview.checks.classifiers import (
    judge_loss,
    judge_scores,
    judge_sizes,
    judge_softmax,
    note_compiled,
    reported_loss,
    scores_of,
    share_right,
)
from interview.checks.kit import are_probabilities, as_numbers, shaped, steady
from interview.checks.models import claim_own_models, keras_model
from interview.checks.training import hasten_averages, learning_rate, train_until

MEMORISED, BATCH = 64, 16
# In epochs. Slow optimizers fit the digits within PATIENCE. A network that hasn't by
# then never does, and nor does one whose loss doesn't fall over the PLATEAU.
PATIENCE, PLATEAU, ROUND = 600, 40, 4

part = AnswerClaims("build_cnn")


@functools.cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """64 digits in [0, 1] of shape (64, 28, 28, 1), and their classes (64,)."""
    with contextlib.redirect_stdout(io.StringIO()):
        data = load_mnist("sample")
    x = data.x_train[:MEMORISED, ..., None].astype("float32") / 255
    return x, data.y_train[:MEMORISED]


@once
def network(build_cnn) -> keras.Model:
    """The learner's model for the default arguments, built once for all claims."""
    keras.utils.set_random_seed(0)
    model = keras_model(build_cnn(), name="build_cnn")
    model(digits()[0][:1], training=False)
    hasten_averages(model)
    return model


@part.claim("returns a compiled Keras model that gives ten finite scores for a digit")
def ten_scores(build_cnn):
    outputs = network(build_cnn)(digits()[0][:12], training=False)
    shape = tuple(getattr(outputs, "shape", ()))
    need(
        len(shape) != 4,
        expected="scores of shape (12, 10) for 12 digits",
        got=f"shape {shape}: a score for each place in the image",
        hint="a Dense layer acts on the last axis alone and leaves height and width "
        "as they are. They have to be flattened or averaged away first.",
    )
    hint = "one row for each image, one score for each class."
    scores = shaped(outputs, (12, 10), what="scores", hint=hint)
    need(
        np.isfinite(scores).all(),
        expected="finite scores",
        got="NaN or infinity from a network that hasn't been trained",
        hint="look for a division by zero or a logarithm of zero.",
    )


@part.claim("looks at images through convolutions")
def convolutions(build_cnn):
    shapes = [tuple(weight.shape) for weight in network(build_cnn).weights]
    need(
        any(len(shape) == 4 for shape in shapes),
        expected="at least one convolution: a kernel of shape (height, width, channels "
        "in, channels out)",
        got="no convolution; the largest weight has shape "
        f"{max(shapes, key=np.prod, default=())}",
        hint="a dense layer learns each pixel by itself; what shares its weights "
        "between all places of the image?",
    )


@part.claim("its scores are probabilities that sum to 1, or logits")
def valid_scores(build_cnn):
    judge_scores(network(build_cnn), digits()[0])


@part.claim("takes integer labels, and its loss agrees with its scores")
def integer_labels(build_cnn):
    judge_loss(network(build_cnn), *digits())


@part.claim("gives the same scores twice in inference")
def steady_scores(build_cnn):
    steady(lambda: scores_of(network(build_cnn), digits()[0]), what="scores")


@part.claim("can memorise 64 digits")
def memorises(build_cnn):
    model, (x, y) = network(build_cnn), digits()
    before = [as_numbers(weight) for weight in model.weights]
    best = train_until(
        model,
        x,
        y,
        score=lambda: _share_explained(model),
        enough=0.95,
        batch=BATCH,
        rounds=PATIENCE // ROUND,
        plateau=PLATEAU // ROUND,
        epochs=ROUND,
    ).best
    _judge_moved(model, before)
    shift, share = _commonest_shift(scores_of(model, x))
    need(
        not shift or share < 0.8,
        expected="the class with the highest score is the label",
        got=f"the label {shift:+d} for {share:.0%} of the digits: the labels are "
        f"off by {abs(shift)} somewhere",
        hint="the classes are counted from 0, as the labels are.",
    )
    _judge_range(model)
    # A second softmax slows learning but doesn't prevent it, so it isn't the cause
    # where nothing is learnt.
    if best >= 0.5:
        judge_softmax(model, x, y)
    need(
        best >= 0.9,
        expected=f"at least 0.90 of {MEMORISED} digits right after training on them "
        "alone, in training or in inference mode",
        got=f"{best:.2f} at best; the learning rate is {learning_rate(model):.2g} by "
        "now",
        hint="a network that can't memorise 64 digits has a fault: a learning rate "
        "that is far off, images that are scaled once more, too much dropout, or "
        "scores and loss that disagree.",
    )
    judge_scores(model, x)


def _share_explained(model: keras.Model) -> float:
    """The share of the digits that are predicted as their label, or a shifted label.

    Being right in training mode is enough, because batch normalisation's moving
    averages lag some steps behind the batches.
    """
    x, y = digits()
    scores = scores_of(model, x)
    shift, share = _commonest_shift(scores)
    if shift and share > 0.9:
        return share
    return max(share_right(scores, y), share_right(scores_of(model, x, True), y))


def _commonest_shift(scores: np.ndarray) -> tuple[int, float]:
    """The commonest difference of predicted class and label, and its share.

    Only the labels 1 to 8 count, because for 0 and 9 a class of -1 or 10 can't be
    predicted.
    """
    _, y = digits()
    inner = (y > 0) & (y < 9)
    shifts = (scores.argmax(axis=1) - y)[inner]
    values, counts = np.unique(shifts, return_counts=True)
    return int(values[counts.argmax()]), float(counts.max() / len(shifts))


def _judge_moved(model: keras.Model, before: list[np.ndarray]) -> None:
    """End the proof if a kernel hasn't moved: it is frozen or gets no gradient."""
    stuck = [
        weight
        for weight, value in zip(model.weights, before, strict=False)
        if value.ndim >= 2 and value.size >= 50 and np.array_equal(value, weight)
    ]
    # Preprocessing layers hold constants that don't train, but these aren't kernels.
    frozen = [w for w in stuck if not w.trainable and "kernel" in w.name]
    need(
        not frozen,
        expected="every kernel learns",
        got=f"{len(frozen)} frozen: {', '.join(w.path for w in frozen[:3])} didn't "
        "move in training",
        hint="`trainable` says whether the optimizer may touch a layer. There is "
        "nothing pretrained here to protect.",
    )
    idle = [w.path for w in stuck if w.trainable]
    need(
        not idle,
        expected="every kernel learns",
        got=f"{', '.join(idle[:3])} didn't move in training",
        hint="no gradient arrives there. Is the layer's output used, and is its "
        "learning rate above zero?",
    )


def _judge_range(model: keras.Model) -> None:
    """End the proof if the logits are bounded to [-1, 1], as after tanh.

    The cross-entropy of such logits stays above ln(1 + 9 / e²) = 0.80.
    """
    x, y = digits()
    scores = np.concatenate([scores_of(model, x), scores_of(model, 20 * x)])
    if are_probabilities(scores) or np.abs(scores).max() > 1 + 1e-3:
        return
    # A loss that is made for scores from -1 to 1, such as a hinge, is small by now.
    reported = reported_loss(model, x, y)
    need(
        reported < 0.5,
        expected="logits, which are any numbers, and a loss near 0 for digits that "
        "it has memorised",
        got=f"a loss of {reported:.2f}: the scores can't leave -1 to 1, as after a "
        "tanh",
        hint="which activation belongs on the last layer, if the loss takes logits?",
    )


@part.claim("other sizes of images, numbers of classes and learning rates count")
def other_sizes(build_cnn):
    random = np.random.default_rng(0)
    for shape, classes in (((32, 28, 3), 5), ((28, 28, 1), 3)):
        x = random.random((6, *shape), dtype="float32")
        judge_sizes(build_cnn, x, 10, input_shape=shape, num_classes=classes)
    if "learning_rate" in inspect.signature(build_cnn).parameters:
        _judge_rate(build_cnn)


def _judge_rate(build_cnn) -> None:
    """End the proof if the builder takes a `learning_rate` and doesn't use it."""
    schedule = keras.optimizers.schedules.ExponentialDecay(0.25, 10, 0.5)
    for rate, first in ((0.125, 0.125), (schedule, 0.25)):
        model = build_cnn(learning_rate=rate)
        got = learning_rate(model)
        need(
            np.isclose(got, first),
            expected=f"an optimizer that starts at the rate asked for, {first}",
            got=f"{got:.3g}: the argument `learning_rate` isn't used",
            hint="follow the argument to the optimizer.",
        )
    # With gradient accumulation `iterations` is a computed property; the variable that
    # it is computed from has to be set.
    optimizer = model.optimizer
    getattr(optimizer, "_iterations", optimizer.iterations).assign(10)
    later = learning_rate(model)
    need(
        not np.isclose(later, first),
        expected=f"a schedule that is followed: {first} at the start, "
        f"{as_numbers(schedule(10)):.3g} at step 10",
        got=f"{later:.3g} at both",
        hint="an optimizer takes a schedule as it is, and asks it at each step.",
    )


def few() -> tuple[np.ndarray, np.ndarray]:
    """Eight of the digits, and their classes."""
    return digits()[0][:8], digits()[1][:8]


claim_own_models(part, few)
note_compiled(part, network, few)
