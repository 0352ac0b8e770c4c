"""Question 1: the convolutional classifier, and its bug hunt, preparing the data.

Judged by behaviour: what the model returns for digits, what its loss says about these
outputs, whether it can learn 64 digits by heart, whether other sizes work. How it is
built, which loss and optimizer it has and what it measures are free.

What it can't see: how well the model does on digits that it hasn't seen (the notebook
measures that), a learning rate that is merely poor (one that stands still for forty
epochs is refused), whether the argument `learning_rate` counts, a convolution written
by hand as patches and a dense layer (it looks for a kernel of rank four), and, in
`prepare`, statistics that were taken from the validation digits as well, which is a
smaller sin than taking them from the test. Batch normalisation is judged with a
shorter memory than Keras's, so that its inference mode arrives in time.
"""

import contextlib
import functools
import io
import time

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np

from helpers.data import load_mnist
from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail, once

MEMORISED = 64
BATCH = 16
# Slow optimizers get there too; a network that hasn't by then won't.
PATIENCE_SECONDS = 25
PATIENCE_EPOCHS = 600
# A loss that doesn't fall by a hundredth over so many epochs won't get there either.
PLATEAU_EPOCHS = 40
# Keras's moving averages take 500 steps to arrive, longer than 64 digits need.
NORM_MOMENTUM = 0.8

HINTS = (
    (
        "unexpected keyword argument 'input_shape'",
        "the signature is build_cnn(input_shape=(28, 28, 1), num_classes=10).",
    ),
    (
        "unexpected keyword argument 'num_classes'",
        "the signature is build_cnn(input_shape=(28, 28, 1), num_classes=10).",
    ),
    (
        "Negative dimension size",
        "the images have shrunk to nothing on the way. Count what each convolution "
        "and each pooling takes off.",
    ),
    (
        "output size would be zero or negative",
        "the images have shrunk to nothing on the way. Count what each convolution "
        "and each pooling takes off.",
    ),
    (
        "negative dimension",
        "the images have shrunk to nothing on the way. Count what each convolution "
        "and each pooling takes off.",
    ),
)


# build_cnn


@functools.cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    """64 digits in [0, 1] of shape (64, 28, 28, 1), and their classes (64,)."""
    with contextlib.redirect_stdout(io.StringIO()):
        data = load_mnist("sample")
    x = data.x_train[:MEMORISED, ..., None].astype("float32") / 255
    return x, data.y_train[:MEMORISED]


class _Trial:
    """The learner's model for the default arguments, built once for all steps."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(0)
        self.model = build()
        self.untrained_loss_fits = False
        if isinstance(self.model, keras.Model):
            for layer in self.model._flatten_layers():
                if isinstance(layer, keras.layers.BatchNormalization):
                    layer.momentum = min(layer.momentum, NORM_MOMENTUM)

    def scores(self, training: bool = False) -> np.ndarray:
        return _numpy(self.model(_digits()[0], training=training))


@once
def _trial(build) -> _Trial:
    """The trial that most steps look at; `check` forgets it, answers change."""
    return _Trial(build)


def _numpy(tensor) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor), dtype="float64")


def _are_probabilities(scores: np.ndarray) -> bool:
    return bool((scores >= 0).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-2))


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _cross_entropy(scores: np.ndarray, y: np.ndarray) -> float:
    """Mean cross-entropy of outputs, read as the probabilities or logits they are."""
    p = scores if _are_probabilities(scores) else _softmax(scores)
    return float(-np.log(np.maximum(p[np.arange(len(y)), y], 1e-7)).mean())


def _read_as_probabilities(scores: np.ndarray, y: np.ndarray) -> float:
    """What Keras's sparse cross-entropy makes of logits without `from_logits`."""
    clipped = np.clip(scores, 1e-7, 1 - 1e-7)
    return _cross_entropy(clipped / clipped.sum(axis=1, keepdims=True), y)


def _penalties(model: keras.Model, x: np.ndarray, training: bool) -> float:
    """What regularisers add to the loss, those of activities included."""
    model(x, training=training)
    return float(sum(float(loss) for loss in model.losses))


