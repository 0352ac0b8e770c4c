"""Question 7: pairs, contrastive loss, distance layer, Siamese network, bug hunt.

Judged by behaviour: pairs of images that carry their own number, a NumPy reference of
the loss, and four easy kinds of picture that a sound network tells apart in seconds.

What this check can't see: how well the network does on real digits, whether pairs of
one epoch differ from the next one's, whether the digits of the test were kept out of
training, and whether the class that a saved file needs is known on another machine.
"""

import tempfile
from pathlib import Path

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import roc_auc_score

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail, once

HINTS = (
    (
        "Lambda` layer",
        "a file that holds Python code is refused: loading it would run it. What can "
        "a registered layer, or an operation of `keras.ops`, do instead?",
    ),
    (
        "Could not locate class",
        "the file names a class that Keras doesn't know: register it with "
        "`keras.saving.register_keras_serializable`.",
    ),
    (
        "Could not locate function",
        "the file names a function that Keras doesn't know: register it with "
        "`keras.saving.register_keras_serializable`.",
    ),
    (
        "could not be deserialized",
        "to build the layer again Keras calls it with what `get_config` recorded, "
        "`name` and `dtype` included. Does `__init__` take all of that?",
    ),
    (
        "cannot compute",
        "integer labels meet distances in float32. Which line brings them to one type?",
    ),
    (
        "must have the same dtype",
        "integer labels meet distances in float32. Which line brings them to one type?",
    ),
    (
        "to have the same dtype",
        "integer labels meet distances in float32. Which line brings them to one type?",
    ),
    (
        "has type <dtype:",
        "integer labels meet distances in float32. Which line brings them to one type?",
    ),
    (
        "expected axis -1",
        "which sizes are fixed in the network? `input_shape` has to decide.",
    ),
    (
        "incompatible with the layer",
        "which sizes are fixed in the network? `input_shape` has to decide.",
    ),
    (
        "KerasTensor cannot be used as input to a TensorFlow function",
        "`tf.` functions don't take symbolic tensors; `keras.ops` or a layer does.",
    ),
)


# --- make_pairs ---------------------------------------------------------------------

NUM_PAIRS = 400
# Few images of each digit, so that an image meets itself if nothing prevents it.
COUNTS = {1: 3, 4: 5, 6: 4, 9: 8}


def _numbered() -> tuple[np.ndarray, np.ndarray]:
    """Images whose first pixel is their own number, in mixed order."""
    y = np.repeat(list(COUNTS), list(COUNTS.values()))
    y = np.random.default_rng(0).permutation(y)
    x = np.zeros((len(y), 6, 5, 1), dtype="float32")
    x[:, 0, 0, 0] = np.arange(len(y))
    x[:, 1:] = y[:, None, None, None] / 10
    return x, y


def _draw(make_pairs, seed=0, num_pairs=NUM_PAIRS):
    """Numbers of the left and right images, and the labels."""
    x, y = _numbered()
    kept = x.copy()
    returned = make_pairs(x, y, num_pairs, seed)
    form = "(left, right), same: a pair of arrays of images, and an array of labels"
    try:
        (left, right), same = returned
        left, right, same = (np.asarray(a) for a in (left, right, same))
    except (TypeError, ValueError):
        fail(
            expected=form,
            got="nothing"
            if returned is None
            else f"something else: {type(returned).__name__}",
            hint="the images go into the network as `[left, right]`, the labels to "
            "the loss.",
        )
    shape = (num_pairs, *x.shape[1:])
    if left.shape != shape or right.shape != shape or same.size != num_pairs:
        fail(
            expected=f"{num_pairs} pairs: left and right {shape}, same ({num_pairs},)",
            got=f"left {left.shape}, right {right.shape}, same {same.shape}",
            hint="`num_pairs` counts all pairs, those of both kinds.",
        )
    numbers = [np.rint(side[:, 0, 0, 0]).astype(int) for side in (left, right)]
    for side, number in zip((left, right), numbers, strict=True):
        known = (number >= 0) & (number < len(x))
        if not known.all() or not np.array_equal(side, kept[number]):
            fail(
                expected="images of `x` as they are",
                got="images that aren't in `x`",
                hint="choose rows of `x`; don't scale or change them.",
            )
    if not np.array_equal(x, kept):
        fail(
            expected="`x` as it was",
            got="`x` has changed",
            hint="draw indices rather than shuffle the array in place.",
        )
    return *numbers, same.ravel()


