"""`scaled_dot_product_attention`, compared with a reference in NumPy.

The check doesn't test the type of the result, or the memory and time that it takes.
"""

from collections.abc import Callable, Iterable
from functools import partial

import keras
import numpy as np
from keras import layers, ops
from scipy.special import softmax

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import (
    agree,
    as_numbers,
    close,
    finite_gradient,
    gap,
    judge_places,
    pair_of,
    shaped,
)
from interview.checks.q09.reference import LOW, attention, dot_products

part = AnswerClaims("scaled_dot_product_attention")

# For each float type the size of the query and the tolerance.
FLOATS = (
    ("float16", 1, 1e-2),
    ("bfloat16", 1, 6e-2),
    ("float32", 1, 1e-4),
    ("float64", 1, 1e-4),
    ("float32", 300, 1e-3),
)


class Inputs:
    """Random query, key and value, as tensors and as the reference sees them."""

    def __init__(
        self,
        seed: int,
        *,
        batch: int = 2,
        queries: int = 3,
        keys: int = 5,
        size: int = 8,
        values: int = 6,
        times: float = 1,
        dtype: str = "float32",
    ) -> None:
        self.random = np.random.default_rng(seed)
        self.shapes = (batch, queries, size), (batch, keys, size), (batch, keys, values)
        query, *others = (self.random.standard_normal(shape) for shape in self.shapes)
        self.tensors = [
            ops.cast(ops.convert_to_tensor(array), dtype)
            for array in (times * query, *others)
        ]
        # The reference gets the numbers as the tensors' type has rounded them.
        self.arrays = [as_numbers(tensor) for tensor in self.tensors]
        self.weights_shape = batch, queries, keys
        self.output_shape = batch, queries, values

    def mask(self, shape: tuple[int, ...] | None = None) -> np.ndarray:
        """At least one key for each query, and at least one that is hidden."""
        mask = self.random.random(shape or self.weights_shape) < 0.5
        mask[..., 0] = True
        mask[..., -1] = False
        return mask


def call(answer: Callable, inputs: Inputs, **given: np.ndarray | None) -> tuple:
    """Output and weights as the answer returns them, with a mask if one is given."""
    if given.get("mask") is not None:
        given = {"mask": ops.convert_to_tensor(given["mask"])}
    hint = "the weights are asked for too; pictures of attention need them."
    return pair_of(answer(*inputs.tensors, **given), "output", "weights", hint=hint)


@part.claim("returns output and weights, in the asked shapes")
def has_shapes(answer: Callable) -> None:
    for sizes in ({}, {"batch": 1, "queries": 4, "keys": 2, "values": 3}):
        inputs = Inputs(0, **sizes)
        output, weights = call(answer, inputs)
        axes = "of (batch, queries, size) and (batch, keys, size): what is summed over?"
        shaped(
            output,
            inputs.output_shape,
            what="an output",
            faults=(
                Fault(
                    inputs.weights_shape,
                    "the weights come first",
                    "look at the order in the signature's `→`.",
                ),
                Fault(
                    inputs.shapes[0],
                    "made of the keys, or of the query",
                    "keys are compared with, and something else is looked up.",
                ),
            ),
            hint=axes,
        )
        shaped(weights, inputs.weights_shape, what="weights", hint=axes)


@part.claim("equals a NumPy reference; the weights of each query sum to one")
def is_the_reference(answer: Callable) -> None:
    for seed, sizes in enumerate(({}, {"queries": 7, "keys": 4, "size": 32})):
        inputs = Inputs(seed, **sizes)
        no_mask = {"mask": None} if seed else {}
        output, weights = map(as_numbers, call(answer, inputs, **no_mask))
        right_output, right_weights = attention(*inputs.arrays)
        agree(
            weights,
            right_weights,
            expected="the weights of the reference, where each row sums to one",
            shown=f"{gap(weights, right_weights)}, in rows that sum to "
            f"{weights.sum(axis=-1).min():.2f} to {weights.sum(axis=-1).max():.2f}",
            faults=scaling_faults(*inputs.arrays),
            hint="write the shape of the scores beside the line that makes them. For "
            "each query, the weights are shared among the keys: which axis is that?",
        )
        agree(
            output,
            right_output,
            expected="output = weights times value",
            shown=f"right weights, and an output of {gap(output, right_output)}",
            hint="each output is a mean of values, by its row; nothing is random.",
        )


