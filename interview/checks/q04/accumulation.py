"""`accumulated_step`, the second round, with SGD, whose step shows the gradient."""

from collections.abc import Callable, Sequence

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault, need, once
from interview.checks.kit import a_float, agree, close
from interview.checks.q04.trial import crossed_error, squared_error

part = AnswerClaims("accumulated_step")

ROWS, RATE = 50, 0.5


@keras.saving.register_keras_serializable("interview")
class _PieceCounter(keras.layers.Layer):
    """Passes its input on; records the largest piece and the sizes in training.

    The sizes are in a variable, the latest last, because a compiled function doesn't
    run Python code at each piece.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        zeros = {"initializer": "zeros", "dtype": "int32", "trainable": False}
        self.sizes = self.add_weight(shape=(4 * ROWS,), **zeros)
        self.largest = self.add_weight(shape=(), **zeros)

    def call(self, inputs, training=False):
        size = tf.shape(inputs)[0]
        self.largest.assign(tf.maximum(self.largest, size))
        if training:
            self.sizes.assign(tf.concat([self.sizes[1:], [size]], axis=0))
        return inputs


def _data() -> tuple[np.ndarray, np.ndarray]:
    """A batch of ROWS examples whose last rows differ from the others."""
    random = np.random.default_rng(0)
    x = random.standard_normal((ROWS, 5)).astype("float32")
    x[-8:] *= 3
    return x, (x[:, :1] > 0).astype("float32")


class _Trial:
    """One call of the learner's function on a batch taken in `parts` pieces."""

    def __init__(self, step: Callable, parts: int) -> None:
        keras.utils.set_random_seed(0)
        decay = keras.regularizers.L2(0.1)
        self.model = keras.Sequential(
            [
                keras.Input((5,)),
                _PieceCounter(name="pieces"),
                keras.layers.Dense(1, "sigmoid", kernel_regularizer=decay),
            ]
        )
        self.layer = self.model.layers[-1]
        self.before = [v.numpy() for v in self.layer.trainable_variables]
        self.optimizer = keras.optimizers.SGD(RATE)
        x, y = _data()
        counter = self.model.get_layer("pieces")
        for weight in (counter.sizes, counter.largest):
            weight.assign(tf.zeros_like(weight))
        self.returned = step(self.model, self.optimizer, squared_error, x, y, parts)
        self.parts, self.largest = parts, int(counter.largest)
        self.sizes = [int(size) for size in counter.sizes.numpy() if size]

    def moved(self) -> np.ndarray:
        """The gradient that was used: each weight's step divided by the rate."""
        after = [v.numpy() for v in self.layer.trainable_variables]
        changes = [(b - a) / RATE for a, b in zip(after, self.before, strict=True)]
        return np.concatenate([np.ravel(change) for change in changes])

    def gradient(self, sizes, weights, decays: float = 1.0) -> np.ndarray:
        """The gradient of Σ weight · mean loss of a piece + decays · regularisation."""
        x, y = _data()
        kernel, bias = (tf.Variable(value) for value in self.before)
        with tf.GradientTape() as tape:
            predictions = tf.sigmoid(x @ kernel + bias)
            pieces = zip(
                tf.split(predictions, sizes), tf.split(y, sizes), weights, strict=True
            )
            loss = sum(w * squared_error(label, p) for p, label, w in pieces)
            loss += decays * 0.1 * tf.reduce_sum(tf.square(kernel))
        gradients = tape.gradient(loss, [kernel, bias])
        return np.concatenate([np.ravel(g) for g in gradients])

    def loss(
        self,
        sizes: list[int],
        weights: Sequence[float] | None = None,
        decays: float = 1.0,
        error: Callable = squared_error,
    ) -> float:
        """Σ weight · mean loss of a piece, by the weights from before the step."""
        x, y = _data()
        kernel, bias = self.before
        predictions = tf.sigmoid(x @ kernel + bias)
        pieces = zip(tf.split(y, sizes), tf.split(predictions, sizes), strict=True)
        errors = [float(error(*piece)) for piece in pieces]
        penalty = decays * 0.1 * float(np.square(kernel).sum())
        return float(np.dot(weights or np.ones(len(sizes)), errors)) + penalty


@once
def _uneven(step: Callable) -> _Trial:
    """50 examples in 3 pieces: 17, 17 and 16."""
    return _Trial(step, 3)


@once
def _many(step: Callable) -> _Trial:
    """50 examples in 7 pieces: 8, six times, and 2."""
    return _Trial(step, 7)