def _pairs_have_form(make_pairs) -> None:
    """returns num_pairs pairs of images of x, and a label for each"""
    *_, same = _draw(make_pairs)
    if not np.isin(same.astype("float64"), (0, 1)).all():
        fail(
            expected="labels 0 and 1",
            got=f"{np.unique(same)[:5].tolist()}",
            hint="1 says that both images show the same digit.",
        )
    _draw(make_pairs, num_pairs=50)


def _labels_are_right(make_pairs) -> None:
    """same is 1 where both images show the same digit, and 0 elsewhere"""
    _, y = _numbered()
    left, right, same = _draw(make_pairs)
    truth = y[left] == y[right]
    wrong = int((truth != same).sum())
    if wrong == len(same):
        fail(
            expected="1 for pairs of the same digit",
            got="0 for pairs of the same digit: the convention is turned round",
            hint="papers differ here. What does the loss take 1 for?",
        )
    if wrong:
        doubtful = int((truth & (same == 0)).sum())
        fail(
            expected="labels that say whether the digits are the same",
            got=f"{wrong} of {len(same)} labels are wrong; {doubtful} pairs of the "
            f"same digit are labelled different",
            hint="the second image of a `different` pair must come from another digit "
            "than the first.",
        )


def _pairs_are_balanced(make_pairs) -> None:
    """half of the pairs show the same digit"""
    *_, same = _draw(make_pairs)
    share = float(same.mean())
    if not 0.4 <= share <= 0.6:
        fail(
            expected="half of the pairs of the same digit",
            got=f"{share:.0%}",
            hint="two digits drawn at random are mostly different. Draw the two kinds "
            "of pair one by one.",
        )


def _no_image_meets_itself(make_pairs) -> None:
    """no image is paired with itself"""
    left, right, _ = _draw(make_pairs)
    itself = int((left == right).sum())
    if itself:
        fail(
            expected="two images in each pair",
            got=f"{itself} of {len(left)} pairs hold the same image twice",
            hint="such a pair has distance 0 whatever the network does. Draw two "
            "images of a digit without replacement.",
        )


def _pairs_are_seeded(make_pairs) -> None:
    """the same seed draws the same pairs, another seed draws others"""
    first, again, other = (_draw(make_pairs, seed) for seed in (3, 3, 4))
    if not all(np.array_equal(a, b) for a, b in zip(first, again, strict=True)):
        fail(
            expected="the same pairs from the same seed",
            got="other pairs",
            hint="every draw has to come from the generator that `seed` starts.",
        )
    if all(np.array_equal(a, b) for a, b in zip(first[:2], other[:2], strict=True)):
        fail(
            expected="other pairs from another seed",
            got="the same pairs whatever the seed",
            hint="is `seed` used?",
        )


def _pairs_vary(make_pairs) -> None:
    """every digit takes part in both kinds of pair, with many of its images"""
    _, y = _numbered()
    left, right, same = _draw(make_pairs)
    for kind, name in ((1, "same"), (0, "different")):
        rows = same == kind
        used = np.concatenate([left[rows], right[rows]])
        missing = sorted(set(COUNTS) - set(y[used].tolist()))
        if missing:
            fail(
                expected=f"all of the digits {list(COUNTS)} in the `{name}` pairs",
                got=f"none with {missing}",
                hint="which digits there are is in `y`; they needn't be 0 to 9.",
            )
        if len(set(used.tolist())) < 0.7 * len(y):
            fail(
                expected=f"most of the {len(y)} images in {rows.sum()} `{name}` pairs",
                got=f"{len(set(used.tolist()))} of them",
                hint="draw an image anew for each pair.",
            )
        combinations = len(set(zip(left[rows], right[rows], strict=True)))
        if combinations < 15:
            fail(
                expected=f"{rows.sum()} `{name}` pairs drawn from all there are",
                got=f"only {combinations} that differ",
                hint="draw both images of a pair at random.",
            )


PAIRS: list[Proof] = [
    _pairs_have_form,
    _labels_are_right,
    _pairs_are_balanced,
    _no_image_meets_itself,
    _pairs_are_seeded,
    _pairs_vary,
]


# --- contrastive_loss ---------------------------------------------------------------

SAME = np.array([1, 1, 1, 0, 0, 0, 0], dtype="float32")
DISTANCES = np.array([0.0, 0.4, 1.7, 0.0, 0.3, 0.9, 1.6], dtype="float32")


