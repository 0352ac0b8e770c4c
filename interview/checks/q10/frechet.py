"""`frechet_distance`, the second round.

Whether a covariance divides by n or n - 1 is left open.
"""

from collections.abc import Callable
from numbers import Real

import numpy as np

from interview.checks.claims import Fault, Part, fail, need
from interview.checks.kit import agree

part = Part("frechet_distance")
Distance = Callable[[np.ndarray, np.ndarray], float]


def _features(count: int, size: int, seed: int) -> np.ndarray:
    """Correlated features (count, size) of mean 0."""
    random = np.random.default_rng(seed)
    mixed = random.standard_normal((count, size)) @ random.standard_normal((size, size))
    return mixed - mixed.mean(axis=0)


def _moments(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return features.mean(axis=0), np.cov(features, rowvar=False)


def _right(a: np.ndarray, b: np.ndarray, less: int = 1) -> float:
    """By the singular values of the centred features: no matrix needs a root.

    The covariances are those that divide by n - `less`.
    """
    gap = a.mean(axis=0) - b.mean(axis=0)
    a, b = ((x - x.mean(axis=0)) / np.sqrt(len(x) - less) for x in (a, b))
    shared = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    return float(gap @ gap + np.sum(a**2) + np.sum(b**2) - 2 * shared)


def _number(distance: object) -> float:
    """A distance as a float, if it is one finite number that isn't complex."""
    if isinstance(distance, np.ndarray) and distance.ndim == 0:
        distance = distance[()]
    if not isinstance(distance, Real):
        fail(
            expected="one real number, a float",
            got="nothing" if distance is None else f"{type(distance).__name__}",
            hint="a root of a matrix may come out complex by rounding: is there a way "
            "to it that stays with real numbers?",
        )
    need(
        np.isfinite(distance),
        expected="a finite number",
        got=f"{distance}",
        hint="an eigenvalue that is 0 may come out as a little less; what is its root?",
    )
    return float(distance)


def _same(got: float, right: float) -> bool:
    return abs(got - right) <= 2e-3 + 1e-2 * abs(right)


@part.claim("returns one real number")
def one_number(distance: Distance) -> None:
    _number(distance(_features(300, 6, 0), _features(300, 6, 1)))


@part.claim("0 for equal sets, and the same in both directions, for sets of any sizes")
def zero_and_symmetric(distance: Distance) -> None:
    a, b = _features(300, 6, 0), _features(200, 6, 1) + 1
    a[200:] *= 2  # what is left out would be missed
    got, nearly = _number(distance(a, a[::-1])), 1e-3 * np.trace(_moments(a)[1])
    need(
        abs(got) < 1e-3,
        expected="0 between a set and itself in another order",
        got=f"{got:.4g}" + (": nearly, but not" if abs(got) < nearly else ""),
        hint="is anything added on the way, or are digits lost, as with float32?"
        if abs(got) < nearly
        else "the formula knows means and covariances, and not which row is which.",
    )
    there, back = (_number(distance(*pair)) for pair in ((a, b), (b, a)))
    need(
        abs(there - back) < 1e-3 * abs(there),
        expected=f"{there:.4f} in both directions",
        got=f"{back:.4f} on the way back",
        hint="neither set is special. Is anything taken from one of them alone?",
    )


@part.claim("moved sets and stretched sets are as far apart as they are")
def moved_and_stretched(distance: Distance) -> None:
    features = _features(300, 6, 0)
    total = float(np.trace(_moments(features)[1]))
    gap = 2.0 * np.arange(1, 7)
    cases = (
        ("the same features moved by 2, 4, … 12", features + gap, gap @ gap),
        ("the same features, three times as wide", 3 * features, 4 * total),
    )
    for says, other, right in cases:
        got = _number(distance(features, other))
        agree(
            got,
            right,
            expected=f"{right:.3f} between features and {says}",
            shown=f"{got:.3f}",
            hint="the squared gap of the means, both traces, less twice the trace of "
            "the product's root.",
            same=_same,
            faults=(
                Fault(
                    right**0.5,
                    "the root of what is asked for",
                    "the formula gives d²: that is what papers report.",
                ),
            ),
        )


@part.claim("sees how features go together, not only how wide each of them is")
def full_covariances(distance: Distance) -> None:
    random = np.random.default_rng(2)
    a = random.standard_normal((400, 2)) @ np.array([[1.0, 0.9], [0.0, 0.4]])
    b = a * [1, -1]
    right, got = _right(a, b), _number(distance(a, b))
    wide = [np.sqrt(np.diag(_moments(x)[1])) for x in (a, b)]
    gap = a.mean(axis=0) - b.mean(axis=0)
    agree(
        got,
        right,
        expected=f"{right:.3f} for two features that rise together in one set and "
        "against each other in the other",
        shown=f"{got:.3f}",
        hint="the covariance is a matrix, and so is its root.",
        same=_same,
        faults=(
            Fault(
                float(gap @ gap + np.sum((wide[0] - wide[1]) ** 2)),
                "that of each feature by itself",
                "what stands beside the diagonal counts too.",
            ),
        ),
    )


def _by_roots(a: np.ndarray, b: np.ndarray, less: int) -> float:
    """With the trace of the two roots' product, which isn't the product's root."""
    covariances = [np.cov(x, rowvar=False, ddof=less) for x in (a, b)]
    both = []
    for cov in covariances:
        values, vectors = np.linalg.eigh(cov)
        both.append((vectors * np.sqrt(values.clip(0))) @ vectors.T)
    gap = a.mean(axis=0) - b.mean(axis=0)
    traces = sum(map(np.trace, covariances))
    return float(gap @ gap + traces - 2 * np.trace(both[0] @ both[1]))


@part.claim("right where a covariance is singular: dead features, few examples")
def singular_covariances(distance: Distance) -> None:
    left, right_half = _features(400, 20, 3), _features(400, 20, 4)
    left[:, 10:], right_half[:, :10] = 0, 0
    few = _features(15, 40, 5), _features(12, 40, 6)
    cases = [
        (
            "10 of 20 features are dead in one set, the other 10 in the other",
            left,
            right_half,
        ),
        ("15 and 12 examples of 40 features", *few),
    ]
    # In some of these, not in all, the root of the plain product comes out as NaN.
    for seed in range(10, 20):
        a, b = _features(2, 10, seed), _features(2, 10, seed + 50)
        a[:, 0], b[:, -1] = 0, 0
        cases.append(("2 and 2 examples of 10 features, one dead in each set", a, b))
    for says, a, b in cases:
        rights, got = [_right(a, b, less) for less in (1, 0)], _number(distance(a, b))
        near = abs(got - rights[0]) < 0.02 * rights[0]
        agree(
            got,
            rights,
            expected=f"{rights[0]:.4f} where {says}",
            shown=f"{got:.4f}" + (", which is near and no more" if near else ""),
            hint="is anything added to a diagonal so that no root meets a 0, or are "
            "digits lost? The distance shows it."
            if near
            else "a covariance without full rank has eigenvalues of 0, and a root all "
            "the same. The root wanted is that of the product.",
            # A number added to the diagonal shifts the distance by more than rounding
            # does.
            same=lambda got, right: np.isclose(got, right, rtol=1e-5).any(),
            faults=(
                Fault(
                    [_by_roots(a, b, less) for less in (1, 0)],
                    "with the trace of the product of two roots",
                    "that is the root of the product only where the two commute.",
                ),
            ),
        )
