"""The learner's loop on a small network, and Keras's own numbers beside it."""

import collections
import functools
from collections.abc import Callable

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import once
from interview.checks.models import build_metrics
from interview.checks.training import build_optimizer

KEYS = ("loss", "accuracy", "val_loss", "val_accuracy")
EPOCHS = 3
# Neither size is a multiple of the batch: the last batches hold one example each. An
# epoch has many more batches than a correct step has traces.
BATCH, TRAIN, VAL = 16, 193, 129
# Both sizes are multiples of the batch. Trials with them don't test the means, and a
# smaller last batch would cost another trace, which takes most of a trial's time.
EVEN = {"train": 192, "val": 128}
DECAY = 0.02

# Keras's numbers: for each key and epoch the (value, examples) of its batches. Beside
# the KEYS there are `at_least`, the accuracy if exactly 0.5 counts as class 1, and
# `penalty`, the regularisation that the model adds to the loss of that batch.
Table = dict[str, list[np.ndarray]]

cross_entropy = keras.losses.BinaryCrossentropy()


def squared_error(y_true, y_pred):
    """A plain loss function, which unlike Keras's doesn't align the shapes."""
    return tf.reduce_mean(tf.square(y_true - y_pred))


def crossed_error(y_true, y_pred):
    """The plain loss if broadcasting pairs each label with each prediction."""
    return tf.reduce_mean(tf.square(tf.reshape(y_true, (1, -1)) - y_pred))


def sgd() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.5)


def adam() -> keras.optimizers.Optimizer:
    return keras.optimizers.Adam(0.03)


@keras.saving.register_keras_serializable("interview")
class PassageCounter(keras.layers.Layer):
    """Passes its input on; counts the examples seen in training and in inference."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.trained = self.add_weight(
            shape=(), dtype="int32", trainable=False, initializer="zeros"
        )
        self.inferred = self.add_weight(
            shape=(), dtype="int32", trainable=False, initializer="zeros"
        )
        self.python_calls = {"training": 0, "validation": 0}

    def call(self, inputs, training=False):
        self.python_calls["training" if training else "validation"] += 1
        counter = self.trained if training else self.inferred
        counter.assign_add(tf.shape(inputs)[0])
        return inputs


def _network(counter: bool, regularised: bool) -> keras.Model:
    """A network without biases, which predicts exactly 0.5 for an input of zeros."""
    keras.utils.set_random_seed(0)
    decay = keras.regularizers.L2(DECAY) if regularised else None
    options = {"use_bias": False, "kernel_regularizer": decay}
    return keras.Sequential(
        [
            keras.Input((5,)),
            PassageCounter(name="counter") if counter else keras.layers.Identity(),
            keras.layers.Dense(8, activation="tanh", **options),
            keras.layers.Dense(1, activation="sigmoid", **options),
        ]
    )


def _penalty(model: keras.Model) -> float:
    """The model's regularisation; without regularisers, what it would be with them."""
    return DECAY * sum(float(np.square(w).sum()) for w in model.get_weights())


def _batches(size: int, seed: int, ordered: bool, flat: bool) -> tf.data.Dataset:
    """Batches of (x, y).

    Args:
        size: number of examples.
        seed: of the data.
        ordered: whether the examples are sorted by class. Sorted batches differ from
            each other, which reveals a mistake in an average. Batches of mixed classes
            reveal a mistake in the labels' shape, since labels differ between rows.
        flat: whether labels have shape (n,) instead of (n, 1).
    """
    random = np.random.default_rng(seed)
    x = random.standard_normal((size, 5)).astype("float32")
    y = (x[:, 0] > 0.3).astype("float32")
    y = np.sort(y) if ordered else y
    x[:, 3] += 2 * y
    x[::7] = 0
    return tf.data.Dataset.from_tensor_slices((x, y if flat else y[:, None])).batch(
        BATCH
    )