def _gives_scores(build) -> None:
    """returns a Keras model that gives ten finite scores for each digit"""
    model = _trial(build).model
    if isinstance(model, keras.callbacks.History):
        fail(
            expected="a keras.Model",
            got="the History that `fit` returns",
            hint="`build_cnn` builds and compiles; training is somebody else's call.",
        )
    if not isinstance(model, keras.Model):
        fail(
            expected="a keras.Model",
            got="None: nothing was returned" if model is None else f"{model!r:.80}",
            hint="the function ends by returning the model.",
        )
    x, _ = _digits()
    outputs = model(x[:12], training=False)
    shape = tuple(getattr(outputs, "shape", ()))
    if len(shape) == 4:
        fail(
            expected="scores of shape (12, 10) for 12 digits",
            got=f"shape {shape}: a score for each place in the image",
            hint="a Dense layer acts on the last axis alone and leaves height and "
            "width as they are. They have to be flattened or averaged away first.",
        )
    if shape != (12, 10):
        fail(
            expected="scores of shape (12, 10) for 12 digits",
            got=f"shape {shape}" if shape else f"{type(outputs).__name__}",
            hint="one row for each image, one score for each class.",
        )
    if not np.isfinite(_numpy(outputs)).all():
        fail(
            expected="finite scores",
            got="NaN or infinity from a network that hasn't been trained",
            hint="look for a division by zero or a logarithm of zero.",
        )


def _is_compiled(build) -> None:
    """is compiled, with an optimizer and a loss"""
    model = _trial(build).model
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
    if model.loss is None and not overrides and not model.losses:
        fail(
            expected="a loss to minimise",
            got="a compiled model without a loss",
            hint="which loss takes integer labels?",
        )


def _convolves(build) -> None:
    """looks at images through convolutions"""
    model = _trial(build).model
    if not any(len(weight.shape) >= 4 for weight in model.weights):
        fail(
            expected="at least one convolution: a kernel of shape "
            "(height, width, channels in, channels out)",
            got="no convolution; the largest weight has shape "
            f"{max((tuple(w.shape) for w in model.weights), key=np.prod, default=())}",
            hint="a dense layer learns each pixel by itself; what shares its weights "
            "between all places of the image?",
        )


def _scores_agree(build) -> None:
    """its scores are probabilities that sum to 1, or logits"""
    _judge_scores(_trial(build))


def _judge_scores(trial: _Trial) -> None:
    x, _ = _digits()
    scores = trial.scores()
    # Twenty times the ink drives any linear output far out of the unit interval.
    loud = _numpy(trial.model(20 * x, training=False))
    both = np.concatenate([scores, loud])
    if _are_probabilities(scores):
        return
    expected = "rows that sum to 1, or logits, which are any numbers"
    if (both >= 0).all() and np.allclose(scores.sum(axis=0), 1, atol=1e-2):
        fail(
            expected=expected,
            got="columns that sum to 1: the softmax runs over the batch",
            hint="the classes are on the last axis; that is softmax's default.",
        )
    if (both >= 0).all() and both.max() <= 1 and both.any():
        fail(
            expected=expected,
            got="each score in [0, 1] by itself, rows that sum to "
            f"{scores.sum(axis=1).mean():.2f}: a sigmoid for each class",
            hint="a digit is one of ten, so the ten probabilities share one whole. "
            "Which activation makes them compete?",
        )
    if (both >= 0).all() and both.any():
        fail(
            expected=expected,
            got="no score below zero: a ReLU on the output cuts them off",
            hint="a class that is unlikely needs a negative logit. Which activation "
            "belongs on the last layer?",
        )


def _loss_fits(build) -> None:
    """takes integer labels, and its loss before training is what chance costs"""
    trial = _trial(build)
    x, y = _digits()
    try:
        reported = _reported(trial.model, x, y)
    except NotImplementedError:
        raise
    except Exception as error:
        _explain_refusal(error, trial.scores(), y)
    scores = trial.scores()
    chance = _cross_entropy(scores, y)
    expected = (
        f"about {chance:.2f} for the outputs of the untrained network "
        f"(chance among ten classes costs ln 10 = {np.log(10):.2f})"
    )
    if not np.isfinite(reported):
        fail(
            expected=expected,
            got=f"a loss of {reported}",
            hint="does the loss read what the last layer gives, logits or "
            "probabilities?",
        )
    if reported <= chance + 1.5:
        trial.untrained_loss_fits = True
        return
    if np.isclose(reported, chance * len(y), rtol=0.05):
        return  # summed over the batch, not averaged: a scale like any other
    _explain_high_loss(reported, scores, y, expected)


