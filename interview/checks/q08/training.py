"""`train_members`, with a `build` whose models record the rows that they train on.

In one training the loss never falls, so that early stopping would end it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import as_numbers
from interview.checks.training import build_optimizer

part = AnswerClaims("train_members")

SEEDS, EPOCHS = (11, 5), 2
# The epochs of the training in which the loss never falls.
MANY_EPOCHS = 7
# Weights that are closer than this are the same, but for rounding.
SAME = 1e-4
# The number of rows isn't a multiple of the usual batch of 32.
ROWS = 70
X = np.random.default_rng(0).standard_normal((ROWS, 4)).astype("float32")
Y = (X[:, 0] > 0).astype("int64")


class _Seen(keras.layers.Layer):
    """Passes its input on, and counts how often each row of X occurs in training."""

    def build(self, shape):
        self.times = self.add_weight(
            name="times", shape=(ROWS,), initializer="zeros", trainable=False
        )

    def call(self, inputs, training=False):
        if training:
            apart = keras.ops.abs(keras.ops.expand_dims(inputs, 1) - X)
            row = keras.ops.argmin(keras.ops.sum(apart, axis=2), axis=1)
            self.times.assign_add(keras.ops.sum(keras.ops.one_hot(row, ROWS), axis=0))
        return inputs


class _Trained(NamedTuple):
    members: list[keras.Model]
    # The models that `build` made, and their first weights.
    made: list[tuple[keras.Model, np.ndarray]]
    # Whether the answer changed the caller's `x` or `y`.
    changed: bool


def _weights(model: keras.Model) -> np.ndarray:
    return np.concatenate([np.ravel(as_numbers(v)) for v in model.trainable_variables])


def _distance(one: keras.Model, two: keras.Model) -> float:
    return float(np.abs(_weights(one) - _weights(two)).max())


@keras.saving.register_keras_serializable("interview_q08")
def _always_one(y, p):
    """A loss that never falls but has the gradient of cross-entropy."""
    loss = keras.losses.sparse_categorical_crossentropy(y, p)
    return loss - keras.ops.stop_gradient(loss) + 1


def _train(
    train_members: Callable,
    seeds: Sequence[int],
    *,
    before: int,
    epochs: int = EPOCHS,
    rate: float = 0.2,
    loss: str | Callable = "sparse_categorical_crossentropy",
) -> _Trained:
    """Call the answer; `before` sets the global seed first, as other code might."""
    made, x, y = [], X.copy(), Y.copy()

    def build():
        model = keras.Sequential(
            [
                keras.Input((4,)),
                _Seen(),
                keras.layers.Dense(8, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(2, activation="softmax"),
            ]
        )
        model.compile(keras.optimizers.SGD(rate), loss)
        build_optimizer(model)
        made.append((model, _weights(model)))
        return model

    keras.utils.set_random_seed(before)
    members = train_members(build, x, y, list(seeds), epochs)
    changed = not (np.array_equal(x, X) and np.array_equal(y, Y))
    return _Trained(members, made, changed)


def _times(model: keras.Model) -> list[np.ndarray]:
    """How often each row occurred in training, if `build` made the model."""
    return [as_numbers(w) for w in model.weights if w.name == "times"]


@once
def _trained(train_members) -> _Trained:
    """The members that most claims are about."""
    return _train(train_members, SEEDS, before=1001)


@once
def _distances_alone(train_members) -> list[float]:
    """How far each member is from one of the same seed that is trained alone."""
    distances = []
    for place, before in ((0, 1004), (-1, 1005)):
        (alone,) = _train(train_members, [SEEDS[place]], before=before).members
        distances.append(_distance(_trained(train_members).members[place], alone))
    return distances


@part.claim("returns one trained model per seed, each of them built afresh")
def one_model_per_seed(train_members):
    members, made, _ = _trained(train_members)
    need(
        isinstance(members, list | tuple),
        expected=f"a list of {len(SEEDS)} models",
        got=type(members).__name__,
        hint="collect the members as you train them, and return them.",
    )
    need(
        len(members) == len(SEEDS),
        expected=f"{len(SEEDS)} models for {len(SEEDS)} seeds",
        got=f"{len(members)}",
        hint="one member for each seed.",
    )
    others = {type(m).__name__ for m in members if not isinstance(m, keras.Model)}
    need(
        not others,
        expected="Keras models",
        got=", ".join(sorted(others)),
        hint="`fit` returns a history. Which object holds the trained weights?",
    )
    need(
        len({id(member) for member in members}) == len(members),
        expected=f"{len(SEEDS)} separate models",
        got="the same model several times, trained on and on",
        hint="where must `build()` be called so that each member starts afresh?",
    )
    need(
        all(map(_times, members)),
        expected="members that `build` made",
        got="models of another kind",
        hint="`build` says which classifier the members are to be.",
    )
    given = {id(model): weights for model, weights in made}
    need(
        not any(np.array_equal(_weights(m), given.get(id(m))) for m in members),
        expected="members that have been trained",
        got="the weights that `build()` gave, to the last digit",
        hint="each member is fitted on `x` and `y`.",
    )


@part.claim("trains each on all rows, as many times as there are epochs")
def all_rows_each_epoch(train_members):
    (longer,), made, _ = _train(
        train_members,
        SEEDS[:1],
        before=1002,
        epochs=MANY_EPOCHS,
        rate=0.0,
        loss=_always_one,
    )
    shorter = _trained(train_members).members
    for epochs, members in ((EPOCHS, shorter), (MANY_EPOCHS, [longer])):
        for member in members:
            (times,) = _times(member)
            unseen = int((times == 0).sum())
            if unseen:
                got = f"{unseen} rows that it never saw in training"
                hint = "every member gets all of `x` and `y`; nothing is held back."
            elif np.ptp(times):
                got = f"some rows {times.min():.0f}, some {times.max():.0f} times"
                hint = "members differ by their seed; the data are the same for all."
            else:
                got = f"{times[0]:.0f} times"
                hint = "hand `epochs` on, and let nothing end a training before them."
            need(
                (times == epochs).all(),
                expected=f"a member that saw each of {ROWS} rows {epochs} times, in "
                f"{epochs} epochs",
                got=got,
                hint=hint,
            )
    # A copy of a model from `build` starts from other weights, which aren't known here.
    moved = max(
        (np.abs(_weights(longer) - begun).max() for it, begun in made if it is longer),
        default=0.0,
    )
    need(
        moved < 1e-6,
        expected="training with the optimizer that `build()` compiled in; at its rate "
        "of 0 the weights stay",
        got=f"weights that moved by up to {moved:.2g}",
        hint="with `build` optimizer, rate and loss are chosen: what it returns is "
        "ready for training.",
    )


@part.claim("members of different seeds differ")
def seeds_differ(train_members):
    members = _trained(train_members).members
    need(
        _distance(members[0], members[1]) > SAME,
        expected="members of different seeds with different weights",
        got="the same weights: an average of equals gains nothing",
        hint="which seed does each member get?",
    )


@part.claim("the same seeds give the same members, whatever ran before")
def same_seeds_same_members(train_members):
    # Members that come out the same when trained alone need no second common run.
    if max(_distances_alone(train_members)) < SAME:
        return
    members = _trained(train_members).members
    again = _train(train_members, SEEDS, before=1003).members
    distance = _distance(members[0], again[0])
    need(
        distance < SAME,
        expected="the same weights when trained again with the same seeds",
        got=f"weights that differ by up to {distance:.3f}",
        hint="Keras draws first weights, the order of the examples and dropout from "
        "generators of its own. What seeds them all, and when is it due?",
    )


@part.claim("a member depends on its own seed, not on the other members")
def own_seed_alone(train_members):
    distances = _distances_alone(train_members)
    for place, distance in zip((0, -1), distances, strict=True):
        cause, hint = ("", "") if distance < SAME else _cause(train_members, place)
        need(
            distance < SAME,
            expected=f"the member of seed {SEEDS[place]} is the same, trained alone or "
            f"along with {len(SEEDS) - 1} others",
            got=f"weights that differ by up to {distance:.3f}: {cause}",
            hint=hint,
        )


def _cause(train_members: Callable, place: int) -> tuple[str, str]:
    """The influence, other than its seed, that changes a member, and a hint."""
    members, _, changed = _trained(train_members)
    if changed:
        return (
            "the `x` and `y` that were handed over are no longer what they were",
            "what one member's training does to `x` and `y`, the next member finds.",
        )
    # The member keeps its place but is trained beside a member of another seed.
    seeds = [23, 23]
    seeds[place] = SEEDS[place]
    beside = _train(train_members, seeds, before=1006).members
    if _distance(members[place], beside[place]) < SAME:
        return (
            "it depends on its place in the list",
            "in another list the same seed may stand elsewhere: what is each member "
            "seeded with?",
        )
    return (
        "it depends on the other members",
        "nothing random may happen between seeding a member and the end of its "
        "training, but its own building and training.",
    )
