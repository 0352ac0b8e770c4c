"""`AttentionPooling`, judged by its outputs: alone, with a mask and in `fit`.

The hidden layer's tanh shows in scores that are bounded, and the learned vector in a
bound that is learned. The outputs can't tell tanh from another bounded function or a
gate, or how many units there are. So a note mentions too many or too few weights.
"""

import inspect

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from interview.checks import errors
from interview.checks.claims import AnswerClaims, Fault, fail, need
from interview.checks.kit import (
    agree,
    as_numbers,
    close,
    gap,
    is_about_sizes,
    shaped,
    steady,
)
from interview.checks.models import in_both, same_from_file
from interview.checks.training import build_optimizer

part = AnswerClaims("AttentionPooling")

UNITS, VOCABULARY, FEATURES = 4, 30, 8


def normal(*shape: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape).astype("float32")


@part.claim(
    "maps (batch, steps, features) to (batch, features), for any number of steps"
)
def pools_steps(pooling: type) -> None:
    need(
        inspect.isclass(pooling) and issubclass(pooling, layers.Layer),
        expected="a class that derives from keras.layers.Layer",
        got=getattr(pooling, "__name__", type(pooling).__name__),
        hint="Keras tracks, masks and saves layers: a function isn't one, and one "
        "layer isn't its class.",
    )
    layer, other = pooling(units=UNITS), pooling(UNITS)
    other(normal(2, 5, FEATURES))
    for batch, steps in ((2, 5), (3, 9), (1, 2)):
        x = normal(batch, steps, FEATURES)
        shaped(
            layer(x),
            (batch, FEATURES),
            what=f"for {batch} sequences of {steps} steps with {FEATURES} features, "
            "an output",
            faults=(
                Fault(
                    (batch, steps, FEATURES),
                    "a sequence came back, the steps aren't summed up",
                    "pooling leaves one vector for each sequence.",
                ),
                Fault(
                    None,
                    "not one tensor",
                    "the next layer takes the output alone. The weights can have a "
                    "method of their own, `attention_weights`.",
                ),
            ),
            hint="the weighted mean is over the steps, and of the inputs.",
        )
        steady(
            lambda x=x: layer(x),
            what="output",
            hint="what `call` makes, it makes anew at each call, weights included; and "
            "whatever is random rests unless `training` is True.",
        )
    both = in_both(layer.weights, other.weights)
    need(
        not both,
        expected="weights of its own in each layer",
        got=f"two layers that both have {both}",
        hint="what stands in the class is there for all its layers; what belongs to "
        "one is made in `__init__` or `build`.",
    )


@part.claim("the output is a weighted mean of the steps; the weights sum to one")
def averages(pooling: type) -> None:
    layer = pooling(UNITS)
    step = normal(2, 1, FEATURES)
    got, right = as_numbers(layer(np.repeat(step, 6, axis=1))), step[:, 0]
    factors = (got * right).sum(-1, keepdims=True) / np.square(right).sum(-1)[:, None]
    multiple = close(got, factors * right, atol=1e-3)
    agree(
        got,
        right,
        expected="six equal steps give that step back",
        shown=f"about {factors.mean():.2f} times the step"
        if multiple
        else "other numbers, which aren't the step times anything",
        faults=(
            Fault(
                right / 6,
                "divided by the number of steps, though the weights sum to one already",
                "weights that sum to one make a mean by themselves.",
            ),
            Fault(
                right * 6,
                "each step has a weight of one, so the weights don't sum to one",
                "the softmax is over an axis with one entry. Which axis are the steps "
                "on, and what is the shape of the scores?",
            ),
        ),
        hint="the weights don't sum to one: softmax over the steps."
        if multiple
        else "the mean is of the steps as they came in; what the hidden layer makes of "
        "them is for the scores.",
    )
    x = normal(64, 6, FEATURES)
    got = as_numbers(layer(x))
    need(
        (got < x.max(axis=1) + 1e-4).all() and (got > x.min(axis=1) - 1e-4).all(),
        expected="an output between the smallest and the largest step",
        got="numbers beyond them: not a mean of the inputs",
        hint="weight the inputs, not what the hidden layer made of them, and let no "
        "weight be negative.",
    )


def embedded(pooling: type) -> keras.Model:
    """Integers → embedding with mask → the learner's layer."""
    keras.utils.set_random_seed(0)
    words = keras.Input((None,), dtype="int32")
    embedding = layers.Embedding(VOCABULARY, FEATURES, "normal", mask_zero=True)
    return keras.Model(words, pooling(UNITS)(embedding(words)))


def random_words(seed: int, behind: int = 0, before: int = 0) -> np.ndarray:
    """Four sequences of six words, with zeros around them."""
    words = np.random.default_rng(seed).integers(1, VOCABULARY, (4, 6))
    return np.pad(words, ((0, 0), (before, behind)))


