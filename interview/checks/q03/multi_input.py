"""`build_multi_input`, judged on noise and on a rule that needs both inputs together.

A subclassed model has no list of inputs, so it gets them by name. The check doesn't
cover a branch that is too narrow beside the other, whether the metadata are scaled, or
a learning rate that is merely poor, since the rule is easy.
"""

import functools

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault, fail, need, once
from interview.checks.classifiers import (
    judge_loss,
    judge_scores,
    judge_sizes,
    judge_softmax,
    note_compiled,
    scores_of,
    share_right,
)
from interview.checks.kit import as_numbers, close, shaped, steady
from interview.checks.models import claim_own_models, keras_model
from interview.checks.q03.inputs import input_names, judge_inputs
from interview.checks.training import hasten_averages, learning_rate, train_until

SIGNATURE = (
    "build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5)"
)
ROWS = 12
RULE_ROWS, RULE_BATCH = 96, 24
RULE_SIZES = {"image_shape": (48, 48, 3), "metadata_size": 4, "num_classes": 2}
# Rounds of four epochs. Slow optimizers learn the rule within ROUNDS. A model that
# hasn't by then never does, and nor does one whose loss doesn't fall over the PLATEAU.
# To learn from one input alone takes ROUNDS_ALONE.
ROUNDS, PLATEAU, ROUNDS_ALONE = 40, 20, 15

part = AnswerClaims("build_multi_input")


def random_rows(shape: tuple[int, ...], size: int, rows: int) -> dict[str, np.ndarray]:
    """Random images of a shape and metadata of a size, by input name."""
    random = np.random.default_rng(0)
    return {
        "image": random.random((rows, *shape), dtype="float32"),
        "metadata": random.standard_normal((rows, size)).astype("float32"),
    }


@functools.cache
def rows() -> dict[str, np.ndarray]:
    """Random images and metadata in the default shapes."""
    return random_rows((64, 64, 3), 10, ROWS)


@once
def network(build_multi_input) -> keras.Model:
    """The learner's model for the default arguments, built once for all claims."""
    keras.utils.set_random_seed(0)
    return keras_model(build_multi_input(), name="build_multi_input")


@part.claim("takes `image` and `metadata` by name, and gives five finite scores a row")
def named_inputs(build_multi_input):
    model = network(build_multi_input)
    judge_inputs(model, ("image", "metadata"))
    stacked = Fault(
        (2 * ROWS, 5),
        "the features of image and metadata stand below one another, as if they were "
        "of different apples",
        "the first axis counts the rows; features are put side by side on the last.",
    )
    scores = shaped(
        keras.tree.flatten(model(rows(), training=False))[0],
        (ROWS, 5),
        what="scores",
        faults=(stacked,),
        hint="one row for each image, one score for each class.",
    )
    need(
        np.isfinite(scores).all(),
        expected="finite scores",
        got="NaN or infinity from a model that hasn't been trained",
        hint="is there a logarithm or a division in the model?",
    )


@part.claim("calls its output `class`")
def named_output(build_multi_input):
    model = network(build_multi_input)
    outputs = model(rows(), training=False)
    if isinstance(outputs, dict):
        names = list(outputs)
    elif input_names(model) is None:
        return  # a tensor of a subclassed model has no name
    else:
        names = list(model.output_names)
    need(
        names == ["class"],
        expected="one output, named `class`",
        got=", ".join(names),
        hint="an output is called after the layer that makes it.",
    )


@part.claim("its scores are probabilities that sum to 1, or logits")
def valid_scores(build_multi_input):
    judge_scores(network(build_multi_input), rows())


@part.claim("gives the same scores twice in inference, and for a row by itself")
def steady_scores(build_multi_input):
    model, data = network(build_multi_input), rows()
    together = steady(lambda: scores_of(model, data), what="scores")
    alone = scores_of(model, {name: values[:1] for name, values in data.items()})
    need(
        close(alone, together[:1]),
        expected="a row's own scores, whatever rows it comes with",
        got=f"scores that differ by up to {np.abs(alone - together[:1]).max():.2g}: "
        "something mixes the rows of a batch",
        hint="the first axis counts the rows. Which operation runs along it?",
    )


@part.claim("reads a dict by its keys, and a list as image, metadata")
def dict_and_list(build_multi_input):
    model, data = network(build_multi_input), rows()
    right = scores_of(model, data)
    expected = "the same scores, whichever key of the dict comes first"
    try:
        turned = scores_of(model, dict(reversed(data.items())))
    except Exception as error:
        fail(
            expected=expected,
            got="the dict's values are taken in the order they come",
            hint="a dict is read by its keys.",
            cause=error,
        )
    need(
        close(turned, right),
        expected=expected,
        got=f"scores that differ by up to {np.abs(turned - right).max():.2g}",
        hint="a dict is read by its keys, not in the order they come.",
    )
    names = input_names(model)
    need(
        names in (None, ["image", "metadata"]),
        expected="the order image, metadata: a list [images, metadata] has no names "
        "to go by",
        got=f"the order {', '.join(names or [])}",
        hint="what order are the inputs handed to `keras.Model` in?",
    )