def scaling_faults(*arrays: np.ndarray) -> Iterable[Fault]:
    """Known mistakes between the dot products and the weights."""
    query, key, value = arrays
    plain, size = dot_products(query, key), query.shape[-1]
    root = size**0.5
    return (
        Fault(
            softmax(plain, axis=-1),
            "plain dot products: they weren't divided by the root of the key's size",
            "the dot products' variance grows with the size. What undoes that?",
        ),
        Fault(
            softmax(plain / size, axis=-1),
            "scores divided by the size, not by its square root",
            "the variance grows with the size; the standard deviation with what?",
        ),
        Fault(
            softmax(plain * root, axis=-1),
            "scores multiplied by the root of the size, not divided",
            "large dot products make the softmax a maximum; that is to be undone.",
        ),
        Fault(
            softmax(plain / key.shape[-2] ** 0.5, axis=-1),
            "scores divided by the root of the number of keys",
            "it's the size of a key vector that the dot product sums over.",
        ),
        Fault(
            softmax(plain / value.shape[-1] ** 0.5, axis=-1),
            "scores divided by the root of the value's size",
            "what do the dot products sum over? The values have no part in them.",
        ),
        Fault(
            plain / root,
            "the scores themselves, without softmax",
            "scores become weights when each row sums to one.",
        ),
        Fault(
            softmax(plain / root, axis=-2),
            "softmax over the wrong axis: the rows don't sum to one",
            "for each query, the weights are shared among the keys. Which axis?",
        ),
    )


@part.claim("masked keys get weight zero, the others share the one; masks broadcast")
def masks(answer: Callable) -> None:
    batch, queries, keys = Inputs(0).weights_shape
    shapes = (
        (batch, queries, keys),
        (batch, 1, keys),
        (1, queries, keys),
        (queries, keys),
        (1, 1, keys),
        (keys,),
    )
    for seed, shape in enumerate(shapes):
        inputs = Inputs(seed)
        mask = inputs.mask(shape)
        output, weights = returned = call(answer, inputs, mask=mask)
        weights = shaped(
            weights,
            inputs.weights_shape,
            what=f"with a mask of shape {shape}, weights",
            faults=(
                Fault(
                    (batch, *inputs.weights_shape),
                    "an axis too many",
                    "a mask broadcasts to the scores' shape by itself. Where does one "
                    "get another axis?",
                ),
            ),
            hint="a mask broadcasts to the scores' shape by itself; leave it as it is.",
        )
        need(
            np.isfinite(weights).all(),
            expected="finite weights, with a mask that leaves each query a key",
            got="NaN or infinity",
            hint="0 times infinity isn't a number: choose between two scores "
            "(`where`), don't multiply.",
        )
        right_output, right_weights = attention(*inputs.arrays, mask)
        leak = np.abs(weights[~np.broadcast_to(mask, weights.shape)]).max()
        agree(
            weights,
            right_weights,
            expected="no weight where the mask is False, a sum of one elsewhere",
            shown=f"{gap(weights, right_weights)}, up to {leak:.2g} where the mask is "
            "False",
            faults=masking_faults(*inputs.arrays[:2], mask),
            hint="mask the scores, low enough that nothing is left of them, then take "
            "the softmax; nothing after that.",
            same=partial(close, atol=1e-3, rtol=1e-3),
        )
        need(
            leak < 1e-12,
            expected="a weight of exactly 0 where the mask is False",
            got=f"up to {leak:.1e}: a masked key leaks",
            hint="the number put on masked scores isn't low enough.",
        )
        agree(
            as_numbers(output),
            right_output,
            expected="an output made with the masked weights",
            shown="the weights that are returned are masked, the output isn't made "
            "with them",
            hint="use one and the same weights for both.",
        )
    judge_places(
        lambda: answer(*inputs.tensors, ops.convert_to_tensor(mask)),
        returned,
        *("query", "key", "value", "mask"),
    )


def masking_faults(
    query: np.ndarray, key: np.ndarray, mask: np.ndarray
) -> Iterable[Fault]:
    """Known mistakes with a mask."""
    scores = dot_products(query, key) / query.shape[-1] ** 0.5
    unmasked = softmax(scores, axis=-1)
    for_all = np.broadcast_to(mask, scores.shape).any(axis=-2, keepdims=True)
    return (
        Fault(
            softmax(np.where(mask, LOW, scores), axis=-1),
            "the opposite: only masked keys are attended to",
            "which polarity has the mask? True means attend.",
        ),
        Fault(
            unmasked,
            "the mask was ignored",
            "where does the mask come in, and before which step?",
        ),
        Fault(
            unmasked * mask,
            "the mask came after the softmax: what is left doesn't sum to one",
            "masked keys took their share before they were hidden.",
        ),
        Fault(
            unmasked + np.where(mask, 0, -1e9),
            "the mask came after the softmax: large negative weights",
            "the large negative number belongs to the scores.",
        ),
        Fault(
            softmax(scores * mask, axis=-1),
            "masked scores were set to 0, and exp(0) is 1",
            "which score leaves nothing after the softmax? Not 0.",
        ),
        Fault(
            softmax(scores + mask, axis=-1),
            "the mask itself was added to the scores, 1 where it is True",
            "which score leaves nothing after the softmax?",
        ),
        Fault(
            softmax(np.where(for_all, scores, LOW), axis=-1),
            "all queries got one and the same row of the mask",
            "each query has a row of its own. What takes the axis of queries away?",
        ),
    )