@part.claim("masked steps get no weight: padding of any length changes nothing")
def honours_the_mask(pooling: type) -> None:
    model = embedded(pooling)
    alone = as_numbers(model(random_words(0)))
    for before, behind in ((0, 3), (0, 40), (5, 0), (2, 2)):
        moved = np.abs(as_numbers(model(random_words(0, behind, before))) - alone).max()
        need(
            moved < 1e-4,
            expected="the same output with and without padding, behind "
            "`Embedding(mask_zero=True)`",
            got=f"{before} zeros before and {behind} behind the words move it by "
            f"{moved:.2g}: padding gets attention",
            hint="Keras hands the mask to `call` under the name `mask`, and only if "
            "`call` takes it. The rest is up to you: before or after the softmax?",
        )
    table = model.layers[1].embeddings
    rows = as_numbers(table)
    for size in (1.0, 100.0):
        rows[0] = size
        table.assign(rows)
        moved = np.abs(as_numbers(model(random_words(0, 3))) - alone).max()
        need(
            moved < 1e-5,
            expected="a weight of exactly 0 for padding",
            got=f"padding of size {size:.0f} moves the output by {moved:.2g}: padding "
            "gets attention",
            hint="put the mask on the scores, low enough, before the softmax.",
        )


@part.claim(
    "trains under `fit` behind a mask, and gives finite numbers for an empty row"
)
def trains_behind_a_mask(pooling: type) -> None:
    encoder = embedded(pooling)
    outputs = layers.Dense(1, activation="sigmoid")(encoder.outputs[0])
    model = keras.Model(encoder.inputs, outputs)
    model.compile("adam", "binary_crossentropy")
    build_optimizer(model)
    words = np.concatenate([random_words(1, 1), random_words(2, 1)])
    words[3] = 0
    try:
        history = model.fit(words, np.arange(8) % 2, verbose=0).history
    except tf.errors.InvalidArgumentError as error:
        if not is_about_sizes(error) or errors.met(error).line:
            raise
        fail(
            expected="one epoch of `fit` behind `Embedding(mask_zero=True)`",
            got="shapes that don't fit in the loss, after the layer",
            hint="the mask has a value for each step, and the output has no steps. "
            "What should `compute_mask` return?",
            cause=error,
        )
    need(
        np.isfinite(as_numbers(encoder(words))).all()
        and np.isfinite(history["loss"][0]),
        expected="finite numbers for a row that is all padding",
        got="NaN: a fully masked row",
        hint="what is softmax of nothing but minus infinity, or 0 divided by 0?",
    )
    hands_no_mask_on(pooling)


class MaskKeeper(layers.Layer):
    """Returns its inputs, and remembers the mask that Keras hands to it."""

    mask = None

    def call(self, inputs, mask=None):
        self.mask = mask
        return inputs


def hands_no_mask_on(pooling: type) -> None:
    """End the proof if the next layer gets a mask."""
    next_layer = MaskKeeper()
    next_layer(embedded(pooling).output)
    need(
        next_layer.mask is None,
        expected="no mask for the next layer",
        got="a mask, with which the loss would leave rows out",
        hint="a mask says which steps count, and there are no steps behind the "
        "pooling. What does `compute_mask` return?",
    )