def _per_pair(same=SAME, distances=DISTANCES, margin=1.0) -> np.ndarray:
    inside = np.maximum(margin - distances, 0)
    return same * distances**2 + (1 - same) * inside**2


def _numbers(tensor) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor)).astype("float64")


def _matches(got, right: np.ndarray, share: float = 1.0) -> bool:
    """One mean or one value per pair, as it stands or halved as in the paper."""
    for factor in (1.0, 0.5):
        values = share * factor * right
        target = values if got.size == values.size else values.mean()
        if got.size in (1, values.size) and np.allclose(got.ravel(), target, atol=1e-4):
            return True
    return False


def _compare_loss(loss, same, distances, what: str, **margin) -> None:
    got = _numbers(loss(same, tf.constant(distances), **margin))
    flat_same = np.ravel(same).astype("float64")
    flat = np.ravel(distances).astype("float64")
    value = margin.get("margin", 1.0)
    right = _per_pair(flat_same, flat, value)
    if _matches(got, right):
        return
    shown = f"mean {got.mean():.4f}, shape {got.shape}"
    square = (1 - flat_same) * np.maximum(value - flat**2, 0)
    not_squared = flat_same * flat + (1 - flat_same) * np.maximum(value - flat, 0)
    outside = flat_same * flat**2 + (1 - flat_same) * np.maximum(value - flat**2, 0)
    one_sided = flat_same * flat**2
    open_ended = flat_same * flat**2 + (1 - flat_same) * (value - flat) ** 2
    default = _per_pair(flat_same, flat, 1.0)
    half_squared = flat_same * flat**2 + square
    broadcast = _per_pair(flat_same[None], flat[:, None], value)
    known = (
        (
            _per_pair(1 - flat_same, flat, value),
            "1 is taken for different",
            "here 1 says same. Which term belongs to which pairs?",
        ),
        (default, "the loss for margin 1", "use the argument `margin`."),
        (not_squared, "terms that aren't squared", "both terms are squared."),
        (
            outside,
            "the margin less the squared distance",
            "take what is missing to the margin first, square it then.",
        ),
        (half_squared, "the margin less the squared distance", "square it last."),
        (
            one_sided,
            "the pull on same pairs alone",
            "what pushes different pairs apart? Without it all images fall together.",
        ),
        (
            open_ended,
            "different pairs beyond the margin are pulled back",
            "beyond the margin there is nothing left to do.",
        ),
    )
    for values, fault, hint in known:
        if not np.allclose(values, right) and _matches(got, values):
            fail(
                expected=f"{right.mean():.4f} for {what}, {_shown(margin)}",
                got=f"{shown}: {fault}",
                hint=hint,
            )
    if got.size == right.size**2 or _matches(got, np.ravel(broadcast)):
        fail(
            expected=f"{right.mean():.4f} for {what}",
            got=f"{shown}: each label has met each distance",
            hint="(n,) against (n, 1) makes a square of the two. Bring both to one "
            "shape first.",
        )
    fail(
        expected=f"{right.mean():.4f} as one mean, or {len(right)} values with this "
        f"mean, for {what}, {_shown(margin)}",
        got=shown,
        hint="1 is same: distance squared. 0 is different: what is missing to the "
        "margin, squared. Then the mean.",
    )


def _shown(margin: dict) -> str:
    return f"margin {margin.get('margin', 1.0)}"


def _loss_is_the_formula(loss) -> None:
    """is the formula's value, for labels that are floats"""
    _compare_loss(loss, SAME, DISTANCES, "float labels of shape (n,)")


def _loss_has_a_margin(loss) -> None:
    """heeds the margin"""
    for margin in (0.5, 2.0):
        _compare_loss(loss, SAME, DISTANCES, "float labels", margin=margin)


def _loss_takes_columns(loss) -> None:
    """takes labels and distances of shape (n,) and (n, 1)"""
    column = DISTANCES[:, None]
    _compare_loss(loss, SAME[:, None], column, "labels (n, 1), distances (n, 1)")
    _compare_loss(loss, SAME, column, "labels (n,), distances (n, 1)")
    _compare_loss(loss, SAME[:, None], DISTANCES, "labels (n, 1), distances (n,)")


def _loss_takes_integers(loss) -> None:
    """takes integer labels"""
    for kind in ("int64", "int32", "uint8"):
        labels = tf.constant(SAME.astype(kind))
        _compare_loss(loss, labels, DISTANCES, f"labels of type {kind}")