def _reported(model: keras.Model, x: np.ndarray, y: np.ndarray) -> float:
    """The loss that the model reports in inference, without regularisers."""
    logs = model.evaluate(x, y, batch_size=len(x), verbose=0, return_dict=True)
    return float(logs["loss"]) - _penalties(model, x, training=False)


def _explain_refusal(error: Exception, scores: np.ndarray, y: np.ndarray) -> None:
    """The loss raised an error: is it one that wants one-hot labels?"""
    text = str(error)
    if "rank" in text or "shape" in text:
        fail(
            expected=f"integer labels of shape {y.shape} are accepted",
            got=f"{type(error).__name__}: the loss wants one-hot labels, of shape "
            f"{scores.shape} as the outputs have",
            hint="the cross-entropy for integer labels has another name; its first "
            "word says that most of a one-hot row is zeros.",
        )
    raise error


def _explain_high_loss(
    reported: float, scores: np.ndarray, y: np.ndarray, expected: str
) -> None:
    squared = float(np.square(y[:, None] - scores).mean())
    absolute = float(np.abs(y[:, None] - scores).mean())
    if not _are_probabilities(scores) and np.isclose(
        reported, _read_as_probabilities(scores, y), rtol=0.02
    ):
        fail(
            expected=expected,
            got=f"{reported:.2f}: the loss reads logits as if they were probabilities",
            hint="either the last layer turns its scores into probabilities, or the "
            "loss is told that it gets logits.",
        )
    if np.isclose(reported, squared, rtol=0.02) or np.isclose(
        reported, absolute, rtol=0.02
    ):
        fail(
            expected=expected,
            got=f"{reported:.2f}: the distance from each of ten scores to the label "
            "as a number, as in regression",
            hint="class 9 isn't nine times class 1. Which loss compares a "
            "distribution over classes with one class?",
        )
    fail(
        expected=expected,
        got=f"{reported:.2f}",
        hint="does the loss read what the last layer gives, logits or "
        "probabilities, and labels that are integers?",
    )


def _is_deterministic(build) -> None:
    """gives the same scores twice in inference"""
    trial = _trial(build)
    first, second = trial.scores(), trial.scores()
    if not np.allclose(first, second, atol=1e-5):
        fail(
            expected="the same scores for the same digits when training=False",
            got=f"scores that differ by up to {np.abs(first - second).max():.2g}: "
            "dropout, or other noise, is left on in inference",
            hint="noise is for training. A layer is told by its `training` argument; "
            "who passes it on, and what?",
        )


def _can_memorise(build) -> None:
    """can learn 64 digits by heart"""
    trial = _trial(build)
    if not trial.model.trainable_weights:
        fail(
            expected="weights that training moves",
            got="no trainable weight: every layer is frozen",
            hint="`trainable` says whether the optimizer may touch a layer.",
        )
    best = _memorise(trial)
    if best < 0.9:
        _judge_offset(trial)
        _explain_stuck(best, trial)
    _judge_scores(trial)
    _judge_range(trial)
    _judge_confidence(trial)
    for training in (True, False):
        scores = trial.scores(training)
        if _known(scores) >= 0.9:
            _judge_trained_loss(trial, scores, training)


def _known(scores: np.ndarray) -> float:
    """The part of the 64 digits whose own class has the highest score."""
    return float(np.mean(scores.argmax(axis=1) == _digits()[1]))


