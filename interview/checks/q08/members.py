"""Members whose probabilities are known row by row, and claims about using them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault, need, once
from interview.checks.kit import shaped, steady
from interview.checks.models import layers_of

# The largest number of examples in a table of probabilities.
ROWS = 70
DRAWN = "what do members draw at random, and only while they train?"


def random_tables(members: int, classes: int) -> np.ndarray:
    """(members, ROWS, classes) probabilities; no mean is near a tie."""
    random = np.random.default_rng(members * 10 + classes)
    tables = random.dirichlet(np.full(classes, 0.4), size=(members, 40 * ROWS))
    # No probability is near 0, so that logarithms stay finite.
    tables = 0.99 * tables + 0.01 / classes
    top = np.sort(tables.mean(axis=0), axis=1)
    return tables[:, top[:, -1] - top[:, -2] > 0.02][:, :ROWS]


def near_ties(members: int, classes: int, gap: float) -> np.ndarray:
    """Probabilities in whose mean the highest class leads the next by `gap`."""
    tables = random_tables(members, classes)
    mean, rows = tables.mean(axis=0), np.arange(tables.shape[1])
    second, first = mean.argsort(axis=1)[:, -2:].T
    # Each member moves the same share of its first class's probability to the second.
    share = (mean[rows, first] - mean[rows, second] - gap) / mean[rows, first] / 2
    moved = share * tables[:, rows, first]
    tables[:, rows, first] -= moved
    tables[:, rows, second] += moved
    return tables


def counts(tables: np.ndarray) -> np.ndarray:
    """(examples, classes) votes."""
    return np.eye(tables.shape[2], dtype=int)[tables.argmax(axis=2)].sum(axis=0)


def majority(tables: np.ndarray) -> np.ndarray:
    """The class with the most votes; the lowest one in a tie."""
    return counts(tables).argmax(axis=1)


def mean_class(tables: np.ndarray) -> np.ndarray:
    """The mean of class numbers, rounded: a mistake."""
    return np.round(tables.argmax(axis=2).mean(axis=0)).astype(int)


def halved_mean(tables: np.ndarray) -> np.ndarray:
    """A running mean that halves at each step: a mistake, the last member gets 1/2."""
    mean = tables[0]
    for table in tables[1:]:
        mean = (mean + table) / 2
    return mean


class Member(keras.Sequential):
    """A model whose `predict` skips Keras's input pipeline.

    Keras builds a pipeline in each call, which takes longer than the rest of the check.
    """

    def predict(self, x, *arguments, **keywords):
        if not isinstance(x, np.ndarray | tf.Tensor):
            return super().predict(x, *arguments, **keywords)
        return keras.ops.convert_to_numpy(self(x, training=False))


@once
def _stock() -> dict[tuple[int, int], keras.Model]:
    """Models that a check reuses for all tables, because making them takes long."""
    return {}


def models_of(tables: np.ndarray) -> list[keras.Model]:
    """Compiled members: the i-th unit vector gets row i of the member's table.

    They have dropout, so that calls in training mode return other numbers.
    """
    _, rows, classes = tables.shape
    models = []
    for place, table in enumerate(tables):
        if (place, classes) not in _stock():
            dense = keras.layers.Dense(classes, use_bias=False)
            layers = [keras.Input((ROWS,)), keras.layers.Dropout(0.5), dense]
            _stock()[place, classes] = Member(layers)
            _stock()[place, classes].compile("sgd", "sparse_categorical_crossentropy")
        models.append(_stock()[place, classes])
        models[-1].set_weights([np.pad(table, ((0, ROWS - rows), (0, 0)))])
    return models


def classes_of(predict: Callable, tables: np.ndarray) -> np.ndarray:
    """The answer's classes for members with these tables, if their form is right."""
    members, rows, classes = tables.shape
    x = np.eye(ROWS, dtype="float32")[:rows]
    got = np.asarray(predict(models_of(tables), x))
    shaped(
        got,
        (rows,),
        what=f"one class per example, for {members} members and {rows} example(s),",
        faults=(
            Fault((rows, classes), "a number for each class", "which class is it?"),
            Fault(
                (2, rows),
                "two rows",
                "`scipy.stats.mode` returns two things, the most frequent values and "
                "how often they occur.",
            ),
            Fault(
                (rows // 32 * 32,),
                f"the last {rows % 32} are missing",
                "what becomes of the examples that don't fill a batch?",
            ),
            Fault(
                () if rows == 1 else None,
                "the axis of the examples is gone",
                "what takes every axis of length 1 away takes the only example's, too.",
            ),
        ),
        hint="predictions of all members stack to (members, examples, classes). Over "
        "which axis do you go?",
    )
    need(
        np.issubdtype(got.dtype, np.integer),
        expected="class indices, whole numbers of an integer type",
        got=f"{got.dtype}",
        hint="classes are names, not quantities.",
    )
    return got


def different(got: np.ndarray, right: np.ndarray) -> str:
    """How many classes differ, for a message."""
    return f"other classes for {(got != right).sum()} of {len(right)} examples"


@contextlib.contextmanager
def left_alone(models: Sequence[keras.Model]) -> Iterator[None]:
    """End the proof if the code inside changes a member."""
    before = [_state(model) for model in models]
    yield
    changed = {
        what
        for model, old in zip(models, before, strict=True)
        for what, now in _state(model).items()
        if not all(map(np.array_equal, now, old[what]))
    }
    need(
        not changed,
        expected="members that are as they were before",
        got=f"members with other {' and other '.join(sorted(changed))}",
        hint="the members aren't yours to change: somebody may go on using them.",
    )


def _state(model: keras.Model) -> dict[str, list]:
    return {
        "names": [model.name, *(layer.name for layer in layers_of(model))],
        "numbers of training steps": [int(model.optimizer.iterations)],
        "`trainable` flags": [v.trainable for v in model.variables],
        "weights": model.get_weights(),
    }


def claim_that_members_predict(part: AnswerClaims) -> None:
    """The first claims of both ways to predict."""

    @part.claim("gives an integer class for each example, and for a single one")
    def integer_classes(predict):
        for rows in (ROWS, 1):
            classes_of(predict, random_tables(3, 4)[:, :rows])

    @part.claim("lets members predict, not train: the same classes twice")
    def predicts_only(predict):
        steady(
            lambda: classes_of(predict, random_tables(3, 4)),
            what="classes",
            hint=DRAWN,
        )


def claim_that_members_stay(part: AnswerClaims) -> None:
    """The last claim of both ways to predict."""

    @part.claim("leaves the members as they are")
    def leaves_members(predict):
        tables = random_tables(3, 4)
        _stock().clear()  # members that no claim has handed out yet
        with left_alone(models_of(tables)):
            classes_of(predict, tables)
