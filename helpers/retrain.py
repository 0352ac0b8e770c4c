"""Many trainings of one small network, traced once.

Most of the time of a short `fit` is tracing, and every new model is traced anew. Here
training reuses the model that was traced first; the weights are the same as those of a
new model that is trained alone.
"""

import functools
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf


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
            build: returns a fresh compiled model. Its options may change numbers, such
                as the learning rate, but neither shapes nor operations.
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


class Teams(NamedTuple):
    """Networks of one kind on several data sets, and what they predict there.

    Attributes:
        members: for each data set a list of trained networks.
        val, test: outputs (data sets, networks, n, classes) for `x_val` and `x_test`.
    """

    members: list[list[keras.Model]]
    val: np.ndarray
    test: np.ndarray


def train_teams(
    build: Callable[..., keras.Model],
    tasks: Sequence[Any],
    size: int,
    epochs: int,
    seed: int,
) -> Teams:
    """Train several networks of one kind on each of several data sets.

    Args:
        build: returns a fresh compiled model.
        tasks: have `x_train`, `y_train`, `x_val` and `x_test`, all of one shape.
        size: how many networks each data set gets.
        epochs: passes over `x_train`.
        seed: of the first network. The others count up from it, and each data set
            begins 100 further.
    """
    train, members = TeamTrainer(build), []
    for first, task in enumerate(tasks):
        seeds = seed + 100 * first + np.arange(size)
        members.append(train(task.x_train, task.y_train, seeds.tolist(), epochs))
    val, test = (
        np.array(
            [
                [model(getattr(task, part), training=False) for model in team]
                for team, task in zip(members, tasks, strict=True)
            ]
        )
        for part in ("x_val", "x_test")
    )
    return Teams(members, val, test)


def make_variables(model: keras.Model, y: np.ndarray) -> None:
    """Make the variables of a compiled model's optimizer and metrics.

    The first step of `fit` would make the missing ones, and would be traced twice.

    Args:
        model: built. Metrics are left to `fit` unless the model has one output whose
            size is known.
        y: the targets that `fit` will get, or some of them.
    """
    if not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
    shapes = [output.shape[1:] for output in getattr(model, "outputs", None) or ()]
    if len(shapes) == 1 and None not in shapes[0]:
        model.compute_metrics(None, y[:1], np.zeros((1, *shapes[0]), "float32"))
        model.reset_metrics()


def begin_as(model: keras.Model, other: keras.Model) -> None:
    """Give a model the weights, the seeds and the optimizer's state of another.

    Args:
        model, other: compiled, of one architecture.
    """
    for one in (model, other):
        # The variables are made once, because a traced graph holds the first ones.
        if not one.optimizer.built:
            one.optimizer.build(one.trainable_variables)
    old = [*model.variables, *model.optimizer.variables]
    new = [*other.variables, *other.optimizer.variables]
    for variable, value in zip(old, new, strict=True):
        variable.assign(value)


def train_each(
    build: Callable[[], keras.Model],
    x: Any,
    y: np.ndarray | None,
    seeds: Iterable[int],
    epochs: int,
    *,
    batch_size: int | None = None,
    watch: Mapping[str, Any] | None = None,
) -> list[keras.Model]:
    """Train a network for each seed; each is a model of its own, with its `history`.

    The models can be used, saved and trained further like any others.

    Args:
        build: returns a fresh compiled model, which is called once if it isn't built.
        x, y: what `fit` takes: arrays, or a `PyDataset` and None.
        seeds: one is set before each network is built.
        epochs: passes over `x`.
        batch_size: of `fit`, which has its own default.
        watch: what else `fit` gets, such as `validation_data` and `callbacks`.
    """
    first = keras.tree.map_structure(lambda rows: rows[:1], x[0][0] if y is None else x)

    def built() -> keras.Model:
        model = build()
        if not model.built:
            model(first)
        return model

    trained, team = None, []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        team.append(built())
        if trained is None:
            trained = built()
            make_variables(trained, x[0][1] if y is None else y)
        begin_as(trained, team[-1])
        kept = {"epochs": epochs, "batch_size": batch_size, **(watch or {})}
        trained.fit(x, y, **kept, verbose=0)
        begin_as(team[-1], trained)
        team[-1].history = trained.history
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
    # Not by `tf.random.set_seed`, after which TensorFlow would trace functions again.
    # These are its seed and the shuffle's own, 0; two zeros would mean no seed at all.
    seeds = {"seed": seed, "seed2": 0 if seed else 2**31 - 1}
    one = tf.data.Dataset.range(1)
    rows = tf.range(size, dtype=tf.int64)
    shuffled = one.map(lambda _: tf.raw_ops.RandomShuffle(value=rows, **seeds))
    return next(iter(shuffled)).numpy()
