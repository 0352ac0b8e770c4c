"""Question 3: a model with two inputs, and its bug hunt, two photographs of one apple.

Judged by behaviour: what the model answers under the names and orders it was asked
for, whether both inputs reach its answer, what its loss says of its outputs, and
whether it learns a rule in which the one input turns the meaning of the other round.
How the branches are built, where they meet and what the loss is called are free; a
subclassed model, which has no list of inputs, is fed by name.

What it can't see: how well the model does on photographs (the notebook measures that),
a branch so narrow that it holds the other back, whether the metadata arrive scaled,
and a learning rate that is merely poor, since the rule is easy. Batch normalisation is
judged with a shorter memory than Keras's. Of `build_two_halves` it sees one pass: no
training, so neither the weights between its two losses nor whether both can be learnt.
"""

import time
import warnings

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail, once

ROWS = 12
RULE_SHAPE, RULE_ROWS, RULE_BATCH = (32, 32, 3), 96, 24
# Slow optimizers get there too; a model that hasn't by then won't.
PATIENCE_SECONDS, PATIENCE_EPOCHS = 20, 152
# Keras's moving averages take 500 steps to arrive, longer than the rule needs.
NORM_MOMENTUM = 0.8

SIGNATURE = (
    "build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5)"
)
HINTS = (
    ("unexpected keyword argument 'image_shape'", f"the signature is {SIGNATURE}."),
    ("unexpected keyword argument 'metadata_size'", f"the signature is {SIGNATURE}."),
    ("unexpected keyword argument 'num_classes'", f"the signature is {SIGNATURE}."),
    (
        "KerasTensor cannot be used as input to a TensorFlow function",
        "on symbolic tensors use a layer, or the function of the same name in "
        "`keras.ops`.",
    ),
    (
        "requires inputs with matching shapes",
        "features to be concatenated may differ on the last axis only. What makes a "
        "vector of an image's features?",
    ),
    (
        "All operation names should be unique",
        "two layers have one name; each input and each layer needs its own.",
    ),
    (
        "incompatible shapes",
        "features that are added or multiplied need the same width.",
    ),
    (
        "Negative dimension size",
        "the image has shrunk to nothing on the way; smaller images are fed here too.",
    ),
    (
        "output size would be zero or negative",
        "the image has shrunk to nothing on the way; smaller images are fed here too.",
    ),
)


def _numpy(tensor) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor), dtype="float64")


def _names(model: keras.Model) -> list[str] | None:
    """Names of a functional model's inputs, in its order; None for other models."""
    inputs = getattr(model, "inputs", None)
    return [tensor.name for tensor in inputs] if inputs else None


def _random(shape: tuple[int, ...], size: int, rows: int, seed: int = 0) -> dict:
    random = np.random.default_rng(seed)
    return {
        "image": random.random((rows, *shape), dtype="float32"),
        "metadata": random.standard_normal((rows, size)).astype("float32"),
    }


def _class_scores(outputs) -> np.ndarray:
    """The scores, whether they come as a tensor, in a dict or in a list of one."""
    if isinstance(outputs, dict) and "class" in outputs:
        outputs = outputs["class"]
    if isinstance(outputs, list | tuple) and len(outputs) == 1:
        outputs = outputs[0]
    return outputs


def _scores(model: keras.Model, inputs, training: bool = False) -> np.ndarray:
    return _numpy(_class_scores(model(inputs, training=training)))


def _must_be_model(model, name: str) -> None:
    if isinstance(model, keras.callbacks.History):
        fail(
            expected="a keras.Model",
            got="the History that `fit` returns",
            hint=f"`{name}` builds and compiles; training is somebody else's call.",
        )
    if not isinstance(model, keras.Model):
        fail(
            expected="a keras.Model",
            got="None: nothing was returned" if model is None else f"{model!r:.80}",
            hint="the function ends by returning the model.",
        )