def needle_task(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One step of five is marked in feature 0; its feature 1 is the label's sign."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((count, 5, 3)).astype("float32")
    x[..., 0] = 0
    rows, marked = np.arange(count), random.integers(0, 5, count)
    x[rows, marked, 0] = 2
    return x, (x[rows, marked, 1] > 0).astype("float32")


@part.claim("learns which step matters: one marked step of five decides")
def learns(pooling: type) -> None:
    accuracy = 0.0
    # One seed may fail by chance; three seeds don't.
    for seed in range(3):
        accuracy = max(accuracy, learnt(pooling, seed))
        if accuracy >= 0.9:
            break
    need(
        accuracy >= 0.9,
        expected="at least 0.90 right after 120 batches; a plain mean gets about 0.65",
        got=f"{accuracy:.2f}: the layer doesn't find the marked step",
        hint="a step's weight must depend on what is in the step.",
    )
    scores_by_tanh_units(pooling)


def scores_by_tanh_units(pooling: type) -> None:
    """End the proof unless scores are bounded, like tanh units, by a learned bound."""
    random, layer = np.random.default_rng(0), pooling(UNITS)
    directions = normal(32, FEATURES, seed=4)
    large = 1e4 * np.stack([directions, -directions], axis=1)
    layer(large)
    for variable in layer.trainable_variables:
        values = random.choice([-1, 1], variable.shape)
        variable.assign(values * random.uniform(0.1, 0.3, variable.shape))
    # Tanh is 1 or -1 here. With entries of at most 0.3 the scores of four units differ
    # by at most 2.4, and the weights by tanh(1.2), 0.83; without a bound they differ
    # by 1. Weights that Keras doesn't track aren't set here, and may be larger.
    lead = lead_of_first(layer, large)
    need(
        (np.abs(lead) < 1 - 1e-5).all(),
        expected="bounded scores, as tanh units give them: no step takes all the "
        "weight only because its numbers are large",
        got="scores that grow with the step without end",
        hint="what does the hidden layer do to its sums before the vector makes a "
        "score of them?",
    )
    for variable in layer.trainable_variables:
        variable.assign(2 * variable)
    need(
        np.abs(lead_of_first(layer, large) - lead).max() > 1e-3,
        expected="a learned vector that makes a score of the hidden units",
        got="where each unit is 1 or -1, the weights stay as they are though all that "
        "the layer learns is doubled",
        hint="how much each unit counts is learned too. Which weight is that, and does "
        "Keras know of it?",
    )


def lead_of_first(layer: layers.Layer, pairs: np.ndarray) -> np.ndarray:
    """The weight of the first of two opposite steps less that of the second."""
    step = pairs[:, 0]
    return (as_numbers(layer(pairs)) * step).sum(axis=-1) / np.square(step).sum(axis=-1)


def learnt(pooling: type, seed: int) -> float:
    """Accuracy on the needle task after a short training."""
    keras.utils.set_random_seed(seed)
    layer = pooling(8)
    model = keras.Sequential(
        [keras.Input((None, 3)), layer, layers.Dense(1, activation="sigmoid")]
    )
    need(
        layer.trainable_variables,
        expected="a layer with weights that are trained",
        got="none: Keras finds no trainable variables",
        hint="the scores are learned; `add_weight` in `build`, or layers made in "
        "`__init__`.",
    )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    build_optimizer(model)
    before = [as_numbers(v) for v in layer.trainable_variables]
    model.fit(*needle_task(64 * 120, seed=1), batch_size=64, verbose=0)
    after = [as_numbers(v) for v in layer.trainable_variables]
    need(
        any((a != b).any() for a, b in zip(before, after, strict=True)),
        expected="weights of the layer that move in training",
        got="they stay: no gradient reaches them",
        hint="do the weights depend on the scores, and the scores on the inputs?",
    )
    x, y = needle_task(500, seed=2)
    return float(np.mean((as_numbers(model(x))[:, 0] > 0.5) == y))


@part.claim("saves and loads: the same output from the file")
def saves_and_loads(pooling: type) -> None:
    model, words = embedded(pooling), random_words(2, 2)
    # The weights are changed, so that no initializer gives the same ones again.
    for variable in model.trainable_variables:
        variable.assign(variable + 0.1)
    same_from_file(
        model,
        lambda model: model(words),
        pooling,
        hint="which weights does Keras know of? It saves those made by `add_weight`, "
        "or by layers that are attributes.",
    )


@part.claim("`attention_weights`, where there is one, gives the weights of the mean")
def gives_weights(pooling: type) -> None:
    layer, x = pooling(UNITS), normal(3, 5, FEATURES, seed=3)
    pooled = as_numbers(layer(x))
    # An answer may use that name for a tensor or a layer of its own.
    if not inspect.isroutine(getattr(layer, "attention_weights", None)):
        return
    weights = shaped(
        layer.attention_weights(x),
        (3, 5),
        what="for 3 sequences of 5 steps, `attention_weights`",
        hint="one number for each step.",
    )
    mean = (weights[..., None] * x).sum(axis=1)
    need(
        close(mean, pooled),
        expected="`attention_weights` are what the output is weighted by",
        got=f"a mean with these weights has {gap(mean, pooled)}",
        hint="let `call` use the method itself.",
    )
    masked = as_numbers(layer.attention_weights(x, np.arange(5) < [[3]] * 3))
    need(
        np.abs(masked[:, 3:]).max() < 1e-12 and close(masked.sum(axis=1), np.ones(3)),
        expected="`attention_weights` of 0 where the mask is False, sum 1",
        got=f"up to {np.abs(masked[:, 3:]).max():.2g} there, sum "
        f"{masked.sum(axis=1).max():.3f}",
        hint="let `call` use the method itself, mask and all.",
    )


@part.note
def counts_its_numbers(pooling: type) -> str | None:
    counts = []
    for units in (UNITS, 2 * UNITS):
        layer = pooling(units)
        layer(normal(1, 2, FEATURES))
        counts.append(sum(int(np.prod(v.shape)) for v in layer.trainable_variables))
    if counts[0] == counts[1]:
        return "`units` makes no difference to how many numbers it learns."
    # The layer has a kernel and a vector, and may have biases for both.
    least = UNITS * (FEATURES + 1)
    if counts[0] in {least, least + 1, least + UNITS, least + UNITS + 1}:
        return None
    return (
        f"for {FEATURES} features and {UNITS} units a hidden layer and a vector have "
        f"{least + UNITS} numbers to learn, this layer has {counts[0]}. What are the "
        "others for?"
        if counts[0] > least
        else f"{counts[0]} numbers to learn are too few for a hidden layer of {UNITS} "
        f"units over {FEATURES} features. What scores a step?"
    )
