"""`build_ensemble`, judged by `predict` and by calling the model, as an export does.

The ensemble may share its members' weights or copy them.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import helpers.quiet  # isort: skip
import keras
import numpy as np
from scipy.special import softmax

from interview.checks.claims import AnswerClaims, Fault, fail, need, once
from interview.checks.kit import agree, as_numbers, close, shaped, steady
from interview.checks.models import keras_model
from interview.checks.q08 import members as known

part = AnswerClaims("build_ensemble")


class _Built(NamedTuple):
    ensemble: keras.Model
    members: list[keras.Model]
    x: np.ndarray


def _networks(
    count: int, shape: tuple[int, ...], classes: int, name: str | None = None
) -> list[keras.Model]:
    """Small networks with dropout, which are confident and disagree with each other."""
    models = []
    for seed in range(count):
        keras.utils.set_random_seed(seed)
        model = keras.Sequential(
            [
                keras.Input(shape),
                keras.layers.Flatten(),
                keras.layers.Dense(8, activation="relu"),
                keras.layers.Dropout(0.5),
                keras.layers.Dense(classes, activation="softmax"),
            ],
            name=name,
        )
        model.set_weights([3 * w for w in model.get_weights()])
        model.compile("sgd", "sparse_categorical_crossentropy")
        models.append(model)
    return models


def _build(build_ensemble, members: list[keras.Model]) -> _Built:
    """The answer's model, after a first call that builds it."""
    shape = (70, *members[0].input_shape[1:])
    x = np.random.default_rng(1).standard_normal(shape).astype("float32")
    ensemble = keras_model(
        build_ensemble(members), name="build_ensemble", compiled=False
    )
    ensemble(x[:1])
    return _Built(ensemble, members, x)


@once
def _built(build_ensemble) -> _Built:
    """The model that most claims are about."""
    return _build(build_ensemble, _networks(3, (4,), 5))


@part.claim("returns one Keras model, which takes the members' input")
def one_model(build_ensemble):
    _built(build_ensemble)


@part.claim("has no parameters of its own")
def no_parameters_of_its_own(build_ensemble):
    ensemble, members, _ = _built(build_ensemble)
    own = ensemble.count_params() - sum(model.count_params() for model in members)
    need(
        own <= 0,
        expected="the parameters of 3 members, and no others",
        got=f"{own} more than they have",
        hint="a plain mean has nothing to learn.",
    )


@part.claim("gives the mean of its members' probabilities")
def mean_of_members(build_ensemble):
    built = _built(build_ensemble)
    _compare_mean(built, lambda x: built.ensemble.predict(x, verbose=0), "")
    _compare_mean(built)


def _compare_mean(
    built: _Built,
    call: Callable | None = None,
    way: str = " from a call of the model",
) -> None:
    ensemble, members, x = built
    each = np.stack([as_numbers(model(x, training=False)) for model in members])
    right = each.mean(axis=0)
    what = f"probabilities{way}"
    got = steady(lambda: (call or ensemble)(x), what=what, hint=known.DRAWN)
    shaped(
        got,
        right.shape,
        what=f"an output for {len(members)} members",
        hint="the members' outputs become one of the same shape.",
    )
    agree(
        got,
        right,
        expected="the mean of the members' probabilities, within 1e-6",
        shown=f"{what} that are up to {abs(got - right).max():.2g} off",
        hint="the members' weights have to come along as they were trained, and a "
        "built copy of a model begins with weights of its own.",
        faults=_faults(built, each),
        # Faults are matched with a larger tolerance, since some answers add a small
        # number under a logarithm.
        same=lambda a, b: close(a, b, atol=1e-6 if b is right else 1e-3),
    )


def _faults(built: _Built, each: np.ndarray) -> Iterator[Fault]:
    """Known mistakes; each one's numbers are computed only when they are needed."""
    plain = "which layer takes the plain mean of several tensors?"
    again = np.exp(each.mean(axis=0))
    yield from [
        Fault(each.sum(axis=0), "the sum of the members, not their mean", plain),
        Fault(each.max(axis=0), "the largest of the members' probabilities", plain),
        Fault(each.prod(axis=0), "the product of the members' probabilities", plain),
        *(
            Fault(
                softmax(np.log(each + small).mean(axis=0), axis=1),
                "the geometric mean of the members: averaged logits",
                "average the probabilities as they are.",
            )
            for small in (1e-30, keras.config.epsilon())
        ),
        Fault(
            again / again.sum(axis=1, keepdims=True),
            "a second softmax over the mean",
            "the members' outputs are probabilities already, and so is their mean.",
        ),
        Fault(
            each[:-1].mean(axis=0),
            "the mean without the last member",
            "every member has a say.",
        ),
        Fault(each[-1], "the last member alone", "every member has a say."),
        Fault(
            known.halved_mean(each),
            "the mean of two members, then of that and the next: the later a member, "
            "the more it counts",
            plain,
        ),
    ]
    _, members, x = built
    weights = zip(*(model.get_weights() for model in members), strict=True)
    (soup,) = _networks(1, x.shape[1:], each.shape[2])
    soup.set_weights([np.mean(w, axis=0) for w in weights])
    yield Fault(
        as_numbers(soup(x, training=False)),
        "those of one network with the mean of the members' weights",
        "the mean is that of the outputs: networks whose weights lie between two good "
        "ones needn't be good.",
    )


@part.claim("has the parameters of all its members")
def all_parameters(build_ensemble):
    ensemble, members, _ = _built(build_ensemble)
    right, got = sum(m.count_params() for m in members), ensemble.count_params()
    need(
        got == right,
        expected=f"{right} parameters, those of 3 members",
        got=f"{got}: Keras doesn't know all members as part of the model, so they "
        f"would not be saved with it",
        hint="call the members as layers, or keep them as attributes of the model.",
    )


@part.claim("leaves the members as they are")
def leaves_members(build_ensemble):
    members = _networks(3, (4,), 5)
    with known.left_alone(members):
        _build(build_ensemble, members)


@part.claim("works for other inputs, other numbers of members, and two classes")
def other_sizes(build_ensemble):
    first, _, x = _built(build_ensemble)
    before = as_numbers(first(x))
    _compare_mean(_build(build_ensemble, _networks(2, (6, 5, 1), 2)))
    _compare_mean(_build(build_ensemble, _networks(6, (3,), 3)))
    try:
        alone = _build(build_ensemble, _networks(1, (4,), 3))
    except Exception as error:
        fail(
            expected="an ensemble of one member, which says what that member says",
            got="an error, though 2 and 6 members make an ensemble",
            hint="a mean of one number is that number. Which line needs a second?",
            cause=error,
        )
    _compare_mean(alone)
    need(
        close(as_numbers(first(x)), before),
        expected="an ensemble that stays as it is when others are built",
        got="other probabilities: its members aren't its own",
        hint="what stands in a class, or outside the function, is there for all.",
    )


@part.claim("works for members that bear the same name")
def same_names(build_ensemble):
    _compare_mean(_build(build_ensemble, _networks(3, (4,), 5, name="member")))
