"""Question 5: the autoencoder, and its bug hunt, finding anomalies with one.

Judged by behaviour: the shapes of codes and reconstructions for several sizes, the
range of what comes out, whether autoencoder and decoder(encoder) are one and the same
before and after training, whether 32 digits can be learnt by heart. Layers, code
activation, loss and optimizer are free.

What this check can't see: how good reconstructions of unseen digits are and whether
units of the code are dead (the notebook measures both), and whether the narrowest
layer is the code or one before it.
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

INPUT, LATENT = 784, 32
# Neither is the default, nor a multiple of anything that could be hard-coded.
OTHER_SIZES = (100, 7)
MEMORISED, BATCH = 32, 16
# So many passes over the 32 digits are one call of `fit`, in one epoch: an epoch's
# overhead is larger than its two steps.
PATIENCE_SECONDS, PATIENCE_ROUNDS, ROUND = 15, 30, 20
# Give up where so many rounds in a row have brought less than a hundredth.
STUCK_ROUNDS = 6
# The error to reach, as a share of what the mean picture has.
ENOUGH = 0.6
PARTS = ("encoder", "decoder", "autoencoder")

HINTS = (
    (
        "unexpected keyword argument 'input_dim'",
        "the signature is build_autoencoder(input_dim=784, latent_dim=32).",
    ),
    (
        "unexpected keyword argument 'latent_dim'",
        "the signature is build_autoencoder(input_dim=784, latent_dim=32).",
    ),
    (
        "input structure",
        "encoder, decoder and autoencoder take one tensor each: the decoder sees the "
        "code and nothing besides.",
    ),
    (
        "named input(s)",
        "encoder, decoder and autoencoder take one tensor each: the decoder sees the "
        "code and nothing besides.",
    ),
    (
        "is incompatible with the layer",
        "a size is written into a layer. The input has `input_dim` numbers, the code "
        "has `latent_dim`.",
    ),
    (
        "is incompatible with layer",
        "a size is written into a layer. The input has `input_dim` numbers, the code "
        "has `latent_dim`.",
    ),
    (
        "the loss function expects",
        "the target is the input itself, of the same shape as the output. Which loss "
        "compares two pictures?",
    ),
)


# build_autoencoder


@functools.cache
def _digits() -> np.ndarray:
    """32 digits in [0, 1] of shape (32, 784)."""
    with contextlib.redirect_stdout(io.StringIO()):
        data = load_mnist("sample")
    return data.x_train[:MEMORISED].reshape(-1, INPUT).astype("float32") / 255


class _Trial:
    """The learner's three models for the default sizes, built once for all steps."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(0)
        self.returned = build()

    @property
    def models(self) -> tuple[keras.Model, keras.Model, keras.Model]:
        return tuple(self.returned)

    def codes(self, x: np.ndarray | None = None) -> np.ndarray:
        return _call(self.models[0], _digits() if x is None else x)

    def decoded(self, codes: np.ndarray, training: bool = False) -> np.ndarray:
        return _call(self.models[1], codes, training)

    def reconstructed(self, training: bool = False) -> np.ndarray:
        return _call(self.models[2], _digits(), training)

    @functools.cached_property
    def moved(self) -> tuple[list[str], list[str]]:
        """Train for one epoch: which of the three models' weights moved or froze."""
        before = [[_numpy(w) for w in model.weights] for model in self.models]
        x = _digits()
        build_optimizer(self.models[2])
        self.models[2].fit(x, x, batch_size=BATCH, epochs=1, verbose=0)
        moved, frozen = [], []
        for name, model, values in zip(PARTS, self.models, before, strict=True):
            trainable = {id(w) for w in model.trainable_weights}
            if not trainable:
                frozen.append(name)
            if any(
                not np.array_equal(value, _numpy(weight))
                for weight, value in zip(model.weights, values, strict=False)
                if id(weight) in trainable
            ):
                moved.append(name)
        return moved, frozen