def _must_be_compiled(model: keras.Model) -> None:
    if not model.compiled:
        fail(
            expected="a model that `fit` can be called on",
            got="a model that isn't compiled",
            hint="give it an optimizer and a loss before you return it.",
        )
    overrides = any(
        getattr(type(model), name) is not getattr(keras.Model, name)
        for name in ("compute_loss", "train_step")
    )
    if not model.loss and not overrides and not model.losses:
        fail(
            expected="a loss to minimise",
            got="a compiled model without a loss",
            hint="which loss takes integer labels?",
        )


def _must_have_inputs(model: keras.Model, wanted: tuple[str, ...]) -> None:
    names = _names(model)
    if names is None:
        return
    quoted = " and ".join(", ".join(f"`{n}`" for n in wanted).rsplit(", ", 1))
    if len(names) != len(wanted):
        fail(
            expected=f"{len(wanted)} inputs, {quoted}",
            got=f"{len(names)}: {', '.join(names)}",
            hint="each kind of input has its own `keras.Input`, and the model is told "
            "of all of them.",
        )
    if set(names) != set(wanted):
        fail(
            expected=f"inputs named {quoted}",
            got=f"inputs named {', '.join(names)}",
            hint="a name that isn't given is made up, and no caller knows it.",
        )


# build_multi_input