def _memorise(trial: _Trial) -> float:
    """Train on the 64 digits until they are known; the best accuracy seen.

    Known in training mode is enough: batch normalisation's moving averages, even at a
    shorter memory, arrive where the batches are some steps later.
    """
    model = trial.model
    x, y = _digits()
    end = time.monotonic() + PATIENCE_SECONDS
    before = [_numpy(weight) for weight in model.weights]
    best, epoch, enough, losses = 0.0, 0, PATIENCE_EPOCHS, []
    build_optimizer(model)
    while time.monotonic() < end and epoch < enough:
        fitted = model.fit(x, y, batch_size=BATCH, epochs=4, verbose=0)
        losses += fitted.history.get("loss", [0.0])
        _judge_finite(model, losses[-1])
        if epoch == 0:
            _judge_moved(model, before)
        epoch += 4
        best = max(best, *(_known(trial.scores(t)) for t in (True, False)))
        if best >= 0.97:
            break
        if best >= 0.9:
            # The rest may come, but nothing hangs on it.
            enough = min(enough, epoch + 12)
        elif _is_stuck(losses) or _offset(trial)[1] >= 0.9:
            break
    return best


def _is_stuck(losses: list[float]) -> bool:
    """Whether the loss, one number an epoch, has stopped falling."""
    if len(losses) <= PLATEAU_EPOCHS + 4:
        return False
    now, then = np.mean(losses[-4:]), np.mean(losses[-PLATEAU_EPOCHS - 4 :][:4])
    return bool(now > then - 0.01 * abs(then))


def _offset(trial: _Trial) -> tuple[int, float]:
    """By how much most predicted classes differ from the label, and what part do.

    Among the labels 1 to 8 alone: what would be -1 or 10 can't be predicted.
    """
    y = _digits()[1]
    inner = (y > 0) & (y < 9)
    off = (trial.scores().argmax(axis=1) - y)[inner]
    values, counts = np.unique(off, return_counts=True)
    return int(values[counts.argmax()]), float(counts.max() / len(off))


def _judge_offset(trial: _Trial) -> None:
    offset, part = _offset(trial)
    if offset and part >= 0.8:
        fail(
            expected="the class with the highest score is the label",
            got=f"the label {offset:+d} for {part:.0%} of the digits: the labels are "
            "off by one somewhere"
            if abs(offset) == 1
            else f"the label {offset:+d} for {part:.0%} of the digits",
            hint="the classes are counted from 0, as the labels are.",
        )


def _judge_finite(model: keras.Model, loss: float) -> None:
    if np.isfinite(loss):
        return
    rate = float(_numpy(model.optimizer.learning_rate))
    fail(
        expected="a loss that training brings down",
        got=f"a loss of {loss} at a learning rate of {rate:.2g}: training diverges",
        hint="steps this long jump over every valley.",
    )


def _judge_moved(model: keras.Model, before: list[np.ndarray]) -> None:
    """Every kernel has moved: none is frozen, none is left out of the gradient."""
    stuck = [
        weight
        for weight, value in zip(model.weights, before, strict=False)
        if value.ndim >= 2 and value.size >= 50 and np.array_equal(value, weight)
    ]
    # Constants of preprocessing layers don't train either, and aren't called kernels.
    stuck = [weight for weight in stuck if weight.trainable or "kernel" in weight.name]
    frozen = [weight for weight in stuck if not weight.trainable]
    if frozen:
        fail(
            expected="every kernel learns",
            got=f"{len(frozen)} frozen: {', '.join(w.path for w in frozen[:3])} didn't "
            "move in training",
            hint="`trainable` says whether the optimizer may touch a layer. There is "
            "nothing pretrained here to protect.",
        )
    if stuck:
        fail(
            expected="every kernel learns",
            got=f"{', '.join(w.path for w in stuck[:3])} didn't move in training",
            hint="no gradient arrives there. Is the layer's output used, and is its "
            "learning rate above zero?",
        )


def _explain_stuck(best: float, trial: _Trial) -> None:
    rate = float(_numpy(trial.model.optimizer.learning_rate))
    fail(
        expected=f"at least 0.90 of {MEMORISED} digits right after training on them "
        "alone, in training or in inference mode",
        got=f"{best:.2f} at best; the learning rate is {rate:.2g} by now",
        hint="a network that can't learn 64 digits by heart has a fault: a learning "
        "rate that is far off, too much dropout, or outputs and loss that disagree.",
    )