@once
def _trial(build) -> _Trial:
    """The trial that most steps look at; `check` forgets it, answers change."""
    return _Trial(build)


def _numpy(tensor) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor))


def _call(model: keras.Model, x: np.ndarray, training: bool = False) -> np.ndarray:
    return _numpy(model(x.astype("float32"), training=training))


def _error(x: np.ndarray, reconstruction: np.ndarray) -> float:
    return float(np.square(x - reconstruction).mean())


def _returns_three_models(build) -> None:
    """returns encoder, decoder and autoencoder, and the last one is compiled"""
    returned = _trial(build).returned
    expected = "three Keras models: encoder, decoder, autoencoder"
    if isinstance(returned, keras.Model):
        fail(
            expected=expected,
            got="one model",
            hint="whoever wants codes needs the encoder by itself, and whoever wants "
            "to generate needs the decoder.",
        )
    if not isinstance(returned, tuple | list) or len(returned) != 3:
        fail(
            expected=expected,
            got="None: nothing was returned"
            if returned is None
            else f"{returned!r:.80}",
            hint="end with a return of the three, in this order.",
        )
    others = [type(m).__name__ for m in returned if not isinstance(m, keras.Model)]
    if others:
        fail(
            expected=expected,
            got=f"among the three: {', '.join(others)}",
            hint="a symbolic tensor or a list of layers becomes a model by "
            "`keras.Model(inputs, outputs)` or `keras.Sequential`.",
        )
    autoencoder = returned[2]
    if not autoencoder.compiled and any(model.compiled for model in returned):
        fail(
            expected="encoder, decoder, autoencoder, the last one compiled",
            got="another of the three is compiled, the last one isn't",
            hint="are the three returned in order?",
        )
    if not autoencoder.compiled:
        fail(
            expected="an autoencoder that `fit` can be called on",
            got="the third model isn't compiled",
            hint="give it an optimizer and a loss before you return it.",
        )
    overrides = any(
        getattr(type(autoencoder), name) is not getattr(keras.Model, name)
        for name in ("compute_loss", "train_step")
    )
    if autoencoder.loss is None and not overrides and not autoencoder.losses:
        fail(
            expected="a loss to minimise",
            got="a compiled model without a loss",
            hint="which loss compares a reconstruction with the picture it came from?",
        )


def _has_shapes(build) -> None:
    """784 pixels become 32 numbers, and 32 numbers become 784 pixels"""
    _judge_shapes(_trial(build).models, INPUT, LATENT)


def _judge_shapes(models, inputs: int, latent: int) -> None:
    encoder, decoder, autoencoder = models
    count = 5
    x = _rows(count, inputs)
    codes = _one_tensor("encoder", encoder(x, training=False))
    if codes != (count, latent):
        fail(
            expected=f"codes of shape {(count, latent)} for {count} rows of {inputs}",
            got=f"shape {codes}" + _name_shape(codes, count, inputs, latent),
            hint="the encoder, the first of the three, ends in the bottleneck: "
            "`latent_dim` numbers for each picture.",
        )
    pixels = _one_tensor("decoder", decoder(_rows(count, latent), training=False))
    if pixels != (count, inputs):
        fail(
            expected=f"pictures of shape {(count, inputs)} from codes of {latent}",
            got=f"shape {pixels}",
            hint="the decoder, the second of the three, gives `input_dim` pixels for "
            "each code.",
        )
    whole = _one_tensor("autoencoder", autoencoder(x, training=False))
    if whole != (count, inputs):
        fail(
            expected=f"reconstructions of the input's shape, {(count, inputs)}",
            got=f"shape {whole}",
            hint="the autoencoder, the third of the three, is the encoder with the "
            "decoder behind it.",
        )


def _rows(count: int, width: int) -> np.ndarray:
    return np.random.default_rng(width).uniform(size=(count, width)).astype("float32")