def _loss_is_zero_when_perfect(loss) -> None:
    """is zero for perfect pairs, and its gradient finite everywhere"""
    same = tf.constant([1.0, 0.0, 0.0])
    perfect = tf.constant([0.0, 1.0, 2.5])
    value = _numbers(loss(same, perfect))
    if np.abs(value).max() > 1e-6:
        fail(
            expected="0 for a same pair at 0 and different ones at or past the margin",
            got=f"{value}",
            hint="nothing is left to do for these.",
        )
    labels, distances = tf.constant(SAME), tf.constant(DISTANCES)
    with tf.GradientTape() as tape:
        tape.watch(distances)
        total = tf.reduce_sum(loss(labels, distances))
    gradient = tape.gradient(total, distances)
    if gradient is None:
        fail(
            expected="a gradient with respect to the distances",
            got="none",
            hint="NumPy isn't differentiated; `keras.ops` is.",
        )
    if not np.isfinite(_numbers(gradient)).all():
        fail(
            expected="a finite gradient",
            got=f"{_numbers(gradient)}",
            hint="which function has no finite slope at 0?",
        )


LOSS: list[Proof] = [
    _loss_is_the_formula,
    _loss_has_a_margin,
    _loss_takes_columns,
    _loss_takes_integers,
    _loss_is_zero_when_perfect,
]


# --- EuclideanDistance --------------------------------------------------------------


