"""Comparisons of numbers, shapes and gradients, shared by several questions' checks.

Most functions return the value that is asked for, or end the proof with a message.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.special import softmax

from interview.checks import errors
from interview.checks.claims import Fault, fail, need

# The hint for every model whose scores change from call to call.
NOISE = (
    "dropout, or other noise, is left on in inference. A layer is told by its "
    "`training` argument; who passes it on, and what?"
)


def as_numbers(tensor: Any) -> np.ndarray:
    """Any tensor, array or number as float64."""
    return np.asarray(keras.ops.convert_to_numpy(tensor)).astype("float64")


def close(got: Any, right: Any, atol: float = 1e-4, rtol: float = 0.0) -> bool:
    """Whether two arrays have one shape and the same numbers."""
    got, right = np.asarray(got), np.asarray(right)
    return got.shape == right.shape and np.allclose(got, right, atol=atol, rtol=rtol)


def gap(got: np.ndarray, right: np.ndarray) -> str:
    """How far numbers are from the right ones, in words."""
    if np.shape(got) != np.shape(right):
        return f"shape {np.shape(got)}"
    return f"numbers that differ by up to {np.abs(got - right).max():.2g}"


def agree(
    got: Any,
    right: Any,
    *,
    expected: str,
    shown: str = "",
    hint: str,
    faults: Iterable[Fault] = (),
    same: Callable[[Any, Any], bool] = close,
) -> None:
    """End the proof unless `got` is `right`; name the first known fault that it is.

    Args:
        got: the answer's numbers.
        right: the reference's.
        expected: what should have come, in words.
        shown: `got` in words, in place of how much it differs; the name of the fault
            that explains it is added.
        hint: for numbers that no fault explains.
        faults: known mistakes; one whose numbers equal the right ones is ignored.
        same: whether two sets of numbers count as equal.
    """
    if same(got, right):
        return
    known = (f for f in faults if not same(f.value, right) and same(got, f.value))
    fault = next(known, None)
    shown = shown or gap(got, right)
    fail(
        expected=expected,
        got=f"{shown}: {fault.says}" if fault else shown,
        hint=fault.hint if fault else hint,
    )


def shaped(
    output: Any,
    wanted: tuple[int, ...],
    *others: tuple[int, ...],
    what: str = "",
    faults: Iterable[Fault] = (),
    hint: str,
) -> np.ndarray:
    """The numbers of an output, if its shape is one of those wanted.

    Args:
        output: what the answer returned.
        wanted: the shape that is expected.
        others: shapes that are accepted as well.
        what: what has this shape, for the message.
        faults: wrong shapes with a known reason; a fault's value is the shape.
        hint: for any other wrong shape.
    """
    shape = getattr(output, "shape", None)
    shape = None if shape is None else tuple(shape)
    subject = f"{what} of shape" if what else "shape"
    agree(
        shape,
        wanted,
        expected=f"{subject} {' or '.join(map(str, (wanted, *others)))}",
        shown=type(output).__name__ if shape is None else str(shape),
        hint=hint,
        faults=faults,
        same=lambda got, right: got == right or (right == wanted and got in others),
    )
    return as_numbers(output)


def pair_of(returned: Any, *names: str, hint: str) -> tuple:
    """The values that the learner's function returned, if there is one per name."""
    listed = ", ".join(names)
    if isinstance(returned, tuple | list):
        came = f"{len(returned)} of them"
    else:
        came = f"one {type(returned).__name__}, not a pair"
    need(
        isinstance(returned, tuple | list) and len(returned) == len(names),
        expected=f"a pair: {listed}" if len(names) == 2 else listed,
        got="nothing" if returned is None else came,
        hint=hint,
    )
    return tuple(returned)


def judge_places(call: Callable[[], Any], right: Any, *names: str) -> None:
    """End the proof unless positional arguments give the same result as keywords.

    Args:
        call: makes the call with positional arguments; returns numbers, or any
            structure of them.
        right: the result of the same call with keyword arguments.
        names: the names of the arguments, in order.
    """
    cause = None
    try:
        pairs = zip(keras.tree.flatten(call()), keras.tree.flatten(right), strict=True)
        if all(close(as_numbers(got), as_numbers(wanted)) for got, wanted in pairs):
            return
    except Exception as error:
        cause = error
    fail(
        expected=f"the arguments {', '.join(names)} in this order",
        got="a function that takes them by name alone, or in another order",
        hint="the signature in the task says which comes first.",
        cause=cause,
    )


def a_float(returned: Any, *, hint: str) -> float:
    """What the learner's function returned, if it is a Python float."""
    need(
        isinstance(returned, float),
        expected="a float",
        got="nothing" if returned is None else type(returned).__name__,
        hint=hint,
    )
    return returned


def steady(
    call: Callable[[], Any], *, what: str, hint: str = NOISE, atol: float = 1e-5
) -> np.ndarray:
    """What a call in inference mode returns; two calls must return the same."""
    first, again = as_numbers(call()), as_numbers(call())
    need(
        close(again, first, atol=atol),
        expected=f"the same {what} for the same input, twice",
        got=f"numbers that differ by up to {np.abs(first - again).max():.2g}",
        hint=hint,
    )
    return first


def finite_gradient(
    function: Callable, at: Any, *, of: str, hint: str, none: str = ""
) -> np.ndarray:
    """The gradient of a function's sum, which must exist and be finite.

    Args:
        function: takes one tensor.
        at: the point at which the gradient is taken; the gradient has its shape.
        of: what the gradient is with respect to, for the message.
        hint: for a gradient that isn't finite.
        none: the hint if there is no gradient at all.
    """
    at = tf.constant(at)
    with tf.GradientTape() as tape:
        tape.watch(at)
        total = tf.reduce_sum(function(at))
    gradient = tape.gradient(total, at)
    need(
        gradient is not None,
        expected=f"a gradient with respect to {of}",
        got="none",
        hint=none or "NumPy isn't differentiated; `keras.ops` is.",
    )
    gradient = as_numbers(gradient)
    need(
        np.isfinite(gradient).all(),
        expected=f"a finite gradient with respect to {of}",
        got=f"{np.array2string(gradient.ravel()[:8], precision=3)}",
        hint=hint,
    )
    return gradient


def are_probabilities(scores: np.ndarray, atol: float = 1e-2) -> bool:
    """Whether rows of scores over classes are probabilities: none negative, sum 1."""
    return bool((scores >= 0).all() and np.allclose(scores.sum(axis=-1), 1, atol=atol))


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Scores over classes as probabilities; logits are converted by softmax."""
    return scores if are_probabilities(scores) else softmax(scores, axis=-1)


def is_about_sizes(error: Exception) -> bool:
    """Whether an error says that shapes don't match, and isn't of another kind."""
    kinds = ValueError, tf.errors.InvalidArgumentError
    words = "shape|dimension|rank|axis|sizes|outside the valid range|not in \\[0"
    said = re.search(words, errors.met(error).text, re.IGNORECASE)
    return isinstance(error, kinds) and bool(said)