def _one_tensor(name: str, output) -> tuple:
    if isinstance(output, list | tuple | dict):
        fail(
            expected=f"one tensor from the {name}",
            got=f"a {type(output).__name__} of {len(output)}",
            hint="a variational encoder gives its mean as the code; the rest stays "
            "inside.",
        )
    return tuple(output.shape)


def _name_shape(shape: tuple, count: int, inputs: int, latent: int) -> str:
    if shape == (count, inputs):
        return ": that is the decoder's or the autoencoder's job; are the three "
        "returned in order?"
    if shape == (count, LATENT) and latent != LATENT:
        return f": {LATENT} is hard-coded"
    return ""


def _keeps_to_the_range(build) -> None:
    """whatever the code, the pixels that come out lie in [0, 1]"""
    trial = _trial(build)
    random = np.random.default_rng(0)
    codes = random.standard_normal((64, LATENT)) * np.repeat((1, 20), 32)[:, None]
    pixels = np.concatenate([trial.decoded(codes), trial.reconstructed()])
    low, high = float(pixels.min()), float(pixels.max())
    expected = "pixels between 0 and 1, as those that go in"
    if not np.isfinite(pixels).all():
        fail(
            expected=expected,
            got="NaN or infinity from an untrained network",
            hint="look for a division by zero or a logarithm of zero.",
        )
    if low < -1e-5 or high > 1 + 1e-5:
        shape = "no activation, or logits"
        if low >= -1 and high <= 1:
            shape = "a tanh's range"
        elif low >= 0:
            shape = "a ReLU's range, open at the top"
        fail(
            expected=expected,
            got=f"pixels from {low:.2f} to {high:.2f}: {shape}",
            hint="which activation on the decoder's last layer has the pixels' range? "
            "With logits and `from_logits=True` the loss is right and the picture "
            "isn't one.",
        )
    if np.allclose(pixels.sum(axis=1), 1, atol=1e-2):
        fail(
            expected="each pixel has its own value between 0 and 1",
            got="the 784 pixels sum to 1: a softmax over the picture",
            hint="pixels don't compete for one unit of ink. Which activation takes "
            "each by itself?",
        )


def _is_deterministic(build) -> None:
    """in inference the same digit gives the same code and the same reconstruction"""
    trial = _trial(build)
    for name, call in (("code", trial.codes), ("picture", trial.reconstructed)):
        first, second = call(), call()
        if not np.allclose(first, second, atol=1e-5):
            fail(
                expected=f"the same {name} for the same digit when training=False",
                got=f"numbers that differ by up to {np.abs(first - second).max():.2g}: "
                "noise or dropout is left on in inference",
                hint="noise is for training. A layer is told by its `training` "
                "argument; who passes it on, and what?",
            )


def _is_one_network(build) -> None:
    """autoencoder(x) is decoder(encoder(x)), before training and after it"""
    trial = _trial(build)
    gap_before = _gap(trial)
    moved, frozen = trial.moved
    if max(gap_before, gap := _gap(trial)) <= 1e-4:
        return
    expected = "after training, decoder(encoder(x)) equal to autoencoder(x)"
    fault = f"they differ by up to {max(gap_before, gap):.2g}"
    stuck = [n for n in PARTS[:2] if n not in moved and n not in frozen]
    if "autoencoder" in moved and stuck:
        fail(
            expected=expected,
            got=f"{fault}, and training the autoencoder moved no weight of the "
            f"{' nor of the '.join(stuck)} returned: it doesn't share its weights",
            hint="a layer that is called twice shares its weights; a layer that is "
            "built twice doesn't. What is the autoencoder made of?",
        )
    fail(
        expected=expected,
        got=f"{fault}: the autoencoder is more than the encoder with the decoder "
        "behind it, so something goes around the bottleneck, or stands between",
        hint="the decoder may see the code and nothing else: no skip from the input.",
    )


