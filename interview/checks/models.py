"""Checks for any Keras model that a learner's function builds, whatever its task."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, fail, need, once
from interview.checks.kit import as_numbers, close, gap


def keras_model(returned: Any, *, name: str, compiled: bool = True) -> keras.Model:
    """What a builder returned, if it is a Keras model, compiled with a loss if asked.

    Args:
        returned: what the learner's function returned.
        name: the name of that function.
        compiled: whether the model must be compiled, because `fit` will be called.
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
        own = overrides(returned, "train_step", "compute_loss")
        need(
            returned.loss or own or returned.losses,
            expected="a model compiled with a loss",
            got="a model compiled without one",
            hint="without a loss there is nothing that training could lower.",
        )
    return returned


def overrides(model: keras.Model, *names: str) -> bool:
    """Whether the model's class overrides one of these methods of `keras.Model`."""
    return any(getattr(type(model), n) is not getattr(keras.Model, n) for n in names)


def layers_of(model: keras.Model) -> Iterator[keras.Layer]:
    """All layers of a model, including those nested in other layers and models."""
    for layer in model.layers if isinstance(model, keras.Model) else ():
        yield layer
        yield from layers_of(layer)


def build_metrics(model: keras.Model, x: Any, y: Any) -> None:
    """Make the variables of a compiled model's loss and metrics before `fit` does.

    A `tf.function` that makes variables in its first trace is traced again, which takes
    most of the time of a small model's `fit`.

    Args:
        model: compiled.
        x: the rows that `fit` or `evaluate` will get, or some of them.
        y: their labels or targets.
    """
    # Errors are ignored: `fit` raises them again, in words that the learner knows.
    with contextlib.suppress(Exception):
        few, labels = keras.tree.map_structure(lambda rows: rows[:2], (x, y))
        outputs = model(few, training=False)
        model.compute_loss(few, labels, outputs)
        model.compute_metrics(few, labels, outputs)
        model.reset_metrics()


def reloaded(model: keras.Model, *known: type, compiled: bool = False) -> keras.Model:
    """The model from a file, loaded in safe mode.

    Args:
        model: the model to save.
        known: the learner's classes.
        compiled: whether its optimizer and loss are loaded too.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        classes = {c.__name__: c for c in known}
        return keras.saving.load_model(path, custom_objects=classes, compile=compiled)


def same_from_file(
    model: keras.Model,
    call: Callable[[keras.Model], Any],
    *known: type,
    what: str = "outputs",
    hint: str = "are all numbers that were drawn once in weights that the model knows?",
    atol: float = 1e-4,
    compiled: bool = False,
) -> keras.Model:
    """The model from a file, which must give the same numbers as the one saved.

    Args:
        model: to save.
        call: computes the numbers to compare from a model.
        known: the learner's classes.
        what: the name of those numbers, for the message.
        hint: shown if the numbers differ.
        atol: by how much they may differ.
        compiled: whether its optimizer and loss are loaded too.
    """
    before = as_numbers(call(model))
    loaded = reloaded(model, *known, compiled=compiled)
    after = as_numbers(call(loaded))
    need(
        close(after, before, atol=atol),
        expected=f"the same {what} after saving and loading",
        got=gap(after, before),
        hint=hint,
    )
    return loaded


OWN = "a model of its own from each call, with its weights, optimizer and metrics"
MADE_ONCE = (
    "a default argument is made once, when `def` is read, and so is what stands "
    "outside the function. What has each model to have for itself?"
)


class _Two:
    """The models from two calls, and whether they start from the same weights."""

    def __init__(self, one: keras.Model, two: keras.Model, x: Any) -> None:
        self.models = one, two
        for model in self.models:
            if not model.built:
                model(x, training=False)
        pairs = zip(one.get_weights(), two.get_weights(), strict=False)
        drawn = [np.array_equal(a, b) for a, b in pairs if np.ptp(a) > 0]
        self.are_alike = bool(drawn) and all(drawn)


def claim_own_models(
    part: AnswerClaims,
    data: Callable[[], tuple[Any, Any]],
    two: Callable[[Any], Sequence[Any]] = lambda build: (build(), build()),
    place: int | None = None,
) -> None:
    """Add a claim and a note on two calls of a builder: the models share no weights.

    Objects without state, such as a loss or a layer without weights, may be shared.

    Args:
        part: of the builder.
        data: rows, and their labels or targets; None for a model that isn't compiled.
        two: what two calls of the answer return.
        place: of the model that is trained, if more than that is returned.
    """

    @once
    def two_models(answer: Any) -> _Two:
        models = two(answer)
        if place is not None:
            models = [returned[place] for returned in models]
        return _Two(*models, data()[0])

    @part.claim("each call builds a model of its own")
    def builds_its_own(answer: Any) -> None:
        one, two = two_models(answer).models
        need(one is not two, expected=OWN, got="the same one twice", hint=MADE_ONCE)
        optimizer = getattr(one, "optimizer", None)
        need(
            optimizer is None or optimizer is not two.optimizer,
            expected=OWN,
            got="one optimizer for both: it knows the weights that it met first, and "
            "the second model can't be trained",
            hint=MADE_ONCE,
        )
        need(
            not (both := in_both(one.weights, two.weights)),
            expected=OWN,
            got=f"weights that both have, {both}: training the one changes the other",
            hint=MADE_ONCE,
        )
        x, y = data()
        if y is None:
            return
        if _holds_own_code(one):
            _judge_trainings(one, two, x, y)
        for model in (one, two):
            build_metrics(model, x, y)
        need(
            not (both := in_both(one.metrics_variables, two.metrics_variables)),
            expected=OWN,
            got=f"a metric that counts for both, {both}",
            hint=MADE_ONCE,
        )

    @part.note
    def begins_alike(answer: Any) -> str | None:
        if not two_models(answer).are_alike:
            return None
        return (
            "each call begins with the same weights, as by a seed that is set inside. "
            "What would five of these models be worth as an ensemble?"
        )


def in_both(some: list[keras.Variable], others: list[keras.Variable]) -> str:
    """The first variables that are in both lists, as paths."""
    known = {id(variable) for variable in some}
    return ", ".join([v.path for v in others if id(v) in known][:3])


def _holds_own_code(model: keras.Model) -> bool:
    """Whether a class of the learner's is in the model and may hide shared layers."""
    classes = {type(layer) for layer in (model, *layers_of(model))}
    return any(not c.__module__.startswith("keras.") for c in classes)


def _judge_trainings(one: keras.Model, two: keras.Model, x: Any, y: Any) -> None:
    """Train two models for one step each; neither may change the other."""

    def train(model: keras.Model) -> None:
        # Eager, because tracing would take most of the time.
        model.run_eagerly = True
        try:
            model.fit(x, y, batch_size=len(keras.tree.flatten(x)[0]), verbose=0)
        except Exception as error:
            # What one model alone meets has nothing to do with another one.
            if "Unknown variable" not in str(error):
                raise
            fail(
                expected=OWN,
                got="a model that can't be trained once another one was",
                hint=MADE_ONCE,
                cause=error,
            )

    if overrides(one, "train_step"):  # which may hide an optimizer
        train(one)
    before = one.get_weights()
    train(two)
    need(
        all(map(np.array_equal, before, one.get_weights())),
        expected=OWN,
        got="a first model whose weights move while the second one is trained",
        hint=MADE_ONCE,
    )