def _judge_confidence(trial: _Trial) -> None:
    """softmax(softmax(z)) is at most e / (e + 9) among ten classes"""
    both = np.concatenate([trial.scores(training=True), trial.scores()])
    limit = np.e / (np.e + both.shape[1] - 1) + 1e-3
    if _are_probabilities(both) and both.max() <= limit:
        fail(
            expected="probabilities near 1 for digits it knows by heart",
            got=f"{both.max():.2f} at most: softmax applied twice in a row",
            hint="look for a second softmax on the way from the logits to the output.",
        )


def _judge_range(trial: _Trial) -> None:
    """With logits in [-1, 1] cross-entropy stays above ln(1 + 9 / e²) = 0.80."""
    x, y = _digits()
    scores = np.concatenate(
        [trial.scores(), _numpy(trial.model(20 * x, training=False))]
    )
    if _are_probabilities(scores) or np.abs(scores).max() > 1 + 1e-3:
        return
    # A loss that wants scores from -1 to 1, as a hinge does, is small by now.
    reported = _reported(trial.model, x, y)
    if reported > 0.5:
        fail(
            expected="logits, which are any numbers, and a loss near 0 for digits it "
            "knows by heart",
            got=f"a loss of {reported:.2f}: the scores can't leave -1 to 1, as after a "
            "tanh",
            hint="which activation belongs on the last layer, if the loss takes "
            "logits?",
        )


def _judge_trained_loss(trial: _Trial, scores: np.ndarray, training: bool) -> None:
    """The digits are known; the loss has to know it too."""
    x, y = _digits()
    probabilities = _are_probabilities(scores)
    if not trial.untrained_loss_fits:
        return
    reported = _reported_in_mode(trial.model, x, y, training)
    if reported is None:
        return
    right = _cross_entropy(scores, y)
    twice = _cross_entropy(_softmax(scores), y)
    if probabilities and reported > right + 0.4 and abs(reported - twice) < 0.03:
        fail(
            expected=f"a loss of about {right:.2f} for digits it knows by heart",
            got=f"{reported:.2f}: softmax applied twice, once by the model, once by "
            "the loss",
            hint="a loss with from_logits=True wants scores as they are. Nothing warns "
            "you when another operation hides the softmax.",
        )
    if reported > right + 1.3:
        fail(
            expected=f"a loss of about {right:.2f} for digits it knows by heart",
            got=f"{reported:.2f}: the loss reads the outputs as something else than "
            "they are",
            hint="logits or probabilities: model and loss have to agree.",
        )


def _reported_in_mode(
    model: keras.Model, x: np.ndarray, y: np.ndarray, training: bool
) -> float | None:
    """The loss for outputs of one mode; None where the model computes its own way."""
    if not training:
        return _reported(model, x, y)
    if type(model).train_step is not keras.Model.train_step:
        return None
    # The very tensor that the model returns: Keras finds the logits behind a softmax
    # by an attribute of it.
    outputs = model(x, training=True)
    loss = model.compute_loss(x=x, y=keras.ops.convert_to_tensor(y), y_pred=outputs)
    return float(loss) - _penalties(model, x, training=True)


def _takes_other_sizes(build) -> None:
    """works for images and classes of other sizes"""
    random = np.random.default_rng(0)
    for input_shape, num_classes in (((32, 32, 3), 5), ((28, 28, 1), 3)):
        x = random.random((6, *input_shape), dtype="float32")
        call = f"build_cnn(input_shape={input_shape}, num_classes={num_classes})"
        model = build(input_shape=input_shape, num_classes=num_classes)
        expected = f"scores of shape (6, {num_classes}) from {call}"
        try:
            shape = tuple(model(x, training=False).shape)
        except Exception as error:
            fail(
                expected=expected,
                got=f"{type(error).__name__} for images of shape {input_shape}: a "
                "hard-coded input shape",
                hint="use the argument `input_shape` wherever a size is written down.",
            )
        if shape != (6, num_classes) and shape[-1:] == (10,):
            fail(
                expected=expected,
                got=f"shape {shape}: a hard-coded number of classes",
                hint="use the argument `num_classes`.",
            )
        if shape != (6, num_classes):
            fail(
                expected=expected,
                got=f"shape {shape}",
                hint="one row for each image, one score for each class.",
            )
        if num_classes == 5:
            _judge_other_labels(model, x, num_classes)