class _Trial:
    """The learner's model for the default arguments, built once for all steps."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(0)
        self.model = build()
        self.data = _random((64, 64, 3), 10, ROWS)

    def scores(self) -> np.ndarray:
        return _scores(self.model, self.data)


@once
def _trial(build) -> _Trial:
    """The trial that most steps look at; `check` forgets it, answers change."""
    return _Trial(build)


def _takes_both_by_name(build) -> None:
    """takes `image` and `metadata` by name, and gives five finite scores a row"""
    model, data = _trial(build).model, _trial(build).data
    _must_be_model(model, "build_multi_input")
    _must_have_inputs(model, ("image", "metadata"))
    outputs = _class_scores(model(data, training=False))
    shape = tuple(getattr(outputs, "shape", ()))
    if shape == (2 * ROWS, 5):
        fail(
            expected=f"scores of shape ({ROWS}, 5) for {ROWS} images",
            got=f"shape {shape}: the features of image and metadata stand below one "
            "another, as if they were of different apples",
            hint="the first axis counts the rows; features are put side by side on "
            "the last.",
        )
    if shape != (ROWS, 5):
        fail(
            expected=f"scores of shape ({ROWS}, 5) for {ROWS} images",
            got=f"shape {shape}" if shape else f"{type(outputs).__name__}",
            hint="one row for each image, one score for each class.",
        )
    if not np.isfinite(_numpy(outputs)).all():
        fail(
            expected="finite scores",
            got="NaN or infinity",
            hint="is there a logarithm or a division in the model?",
        )


def _names_its_output(build) -> None:
    """calls its output `class`"""
    model = _trial(build).model
    outputs = model(_trial(build).data, training=False)
    if isinstance(outputs, dict):
        names = list(outputs)
    else:
        names = list(getattr(model, "output_names", None) or [])
    if _names(model) is None and not isinstance(outputs, dict):
        # A subclassed model that returns a tensor has no names for outputs.
        return
    if names != ["class"]:
        fail(
            expected="one output, named `class`",
            got=f"{', '.join(names)}",
            hint="an output is called after the layer that makes it.",
        )


def _any_order_of_names(build) -> None:
    """gives the same scores for a dict in either order and for `[image, metadata]`"""
    trial = _trial(build)
    model, data, right = trial.model, trial.data, trial.scores()
    try:
        turned = _scores(model, dict(reversed(data.items())))
    except Exception as error:
        fail(
            expected="the same scores, whichever key of the dict comes first",
            got=f"{type(error).__name__}: the dict's values are taken in the order "
            "they come",
            hint="a dict is read by its keys.",
        )
    if not np.allclose(turned, right, atol=1e-5):
        fail(
            expected="the same scores, whichever key of the dict comes first",
            got=f"scores that differ by up to {np.abs(turned - right).max():.2g}",
            hint="is a dict's value taken by its key? And is noise left on in "
            "inference?",
        )
    names = _names(model)
    if names is None:
        return
    if names != ["image", "metadata"]:
        fail(
            expected="the order image, metadata: a list [images, metadata] has no "
            "names to go by",
            got=f"the order {', '.join(names)}",
            hint="what order are the inputs handed to `keras.Model` in?",
        )
    with warnings.catch_warnings():
        # A model that was made with a dict of inputs remarks on a list, and takes it.
        warnings.simplefilter("ignore")
        listed = _scores(model, [data["image"], data["metadata"]])
    if not np.allclose(listed, right, atol=1e-5):
        fail(
            expected="the same scores for [images, metadata] as for the dict",
            got=f"scores that differ by up to {np.abs(listed - right).max():.2g}",
            hint="inputs are handed over in the order image, metadata.",
        )


def _are_probabilities(scores: np.ndarray) -> bool:
    return bool((scores >= 0).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-2))


def _cross_entropy(scores: np.ndarray, y: np.ndarray) -> float:
    """Mean cross-entropy of outputs, read as the probabilities or logits they are."""
    if _are_probabilities(scores):
        p = scores
    else:
        p = np.exp(scores - scores.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
    return float(-np.log(np.maximum(p[np.arange(len(y)), y], 1e-7)).mean())


def _scores_agree(build) -> None:
    """its scores are probabilities that sum to 1, or logits"""
    trial = _trial(build)
    scores = trial.scores()
    loud = {name: 20 * values for name, values in trial.data.items()}
    both = np.concatenate([scores, _scores(trial.model, loud)])
    if _are_probabilities(scores):
        return
    expected = "rows that sum to 1, or logits, which are any numbers"
    if (both >= 0).all() and np.allclose(scores.sum(axis=0), 1, atol=1e-2):
        fail(
            expected=expected,
            got="columns that sum to 1: the softmax runs over the batch",
            hint="the classes are on the last axis; that is softmax's default.",
        )
    if (both >= 0).all() and both.max() <= 1:
        fail(
            expected=expected,
            got="each score in [0, 1] by itself, rows that sum to "
            f"{scores.sum(axis=1).mean():.2f}: a sigmoid for each class",
            hint="an apple has one grade of five, so the five probabilities share one "
            "whole. Which activation makes them compete?",
        )
    if (both >= 0).all():
        fail(
            expected=expected,
            got="no score below zero: a ReLU on the output cuts them off",
            hint="a class that is unlikely needs a negative logit. Which activation "
            "belongs on the last layer?",
        )


def _reported(model: keras.Model, data: dict, y: np.ndarray) -> float:
    """The loss that the model reports in inference, without regularisers."""
    # Not `test_on_batch`: it hands a step of the learner's own (x, y, None).
    logs = model.evaluate(data, y, batch_size=len(y), verbose=0, return_dict=True)
    return float(logs["loss"]) - float(sum(float(loss) for loss in model.losses))


def _loss_fits(build) -> None:
    """is compiled, takes integer labels, and its loss agrees with its output"""
    trial = _trial(build)
    model, data = trial.model, trial.data
    _must_be_compiled(model)
    y = np.arange(ROWS) % 5
    try:
        reported = _reported(model, data, y)
    except NotImplementedError:
        raise
    except Exception as error:
        if "rank" in str(error) or "shape" in str(error):
            fail(
                expected=f"integer labels of shape {y.shape} are accepted",
                got=f"{type(error).__name__}: the loss wants one-hot labels, of shape "
                f"({ROWS}, 5) as the outputs have",
                hint="the cross-entropy for integer labels has another name; its "
                "first word says that most of a one-hot row is zeros.",
            )
        raise
    # Loud inputs draw probabilities and logits apart.
    loud = {name: 3 * values for name, values in data.items()}
    for inputs, value in ((data, reported), (loud, _reported(model, loud, y))):
        scores = _scores(model, inputs)
        right = _cross_entropy(scores, y)
        if right > 4:
            # So sure and so wrong that the losses' own limits show.
            continue
        read = scores if _are_probabilities(scores) else np.clip(scores, 1e-7, 1)
        misread = _cross_entropy(read / read.sum(axis=1, keepdims=True), y)
        near_misread = abs(value - misread) < 0.05 * misread
        if not np.isfinite(value) or value > right + 1.5:
            logits = not _are_probabilities(scores) and near_misread
            fail(
                expected=f"a loss of about {right:.2f}, the cross-entropy of the "
                "model's outputs",
                got=f"{value:.2f}"
                + (": logits are read as if they were probabilities" if logits else ""),
                hint="either the last layer turns its scores into probabilities, or "
                "the loss is told that it gets logits; and labels are integers.",
            )


def _gradients(model: keras.Model, data: dict) -> dict[str, np.ndarray]:
    """Gradient of a spread of the scores with respect to each input, by example."""
    import tensorflow as tf

    tensors = {name: tf.constant(values) for name, values in data.items()}
    with tf.GradientTape() as tape:
        tape.watch(list(tensors.values()))
        scores = _class_scores(model(tensors, training=False))
        spread = tf.reduce_sum(tf.square(scores - tf.reduce_mean(scores, axis=0)))
    gradients = tape.gradient(spread, tensors)
    return {
        name: np.zeros(1) if gradient is None else _numpy(gradient)
        for name, gradient in gradients.items()
    }


def _both_matter(build) -> None:
    """both inputs matter: each has a gradient, and shuffling either changes scores"""
    trial = _trial(build)
    model, data, right = trial.model, trial.data, trial.scores()
    order = np.roll(np.arange(ROWS), 1)
    gradients = _gradients(model, data)
    for name in ("image", "metadata"):
        shuffled = _scores(model, {**data, name: data[name][order]})
        moved = np.abs(shuffled - right).max()
        # Untrained networks may hardly react to noise: 1e-7 is still a reaction.
        if moved < 1e-9 and np.abs(gradients[name]).max() < 1e-12:
            fail(
                expected=f"other scores when `{name}` is shuffled among the rows",
                got=f"the same scores to the last digit: `{name}` never reaches the "
                "output",
                hint="Keras lets an input end nowhere without a word. Follow it from "
                "its `keras.Input` to the output, variable by variable.",
            )
        if np.abs(gradients[name]).max() < 1e-12:
            fail(
                expected=f"a gradient of the scores with respect to `{name}`",
                got=f"zero: nothing before the point where `{name}` is cut off can "
                "learn",
                hint="rounding, argmax and `stop_gradient` let values through, and no "
                "gradient.",
            )


def _is_steady(build) -> None:
    """gives the same scores twice in inference, and for a row alone as in its batch"""
    trial = _trial(build)
    first, second = trial.scores(), trial.scores()
    if not np.allclose(first, second, atol=1e-5):
        fail(
            expected="the same scores for the same inputs when training=False",
            got=f"scores that differ by up to {np.abs(first - second).max():.2g}: "
            "dropout, or other noise, is left on in inference",
            hint="noise is for training; a layer is told by its `training` argument.",
        )
    alone = _scores(trial.model, {k: v[:1] for k, v in trial.data.items()})
    if not np.allclose(alone, first[:1], atol=1e-4):
        fail(
            expected="a row's own scores, whatever rows it comes with",
            got=f"scores that differ by up to {np.abs(alone - first[:1]).max():.2g}: "
            "something mixes the rows of a batch",
            hint="the first axis counts the rows. Which operation runs along it?",
        )


def _takes_other_sizes(build) -> None:
    """works for other images, other metadata and another number of classes"""
    shape, size, classes = (48, 32, 1), 3, 7
    arguments = f"image_shape={shape}, metadata_size={size}, num_classes={classes}"
    data = _random(shape, size, 6)
    expected = f"scores of shape (6, {classes}) from build_multi_input({arguments})"
    try:
        model = build(image_shape=shape, metadata_size=size, num_classes=classes)
        _must_be_model(model, "build_multi_input")
        found = _class_scores(model(data, training=False)).shape
    except (ValueError, TypeError) as error:
        text = str(error)
        if "unexpected keyword" in text or "Negative dimension" in text:
            raise
        places = {"image": "'image'", "metadata": "'metadata'"}
        culprit = next((n for n, part in places.items() if part in text), None)
        fail(
            expected=expected,
            got=f"{type(error).__name__}"
            + (f": the shape of `{culprit}` is hard-coded" if culprit else "")
            + f" ({text.splitlines()[0][:120]})",
            hint="use the arguments wherever a size is written down.",
        )
    if tuple(found) != (6, classes):
        fail(
            expected=expected,
            got=f"shape {tuple(found)}"
            + (": a hard-coded number of classes" if found[-1] == 5 else ""),
            hint="use the argument `num_classes`.",
        )
    try:
        model.evaluate(data, np.arange(6) % classes, verbose=0)
    except Exception as error:
        fail(
            expected=f"a loss that takes the labels 0 to {classes - 1}",
            got=f"{type(error).__name__}: the loss has a hard-coded number of classes",
            hint="use the argument `num_classes` in the loss too.",
        )


def _rule(seed: int) -> tuple[dict, np.ndarray, np.ndarray]:
    """Bright or dark, and a number above or below 0: the class is whether they agree.

    Neither input says anything alone, and no sum of two opinions can say it. What
    comes last is whether the image is bright.
    """
    random = np.random.default_rng(seed)
    bright, above = np.arange(RULE_ROWS) % 2, np.arange(RULE_ROWS) // 2 % 2
    image = random.random((RULE_ROWS, *RULE_SHAPE), dtype="float32") * 0.2
    image += 0.7 * bright[:, None, None, None].astype("float32")
    metadata = 0.2 * random.standard_normal((RULE_ROWS, 4)).astype("float32")
    metadata[:, 1] += 2 * above - 1
    agree = (bright == above).astype("int64")
    return {"image": image, "metadata": metadata}, agree, bright


def _learns_the_rule(build) -> None:
    """learns a rule in which one input turns the meaning of the other round"""
    model = _for_the_rule(build)
    if not model.trainable_weights:
        fail(
            expected="weights that training moves",
            got="no trainable weight: every layer is frozen",
            hint="`trainable` says whether the optimizer may touch a layer.",
        )
    data, y, _ = _rule(0)
    fresh, fresh_y, _ = _rule(1)
    best = _train_until_learnt(model, data, y, fresh, fresh_y)
    if best >= 0.9:
        _judge_softmax(model, fresh, fresh_y)
        return
    expected = (
        "0.90 of fresh rows right, where the class is whether a bright image and a "
        f"positive number go together; {RULE_ROWS} rows to learn from"
    )
    # A model that adds two opinions can still learn what one of them says.
    alone = _train_until_learnt(
        _for_the_rule(build), data, _rule(0)[2], fresh, _rule(1)[2], epochs=60
    )
    if alone < 0.9:
        rate = float(_numpy(model.optimizer.learning_rate))
        fail(
            expected=expected,
            got=f"{best:.2f} at best, and {alone:.2f} where the class is whether the "
            f"image is bright: at a learning rate of {rate:.2g} it learns neither",
            hint="a learning rate that is far off, too much dropout, or a branch that "
            "loses the brightness.",
        )
    fail(
        expected=expected,
        got=f"{best:.2f} at best"
        + (
            ": the branches never interact, what the image says is added to what "
            "the metadata say"
            if best < 0.8
            else ""
        ),
        hint="neither input tells anything here, and neither does a weighted sum of "
        "what both say. What has to come after the merge?",
    )


def _for_the_rule(build) -> keras.Model:
    keras.utils.set_random_seed(1)
    model = build(image_shape=RULE_SHAPE, metadata_size=4, num_classes=2)
    model(_rule(0)[0], training=False)
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = min(layer.momentum, NORM_MOMENTUM)
    return model


def _train_until_learnt(
    model: keras.Model,
    data: dict,
    y: np.ndarray,
    fresh: dict,
    fresh_y: np.ndarray,
    epochs: int = PATIENCE_EPOCHS,
) -> float:
    """Train until it holds for fresh rows; the best share right.

    Training mode is enough: batch normalisation's moving averages take their time.
    """
    random = np.random.default_rng(0)
    end = time.monotonic() + PATIENCE_SECONDS
    best, epoch, losses = 0.0, 0, []
    build_optimizer(model)
    while time.monotonic() < end and epoch < epochs and best < 0.95:
        epoch += 4
        # Four epochs as one, each in an order of its own: what `fit` does between
        # epochs takes longer than these steps.
        rows = np.concatenate([random.permutation(len(y)) for _ in range(4)])
        fitted = model.fit(
            {name: values[rows] for name, values in data.items()},
            y[rows],
            batch_size=RULE_BATCH,
            shuffle=False,
            verbose=0,
        )
        loss = fitted.history.get("loss", [0.0])[-1]
        if not np.isfinite(loss):
            rate = float(_numpy(model.optimizer.learning_rate))
            fail(
                expected="a loss that training brings down",
                got=f"a loss of {loss} at a learning rate of {rate:.2g}: training "
                "diverges",
                hint="steps this long jump over every valley.",
            )
        for training in (False, True):
            right = _scores(model, fresh, training).argmax(axis=1) == fresh_y
            best = max(best, float(right.mean()))
        losses.append(loss)
        if len(losses) > 20 and loss > losses[-20] - 0.01 * abs(losses[-20]):
            break  # a loss that hasn't fallen for eighty epochs
    return best


def _judge_softmax(model: keras.Model, data: dict, y: np.ndarray) -> None:
    """A second softmax, after the first or in the loss, shows once weights are loud.

    softmax(softmax(z)) of two classes is at most e / (e + 1), however sure z is.
    """
    trained = model.get_weights()
    largest, twice = [], []
    for factor in (1.0, 3.0, 10.0):
        model.set_weights(trained)
        for variable in model.trainable_variables:
            if len(variable.shape) >= 2:
                variable.assign(factor * variable)
        scores = _scores(model, data)
        if not np.isfinite(scores).all():
            continue
        if not _are_probabilities(scores):
            return
        largest.append(scores.max())
        right, again = _cross_entropy(scores, y), _cross_entropy(10 + scores, y)
        if abs(right - again) > 0.05:
            twice.append(abs(_reported(model, data, y) - again) < 0.01)
    if largest and max(largest) <= np.e / (np.e + 1) + 1e-3:
        fail(
            expected="probabilities near 1 for rows it is sure of",
            got=f"{max(largest):.2f} at most: softmax applied twice in a row",
            hint="look for a second softmax on the way from the merge to the output.",
        )
    if len(twice) > 1 and all(twice):
        fail(
            expected="a loss that takes the model's probabilities as they are",
            got="the loss of softmax(probabilities): softmax applied twice, once by "
            "the model, once by the loss",
            hint="a loss with from_logits=True wants scores as they are. Nothing warns "
            "you when another operation hides the softmax.",
        )


MULTI_INPUT: list[Proof] = [
    _takes_both_by_name,
    _names_its_output,
    _any_order_of_names,
    _scores_agree,
    _loss_fits,
    _both_matter,
    _is_steady,
    _takes_other_sizes,
    _learns_the_rule,
]


# build_two_halves

HALVES = ("left", "right", "metadata")


class _Halves:
    """The repaired program's model, on halves that differ, built once for all steps."""

    def __init__(self, build, seed: int = 0) -> None:
        keras.utils.set_random_seed(seed)
        self.model = build()
        random = np.random.default_rng(0)
        self.data = {
            "left": random.random((ROWS, 64, 64, 3), dtype="float32"),
            "right": random.random((ROWS, 64, 64, 3), dtype="float32") ** 3,
            "metadata": random.standard_normal((ROWS, 10)).astype("float32"),
        }

    def outputs(self, **changed) -> dict[str, np.ndarray]:
        outputs = self.model({**self.data, **changed}, training=False)
        if not isinstance(outputs, dict):
            names = getattr(self.model, "output_names", ("class", "days"))
            if not isinstance(outputs, list | tuple):
                outputs = [outputs]
            outputs = dict(zip(names, outputs, strict=False))
        return {name: _numpy(values) for name, values in outputs.items()}


