"""`make_pairs`, on images whose first pixel is their own number.

The task doesn't say that `x` and `y` must stay unchanged and that the pairs must vary,
because both are obvious; the check tests them anyway.
"""

from typing import NamedTuple

import numpy as np

from interview.checks.claims import AnswerClaims, fail, need

part = AnswerClaims("make_pairs")

# The number of images of each digit. They are as few as the task allows, so that an
# image is paired with itself unless the answer prevents it.
COUNTS = {1: 2, 4: 5, 6: 4, 9: 8}
DIGITS = np.random.default_rng(0).permutation(
    np.repeat(list(COUNTS), list(COUNTS.values()))
)


class Drawn(NamedTuple):
    """The rows in `x` of the images that were drawn, and the labels; each (n,)."""

    left: np.ndarray
    right: np.ndarray
    same: np.ndarray

    def equals(self, other: "Drawn") -> bool:
        return all(np.array_equal(a, b) for a, b in zip(self, other, strict=True))


def drawn(make_pairs, seed: int = 0, num_pairs: int = 400) -> Drawn:
    """The pairs that the learner's function draws, if their form is as asked for."""
    x = np.zeros((len(DIGITS), 6, 5, 1), dtype="float32")
    x[:, 0, 0, 0] = np.arange(len(x))
    x[:, 1:] = DIGITS[:, None, None, None] / 10
    y, kept = DIGITS.copy(), x.copy()
    returned = make_pairs(x, y, num_pairs, seed)
    try:
        (left, right), same = returned
        left, right, same = (np.asarray(a) for a in (left, right, same))
    except (TypeError, ValueError):
        fail(
            expected="(left, right), same: a pair of arrays of images, and an array of "
            "labels",
            got=_form_of(returned),
            hint="the images go into the network as `[left, right]`, the labels to "
            "the loss.",
        )
    shape = (num_pairs, *x.shape[1:])
    need(
        left.shape == right.shape == shape
        and same.shape in ((num_pairs,), (num_pairs, 1)),
        expected=f"{num_pairs} pairs: left and right {shape}, same ({num_pairs},) or "
        f"({num_pairs}, 1)",
        got=f"left {left.shape}, right {right.shape}, same {same.shape}",
        hint="`num_pairs` counts all pairs, those of both kinds, and may be odd.",
    )
    need(
        np.array_equal(x, kept),
        expected="`x` as it was",
        got="`x` has changed",
        hint="draw indices rather than shuffle the array in place.",
    )
    need(
        np.array_equal(y, DIGITS),
        expected="`y` as it was",
        got="`y` has changed: it no longer belongs to the caller's images",
        hint="a method of an array works in place where a function makes a copy.",
    )
    rows = [side[:, 0, 0, 0].astype(int) for side in (left, right)]
    need(
        all(
            np.array_equal(side, kept[row % len(kept)])
            for side, row in zip((left, right), rows, strict=True)
        ),
        expected="images of `x` as they are",
        got="images that aren't in `x`",
        hint="choose rows of `x`; don't scale or change them.",
    )
    return Drawn(*rows, same.ravel())


def _form_of(returned: object) -> str:
    """A description of what was returned in place of a pair and labels."""
    if returned is None:
        return "nothing"
    if not isinstance(returned, tuple | list):
        return f"one {type(returned).__name__}"
    if len(returned) == 3:
        return "three arrays: the first two belong in a pair of their own"
    return f"a {type(returned).__name__} of {len(returned)} that isn't made so"


@part.claim("returns num_pairs pairs of images of x, and a label for each")
def form(make_pairs) -> None:
    drawn(make_pairs, num_pairs=51)
    same = drawn(make_pairs).same
    need(
        same.dtype.kind in "biuf",
        expected="labels that are numbers or booleans",
        got=f"labels of type {same.dtype}",
        hint="the loss computes with them: 1 for the same digit, 0 for different ones.",
    )
    need(
        np.isin(same.astype("float64"), (0, 1)).all(),
        expected="labels 0 and 1",
        got=f"{np.unique(same)[:5].tolist()}",
        hint="1 says that both images show the same digit.",
    )