def _gap(trial: _Trial) -> float:
    through = trial.decoded(trial.codes())
    return float(np.abs(through - trial.reconstructed()).max())


def _all_learn(build) -> None:
    """training the autoencoder trains the encoder and the decoder"""
    trial = _trial(build)
    moved, frozen = trial.moved
    if frozen:
        fail(
            expected="trainable weights in encoder and decoder",
            got=f"none in the {frozen[0]}: it's frozen",
            hint="`trainable` says whether the optimizer may touch a layer.",
        )
    rate = float(_numpy(trial.models[2].optimizer.learning_rate))
    if not moved:
        fail(
            expected="weights that differ after one epoch",
            got=f"the same, to the last digit, at a learning rate of {rate:g}",
            hint="does the loss depend on the output, and is the rate above zero?",
        )
    stuck = [name for name in PARTS[:2] if name not in moved]
    if stuck:
        fail(
            expected="weights of encoder and decoder that differ after one epoch",
            got=f"the {stuck[0]} didn't move: no gradient reaches it",
            hint="the gradient has to pass from the loss through the code to the "
            "first layer. What stops it?",
        )


def _can_memorise(build) -> None:
    """can learn 32 digits by heart, better than any one picture could stand for them"""
    trial, x = _trial(build), _digits()
    mean_image = _error(x, x.mean(axis=0, keepdims=True))
    enough, best = ENOUGH * mean_image, np.inf
    many, bests = np.tile(x, (ROUND, 1)), []
    end = time.monotonic() + PATIENCE_SECONDS
    for _ in range(PATIENCE_ROUNDS):
        fitted = trial.models[2].fit(many, many, batch_size=BATCH, verbose=0).history
        if not np.isfinite(fitted.get("loss", [0.0])[-1]):
            fail(
                expected="a loss that training brings down",
                got=f"a loss of {fitted['loss'][-1]}: training diverges",
                hint="steps too long, or a logarithm of 0.",
            )
        # Batch normalisation's moving averages arrive later than its batches.
        best = min(best, *(_error(x, trial.reconstructed(t)) for t in (False, True)))
        bests.append(best)
        stuck = best > 0.99 * ([np.inf] * STUCK_ROUNDS + bests)[-1 - STUCK_ROUNDS]
        if best < enough or stuck or time.monotonic() > end:
            break
    if best < enough:
        if _gap(trial) > 1e-3:
            fail(
                expected="decoder(encoder(x)) equal to autoencoder(x) after training",
                got=f"a difference of {_gap(trial):.2g}",
                hint="the three models must be made of the same layers.",
            )
        return
    _explain_stuck(trial, best, mean_image)


def _explain_stuck(trial: _Trial, best: float, mean_image: float) -> None:
    expected = (
        f"a squared error below {ENOUGH * mean_image:.3f} on 32 digits; their mean "
        f"picture alone has {mean_image:.3f}"
    )
    got = f"{best:.3f} after training"
    x, model = _digits(), trial.models[2]
    if trial.codes().std(axis=0).max() < 1e-6:
        fail(
            expected=expected,
            got=f"{got}: every digit gets the same code",
            hint="look at the codes. Which layer makes all of them equal?",
        )
    rivals = {
        "half of the ink": 0.5 * x,
        "a grey veil over it": np.clip(x + 0.2, 0, 1),
        "black": np.ones_like(x),
        "white": np.zeros_like(x),
    }
    if model.loss is not None:
        perfect = _loss(model, x)
        for name, rival in rivals.items():
            if _loss(model, rival) <= perfect + 1e-6:
                fail(
                    expected=expected,
                    got=f"{got}: the loss {_name(model.loss)} likes {name} as well "
                    "as the digit itself, so it doesn't measure a reconstruction",
                    hint="which loss is smallest when each pixel has its own value?",
                )
    fail(
        expected=expected,
        got=got,
        hint="is the learning rate sensible, and does the information reach the "
        "decoder?",
    )


