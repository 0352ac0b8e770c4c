"""`cached_attention`, the second round.

A cache may have any form: the check passes it back as it came. The check doesn't test
how long a call takes, or whether the cache grows or has its full length from the start.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
from keras import ops
from scipy.special import softmax

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, close, gap, pair_of, shaped
from interview.checks.q09.reference import LOW, dot_products

part = AnswerClaims("cached_attention")

BATCH, STEPS, LONG, SIZE, VALUES = 2, 6, 20, 8, 5
same = partial(close, atol=1e-3, rtol=1e-3)


def sequence(seed: int, batch: int = BATCH, steps: int = STEPS) -> list[np.ndarray]:
    """Query, key and value of all steps."""
    random = np.random.default_rng(seed)
    shapes = (batch, steps, SIZE), (batch, steps, SIZE), (batch, steps, VALUES)
    return [random.standard_normal(shape).astype("float32") for shape in shapes]


def call(answer: Callable, arrays: list[np.ndarray], step: int, *cache: Any) -> tuple:
    """The answer's result for one step of a sequence."""
    tokens = [ops.convert_to_tensor(a[:, step : step + 1]) for a in arrays]
    hint = "the next call needs what this one has seen: give it back."
    return pair_of(answer(*tokens, *cache), "output", "cache", hint=hint)


def decode(answer: Callable, arrays: list[np.ndarray]) -> np.ndarray:
    """All outputs, (batch, steps, values), from one call for each step."""
    output, cache = call(answer, arrays, 0)
    outputs = [as_numbers(output)]
    for step in range(1, arrays[0].shape[1]):
        output, cache = call(answer, arrays, step, cache)
        outputs.append(as_numbers(output))
    return np.concatenate(outputs, axis=1)


def causal(
    arrays: list[np.ndarray], *, diagonal: int = 0, root: float = SIZE**0.5
) -> np.ndarray:
    """The reference for all steps at once; other arguments give its faults."""
    query, key, value = (array.astype("float64") for array in arrays)
    mask = np.tril(np.ones((query.shape[1], query.shape[1]), bool), diagonal)
    mask[0, 0] = True
    weights = softmax(np.where(mask, dot_products(query, key) / root, LOW), axis=-1)
    return weights @ value


@part.claim("returns an output for the new token, and a cache")
def returns_a_cache(answer: Callable) -> None:
    arrays, cache = sequence(0), ()
    for step in range(3):
        output, kept = call(answer, arrays, step, *cache)
        cache = (kept,)
        shaped(
            output,
            (BATCH, 1, VALUES),
            what=f"for token {step + 1} an output",
            faults=(
                Fault(
                    (BATCH, VALUES),
                    "the axis of queries is gone",
                    "one token is a sequence of length one: (batch, 1, …) goes in and "
                    "comes out.",
                ),
                Fault(
                    (BATCH, step + 1, VALUES),
                    "an output for each token so far",
                    "the earlier outputs were returned by earlier calls. How many "
                    "queries came in?",
                ),
            ),
            hint="one query against all keys so far: which axes are summed over?",
        )


@part.claim("without a cache a new sequence begins")
def begins_anew(answer: Callable) -> None:
    call(answer, sequence(2), 0)
    arrays = sequence(3)
    for none in ((), (None,)):
        output, _ = call(answer, arrays, 0, *none)
        need(
            same(as_numbers(output), arrays[2][:, :1]),
            expected="the first token of a second sequence gives its own value back",
            got="an output that knows another sequence",
            hint="what outlives a call: a global name, or a default argument that is "
            "changed in place?",
        )


def first_wrong(got: np.ndarray, right: np.ndarray) -> int:
    """The first token, counted from 1, whose output isn't the right one."""
    tokens = range(right.shape[1])
    return next((t + 1 for t in tokens if not same(got[:, t], right[:, t])), 0)


@part.claim("the outputs equal causal attention over the whole sequence at once")
def is_causal(answer: Callable) -> None:
    for batch, steps in ((BATCH, STEPS), (1, LONG)):
        arrays = sequence(1, batch, steps)
        got, right = decode(answer, arrays), causal(arrays)
        first = first_wrong(got, right)
        agree(
            got,
            right,
            expected="the outputs of causal attention, one after the other",
            shown=f"{gap(got, right)}, from token {first} on",
            faults=cache_faults(arrays),
            hint="compare the second token with a reference made by hand: two keys, "
            "two weights."
            if first <= 2
            else f"{first - 1} tokens are right, so the formula is. Which keys and "
            f"values has the cache when token {first} comes: all of them, and as "
            "they came in?",
            same=same,
        )


def cache_faults(arrays: list[np.ndarray]) -> Iterable[Fault]:
    """Known mistakes with the cache, and in the one row of attention."""
    value = arrays[2]
    return (
        Fault(
            value,
            "each token sees itself alone: what was kept isn't used",
            "put the new key and value behind the kept ones, then attend to all.",
        ),
        Fault(
            causal(arrays, diagonal=-1),
            "the newest token isn't attended to, only those before it",
            "a token sees itself too: what comes first, the new row of the cache or "
            "the scores?",
        ),
        Fault(
            causal(arrays, root=1.0),
            "plain dot products: they weren't divided by the root of the key's size",
            "nothing about the scores changes with a cache.",
        ),
        Fault(
            np.cumsum(value, axis=1),
            "each weight is one: the softmax runs over the axis of queries",
            "there is one query now. Over which axis are the weights shared?",
        ),
    )


@part.claim("a cache stays as it is: it can be continued twice")
def leaves_the_cache(answer: Callable) -> None:
    arrays, other = sequence(4), sequence(5)
    _, cache = call(answer, arrays, 0)
    first, _ = call(answer, arrays, 1, cache)
    call(answer, other, 1, cache)
    again, _ = call(answer, arrays, 1, cache)
    need(
        same(as_numbers(first), as_numbers(again)),
        expected="the same output when one cache is continued twice",
        got="another one: the call changed the cache that came in",
        hint="beam search continues one beginning in several ways. Make a new cache "
        "from the old one; don't append in place.",
    )
    # If both continuations share a buffer, the second one overwrites a token of the
    # first, which the first reads at its next step.
    _, longer = call(answer, arrays, 1, cache)
    call(answer, other, 1, cache)
    third, _ = call(answer, arrays, 2, longer)
    need(
        same(as_numbers(third), causal(arrays)[:, 2:3]),
        expected="one beginning, continued in two ways: each goes on by itself",
        got="the second way has changed what the first one sees",
        hint="two caches of one beginning must not share what is written to: copy it "
        "before a token is put in.",
    )