def _judge_other_labels(model: keras.Model, x: np.ndarray, num_classes: int) -> None:
    try:
        model.evaluate(x, np.arange(len(x)) % num_classes, verbose=0)
    except Exception as error:
        fail(
            expected=f"a loss that takes the labels 0 to {num_classes - 1}",
            got=f"{type(error).__name__}: the loss has a hard-coded number of classes",
            hint="use the argument `num_classes` in the loss too.",
        )


CNN: list[Proof] = [
    _gives_scores,
    _is_compiled,
    _convolves,
    _scores_agree,
    _loss_fits,
    _is_deterministic,
    _can_memorise,
    _takes_other_sizes,
]


# prepare

KEYS = ("x_train", "y_train", "x_val", "y_val", "x_test")
IMAGES, TESTS, BITS = 400, 50, 9


@functools.cache
def _pictures() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noise with a number written into the first pixels, which survives scaling."""
    random = np.random.default_rng(0)
    x = random.integers(0, 120, (IMAGES + TESTS, 28, 28), dtype="uint8")
    numbers = np.arange(IMAGES + TESTS)
    # Both sides see every bit as 0 and as 1, so that a threshold can be found.
    bits = (numbers[:, None] >> np.arange(BITS)) & 1
    x[:, 0, :BITS] = 255 * bits
    # Sorted by class, as files in ten folders are.
    y = np.sort(random.integers(0, 10, IMAGES))
    return x[:IMAGES], y, x[IMAGES:]


def _numbers(*parts: np.ndarray) -> list[np.ndarray]:
    """The numbers written into scaled images, each part's."""
    pixels = np.concatenate(parts)[:, 0, :BITS, 0]
    middle = (pixels.min(axis=0) + pixels.max(axis=0)) / 2
    numbers = ((pixels > middle) << np.arange(BITS)).sum(axis=1)
    return np.split(numbers, np.cumsum([len(part) for part in parts])[:-1])


def _prepared(prepare, **kwargs) -> dict[str, np.ndarray]:
    x, y, x_test = (array.copy() for array in _pictures())
    returned = prepare(x, y, x_test, **kwargs)
    if not np.array_equal(x, _pictures()[0]) or not np.array_equal(y, _pictures()[1]):
        fail(
            expected="the arrays that are passed in stay as they are",
            got="they were changed in place",
            hint="`shuffle` works in place; an index array doesn't.",
        )
    return returned


def _returns_arrays(prepare) -> None:
    """returns scaled float32 images with a channel axis, and their labels"""
    parts = _prepared(prepare)
    if not isinstance(parts, dict) or [k for k in KEYS if k not in parts]:
        got = (
            f"the keys {', '.join(map(str, parts))}" if isinstance(parts, dict) else ""
        )
        fail(
            expected=f"a dict with the keys {', '.join(KEYS)}",
            got=got or type(parts).__name__,
            hint="the broken program returns them; keep its interface.",
        )
    for key in ("x_train", "x_val", "x_test"):
        images = np.asarray(parts[key])
        if images.dtype != np.float32 or images.shape[1:] != (28, 28, 1):
            fail(
                expected=f"{key}: float32 of shape (n, 28, 28, 1)",
                got=f"{images.dtype} of shape {images.shape}",
                hint="a convolution wants a channel axis, even for one channel.",
            )
        if np.abs(images).max() > 20:
            fail(
                expected=f"{key}: scaled, numbers of about 1",
                got=f"values up to {np.abs(images).max():.0f}",
                hint="pixels run from 0 to 255.",
            )


def _pairs_stay(prepare) -> None:
    """each image keeps its own label"""
    parts = _prepared(prepare)
    numbers = _numbers(parts["x_train"], parts["x_val"])
    for key, rows in zip(("train", "val"), numbers, strict=True):
        labels = np.asarray(parts[f"y_{key}"])
        if len(labels) != len(rows):
            fail(
                expected=f"as many labels as images in {key}",
                got=f"{len(labels)} labels for {len(rows)} images",
                hint="split both at the same place.",
            )
        right = (labels == _pictures()[1][np.minimum(rows, IMAGES - 1)]).mean()
        if right < 1:
            fail(
                expected="the label of each image",
                got=f"{right:.0%} of the labels in {key} are their image's: images and "
                "labels were shuffled separately",
                hint="two permutations of the same length are two different orders. "
                "What do images and labels have to share?",
            )