def _loss(model: keras.Model, prediction: np.ndarray) -> float:
    x = keras.ops.convert_to_tensor(_digits())
    prediction = keras.ops.convert_to_tensor(prediction.astype("float32"))
    return float(np.mean(_numpy(model.compute_loss(x=x, y=x, y_pred=prediction))))


def _name(loss) -> str:
    return loss if isinstance(loss, str) else getattr(loss, "name", repr(loss))


def _works_for_other_sizes(build) -> None:
    """works for other sizes: 100 numbers in, 7 in the code"""
    inputs, latent = OTHER_SIZES
    models = build(input_dim=inputs, latent_dim=latent)
    _judge_shapes(models, inputs, latent)
    x = _rows(6, inputs)
    encoder, decoder, autoencoder = models
    gap = np.abs(_call(decoder, _call(encoder, x)) - _call(autoencoder, x)).max()
    if gap > 1e-4:
        fail(
            expected="decoder(encoder(x)) equal to autoencoder(x) for these sizes too",
            got=f"a difference of {gap:.2g}",
            hint="two calls of the function mustn't share anything, and the three "
            "models of one call must share everything.",
        )


AUTOENCODER: list[Proof] = [
    _returns_three_models,
    _has_shapes,
    _keeps_to_the_range,
    _is_deterministic,
    _is_one_network,
    _all_learn,
    _can_memorise,
    _works_for_other_sizes,
]


# find_anomalies


@keras.saving.register_keras_serializable("interview")
class _Halver(keras.Model):
    """Stands in for an autoencoder: halves the contrast; loses half in training."""

    def call(self, inputs, training=False):
        halved = 0.5 * keras.ops.convert_to_tensor(inputs) + 0.25
        return 0.1 * halved if training else halved


NORMAL, NEW = 400, 100


def _images(count: int, seed: int, contrast: float) -> np.ndarray:
    """Rows of 50 pixels around 0.5; the more contrast, the larger the error."""
    random = np.random.default_rng(seed)
    strength = contrast * random.uniform(0.5, 1, size=(count, 1))
    return (0.5 + strength * random.uniform(-0.5, 0.5, (count, 50))).astype("float32")


def _true_scores(x: np.ndarray) -> np.ndarray:
    return np.square(0.5 * (x - 0.5)).mean(axis=1)


def _found(find, new: np.ndarray, **options):
    returned = find(_Halver(name="halver"), _images(NORMAL, 1, 0.5), new, **options)
    if not isinstance(returned, tuple | list) or len(returned) != 3:
        fail(
            expected="scores, threshold, flags",
            got=f"{type(returned).__name__}",
            hint="keep to what the broken function returns.",
        )
    scores, threshold, flags = (_numpy(part) for part in returned)
    return scores, threshold, flags


def _scores_each_picture(find) -> None:
    """scores each picture by the mean of its squared errors"""
    new = _images(NEW, 2, 0.9)
    scores, _, _ = _found(find, new)
    right = _true_scores(new)
    if scores.shape != right.shape:
        fail(
            expected=f"{NEW} scores for {NEW} pictures",
            got=f"shape {scores.shape}",
            hint="the mean goes over the pixels of one picture, and over nothing else.",
        )
    if np.allclose(scores, right, rtol=1e-3, atol=1e-7):
        return
    expected = f"scores like {right[0]:.4f} and {right[1]:.4f}"
    got = f"{scores[0]:.4f} and {scores[1]:.4f}"
    errors, trained = 0.5 * (new - 0.5), new - 0.1 * (0.5 * new + 0.25)
    cancelled = [np.square(e.mean(axis=1)) for e in (errors, trained)]
    if any(np.allclose(scores, c, rtol=1e-3, atol=1e-7) for c in cancelled):
        fail(
            expected=expected,
            got=f"{got}: the square of the mean error, in which too dark here and "
            "too bright there cancel out",
            hint="which comes first, the square or the mean?",
        )
    if np.allclose(scores, np.square(trained).mean(axis=1), rtol=1e-3):
        fail(
            expected=expected,
            got=f"{got}: what the model reconstructs in training mode",
            hint="dropout and noise are on in training mode. Which mode does a "
            "measurement want?",
        )
    if np.allclose(scores, np.square(errors).sum(axis=1), rtol=1e-3):
        fail(
            expected=expected,
            got=f"{got}: sums over pixels, not means",
            hint="the mean of each picture's squared errors.",
        )
    fail(
        expected=expected,
        got=got,
        hint="square each pixel's error, then take the mean over the picture.",
    )