@functools.cache
def _reference(
    make_optimizer: Callable,
    loss_fn: Callable,
    ordered: bool,
    regularised: bool,
    epochs: int,
    train: int,
    val: int,
) -> Table:
    """What Keras reports for a loss, an optimizer, a model, an order and size of data.

    For a model without regularisation, `penalty` is what regularisers would have added.
    """
    model = _network(counter=False, regularised=regularised)
    below = float(np.nextafter(np.float32(0.5), np.float32(0)))
    accuracies = [
        keras.metrics.BinaryAccuracy(name=name, threshold=threshold)
        for name, threshold in (("accuracy", 0.5), ("at_least", below))
    ]
    model.compile(make_optimizer(), loss_fn, metrics=accuracies)
    build_optimizer(model)
    build_metrics(model, np.zeros((2, 5)), np.zeros((2, 1)))
    phases = (
        ("", _batches(train, 1, ordered, flat=False), model.train_on_batch),
        ("val_", _batches(val, 2, ordered, flat=False), model.test_on_batch),
    )
    table = collections.defaultdict(list)
    for _ in range(epochs):
        for prefix, data, step in phases:
            # The penalty is computed before the training step, which changes it.
            rows = [(_penalty(model), *step(x, y), len(x)) for x, y in data]
            *columns, sizes = np.array(rows, dtype="float64").T
            names = ("penalty", "loss", "accuracy", "at_least")
            for name, values in zip(names, columns, strict=True):
                table[prefix + name].append(np.stack([values, sizes]))
    return table


def prepare() -> None:
    """Compute Keras's numbers ahead, before there is an answer to compare."""
    _reference(sgd, cross_entropy, True, False, EPOCHS, TRAIN, VAL)
    _reference(adam, squared_error, False, True, 2, *EVEN.values())


class Trial:
    """One call of the learner's loop, its result and the model that it trained."""

    def __init__(
        self,
        loop: Callable,
        *,
        make_optimizer: Callable = sgd,
        loss_fn: Callable = cross_entropy,
        ordered: bool = True,
        flat: bool = False,
        regularised: bool = False,
        epochs: int = EPOCHS,
        train: int = TRAIN,
        val: int = VAL,
    ) -> None:
        self.make_optimizer, self.optimizer = make_optimizer, make_optimizer()
        self.loss_fn, self.ordered, self.epochs = loss_fn, ordered, epochs
        self.regularised = regularised
        self.model = _network(counter=True, regularised=regularised)
        self.before = self.weights()
        self.sizes = train, val
        self.train = _batches(train, 1, ordered, flat)
        self.val = _batches(val, 2, ordered, flat)
        counter = self.model.get_layer("counter")
        counter.python_calls.update({"training": 0, "validation": 0})
        self.returned = loop(
            self.model, self.optimizer, loss_fn, self.train, self.val, epochs
        )
        self.trained, self.inferred = int(counter.trained), int(counter.inferred)
        self.python_calls = dict(counter.python_calls)

    def weights(self) -> np.ndarray:
        variables = self.model.trainable_variables
        return np.concatenate([np.ravel(v.numpy()) for v in variables])

    def moved(self) -> bool:
        return not np.array_equal(self.weights(), self.before)

    def reference(
        self, loss_fn: Callable | None = None, regularised: bool | None = None
    ) -> Table:
        """Keras's numbers for this trial, or for another loss or model."""
        return _reference(
            self.make_optimizer,
            loss_fn or self.loss_fn,
            self.ordered,
            self.regularised if regularised is None else regularised,
            self.epochs,
            *self.sizes,
        )


@once
def standard(loop: Callable) -> Trial:
    """The call that most claims are about."""
    return Trial(loop)


def mean(batches: np.ndarray) -> float:
    """The mean over examples."""
    values, sizes = batches
    return float((values * sizes).sum() / sizes.sum())


def means(epochs: list[np.ndarray]) -> np.ndarray:
    return np.array([mean(batches) for batches in epochs])


def shown(values) -> str:
    return "[" + ", ".join(f"{value:.4f}" for value in values) + "]"