@once
def _halves(build) -> _Halves:
    return _Halves(build)


def _halves_have_names(build) -> None:
    """takes `left`, `right` and `metadata`, gives `class` and `days`, is compiled"""
    trial = _halves(build)
    _must_be_model(trial.model, "build_two_halves")
    _must_have_inputs(trial.model, HALVES)
    _must_be_compiled(trial.model)
    shapes = {name: values.shape for name, values in trial.outputs().items()}
    if shapes != {"class": (ROWS, 5), "days": (ROWS, 1)}:
        fail(
            expected=f"the outputs class, ({ROWS}, 5), and days, ({ROWS}, 1)",
            got=", ".join(f"{name}, {shape}" for name, shape in shapes.items()),
            hint="keep the interface of the broken program.",
        )


def _both_halves_count(build) -> None:
    """each half, and the metadata, changes the answer"""
    trial = _halves(build)
    right = trial.outputs()
    for name in HALVES:
        other = trial.outputs(**{name: trial.data[name][::-1].copy()})
        if all(np.abs(other[key] - right[key]).max() < 1e-9 for key in right):
            fail(
                expected=f"another answer for another `{name}`",
                got=f"the same answer: `{name}` is never used",
                hint="follow each input by name through the program. Keras doesn't "
                "complain of an input that ends nowhere.",
            )