def _sees_inference(find) -> None:
    """calls the model in inference mode, for both sets of pictures"""
    calls = []

    class Listener(_Halver):
        def call(self, inputs, training=False):
            calls.append(bool(training))
            return super().call(inputs, training=training)

    find(Listener(name="listener"), _images(NORMAL, 1, 0.5), _images(NEW, 2, 0.9))
    if any(calls):
        fail(
            expected="training=False in every call of the model",
            got="training mode: dropout and noise are on while you measure",
            hint="which mode does a measurement want?",
        )


def _takes_threshold_from_normal(find) -> None:
    """takes the threshold from the normal pictures: `share` of them lie above it"""
    normal, new = _true_scores(_images(NORMAL, 1, 0.5)), _images(NEW, 2, 0.9)
    for options, share in (({"share": 0.05}, 0.05), ({}, 0.01)):
        _, threshold, _ = _found(find, new, **options)
        expected = (
            f"a threshold that {share:.0%} of {NORMAL} normal pictures lie above, "
            f"about {np.quantile(normal, 1 - share):.4f}"
        )
        if threshold.shape != ():
            fail(
                expected=expected,
                got=f"{threshold.shape} numbers",
                hint="one threshold for all pictures.",
            )
        above = int((normal > threshold).sum())
        if abs(above - share * NORMAL) <= 1:
            continue
        got = f"{float(threshold):.4f}, which {above} of them lie above"
        if np.isclose(threshold, np.quantile(_true_scores(new), 1 - share), rtol=0.02):
            fail(
                expected=expected,
                got=f"{got}: the threshold comes from the pictures that it judges",
                hint="if every one of the new pictures is odd, how many does this "
                "threshold let you find?",
            )
        if np.isclose(threshold, np.quantile(normal, share), rtol=0.02):
            fail(
                expected=expected,
                got=f"{got}: the wrong end of the scores",
                hint="odd pictures have large errors.",
            )
        fail(
            expected=expected,
            got=got,
            hint="a quantile of the normal pictures' scores, by `share`.",
        )


def _flags_what_is_above(find) -> None:
    """flags what lies above: all of an odd set, few of a normal one"""
    odd, usual = _images(NEW, 3, 3.0), _images(NEW, 4, 0.4)
    for name, new, count in (("an odd set", odd, NEW), ("a normal set", usual, 0)):
        scores, _, flags = _found(find, new)
        if flags.shape != scores.shape or flags.dtype != bool:
            fail(
                expected=f"{NEW} flags, True or False",
                got=f"shape {flags.shape} of {flags.dtype}",
                hint="compare scores with the threshold.",
            )
        found = int(flags.sum())
        if abs(found - count) > 2:
            fail(
                expected=f"about {count} flags in {name} of {NEW}",
                got=f"{found}",
                hint="a flag is a score above the threshold of the normal pictures.",
            )


ANOMALIES: list[Proof] = [
    _scores_each_picture,
    _sees_inference,
    _takes_threshold_from_normal,
    _flags_what_is_above,
]


question = Question(
    5,
    Part.of_steps("build_autoencoder", AUTOENCODER),
    Part.of_steps("find_anomalies", ANOMALIES),
    hints=HINTS,
)
check = question.check