def _codes(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return tuple(random.standard_normal((2, 9, 5)).astype("float32"))


def _distance_is_right(layer) -> None:
    """is the Euclidean distance, one number for each pair"""
    left, right = _codes()
    truth = np.linalg.norm(left - right, axis=1)
    got = _numbers(layer()([left, right]))
    if got.shape == left.shape:
        fail(
            expected="one number per pair: (9,) or (9, 1)",
            got=f"{got.shape}, a number for each feature",
            hint="sum the squares over the last axis.",
        )
    if got.shape not in {(9,), (9, 1)}:
        fail(
            expected="one number per pair: (9,) or (9, 1)",
            got=f"{got.shape}",
            hint="keep the batch axis; sum over the features.",
        )
    got = got.ravel()
    faults = {
        "the squared distance": truth**2,
        "the sum of absolute differences": np.abs(left - right).sum(axis=1),
        "a mean over features": truth / np.sqrt(left.shape[1]),
    }
    if not np.allclose(got, truth, atol=1e-3):
        fault = [f for f, v in faults.items() if np.allclose(got, v, atol=1e-3)]
        fail(
            expected=f"{np.round(truth[:3], 3)}, …",
            got=f"{np.round(got[:3], 3)}, …{': ' + fault[0] if fault else ''}",
            hint="the root of the sum of squared differences.",
        )


def _distance_has_a_gradient_at_zero(layer) -> None:
    """is 0 for equal embeddings, with a finite gradient there"""
    left = tf.constant(_codes()[0])
    right = tf.identity(left)
    instance = layer()
    with tf.GradientTape() as tape:
        tape.watch(left)
        distance = instance([left, right])
        total = tf.reduce_sum(distance)
    if np.abs(_numbers(distance)).max() > 0.05:
        fail(
            expected="a distance of 0 for equal embeddings, but for rounding",
            got=f"{np.abs(_numbers(distance)).max():.3f}",
            hint="what keeps the root away from 0 must be small.",
        )
    gradient = tape.gradient(total, left)
    if gradient is None or not np.isfinite(_numbers(gradient)).all():
        fail(
            expected="a finite gradient for equal embeddings",
            got="NaN" if gradient is not None else "none",
            hint="the root's slope at 0 is infinite, and infinity times 0 isn't a "
            "number. Keep what is under the root above a tiny number.",
        )


def _distance_can_be_saved(layer) -> None:
    """can be saved and loaded, in safe mode"""
    left, right = _codes()
    inputs = [keras.Input((5,)), keras.Input((5,))]
    model = keras.Model(inputs, layer()(inputs))
    loaded = _reload(model)
    if not np.allclose(_numbers(loaded([left, right])), _numbers(model([left, right]))):
        fail(
            expected="the loaded layer's distances equal to the saved one's",
            got="other numbers",
            hint="what `__init__` takes has to be in `get_config`.",
        )


DISTANCE: list[Proof] = [
    _distance_is_right,
    _distance_has_a_gradient_at_zero,
    _distance_can_be_saved,
]


def _reload(model):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return keras.saving.load_model(path, compile=False)


# --- build_siamese ------------------------------------------------------------------


class _Built:
    """One network built by the learner, and its weights before training."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(1)
        self.encoder, self.siamese = _two_models(build(input_shape=(28, 28, 1)))
        self.build = build
        self.history = None

    def outputs(self, left, right) -> np.ndarray:
        return _numbers(self.siamese([left, right], training=False)).ravel()

    def codes(self, images) -> np.ndarray:
        return _numbers(self.encoder(images, training=False))


@once
def _built(build) -> _Built:
    return _Built(build)


def _two_models(returned):
    ok = isinstance(returned, tuple | list) and len(returned) == 2
    if not ok or not all(isinstance(m, keras.Model) for m in returned):
        kinds = (
            ", ".join(type(m).__name__ for m in returned)
            if isinstance(returned, tuple | list)
            else type(returned).__name__
        )
        fail(
            expected="two models: encoder, siamese",
            got=kinds,
            hint="the encoder is returned too: with it alone new digits are embedded.",
        )
    return returned


def _pictures(seed: int, count: int = 40, shape=(28, 28, 1)):
    """Four easy kinds of picture, with noise and moved about: images and labels."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    kinds = [
        (rows // 3) % 2,
        (columns // 3) % 2,
        ((rows - shape[0] / 2) ** 2 + (columns - shape[1] / 2) ** 2 < 30) * 1,
        ((rows - shape[0] / 2) ** 2 + (columns - shape[1] / 2) ** 2 > 80) * 1,
    ]
    y = np.repeat(np.arange(4), count)
    x = np.stack([np.roll(kinds[k], random.integers(-1, 2, 2), (0, 1)) for k in y])
    x = 0.8 * x + 0.2 * random.random(x.shape)
    return np.repeat(x[..., None], shape[2], -1).astype("float32"), y


def _sound_pairs(seed: int, number: int, **options):
    x, y = _pictures(seed, **options)
    random = np.random.default_rng(seed)
    left = random.integers(len(x), size=4 * number)
    right = random.integers(len(x), size=4 * number)
    same, apart = y[left] == y[right], left != right
    rows = np.concatenate(
        [
            np.flatnonzero(same & apart)[: number // 2],
            np.flatnonzero(~same)[: number - number // 2],
        ]
    )
    rows = random.permutation(rows)
    return x[left[rows]], x[right[rows]], same[rows].astype("float32")


def _has_shapes(build) -> None:
    """encoder gives one vector per image, siamese one number per pair, of any size"""
    # The size asked for first, and one that nobody has hard-coded.
    for shape, models in (
        ((28, 28, 1), None),
        ((32, 24, 3), build),
    ):
        encoder, siamese = (
            (_built(build).encoder, _built(build).siamese)
            if models is None
            else _two_models(build(input_shape=shape))
        )
        images = np.random.default_rng(0).random((6, *shape)).astype("float32")
        codes = _numbers(encoder(images, training=False))
        if codes.ndim != 2 or codes.shape[0] != 6 or codes.shape[1] < 2:
            fail(
                expected="an embedding (6, features) of 6 images",
                got=f"{codes.shape}",
                hint="a vector for each image: flatten or pool before the last layer.",
            )
        output = _numbers(siamese([images, images[::-1]], training=False))
        if output.shape not in {(6,), (6, 1)}:
            fail(
                expected="one number for each of 6 pairs: (6,) or (6, 1)",
                got=f"{output.shape}",
                hint="the distance, or the probability that the digit is the same.",
            )


def _is_compiled(build) -> None:
    """siamese is compiled"""
    if not _built(build).siamese.compiled:
        fail(
            expected="a compiled model",
            got="one without optimizer and loss",
            hint="`siamese.compile(...)` before it is returned.",
        )


def _is_symmetric(build) -> None:
    """swapping left and right changes nothing"""
    left, right, _ = _sound_pairs(0, 12)
    built = _built(build)
    one, other = built.outputs(left, right), built.outputs(right, left)
    if not np.allclose(one, other, atol=1e-4):
        weights = built.siamese.count_params() / max(1, built.encoder.count_params())
        fail(
            expected="the same output for (a, b) and (b, a)",
            got=f"outputs up to {np.abs(one - other).max():.3f} apart; siamese has "
            f"{weights:.1f} times the encoder's weights",
            hint="the same encoder, called twice, and a comparison that doesn't mind "
            "the order, such as a distance.",
        )
    if np.ptp(one) < 1e-7:
        fail(
            expected="outputs that depend on the images",
            got="the same output for every pair",
            hint="does the network compare, or is one side compared with itself?",
        )


def _shares_weights(build) -> None:
    """both images go through the encoder that is returned"""
    built = _built(build)
    own, encoder = (
        sum(int(np.prod(w.shape)) for w in m.weights)
        for m in (built.siamese, built.encoder)
    )
    if own >= 2 * encoder:
        fail(
            expected=f"about the encoder's {encoder:,} weights in siamese",
            got=f"{own:,}: two encoders instead of one that is shared",
            hint="build it once, call it twice.",
        )
    left, right, _ = _sound_pairs(0, 12)
    before, saved = built.outputs(left, right), built.encoder.get_weights()
    built.encoder.set_weights([0.5 * w for w in saved])
    after = built.outputs(left, right)
    built.encoder.set_weights(saved)
    if np.allclose(before, after, atol=1e-6):
        fail(
            expected="siamese changes when the encoder's weights do",
            got="the same output: the encoder that is returned isn't the one inside",
            hint="return the very model that siamese calls.",
        )


def _learns(build) -> None:
    """learns: same pairs come out closer than different ones"""
    built = _built(build)
    before = [w.copy() for w in built.encoder.get_weights()]
    left, right, same = _sound_pairs(1, 640)
    # Mislabelled duplicates: a push away from distance 0.
    left[:4] = right[:4]
    same[:4] = 0.0
    build_optimizer(built.siamese)
    built.siamese.fit([left, right], same, epochs=6, batch_size=32, verbose=0)
    after = built.encoder.get_weights()
    if not all(np.isfinite(w).all() for w in after):
        fail(
            expected="finite weights after training",
            got="NaN; four of the 640 pairs hold an image twice, labelled different",
            hint="the root of 0 has no finite slope. Keep what is under it above a "
            "tiny number.",
        )
    if all(np.array_equal(a, b) for a, b in zip(before, after, strict=True)):
        fail(
            expected="an encoder that training moves",
            got="its weights are as before",
            hint="is it part of siamese, and trainable?",
        )
    left, right, same = _sound_pairs(2, 200)
    a, b = built.codes(left), built.codes(right)
    closeness = -np.linalg.norm(a - b, axis=1)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosine = (a * b).sum(axis=1) / np.maximum(lengths, 1e-9)
    auc = max(roc_auc_score(same, closeness), roc_auc_score(same, cosine))
    if auc < 0.5:
        fail(
            expected="same pairs closer than different ones",
            got=f"farther apart: ROC AUC {auc:.2f}",
            hint="labels are 1 for same. Does the loss pull those together?",
        )
    output = built.outputs(left, right)
    # Batch normalisation's averages may lag after so few steps.
    trained = _numbers(built.siamese([left, right], training=True)).ravel()
    scores = [roc_auc_score(same, o) for o in (output, trained)]
    score = max(max(s, 1 - s) for s in scores)
    if score < 0.9:
        fail(
            expected="a ROC AUC of at least 0.9 on four easy kinds of picture",
            got=f"{score:.2f} after 120 steps",
            hint="labels are 1 for same: does the loss pull those together? And do "
            "loss and output agree? A contrastive loss wants distances, a "
            "cross-entropy probabilities of `same`.",
        )
    if auc < 0.8:
        fail(
            expected="same pairs closer than different ones in the encoder's space",
            got=f"ROC AUC {auc:.2f}",
            hint="what is compared should be the embeddings.",
        )


def _loads(build) -> None:
    """siamese can be saved and loaded, in safe mode"""
    built = _built(build)
    left, right, _ = _sound_pairs(0, 12)
    loaded = _reload(built.siamese)
    output = _numbers(loaded([left, right], training=False)).ravel()
    if not np.allclose(output, built.outputs(left, right), atol=1e-4):
        fail(
            expected="the loaded model's outputs equal to the saved one's",
            got="other numbers",
            hint="is every layer part of the model, and every setting in its config?",
        )


SIAMESE: list[Proof] = [
    _has_shapes,
    _is_compiled,
    _is_symmetric,
    _shares_weights,
    _learns,
    _loads,
]


# --- one_shot_accuracy --------------------------------------------------------------


def _labelled(classes: int, each: int):
    """Images whose first pixel is their own number, second pixel their class."""
    y = np.tile(np.arange(classes), each)
    x = np.zeros((len(y), 4, 4, 1), dtype="float32")
    x[:, 0, 0, 0], x[:, 0, 1, 0] = np.arange(len(y)), y
    return x, y


def _knows_classes(images) -> np.ndarray:
    return np.eye(20)[np.rint(np.asarray(images)[:, 0, 1, 0]).astype(int)]


def _knows_images(images) -> np.ndarray:
    """A code for each image that has nothing to do with its class."""
    codes = np.random.default_rng(0).standard_normal((400, 16))
    return codes[np.rint(np.asarray(images)[:, 0, 0, 0]).astype(int)]


def _knows_nothing(images) -> np.ndarray:
    return np.zeros((len(images), 8))


def _score(accuracy, embed, classes, each, ways, episodes=600, seed=0) -> float:
    x, y = _labelled(classes, each)
    value = accuracy(embed, x, y, ways, episodes, seed)
    try:
        value = float(value)
    except (TypeError, ValueError):
        fail(
            expected="one number, the share of right episodes",
            got=f"{type(value).__name__}",
            hint="count the episodes that came out right, and divide.",
        )
    if not 0 <= value <= 1:
        fail(
            expected="a share between 0 and 1",
            got=f"{value:g}",
            hint="divide by the number of episodes.",
        )
    return value


def _classes_differ(accuracy) -> None:
    """the ways of an episode are different classes"""
    perfect = _score(accuracy, _knows_classes, classes=5, each=10, ways=5)
    # Two classes, two ways: drawn with replacement, both are often the same one.
    blind = _score(accuracy, _knows_images, classes=2, each=100, ways=2)
    if perfect >= 0.999 and blind < 0.6:
        return
    if perfect < 0.999 and blind < 0.6:
        fail(
            expected="1.0 for an embedding that knows the classes",
            got=f"{perfect:.2f}",
            hint="the nearest support image gives the class; each class must be "
            "there once.",
        )
    fail(
        expected="about 0.50 for two ways and an embedding that knows nothing of "
        "classes",
        got=f"{blind:.2f}: some episodes hold the same class twice, and can't fail",
        hint="`choice` draws with replacement unless told otherwise.",
    )


def _query_is_not_in_the_support(accuracy) -> None:
    """the query is never one of the support images"""
    # Two images of each class: if it may be itself, it is every other time.
    got = _score(accuracy, _knows_images, classes=10, each=2, ways=5)
    if got > 0.3:
        fail(
            expected="about 0.20 for five ways and an embedding that tells images "
            "apart and knows nothing of classes",
            got=f"{got:.2f}: the query is sometimes its own support image",
            hint="draw support and query of a class together, without replacement.",
        )


def _collapse_scores_chance(accuracy) -> None:
    """an embedding that maps everything to one point scores chance"""
    got = _score(accuracy, _knows_nothing, classes=10, each=4, ways=5)
    if got > 0.3:
        fail(
            expected="at most chance, 0.20, when all distances are equal",
            got=f"{got:.2f}: ties go to the right answer",
            hint="`argmin` takes the first of equals. Where does the right class "
            "stand? Let it stand anywhere.",
        )


def _episodes_are_seeded(accuracy) -> None:
    """the same seed gives the same share"""
    scores = [
        _score(accuracy, _knows_images, 10, 6, ways=3, episodes=200, seed=s)
        for s in (1, 1, 2, 3, 4)
    ]
    if scores[0] != scores[1] or len(set(scores)) == 1:
        fail(
            expected="the same episodes from the same seed, others from another",
            got=f"{scores}",
            hint="every draw comes from one generator, started from `seed`.",
        )


ONE_SHOT: list[Proof] = [
    _classes_differ,
    _query_is_not_in_the_support,
    _collapse_scores_chance,
    _episodes_are_seeded,
]


question = Question(
    7,
    Part.of_steps("make_pairs", PAIRS),
    Part.of_steps("build_siamese", SIAMESE),
    Part.of_steps("contrastive_loss", LOSS),
    Part.of_steps("EuclideanDistance", DISTANCE),
    Part.of_steps("one_shot_accuracy", ONE_SHOT),
    hints=HINTS,
)
check = question.check