def _halves_may_swap(build) -> None:
    """gives the same answer when the two halves change places"""
    trial = _halves(build)
    right = trial.outputs()
    swapped = trial.outputs(left=trial.data["right"], right=trial.data["left"])
    left, dark = trial.data["left"], np.zeros_like(trial.data["left"])
    same = trial.outputs(right=left)
    nothing = trial.outputs(left=dark, right=dark)
    for key, values in right.items():
        scale = max(1e-6, np.abs(values).max())
        if np.abs(swapped[key] - values).max() > 1e-4 * scale:
            if np.abs(same[key] - nothing[key]).max() < 1e-6 * scale:
                fail(
                    expected="the same answer when the left half is given as right "
                    "and the right as left",
                    got=f"another `{key}`, and two halves that are equal say nothing: "
                    "what counts is left minus right",
                    hint="a difference changes its sign when its sides swap. What "
                    "joins two vectors and doesn't mind their order?",
                )
            fail(
                expected="the same answer when the left half is given as right and "
                "the right as left",
                got=f"another `{key}`: the two halves are read with different weights",
                hint="how many encoders are there, and how many should there be? "
                "`model.summary()` counts their weights.",
            )


def _days_are_days(build) -> None:
    """can say any number of days, not just 0 to 1"""
    seen = []
    # A last layer that can't go below zero may be dead in one draw of weights.
    for seed in range(4):
        trial = _Halves(build, seed)
        for factor in (1e3, -1e3):
            loud = {name: factor * values for name, values in trial.data.items()}
            seen.append(trial.outputs(**loud)["days"])
    days = np.concatenate(seen)
    if np.abs(days).max() <= 1 + 1e-6:
        fail(
            expected="days of any size: an apple keeps for weeks or months",
            got=f"numbers from {days.min():.2f} to {days.max():.2f}, even for inputs "
            "a thousand times as large: the output is squeezed",
            hint="which activation does a regression end in?",
        )
    targets = {
        "class": np.arange(ROWS) % 5,
        "days": np.linspace(20, 60, ROWS, dtype="float32")[:, None],
    }
    loss = trial.model.evaluate(trial.data, targets, verbose=0, return_dict=True)[
        "loss"
    ]
    if not np.isfinite(float(loss)):
        fail(
            expected="a finite loss for classes and days",
            got=f"{float(loss)}",
            hint="each output has its own loss.",
        )


TWO_HALVES: list[Proof] = [
    _halves_have_names,
    _both_halves_count,
    _halves_may_swap,
    _days_are_days,
]


question = Question(
    3,
    Part.of_steps("build_multi_input", MULTI_INPUT),
    Part.of_steps("build_two_halves", TWO_HALVES),
    hints=HINTS,
)
check = question.check
