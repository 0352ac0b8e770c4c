"""`prepare`, the bug hunt, judged on images whose first pixels encode their number."""

import functools
from collections.abc import Callable

import numpy as np

from interview.checks.claims import Part, need
from interview.checks.kit import close, judge_places

KEYS = ("x_train", "y_train", "x_val", "y_val", "x_test")
IMAGES, TESTS, BITS = 400, 50, 9

part = Part("prepare")


@functools.cache
def pictures() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Noise whose first pixels encode a serial number, which survives scaling."""
    random = np.random.default_rng(0)
    x = random.integers(0, 120, (IMAGES + TESTS, 28, 28), dtype="uint8")
    # In both parts every bit is 0 in some images and 1 in others, so that a threshold
    # between the two can be found.
    bits = (np.arange(IMAGES + TESTS)[:, None] >> np.arange(BITS)) & 1
    x[:, 0, :BITS] = 255 * bits
    # The images are sorted by class, as files in ten folders are.
    y = np.sort(random.integers(0, 10, IMAGES))
    return x[:IMAGES], y, x[IMAGES:]


def prepared(prepare: Callable, **options) -> dict[str, np.ndarray]:
    return prepare(*(array.copy() for array in pictures()), **options)


def serials(*images: np.ndarray) -> list[np.ndarray]:
    """The serial numbers in each array of scaled images."""
    pixels = np.concatenate(images)[:, 0, :BITS, 0]
    middle = (pixels.min(axis=0) + pixels.max(axis=0)) / 2
    found = ((pixels > middle) << np.arange(BITS)).sum(axis=1)
    return np.split(found, np.cumsum([len(part) for part in images])[:-1])


@part.claim("returns scaled float32 images with a channel axis, and their labels")
def scaled_images(prepare):
    parts = prepared(prepare)
    is_dict = isinstance(parts, dict)
    need(
        is_dict and parts.keys() >= set(KEYS),
        expected=f"a dict with the keys {', '.join(KEYS)}",
        got=f"the keys {', '.join(map(str, parts))}"
        if is_dict
        else type(parts).__name__,
        hint="the broken program returns them; keep its interface.",
    )
    for key in ("x_train", "x_val", "x_test"):
        images = np.asarray(parts[key])
        need(
            images.dtype == np.float32 and images.shape[1:] == (28, 28, 1),
            expected=f"{key}: float32 of shape (n, 28, 28, 1)",
            got=f"{images.dtype} of shape {images.shape}",
            hint="a convolution wants a channel axis, even for one channel."
            if images.dtype == np.float32
            else "what type has a NumPy array that was divided, and what has to be "
            "done about it?",
        )
        largest = np.abs(images).max()
        need(
            0.4 <= largest <= 20,
            expected=f"{key}: scaled, numbers of about 1",
            got=f"values up to {largest:.2g}",
            hint="pixels run from 0 to 255."
            if largest > 1
            else "which is it that brings numbers to about 1, the deviation or its "
            "square, the variance?",
        )


@part.claim("leaves the arrays that it is given as they are")
def leaves_its_arguments(prepare):
    given = [array.copy() for array in pictures()]
    prepare(*given)
    need(
        all(map(np.array_equal, given, pictures())),
        expected="the arrays that are passed in stay as they are",
        got="they were changed in place",
        hint="`shuffle` works in place; an index array doesn't.",
    )


@part.claim("each image keeps its own label")
def keeps_labels(prepare):
    parts = prepared(prepare)
    found = serials(parts["x_train"], parts["x_val"])
    for key, rows in zip(("train", "val"), found, strict=True):
        labels = np.asarray(parts[f"y_{key}"])
        need(
            len(labels) == len(rows),
            expected=f"as many labels as images in {key}",
            got=f"{len(labels)} labels for {len(rows)} images",
            hint="split both at the same place.",
        )
        right = (labels == pictures()[1][np.minimum(rows, IMAGES - 1)]).mean()
        need(
            right == 1,
            expected="the label of each image",
            got=f"{right:.0%} of the labels in {key} are their image's: images and "
            "labels were shuffled separately",
            hint="two permutations of the same length are two different orders. What "
            "do images and labels have to share?",
        )


@part.claim("a digit is trained on or validated on, never both")
def never_both(prepare):
    for options in ({}, {"val_fraction": 0.35}):
        fraction = options.get("val_fraction", 0.2)
        parts = prepared(prepare, **options)
        train, val = serials(parts["x_train"], parts["x_val"])
        both = np.intersect1d(train, val)
        need(
            not len(both),
            expected="no image in two parts",
            got=f"{len(both)} of {len(val)} validation images are also trained on",
            hint="what was taken out for validation has to be missing from training.",
        )
        wanted = fraction * IMAGES
        need(
            abs(len(val) - wanted) <= 1 and len(train) + len(val) == IMAGES,
            expected=f"{IMAGES} images split into {IMAGES - wanted:.0f} and "
            f"{wanted:.0f}",
            got=f"{len(train)} and {len(val)}",
            hint="every image goes to one of the two parts, and `val_fraction` says "
            "how many validate.",
        )
        classes = np.unique(parts["y_val"])
        need(
            len(classes) >= 6,
            expected="all classes in the validation part",
            got=f"the classes {classes.tolist()}: images that come sorted are split "
            "without being shuffled",
            hint="shuffle before you split.",
        )
    need(
        not validation_counts(prepare),
        expected="the same x_train, whatever the validation digits are",
        got="other values for other validation digits: they are part of the statistics "
        "that scale the training data",
        hint="a mean is learned from data, too. Over which of the parts may it be "
        "taken?",
    )


def validation_counts(prepare: Callable) -> bool:
    """Whether the validation digits affect how the training digits are scaled."""
    x, y, x_test = (array.copy() for array in pictures())
    usual = prepared(prepare)
    train, val = serials(usual["x_train"], usual["x_val"])
    white = x.copy()
    white[val, 1:] = 255
    other = prepare(white, y, x_test.copy())
    (again,) = serials(other["x_train"])
    if not np.array_equal(train, again) or close(
        usual["x_train"], other["x_train"], atol=1e-5
    ):
        return False
    # If the test digits affect the scale as well, another claim reports that.
    dark = prepare(x, y, np.full_like(x_test, 255))
    return close(usual["x_train"], dark["x_train"], atol=1e-5)


@part.claim("the seed, and nothing else, decides which digits validate")
def seed_decides(prepare):
    tried = [prepared(prepare, seed=seed) for seed in (3, 3, 4, 0)]
    tried.append(prepared(prepare))
    first, second, other, zero, default = (
        serials(parts["x_train"], parts["x_val"])[1] for parts in tried
    )
    for holds, expected, split in (
        (np.array_equal(first, second), "the same split for the same seed", "another"),
        (
            not np.array_equal(np.sort(first), np.sort(other)),
            "another split for another seed",
            "the same",
        ),
        (np.array_equal(zero, default), "seed 0 where none is given", "another split"),
    ):
        need(
            holds,
            expected=expected,
            got=split,
            hint="draw from a generator made with `seed`.",
        )
    arrays = [array.copy() for array in pictures()]
    judge_places(
        lambda: prepare(*arrays, 0.2, 3)["x_val"],
        tried[0]["x_val"],
        *("x_train", "y_train", "x_test", "val_fraction", "seed"),
    )


@part.claim("nothing about the test digits enters what is trained on")
def test_digits_unseen(prepare):
    x, y, x_test = pictures()
    usual = prepared(prepare)
    other = prepare(x.copy(), y.copy(), np.full_like(x_test, 255))
    for key in ("x_train", "x_val"):
        need(
            close(usual[key], other[key], atol=1e-5),
            expected=f"the same {key}, whatever the test digits are",
            got="other values for other test digits: the test digits are part of the "
            "statistics that scale the training data",
            hint="when the model is in use, the test digits don't exist yet. What may "
            "the mean be taken over?",
        )


@part.claim("the test digits, all and in order, are scaled as the training digits are")
def test_digits_scaled(prepare):
    x, y, _ = pictures()
    parts = prepare(x.copy(), y.copy(), x[:TESTS].copy())
    need(
        len(parts["x_test"]) == TESTS,
        expected=f"{TESTS} test images",
        got=f"{len(parts['x_test'])}",
        hint="the test digits aren't split.",
    )
    train, val = serials(parts["x_train"], parts["x_val"])
    # The test digits are read separately: if they are scaled otherwise, no threshold
    # serves both parts.
    (test,) = serials(parts["x_test"])
    need(
        np.array_equal(test[:32] % 32, np.arange(32)),
        expected="the test images in their own order",
        got="another order",
        hint="the caller keeps the test labels, in the order they had.",
    )
    order = np.argsort(np.concatenate([train, val]))
    images = np.concatenate([parts["x_train"], parts["x_val"]])[order][:TESTS]
    need(
        close(images, parts["x_test"], atol=1e-5),
        expected="the same image scaled the same way in every part",
        got="an image that differs between training and test: a part is scaled by its "
        "own statistics",
        hint="one mean and one deviation serve all three parts.",
    )
