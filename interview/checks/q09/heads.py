"""`causal_multi_head`, the bug hunt; it is called directly, never in a model."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from keras import ops

from interview.checks.claims import Fault, Part, need
from interview.checks.kit import agree, close, shaped
from interview.checks.q09.reference import attention

part = Part("causal_multi_head")

_random = np.random.default_rng(7)
X = _random.standard_normal((2, 6, 8)).astype("float32")
MATRICES = (_random.standard_normal((4, 8, 8)) * 0.6).astype("float32")
PARTS = ("query", "key", "value")
roughly = partial(close, atol=1e-3, rtol=1e-3)


def multi_head(
    num_heads: int,
    *,
    seen: str = "past",
    root: str = "size",
    split: tuple[str, ...] = PARTS,
    merge: bool = True,
) -> np.ndarray:
    """The reference for `X` and `MATRICES`; other arguments give its faults.

    Args:
        num_heads: divides the number of features.
        seen: which steps each step attends to: the `past` and itself, or only those
            `before` it.
        root: the scores are divided by the root of the head's `size`, of all
            `features`, or not at all (`none`).
        split: what is split by exchanging axes; the rest is reshaped alone.
        merge: whether axes are exchanged when the heads are put together.
    """
    batch, steps, features = X.shape
    size = features // num_heads

    def project(name: str, matrix: np.ndarray) -> np.ndarray:
        projected = X.astype("float64") @ matrix
        if name not in split:
            return projected.reshape(batch, num_heads, steps, size)
        by_step = projected.reshape(batch, steps, num_heads, size)
        return by_step.transpose(0, 2, 1, 3)

    query, key, value = map(project, PARTS, MATRICES[:3])
    # `attention` divides by the root of the size; this factor corrects that divisor.
    query *= (size / {"size": size, "features": features, "none": 1}[root]) ** 0.5
    mask = np.tril(np.ones((steps, steps), bool), 0 if seen == "past" else -1)
    mixed, _ = attention(query, key, value, mask)
    if merge:
        mixed = mixed.transpose(0, 2, 1, 3)
    return mixed.reshape(batch, steps, features) @ MATRICES[3]


def run(answer: Callable, num_heads: int, x: np.ndarray = X) -> np.ndarray:
    """The answer's numbers."""
    return shaped(
        answer(*map(ops.convert_to_tensor, (x, *MATRICES)), num_heads),
        x.shape,
        what="as `x` has it, an output",
        hint="the heads' outputs are put side by side again, one row per step.",
    )


@part.claim("each step attends to itself and to earlier steps, never to later ones")
def looks_back(answer: Callable) -> None:
    before = run(answer, 1)
    need(
        np.isfinite(before).all(),
        expected="finite numbers",
        got="NaN or infinity",
        hint="0 times infinity isn't a number: choose between two scores (`where`), "
        "don't multiply.",
    )
    need(
        not roughly(before[:, 1:], multi_head(1, seen="before")[:, 1:]),
        expected="each step attends to itself too",
        got="a step doesn't see itself, only what comes before it",
        hint="up to *and including* itself: is the diagonal allowed?",
    )
    last, first = (moved(answer, step, before) for step in (-1, 0))
    blind = ", and the last doesn't see the first" if first[-1] < 1e-5 else ""
    need(
        last[:-1].max() < 1e-5,
        expected="earlier outputs stay when the last step changes",
        got=f"they move: a step sees the future{blind}",
        hint="row: the step that asks; column: the step attended to. Which triangle is "
        "allowed?",
    )


def moved(answer: Callable, step: int, before: np.ndarray) -> np.ndarray:
    """How far each step's output moves, with one head, when one step changes."""
    changed = X.copy()
    changed[:, step] += 1
    return np.abs(run(answer, 1, changed) - before).max(axis=(0, 2))


@part.claim("equals a NumPy reference: heads are split and scaled right")
def is_multi_head(answer: Callable) -> None:
    for num_heads in (1, 2, 4):
        got, right = run(answer, num_heads), multi_head(num_heads)
        counted = "1 head" if num_heads == 1 else f"{num_heads} heads"
        agree(
            got,
            right,
            expected=f"the reference's numbers for {counted}",
            hint="with one head this is plain attention; compare there first. Head h "
            "owns columns h · size and on, of each matrix.",
            faults=head_faults(num_heads),
            same=roughly,
        )


def head_faults(num_heads: int) -> Iterable[Fault]:
    """Known mistakes with the heads; some make no difference if there is one head."""
    shares = "each dot product runs over one head's numbers. How many are they?"
    axes = (
        "`reshape` keeps the order of the numbers in memory. Which axes have to change "
        "places?"
    )
    return (
        Fault(
            multi_head(num_heads, root="features"),
            "scores divided by the root of all features",
            shares,
        ),
        Fault(
            multi_head(num_heads, root="none"),
            "scores that weren't divided by anything",
            shares,
        ),
        Fault(
            multi_head(num_heads, split=()),
            "heads that mix steps up: the split needs more than a reshape",
            axes,
        ),
        Fault(
            multi_head(num_heads, split=(), root="features"),
            "heads that mix steps up, and scores divided by the root of all features",
            "print one head after `split`: whose numbers are in it?",
        ),
        Fault(
            multi_head(num_heads, split=("query", "key")),
            "query and key are split rightly, but the values' split mixes steps up",
            "the three are split in one and the same way.",
        ),
        Fault(
            multi_head(num_heads, merge=False),
            "heads that are right, and put together by a reshape alone: steps and "
            "heads change places",
            "what was done to the axes before has to be undone after.",
        ),
        Fault(
            multi_head(num_heads, merge=False, split=()),
            "heads that mix steps up, in the split and when they're put together",
            axes,
        ),
    )