def _parts_are_disjoint(prepare) -> None:
    """a digit is trained on or validated on, never both"""
    for fraction in (0.2, 0.35):
        parts = _prepared(prepare, val_fraction=fraction)
        train, val = _numbers(parts["x_train"], parts["x_val"])
        both = np.intersect1d(train, val)
        if len(both):
            fail(
                expected="no image in two parts",
                got=f"{len(both)} of {len(val)} validation images are also trained on",
                hint="what was taken out for validation has to be missing from "
                "training.",
            )
        wanted = fraction * IMAGES
        if abs(len(val) - wanted) > 1 or len(train) + len(val) != IMAGES:
            fail(
                expected=f"{IMAGES} images split into {IMAGES - wanted:.0f} and "
                f"{wanted:.0f}",
                got=f"{len(train)} and {len(val)}",
                hint="every image goes to one of the two parts.",
            )
        if len(np.unique(parts["y_val"])) < 6:
            fail(
                expected="all classes in the validation part",
                got=f"the classes {np.unique(parts['y_val']).tolist()}: images that "
                "come sorted are split without being shuffled",
                hint="shuffle before you split.",
            )


def _seed_decides(prepare) -> None:
    """the seed, and nothing else, decides which digits validate"""
    again = [_prepared(prepare, seed=seed) for seed in (3, 3, 4)]
    first, second, other = (_numbers(p["x_train"], p["x_val"])[1] for p in again)
    if not np.array_equal(first, second):
        fail(
            expected="the same split for the same seed",
            got="another one",
            hint="draw from a generator made with `seed`.",
        )
    if np.array_equal(np.sort(first), np.sort(other)):
        fail(
            expected="another split for another seed",
            got="the same one",
            hint="draw from a generator made with `seed`.",
        )


def _test_is_unseen(prepare) -> None:
    """nothing about the test digits enters what is trained on"""
    x, y, x_test = _pictures()
    bright = np.full_like(x_test, 255)
    usual = prepare(x.copy(), y.copy(), x_test.copy())
    other = prepare(x.copy(), y.copy(), bright)
    for key in ("x_train", "x_val"):
        if not np.allclose(usual[key], other[key], atol=1e-5):
            fail(
                expected=f"the same {key}, whatever the test digits are",
                got="other values for other test digits: the test digits are part of "
                "the statistics that scale the training data",
                hint="when the model is in use, the test digits don't exist yet. "
                "What may the mean be taken over?",
            )


def _test_is_scaled_alike(prepare) -> None:
    """the test digits, all and in order, are scaled as the training digits are"""
    x, y, _ = _pictures()
    parts = prepare(x.copy(), y.copy(), x[:TESTS].copy())
    if len(parts["x_test"]) != TESTS:
        fail(
            expected=f"{TESTS} test images",
            got=f"{len(parts['x_test'])}",
            hint="the test digits aren't split.",
        )
    train, val = _numbers(parts["x_train"], parts["x_val"])
    # Each by itself: where the scales differ, no threshold serves both.
    (test,) = _numbers(parts["x_test"])
    if not np.array_equal(test[:32] % 32, np.arange(32)):
        fail(
            expected="the test images in their own order",
            got="another order",
            hint="the caller keeps the test labels, in the order they had.",
        )
    order = np.argsort(np.concatenate([train, val]))
    images = np.concatenate([parts["x_train"], parts["x_val"]])[order][:TESTS]
    if not np.allclose(images, parts["x_test"], atol=1e-5):
        fail(
            expected="the same image scaled the same way in every part",
            got="an image that differs between training and test: a part is scaled by "
            "its own statistics",
            hint="one mean and one deviation serve all three parts.",
        )


PREPARE: list[Proof] = [
    _returns_arrays,
    _pairs_stay,
    _parts_are_disjoint,
    _seed_decides,
    _test_is_unseen,
    _test_is_scaled_alike,
]


question = Question(
    1,
    Part.of_steps("build_cnn", CNN),
    Part.of_steps("prepare", PREPARE),
    hints=HINTS,
)
check = question.check