@part.claim("a row with nothing to attend to gives finite numbers, in float16 too")
def survives_empty_rows(answer: Callable) -> None:
    for dtype, why in (
        ("float32", "what is softmax of nothing but minus infinity?"),
        ("float16", "float16 ends at 65,504: a larger number is infinity there."),
    ):
        inputs = Inputs(3, dtype=dtype)
        mask = inputs.mask()
        mask[0, 1] = False
        output, weights = map(as_numbers, call(answer, inputs, mask=mask))
        need(
            np.isfinite(output).all() and np.isfinite(weights).all(),
            expected=f"finite numbers for a row that is masked entirely ({dtype})",
            got="NaN: a fully masked row",
            hint=why,
        )
        _, right = attention(*inputs.arrays, mask)
        others = mask.any(axis=-1)
        agree(
            weights[others],
            right[others],
            expected="the other rows as they are without the empty one",
            hint="what is done for an empty row must not touch its neighbours.",
            same=partial(close, atol=1e-2),
        )
    query, key, value = Inputs(3).tensors
    finite_gradient(
        lambda query: answer(query, key, value, ops.convert_to_tensor(mask))[0],
        query,
        of="the query, where a row is masked entirely",
        hint="one batch with such a row, and every weight of the model is NaN. What is "
        "replaced afterwards is still met on the way back: keep the NaN from arising.",
        none="NumPy isn't differentiated, and `stop_gradient` ends the way back.",
    )


@part.claim("right for floats of 16, 32 and 64 bits, and for large scores")
def takes_any_float(answer: Callable) -> None:
    for dtype, times, atol in FLOATS:
        inputs = Inputs(4, dtype=dtype, times=times)
        mask = inputs.mask()
        judge(
            call(answer, inputs, mask=mask),
            attention(*inputs.arrays, mask),
            where=f"in {dtype}" + ", with scores in the hundreds" * (times > 1),
            hint="exp(100) is no float32, and a masked score has to be lower than any "
            "other. `keras.ops.softmax` subtracts the maximum."
            if times > 1
            else "which constants and casts are of a fixed type?",
            atol=atol,
        )


def judge(got: tuple, right: tuple, *, where: str, hint: str, atol: float) -> None:
    """End the proof unless output and weights are those of the reference."""
    for name, mine, theirs in zip(("output", "weights"), got, right, strict=True):
        mine = as_numbers(mine)
        agree(
            mine,
            theirs,
            expected=f"{where}: {name} like the reference's, within {atol:g}",
            shown=gap(mine, theirs) if np.isfinite(mine).all() else "NaN or infinity",
            hint=hint,
            same=partial(close, atol=atol, rtol=atol),
        )


class Wrapped(layers.Layer):
    """The learner's function inside a model."""

    def __init__(self, answer: Callable) -> None:
        super().__init__()
        self.answer = answer

    def call(self, inputs):
        output, weights = self.answer(*inputs)
        return output, weights

    def compute_output_spec(self, inputs):
        query, key, value, _ = inputs
        rows = query.shape[:2]
        return (
            keras.KerasTensor((*rows, value.shape[-1])),
            keras.KerasTensor((*rows, key.shape[1])),
        )


@part.claim("works inside a compiled Keras model, for any batch and any length")
def works_in_a_model(answer: Callable) -> None:
    tensors = [keras.Input((None, 8)), keras.Input((None, 8)), keras.Input((None, 6))]
    tensors.append(keras.Input((None, None), dtype="bool"))
    model = keras.Model(tensors, Wrapped(answer)(tensors))
    model.compile()
    for sizes in ({}, {"batch": 3, "queries": 2, "keys": 4}):
        inputs = Inputs(6, **sizes)
        mask = inputs.mask()
        judge(
            model.predict_on_batch([*inputs.tensors, ops.convert_to_tensor(mask)]),
            attention(*inputs.arrays, mask),
            where="inside a model",
            hint="a compiled model traces the function once, with shapes unknown; what "
            "is a Python number there?",
            atol=1e-4,
        )