@part.claim("same is 1 where both images show the same digit, and 0 elsewhere")
def labels(make_pairs) -> None:
    left, right, same = drawn(make_pairs)
    truth = DIGITS[left] == DIGITS[right]
    wrong, unseen = (int(rows.sum()) for rows in (truth != same, truth & (same == 0)))
    need(
        wrong < len(same),
        expected="1 for pairs of the same digit",
        got="0 for pairs of the same digit: the convention is turned round",
        hint="papers differ here. What does the loss take 1 for?",
    )
    need(
        not wrong,
        expected="labels that say whether the digits are the same",
        got=f"{wrong} of {len(same)} labels are wrong; {unseen} pairs of the same "
        f"digit are labelled different",
        hint="the second image of a `different` pair must come from another digit "
        "than the first.",
    )


@part.claim("half of the pairs show the same digit")
def balance(make_pairs) -> None:
    share = float(drawn(make_pairs).same.mean())
    need(
        0.4 <= share <= 0.6,
        expected="half of the pairs of the same digit",
        got=f"{share:.0%}",
        hint="two digits drawn at random are mostly different. Draw the two kinds "
        "of pair one by one.",
    )
    # An answer that tosses a coin for each pair passes all three with probability
    # 1 / 3,000.
    for number, seed in ((400, 0), (51, 1), (400, 2)):
        same = int(drawn(make_pairs, seed, number).same.sum())
        need(
            abs(2 * same - number) <= number % 2,
            expected=f"{number // 2}{f' or {number // 2 + 1}' * (number % 2)} of "
            f"{number} pairs of the same digit",
            got=f"{same}: about half, but not half",
            hint="a coin tossed for each pair comes near to half only. Decide first "
            "how many pairs there are of each kind.",
        )


@part.claim("no image is paired with itself")
def two_images(make_pairs) -> None:
    left, right, _ = drawn(make_pairs)
    itself = int((left == right).sum())
    need(
        not itself,
        expected="two images in each pair",
        got=f"{itself} of {len(left)} pairs hold the same image twice",
        hint="such a pair has distance 0 whatever the network does. Draw two "
        "images of a digit without replacement.",
    )


@part.claim("the same seed draws the same pairs, another seed draws others")
def seeds(make_pairs) -> None:
    first, again, other = (drawn(make_pairs, seed) for seed in (3, 3, 4))
    need(
        again.equals(first),
        expected="the same pairs from the same seed",
        got="other pairs",
        hint="every draw has to come from the generator that `seed` starts.",
    )
    need(
        not other.equals(first),
        expected="other pairs from another seed",
        got="the same pairs whatever the seed",
        hint="is `seed` used?",
    )


@part.claim("every digit takes part in both kinds of pair, with many of its images")
def variety(make_pairs) -> None:
    left, right, same = drawn(make_pairs)
    for kind, name in ((1, "same"), (0, "different")):
        rows = same == kind
        used = np.unique([left[rows], right[rows]])
        combinations = len(set(zip(left[rows], right[rows], strict=True)))
        missing = sorted(set(COUNTS) - set(DIGITS[used].tolist()))
        need(
            not missing,
            expected=f"all of the digits {list(COUNTS)} in the `{name}` pairs",
            got=f"none with {missing}",
            hint="which digits there are is in `y`. Are all of them drawn from?",
        )
        need(
            len(used) >= 0.7 * len(DIGITS),
            expected=f"most of the {len(DIGITS)} images in {rows.sum()} `{name}` pairs",
            got=f"{len(used)} of them",
            hint="draw an image anew for each pair.",
        )
        need(
            combinations >= 15,
            expected=f"{rows.sum()} `{name}` pairs drawn from all there are",
            got=f"only {combinations} that differ",
            hint="draw both images of a pair at random.",
        )
