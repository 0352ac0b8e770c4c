"""`build_two_halves`, the bug hunt, judged without any training.

So the check doesn't cover the weights of the two losses or whether both outputs can be
learnt. How much the photographs count depends more on the first weights drawn than on
whether the encoder has one convolution or two. So the last claim checks what the task
asks for and doesn't predict the training.
"""

import functools
from collections.abc import Iterator

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, fail, need, once
from interview.checks.kit import as_numbers, probabilities
from interview.checks.models import claim_own_models, keras_model
from interview.checks.q03.inputs import judge_inputs
from interview.checks.training import evaluation

ROWS, HALVES = 12, ("left", "right", "metadata")

part = AnswerClaims("build_two_halves")


@functools.cache
def apples() -> dict[str, np.ndarray]:
    """Two photographs of each apple that differ in brightness, and measurements."""
    random = np.random.default_rng(0)
    return {
        "left": random.random((ROWS, 64, 64, 3), dtype="float32"),
        "right": random.random((ROWS, 64, 64, 3), dtype="float32") ** 3,
        "metadata": random.standard_normal((ROWS, 10)).astype("float32"),
    }


def _built(build_two_halves, seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    return keras_model(build_two_halves(), name="build_two_halves")


@once
def network(build_two_halves) -> keras.Model:
    """The repaired program's model, built once for all claims."""
    return _built(build_two_halves, seed=0)


def outputs_of(
    model: keras.Model, training: bool = False, **changed: np.ndarray
) -> dict[str, np.ndarray]:
    """The outputs by name for the apples, with some inputs replaced."""
    outputs = model({**apples(), **changed}, training=training)
    if not isinstance(outputs, dict):
        names = getattr(model, "output_names", ("class", "days"))
        outputs = dict(zip(names, keras.tree.flatten(outputs), strict=False))
    return {name: as_numbers(values) for name, values in outputs.items()}


@part.claim("takes `left`, `right` and `metadata`, gives `class` and `days`")
def named_outputs(build_two_halves):
    model = network(build_two_halves)
    judge_inputs(model, HALVES)
    other = build_two_halves((72, 56, 1), 3, 7)
    small = {"left": (72, 56, 1), "right": (72, 56, 1), "metadata": (3,)}
    zeros = {name: np.zeros((ROWS, *shape)) for name, shape in small.items()}
    for classes, outputs in ((5, outputs_of(model)), (7, outputs_of(other, **zeros))):
        shapes = {name: values.shape for name, values in outputs.items()}
        need(
            shapes == {"class": (ROWS, classes), "days": (ROWS, 1)},
            expected=f"the outputs class, ({ROWS}, {classes}), and days, ({ROWS}, 1)",
            got=", ".join(f"{name}, {shape}" for name, shape in shapes.items()),
            hint="keep the interface of the broken program, arguments included.",
        )


@part.claim("each half, and the metadata, changes the answer")
def every_input_counts(build_two_halves):
    model = network(build_two_halves)
    right = outputs_of(model)
    for name in HALVES:
        other = outputs_of(model, **{name: apples()[name][::-1].copy()})
        need(
            any(np.abs(other[key] - right[key]).max() >= 1e-9 for key in right),
            expected=f"another answer for another `{name}`",
            got=f"the same answer: `{name}` is never used",
            hint="follow each input by name through the program. Keras doesn't "
            "complain of an input that ends nowhere.",
        )


@part.claim("gives the same answer when the two halves change places")
def symmetric(build_two_halves):
    model = network(build_two_halves)
    left, dark = apples()["left"], np.zeros_like(apples()["left"])
    right = outputs_of(model)
    swapped = outputs_of(model, left=apples()["right"], right=left)
    same, nothing = (
        outputs_of(model, right=left),
        outputs_of(model, left=dark, right=dark),
    )
    expected = "the same answer when left is given as right and right as left"
    for key, values in right.items():
        scale = max(1e-6, np.abs(values).max())
        if np.abs(swapped[key] - values).max() <= 1e-4 * scale:
            continue
        need(
            np.abs(same[key] - nothing[key]).max() >= 1e-6 * scale,
            expected=expected,
            got=f"another `{key}`, and two halves that are equal say nothing: what "
            "counts is left minus right",
            hint="a difference changes its sign when its sides swap. What joins two "
            "vectors and doesn't mind their order?",
        )
        fail(
            expected=expected,
            got=f"another `{key}`: the two halves are read with different weights",
            hint="how many encoders are there, and how many should there be? "
            "`model.summary()` counts their weights. And does what joins the two "
            "vectors mind their order?",
        )
    _need_no_twins(model)


def _need_no_twins(model: keras.Model) -> None:
    """End the proof if each photograph has layers of its own.

    If both share their layers, swapping the photographs changes nothing, whatever the
    weights are.
    """
    before, random = model.get_weights(), np.random.default_rng(0)
    # The weights move a little, as in training, and variances stay positive.
    moved = [
        w * random.uniform(0.5, 1.5, w.shape) + random.uniform(0, 0.1, w.shape)
        if np.issubdtype(w.dtype, np.floating)
        else w
        for w in before
    ]
    model.set_weights(moved)
    right = outputs_of(model)
    swapped = outputs_of(model, left=apples()["right"], right=apples()["left"])
    model.set_weights(before)
    for key, values in right.items():
        off = np.abs(swapped[key] - values).max() / max(1e-6, np.abs(values).max())
        need(
            # `not off > …` accepts NaN: weights that overflow prove nothing.
            not off > 1e-4,
            expected="the same answer when left is given as right and right as left, "
            "with other weights than the first ones too",
            got=f"another `{key}`: what begins alike for both halves won't stay so",
            hint="training moves each layer by itself. Is there one that only one of "
            "the photographs goes through?",
        )


def _loudest(build_two_halves) -> Iterator[np.ndarray]:
    """The predicted days for inputs a thousand times larger, then for large weights."""
    # With one draw of weights, a last layer with ReLU may be dead; so four are tried.
    for seed in range(4):
        model = _built(build_two_halves, seed)
        for factor in (1e3, -1e3):
            loud = {name: factor * values for name, values in apples().items()}
            yield outputs_of(model, **loud)["days"]
    first = [as_numbers(weight) for weight in model.trainable_variables]
    for factor in (1e2, -1e2, 1e4, -1e4):
        for weight, values in zip(model.trainable_variables, first, strict=True):
            weight.assign(factor * (values + 1))
        yield outputs_of(model)["days"]


@part.claim("can say any number of days, not just 0 to 1, and its loss takes them")
def any_number_of_days(build_two_halves):
    days = []
    for loud in _loudest(build_two_halves):
        days.append(loud[np.isfinite(loud)])
        if (loud > 100 + 1e-3).any():
            break
    else:
        days = np.concatenate(days)
        fail(
            expected="days of any size: an apple keeps for weeks or months",
            got=f"numbers from {days.min():.2f} to {days.max():.2f}, even for inputs "
            "and weights that are far larger: the output is squeezed",
            hint="which activation does a regression end in?",
        )
    logs = evaluation(network(build_two_halves), apples(), targets())
    need(
        np.isfinite(logs["loss"]),
        expected="a finite loss for classes and days",
        got=f"{logs['loss']}",
        hint="which numbers can the output `days` give, and which does its loss take?",
    )


def targets() -> dict[str, np.ndarray]:
    """The apples' classes and days."""
    days = np.linspace(20, 60, ROWS, dtype="float32")[:, None]
    return {"class": np.arange(ROWS) % 5, "days": days}


def _crossed() -> dict[str, np.ndarray]:
    """Every photograph with every row of measurements, photograph by photograph.

    The photographs are in [0, 1] and vary like those of apples: their means have a
    standard deviation of 0.1, and their pixels have noise.
    """
    random = np.random.default_rng(1)
    level = np.linspace(0.3, 0.7, ROWS, dtype="float32")[:, None, None, None]
    grain = random.standard_normal((2, ROWS, 64, 64, 3), dtype="float32")
    left, right = np.clip(level + 0.06 * grain, 0, 1)
    metadata = random.standard_normal((ROWS, 10)).astype("float32")
    return {
        "left": np.repeat(left, ROWS, axis=0),
        "right": np.repeat(right, ROWS, axis=0),
        "metadata": np.tile(metadata, (ROWS, 1)),
    }


def _photographs_share(build_two_halves, training: bool) -> float:
    """How much the untrained scores vary with photographs, over with measurements."""
    found, crossed = [], _crossed()
    for seed in range(3):
        model = _built(build_two_halves, seed)
        scores = outputs_of(model, training, **crossed)["class"]
        logs = np.log(np.maximum(probabilities(scores), 1e-9))
        logs = logs.reshape(ROWS, ROWS, -1)
        found.append(logs.std(axis=0).mean() / max(1e-12, logs.std(axis=1).mean()))
    return float(np.mean(found))


@part.claim("photographs in [0, 1] count, beside the standardised measurements")
def hears_photographs(build_two_halves):
    heard = _photographs_share(build_two_halves, training=True)
    if heard < 0.1:
        heard = max(heard, _photographs_share(build_two_halves, training=False))
    need(
        heard >= 0.1,
        expected="class scores that vary, before any training, at least a tenth as "
        "much with photographs whose mean brightness varies by 0.1 (standard "
        "deviation) as with the measurements",
        got=f"{heard:.3f} times as much: the features of photographs in [0, 1] hardly "
        "differ, and training would take long to hear them",
        hint="what brings the photographs' end of the merge to the spread of the other "
        "end? Look at the pixels, or at the pooled features.",
    )


claim_own_models(part, lambda: (apples(), targets()))