@part.claim("takes integer labels, and its loss agrees with its scores")
def integer_labels(build_multi_input):
    judge_loss(network(build_multi_input), rows(), np.arange(ROWS) % 5)


@part.claim("both inputs matter: each has a gradient, and shuffling it changes scores")
def uses_both_inputs(build_multi_input):
    model, data = network(build_multi_input), rows()
    right = scores_of(model, data)
    for name, values in data.items():
        shuffled = scores_of(model, {**data, name: np.roll(values, 1, axis=0)})
        slope = _slope(model, name)
        # Untrained networks may hardly react to noise, so 1e-7 counts as a reaction.
        need(
            np.abs(shuffled - right).max() >= 1e-9 or slope >= 1e-12,
            expected=f"other scores when `{name}` is shuffled among the rows",
            got=f"the same scores to the last digit: `{name}` never reaches the output",
            hint="Keras lets an input end nowhere without a word. Follow it from its "
            "`keras.Input` to the output, variable by variable.",
        )
        need(
            slope >= 1e-12,
            expected=f"a gradient of the scores with respect to `{name}`",
            got=f"zero: nothing before the point where `{name}` is cut off can learn",
            hint="rounding, argmax and `stop_gradient` let values through, and no "
            "gradient.",
        )


def _slope(model: keras.Model, name: str) -> float:
    """The slope of the scores' spread with respect to an input; 0 without one."""
    inputs = {key: tf.constant(values) for key, values in rows().items()}
    with tf.GradientTape() as tape:
        tape.watch(inputs[name])
        scores = keras.tree.flatten(model(inputs, training=False))[0]
        spread = tf.reduce_sum(tf.square(scores - tf.reduce_mean(scores, axis=0)))
    gradient = tape.gradient(spread, inputs[name])
    return 0.0 if gradient is None else float(np.abs(as_numbers(gradient)).max())


@part.claim("works for other images, other metadata and another number of classes")
def other_sizes(build_multi_input):
    shape, size = (72, 56, 1), 3
    sizes = {"image_shape": shape, "metadata_size": size, "num_classes": 7}
    judge_sizes(build_multi_input, random_rows(shape, size, 6), 5, **sizes)


def rule(seed: int) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """An XOR: the class is whether a bright image and a positive number come together.

    Neither input alone predicts the class, and nor does a sum of one score per input.
    The last array returned is whether each image is bright.
    """
    random = np.random.default_rng(seed)
    bright, above = np.arange(RULE_ROWS) % 2, np.arange(RULE_ROWS) // 2 % 2
    image = (
        random.random((RULE_ROWS, *RULE_SIZES["image_shape"]), dtype="float32") * 0.2
    )
    image += 0.7 * bright[:, None, None, None].astype("float32")
    metadata = 0.2 * random.standard_normal((RULE_ROWS, 4)).astype("float32")
    metadata[:, 1] += 2 * above - 1
    agree = (bright == above).astype("int64")
    return {"image": image, "metadata": metadata}, agree, bright


@part.claim("learns a rule in which one input turns the meaning of the other round")
def learns_a_rule(build_multi_input):
    data, y, bright = rule(0)
    fresh, fresh_y, fresh_bright = rule(1)

    def learn(labels, fresh_labels, rounds):
        """Train a new model; return it and its best accuracy on fresh rows."""
        keras.utils.set_random_seed(1)
        model = build_multi_input(**RULE_SIZES)
        model(data, training=False)
        hasten_averages(model)
        trained = train_until(
            model,
            data,
            labels,
            score=lambda: max(
                share_right(scores_of(model, fresh, mode), fresh_labels)
                for mode in (False, True)
            ),
            enough=0.95,
            batch=RULE_BATCH,
            rounds=rounds,
            plateau=PLATEAU,
        )
        return model, trained.best

    model, best = learn(y, fresh_y, ROUNDS)
    if best >= 0.9:
        judge_softmax(model, fresh, fresh_y)
        return
    expected = (
        "0.90 of fresh rows right, where the class is whether a bright image and a "
        f"positive number go together; {RULE_ROWS} rows to learn from"
    )
    # A model that only adds one score per input can still learn from one input alone.
    _, alone = learn(bright, fresh_bright, ROUNDS_ALONE)
    need(
        alone >= 0.9,
        expected=expected,
        got=f"{best:.2f} at best, and {alone:.2f} where the class is whether the image "
        f"is bright: at a learning rate of {learning_rate(model):.2g} it learns "
        "neither",
        hint="a learning rate that is far off, too much dropout, or a branch that "
        "loses the brightness.",
    )
    never = (
        ": the branches never interact, what the image says is added to what the "
        "metadata say"
    )
    fail(
        expected=expected,
        got=f"{best:.2f} at best{never if best < 0.8 else ''}",
        hint="neither input tells anything here, and neither does a weighted sum of "
        "what both say. What has to come after the merge?",
    )


@part.note
def _(build_multi_input):
    if input_names(network(build_multi_input)) is None:
        return "the question asks for the functional API; this is a subclassed model."
    return None


def few() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Two of the rows, and labels."""
    return {name: values[:2] for name, values in rows().items()}, np.arange(2)


claim_own_models(part, few)
note_compiled(part, network, few)