@part.claim("returns the mean loss over the batch, from before the step, as a float")
def mean_loss(step) -> None:
    trial = _uneven(step)
    hint = "`float(…)` takes a tensor's number out of TensorFlow."
    returned = a_float(trial.returned, hint=hint)
    # The loss that is returned may include the regularisation, as in `fit`, or not.
    right, data_alone = trial.loss([ROWS]), trial.loss([ROWS], decays=0.0)
    penalty = right - data_alone
    pieces = [17, 17, 16]
    agree(
        returned,
        right,
        expected=f"{right:.4f}, the mean over all {ROWS} examples, with the model's "
        "own losses once",
        shown=f"{returned:.4f}",
        hint="the optimizer has moved the weights between the pieces; the loss is that "
        "of the weights before."
        if int(trial.optimizer.iterations) > 1
        else "each example counts the same, whichever piece it is in; the weights are "
        "those from before the step.",
        faults=(
            Fault(
                trial.loss(pieces),
                "the sum over pieces",
                "each piece's mean counts for its share of the examples.",
            ),
            Fault(
                trial.loss([ROWS], decays=3.0),
                "the model's own losses three times",
                "the model's own losses don't belong to a piece: how often is the same "
                "sum added?",
            ),
            Fault(
                trial.loss(
                    pieces, [size / ROWS for size in pieces], 1.0, crossed_error
                ),
                "each label is compared with each prediction",
                "predictions have shape (n, 1). Which shape have the labels when they "
                "meet them?",
            ),
        ),
        same=lambda got, value: close(got, value) or close(got, value - penalty),
    )


@part.claim("takes one step of the optimizer that was passed in")
def one_step(step) -> None:
    trial = _uneven(step)
    taken = int(trial.optimizer.iterations)
    agree(
        taken,
        1,
        expected="1 step",
        shown=f"{taken} steps",
        hint="the optimizer is called once, after the last piece.",
        faults=(
            Fault(
                3,
                "one for each piece",
                "add the gradients up, and call the optimizer after the last piece.",
            ),
            Fault(
                0,
                "something else moved the weights, or nothing did",
                "use the argument `optimizer`.",
            ),
        ),
    )


@part.claim("takes the batch in pieces, in training mode, every example once")
def every_example_once(step) -> None:
    trial = _uneven(step)
    need(
        trial.largest <= 17,
        expected=f"pieces of 17 at most, for {ROWS} examples in 3 parts",
        got=f"{trial.largest} examples at once",
        hint="what doesn't fit into memory is the forward pass: `parts` says how many "
        "pieces there are.",
    )
    for trial in (_uneven(step), _many(step)):
        sizes = trial.sizes
        need(
            sum(sizes) == ROWS,
            expected=f"{ROWS} examples in training mode",
            got=f"{sum(sizes)}",
            hint="every example passes once, those of the smaller last piece too, and "
            "the model is told that it is training.",
        )
        need(
            len(sizes) <= trial.parts,
            expected=f"at most {trial.parts} pieces for {trial.parts} parts",
            got=f"{len(sizes)}, of {', '.join(map(str, sizes))} examples",
            hint="`parts` is how many pieces there are at most. Which size must they "
            "have, so that nothing is left for another?",
        )
        # The smallest piece may come at any place, so the sizes are sorted.
        *others, _ = sorted(sizes, reverse=True)
        need(
            len({*others}) == 1,
            expected="pieces of equal size, but for a smaller last one",
            got=f"pieces of {', '.join(map(str, sizes))} examples",
            hint="one size for all, rounded up; the last piece takes what is left.",
        )


def _is_the_whole_step(trial: _Trial, sizes: list[int]) -> None:
    count = len(sizes)
    shares = [size / ROWS for size in sizes]
    agree(
        trial.moved(),
        trial.gradient(sizes, shares),
        expected=f"the step of the whole batch, for pieces of {sizes}",
        shown="another step",
        hint="the gradient of the mean over the batch is a sum over pieces. What does "
        "each piece count for?",
        faults=(
            Fault(
                trial.gradient(sizes, [1.0] * count, decays=count),
                "the pieces' gradients summed as they are, which is too long a step",
                "a mean over the batch is a weighted mean of the pieces' means.",
            ),
            Fault(
                trial.gradient(sizes, [1 / count] * count),
                "every piece counts the same, the smaller last one too",
                "a piece counts for its share of the examples.",
            ),
            Fault(
                trial.gradient(sizes, shares, decays=count),
                "regularisation counted once for each piece",
                "the model's own losses don't depend on the piece. How often are they "
                "added?",
            ),
            Fault(
                trial.gradient(sizes, shares, decays=0.0),
                "regularisation is missing",
                "what the model adds itself is in `model.losses`.",
            ),
        ),
        same=lambda got, right: close(got, right, atol=2e-5),
    )


@part.claim("ends where one step on the whole batch ends")
def equals_one_batch(step) -> None:
    _is_the_whole_step(_Trial(step, 2), [25, 25])
    _is_the_whole_step(_uneven(step), [17, 17, 16])
    _is_the_whole_step(_many(step), [8] * 6 + [2])
