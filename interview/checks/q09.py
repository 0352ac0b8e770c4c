"""Question 9: attention by hand, a pooling layer, and the bug hunt's heads.

Judged by behaviour: a NumPy reference on random shapes, masks and number types; a task
that only a layer can learn which finds the important step by its content.

What it can't see: how much memory and time the function takes, whether the scores of
`AttentionPooling` come from a hidden layer of `units` tanh units (any content-based
pooling passes), how well it does beyond one easy task, and whether another machine can
load the file without being told the class. `attention_weights` is looked at where it's
a method, and isn't missed where there is none. The function meets masks of True and
False with two or three axes, not numbers, and an unmasked gradient isn't compared with
a reference. `causal_multi_head` is called directly, in float32, never in a model.
"""

import functools
import inspect
import tempfile
from pathlib import Path

import helpers.quiet  # noqa: F401  isort: skip
import keras
import ml_dtypes
import numpy as np
import tensorflow as tf
from keras import layers, ops

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail

TOLERANCE = {"float16": 1e-2, "bfloat16": 6e-2, "float32": 1e-4, "float64": 1e-4}

HINTS = (
    (
        "numpy() is only available",
        "NumPy can't be compiled or differentiated. `keras.ops` has what is needed.",
    ),
    (
        "has no attribute 'numpy'",
        "NumPy can't be compiled or differentiated. `keras.ops` has what is needed.",
    ),
    (
        "must have the same dtype",
        "one number type meets another, as constants and casts of a fixed type do. "
        "`keras.ops` finds the common type, `tf.` doesn't.",
    ),
    (
        "cannot compute",
        "one number type meets another, as constants and casts of a fixed type do. "
        "`keras.ops` finds the common type, `tf.` doesn't.",
    ),
    (
        "dtype bool",
        "the mask is True or False, and a boolean isn't a number: cast it before you "
        "calculate with it, or choose by it.",
    ),
    (
        "compatible batch dimensions",
        "the batch stays where it is. `transpose` without axes turns all axes round.",
    ),
    (
        "In[0] mismatch In[1]",
        "in a product of matrices the last axis of the first meets the last but one of "
        "the second. Write both shapes beside the line.",
    ),
    (
        "ncompatible shapes",
        "write both shapes beside the line. What was made for one length, or one "
        "batch, fits no other.",
    ),
    ("__init__() takes", "the layer is made by `AttentionPooling(units)`."),
    (
        "cannot be converted to a TensorFlow",
        "which shapes and types meet in this line? Lengths may be unknown in a model.",
    ),
    (
        "got an unexpected keyword argument",
        "Keras hands `name`, `dtype` and the like to a layer, and `mask` to its "
        "`call`; what has to be accepted, and passed on to `super()`?",
    ),
    (
        "could not be deserialized",
        "to build the layer again Keras calls it with what `get_config` recorded, "
        "`name` and `dtype` included. Does `__init__` take all of that?",
    ),
)


# --- scaled_dot_product_attention -------------------------------------------------


def _softmax(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def _scores(query: np.ndarray, key: np.ndarray, root: bool = True) -> np.ndarray:
    scores = query @ np.swapaxes(key, -1, -2)
    return scores / np.sqrt(query.shape[-1]) if root else scores


def _reference(query, key, value, mask=None) -> tuple[np.ndarray, np.ndarray]:
    """Output and weights in float64; a row without a key to attend to is all zero."""
    scores = _scores(query, key)
    if mask is not None:
        scores = np.where(mask, scores, -1e30)
    weights = _softmax(scores)
    if mask is not None:
        weights = np.where(mask, weights, 0)
    return weights @ value, weights


class _Inputs:
    """Random query, key and value of some shape and number type."""

    def __init__(self, seed, batch=2, queries=3, keys=5, size=8, values=6, scale=1.0):
        self.random = np.random.default_rng(seed)
        self.shapes = (batch, queries, size), (batch, keys, size), (batch, keys, values)
        arrays = [self.random.standard_normal(shape) for shape in self.shapes]
        self.arrays = [scale * arrays[0], *arrays[1:]]
        self.weights_shape = (batch, queries, keys)

    def tensors(self, dtype: str = "float32") -> list:
        # Through NumPy, so that the reference sees the rounded numbers too.
        kind = ml_dtypes.bfloat16 if dtype == "bfloat16" else dtype
        rounded = [array.astype(kind) for array in self.arrays]
        self.arrays = [array.astype("float64") for array in rounded]
        return [ops.convert_to_tensor(array, dtype=dtype) for array in rounded]

    def mask(self, shape: tuple[int, ...]) -> np.ndarray:
        """At least one key for each query, and at least one that is hidden."""
        mask = self.random.random(shape) < 0.5
        mask[..., 0] = True
        mask[..., -1] = False
        return mask


def _numbers(tensor) -> np.ndarray:
    return np.asarray(ops.convert_to_numpy(ops.cast(tensor, "float64")))


def _call(attention, *arguments) -> tuple[np.ndarray, np.ndarray]:
    returned = attention(*arguments)
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        kind = type(returned).__name__
        got = "nothing" if returned is None else f"one {kind}, not a pair"
        fail(
            expected="a pair: output, weights",
            got=got,
            hint="the weights are asked for too; pictures of attention need them.",
        )
    return _numbers(returned[0]), _numbers(returned[1])


def _close(got: np.ndarray, right: np.ndarray, tolerance: float = 1e-4) -> bool:
    return got.shape == right.shape and np.allclose(
        got, right, atol=tolerance, rtol=tolerance
    )


def _gap(got: np.ndarray, right: np.ndarray) -> str:
    return f"they differ by up to {np.abs(got - right).max():.2g}"


def _returns_output_and_weights(attention) -> None:
    """returns output and weights, in the asked shapes"""
    for sizes in ({}, {"batch": 1, "queries": 4, "keys": 2, "values": 3}):
        inputs = _Inputs(0, **sizes)
        output, weights = _call(attention, *inputs.tensors())
        wanted = (*inputs.weights_shape[:2], inputs.shapes[2][-1])
        if weights.shape == wanted and output.shape == inputs.weights_shape:
            fail(
                expected="output first, weights second",
                got="weights first",
                hint="look at the order in the signature's `→`.",
            )
        if output.shape == inputs.shapes[0]:
            fail(
                expected=f"output {wanted}: values, mixed",
                got=f"{output.shape}: made of the keys, or of the query",
                hint="keys are compared with, and something else is looked up.",
            )
        if output.shape != wanted or weights.shape != inputs.weights_shape:
            fail(
                expected=f"output {wanted}, weights {inputs.weights_shape} for query, "
                f"key and value of {inputs.shapes}",
                got=f"output {output.shape}, weights {weights.shape}",
                hint="(batch, queries, size) against (batch, keys, size): which axes "
                "are summed over, which stay?",
            )


def _is_the_reference(attention) -> None:
    """equals a NumPy reference; the weights of each query sum to one"""
    for seed, sizes in enumerate(({}, {"queries": 7, "keys": 4, "size": 32})):
        inputs = _Inputs(seed, **sizes)
        output, weights = _call(attention, *inputs.tensors())
        query, key, value = inputs.arrays
        right_output, right_weights = _reference(query, key, value)
        if not _close(weights, right_weights):
            _explain_weights(weights, query, key, right_weights)
        if not _close(output, right_output):
            fail(
                expected="output = weights times value",
                got=f"the weights are right, the output isn't: "
                f"{_gap(output, right_output)}",
                hint="each output is the mean of the values, weighted by its row.",
            )


def _explain_weights(weights, query, key, right) -> None:
    """Which known mistake gives these weights."""
    size = query.shape[-1]
    plain = _scores(query, key, root=False)
    known = (
        (
            _softmax(plain),
            "softmax of the plain dot products: they weren't divided by the root of "
            "the key's size",
            "the dot products' variance grows with the size. What undoes that?",
        ),
        (
            _softmax(plain / size),
            "scores divided by the size, not by its square root",
            "the variance grows with the size; the standard deviation with what?",
        ),
        (
            _softmax(plain * np.sqrt(size)),
            "scores multiplied by the root of the size, not divided",
            "large dot products make the softmax a maximum; that is to be undone.",
        ),
        (
            _softmax(plain / np.sqrt(key.shape[-2])),
            "scores divided by the root of the number of keys",
            "it's the size of a key vector that the dot product sums over.",
        ),
        (
            _scores(query, key),
            "the scores themselves, without softmax",
            "scores become weights when each row sums to one.",
        ),
    )
    for axis in (-2, 0):
        wrong = [_softmax(plain / root, axis) for root in (np.sqrt(size), 1)]
        known += tuple(
            (
                values,
                "softmax over the wrong axis: the rows don't sum to one",
                "for each query, the weights are shared among the keys. Which axis "
                "is that?",
            )
            for values in wrong
        )
    for values, fault, hint in known:
        if _close(weights, values):
            fail(expected="softmax of scaled dot products", got=fault, hint=hint)
    sums = weights.sum(axis=-1)
    if not np.allclose(sums, 1, atol=1e-3):
        fail(
            expected="weights of each query that sum to one",
            got=f"the rows don't sum to one, but to {sums.min():.2f} to "
            f"{sums.max():.2f}",
            hint="for each query, the weights are shared among the keys. Which axis "
            "is that?",
        )
    fail(
        expected="softmax of scaled dot products of query and key",
        got=f"other weights: {_gap(weights, right)}",
        hint="write the shape of the scores beside the line that makes them.",
    )


def _masks(attention) -> None:
    """masked keys get weight zero, the others share the one; masks broadcast"""
    batch, queries, keys = _Inputs(0).weights_shape
    shapes = (
        (batch, queries, keys),
        (batch, 1, keys),
        (1, queries, keys),
        (queries, keys),
        (1, 1, keys),
    )
    for seed, shape in enumerate(shapes):
        inputs = _Inputs(seed)
        mask = inputs.mask(shape)
        output, weights = _call(
            attention, *inputs.tensors(), ops.convert_to_tensor(mask)
        )
        query, key, value = inputs.arrays
        right_output, right_weights = _reference(query, key, value, mask)
        if weights.shape != right_weights.shape or output.shape != right_output.shape:
            fail(
                expected=f"output {right_output.shape}, weights {right_weights.shape} "
                f"with a mask of shape {shape}",
                got=f"output {output.shape}, weights {weights.shape}"
                + (": an axis too many" if weights.ndim > 3 else ""),
                hint="a mask broadcasts to the scores' shape by itself. Where does one "
                "get another axis or lose one?",
            )
        if not _close(weights, right_weights):
            _explain_mask(weights, query, key, mask, right_weights)
        hidden = weights[~np.broadcast_to(mask, weights.shape)]
        if np.abs(hidden).max() > 1e-12:
            fail(
                expected="a weight of exactly 0 where the mask is False",
                got=f"up to {np.abs(hidden).max():.1e}: a masked key leaks",
                hint="the number put on masked scores isn't low enough.",
            )
        if not _close(output, right_output):
            fail(
                expected="an output made with the masked weights",
                got="the weights that are returned are masked, the output isn't made "
                "with them",
                hint="use one and the same weights for both.",
            )


def _explain_mask(weights, query, key, mask, right) -> None:
    scores = _scores(query, key)
    low = np.where(mask, 0, -1e9)
    known = (
        (
            _softmax(np.where(mask, -1e30, scores)),
            "the opposite: only masked keys are attended to",
            "which polarity has the mask? True means attend.",
        ),
        (
            _softmax(scores),
            "the mask was ignored",
            "where does the mask come in, and before which step?",
        ),
        (
            _softmax(scores) * mask,
            "the mask came after the softmax: what is left doesn't sum to one",
            "masked keys took their share before they were hidden.",
        ),
        (
            _softmax(scores) + low,
            "the mask came after the softmax: large negative weights",
            "the large negative number belongs to the scores.",
        ),
        (
            _softmax(np.where(mask, scores, 0)),
            "masked scores were set to 0, and exp(0) is 1",
            "which score leaves nothing after the softmax? Not 0.",
        ),
        (
            _softmax(scores * mask),
            "masked scores were set to 0, and exp(0) is 1",
            "which score leaves nothing after the softmax? Not 0.",
        ),
        (
            _softmax(scores + mask),
            "the mask itself was added to the scores, 1 where it is True",
            "which score leaves nothing after the softmax?",
        ),
    )
    for values, fault, hint in known:
        if _close(weights, np.broadcast_to(values, weights.shape), 1e-3):
            fail(
                expected="no weight where the mask is False, a sum of one elsewhere",
                got=fault,
                hint=hint,
            )
    if not np.isfinite(weights).all():
        fail(
            expected="finite weights",
            got="NaN or infinity, with a mask that leaves each query a key",
            hint="0 times infinity isn't a number: choose between two scores "
            "(`where`), don't multiply.",
        )
    leak = np.abs(weights[~np.broadcast_to(mask, weights.shape)]).max()
    if leak > 1e-6:
        fail(
            expected="a weight of exactly 0 where the mask is False",
            got=f"up to {leak:.2g}: a masked key leaks",
            hint="the number put on masked scores isn't low enough.",
        )
    fail(
        expected="the softmax over the keys that the mask leaves",
        got=f"masked keys are hidden, but the rest is wrong: {_gap(weights, right)}",
        hint="mask the scores, then take the softmax; nothing after that.",
    )


def _survives_empty_rows(attention) -> None:
    """a row with nothing to attend to gives finite numbers, in float16 too"""
    for dtype in ("float32", "float16"):
        inputs = _Inputs(3)
        mask = inputs.mask(inputs.weights_shape)
        mask[0, 1] = False
        output, weights = _call(
            attention, *inputs.tensors(dtype), ops.convert_to_tensor(mask)
        )
        if not (np.isfinite(output).all() and np.isfinite(weights).all()):
            hint = (
                "what is softmax of nothing but minus infinity?"
                if dtype == "float32"
                else "float16 ends at 65,504: a larger number is infinity there."
            )
            fail(
                expected=f"finite numbers for a row that is masked entirely ({dtype})",
                got="NaN: a fully masked row",
                hint=hint,
            )
        if dtype == "float32" and not _finite_gradients(attention, inputs, mask):
            fail(
                expected="finite gradients for a row that is masked entirely",
                got="a finite output, but its gradient is NaN: one batch with such a "
                "row, and every weight of the model is NaN",
                hint="what is replaced afterwards is still met on the way back. Keep "
                "the NaN from arising.",
            )
        _, right = _reference(*inputs.arrays, mask)
        others = mask.any(axis=-1)
        if not _close(weights[others], right[others], TOLERANCE[dtype]):
            fail(
                expected="the other rows as before",
                got="an empty row changed its neighbours",
                hint="what is done for an empty row must not touch the others.",
            )


def _finite_gradients(attention, inputs: _Inputs, mask: np.ndarray) -> bool:
    """Whether nothing that goes back to query, key and value is NaN or infinity."""
    tensors = inputs.tensors()
    with tf.GradientTape() as tape:
        tape.watch(tensors)
        output, _ = attention(*tensors, ops.convert_to_tensor(mask))
        total = tf.reduce_sum(output)
    found = [g for g in tape.gradient(total, tensors) if g is not None]
    return all(np.isfinite(g.numpy()).all() for g in found)


def _any_float(attention) -> None:
    """right for floats of 16, 32 and 64 bits, and for large scores"""
    for dtype, tolerance in TOLERANCE.items():
        inputs = _Inputs(4)
        mask = inputs.mask(inputs.weights_shape)
        got = _call(attention, *inputs.tensors(dtype), ops.convert_to_tensor(mask))
        right = _reference(*inputs.arrays, mask)
        if not all(_close(a, b, tolerance) for a, b in zip(got, right, strict=True)):
            fail(
                expected=f"the same numbers in {dtype}, within {tolerance}",
                got=f"output and weights off: {_gap(got[0], right[0])} and "
                f"{_gap(got[1], right[1])}",
                hint="which constants and casts are of a fixed type?",
            )
    inputs = _Inputs(5, scale=300.0)
    _, weights = _call(attention, *inputs.tensors())
    if not _close(weights, _reference(*inputs.arrays)[1], 1e-3):
        fail(
            expected="weights for scores in the hundreds",
            got="NaN or wrong: the exponential overflows"
            if not np.isfinite(weights).all()
            else "others",
            hint="exp(100) is no float32. `keras.ops.softmax` subtracts the maximum.",
        )


class _Wrapped(layers.Layer):
    """The learner's function inside a model."""

    def __init__(self, attention):
        super().__init__()
        self.attention = attention

    def call(self, inputs):
        query, key, value, mask = inputs
        output, weights = self.attention(query, key, value, mask)
        return output, weights

    def compute_output_spec(self, inputs):
        query, key, value, _ = inputs
        rows = query.shape[:2]
        return (
            keras.KerasTensor((*rows, value.shape[-1])),
            keras.KerasTensor((*rows, key.shape[1])),
        )


def _works_in_a_model(attention) -> None:
    """works inside a compiled Keras model, for any batch and any length"""
    inputs = [
        keras.Input((None, 8)),
        keras.Input((None, 8)),
        keras.Input((None, 6)),
        keras.Input((None, None), dtype="bool"),
    ]
    model = keras.Model(inputs, _Wrapped(attention)(inputs))
    model.compile()
    for sizes in ({}, {"batch": 3, "queries": 2, "keys": 4}):
        given = _Inputs(6, **sizes)
        tensors, mask = given.tensors(), given.mask(given.weights_shape)
        got = model.predict_on_batch([*tensors, ops.convert_to_tensor(mask)])
        right = _reference(*given.arrays, mask)
        if not all(_close(a, b) for a, b in zip(got, right, strict=True)):
            fail(
                expected="the same numbers inside a model",
                got=f"{_gap(got[0], right[0])}",
                hint="a compiled model traces the function once, with shapes unknown; "
                "what is a Python number there?",
            )


ATTENTION: list[Proof] = [
    _returns_output_and_weights,
    _is_the_reference,
    _masks,
    _survives_empty_rows,
    _any_float,
    _works_in_a_model,
]


# --- AttentionPooling -------------------------------------------------------------

VOCABULARY, FEATURES = 30, 8


def _pools_steps(pooling) -> None:
    """maps (batch, steps, features) to (batch, features), for any number of steps"""
    if not (inspect.isclass(pooling) and issubclass(pooling, layers.Layer)):
        fail(
            expected="a class that derives from keras.layers.Layer",
            got=getattr(pooling, "__name__", type(pooling).__name__),
            hint="hand in the class, not a layer made from it.",
        )
    layer = pooling(4)
    for batch, steps in ((2, 5), (3, 9), (1, 2)):
        x = np.random.default_rng(steps).standard_normal((batch, steps, FEATURES))
        pooled = layer(x.astype("float32"))
        if not hasattr(pooled, "shape"):
            several = isinstance(pooled, tuple | list | dict)
            fail(
                expected=f"one tensor of shape {(batch, FEATURES)}",
                got=f"a {type(pooled).__name__} of {len(pooled)}"
                if several
                else f"{type(pooled).__name__}",
                hint="the next layer takes the output alone. The weights can have a "
                "method of their own, `attention_weights`."
                if several
                else "what does `call` return?",
            )
        got = tuple(pooled.shape)
        if got == (batch, steps, FEATURES):
            fail(
                expected=f"shape {(batch, FEATURES)}",
                got=f"{got}: a sequence came back, the steps aren't summed up",
                hint="pooling leaves one vector for each sequence.",
            )
        if got != (batch, FEATURES):
            fail(
                expected=f"shape {(batch, FEATURES)} for {batch} sequences of {steps} "
                f"steps with {FEATURES} features",
                got=f"{got}",
                hint="the weighted mean is over the steps, and of the inputs.",
            )
        if not np.allclose(_numbers(pooled), _numbers(layer(x.astype("float32")))):
            fail(
                expected="the same output for the same input",
                got="two calls give two outputs",
                hint="what `call` makes, it makes anew at each call, weights included; "
                "and whatever is random rests unless `training` is True.",
            )


def _averages(pooling) -> None:
    """the output is a weighted mean of the steps; the weights sum to one"""
    layer = pooling(4)
    random = np.random.default_rng(0)
    vector = random.standard_normal((2, 1, FEATURES)).astype("float32")
    same = np.repeat(vector, 6, axis=1)
    got = _numbers(layer(same))
    if not np.allclose(got, vector[:, 0], atol=1e-4):
        factor = float((got * vector[:, 0]).sum() / np.square(vector).sum())
        if np.isclose(factor, 1 / 6, atol=1e-3):
            fail(
                expected="six equal steps give that step back",
                got="a sixth of it: divided by the number of steps, though the weights "
                "sum to one already",
                hint="weights that sum to one make a mean by themselves.",
            )
        fail(
            expected="six equal steps give that step back",
            got=f"about {factor:.2f} times the step: the weights don't sum to one",
            hint="softmax over the steps. Which axis are they on, and what is the "
            "shape of the scores?",
        )
    x = random.standard_normal((64, 6, FEATURES)).astype("float32")
    got = _numbers(layer(x))
    if (got > x.max(axis=1) + 1e-4).any() or (got < x.min(axis=1) - 1e-4).any():
        fail(
            expected="an output between the smallest and the largest step",
            got="numbers beyond them: not a mean of the inputs",
            hint="weigh the inputs, not what the hidden layer made of them.",
        )


def _needle_task(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One step of five is marked in feature 0; its feature 1 is the label's sign."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((count, 5, 3)).astype("float32")
    x[..., 0] = 0
    rows, marked = np.arange(count), random.integers(0, 5, count)
    x[rows, marked, 0] = 2
    return x, (x[rows, marked, 1] > 0).astype("float32")


def _learns(pooling) -> None:
    """learns which step matters: one marked step of five decides"""
    accuracy = 0.0
    # A start can be unlucky; three in a row aren't.
    for seed in range(3):
        accuracy = max(accuracy, _learnt(pooling, seed))
        if accuracy >= 0.9:
            return
    fail(
        expected="at least 0.90 right after 120 batches; a plain mean gets about 0.65",
        got=f"{accuracy:.2f}: the layer doesn't find the marked step",
        hint="a step's weight must depend on what is in the step.",
    )


def _learnt(pooling, seed: int) -> float:
    """Accuracy on the needle task after a short training."""
    keras.utils.set_random_seed(seed)
    layer = pooling(8)
    model = keras.Sequential(
        [keras.Input((None, 3)), layer, layers.Dense(1, activation="sigmoid")]
    )
    if not layer.trainable_variables:
        fail(
            expected="a layer with weights that are trained",
            got="none: Keras finds no trainable variables",
            hint="the scores are learned; `add_weight` in `build`, or layers made in "
            "`__init__`.",
        )
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    build_optimizer(model)
    before = [_numbers(v).copy() for v in layer.trainable_variables]
    model.fit(*_needle_task(64 * 120, seed=1), batch_size=64, verbose=0)
    after = [_numbers(v) for v in layer.trainable_variables]
    if all(np.array_equal(a, b) for a, b in zip(before, after, strict=True)):
        fail(
            expected="weights of the layer that move in training",
            got="they stay: no gradient reaches them",
            hint="do the weights depend on the scores, and the scores on the inputs?",
        )
    x, y = _needle_task(500, seed=2)
    return float(np.mean((model.predict_on_batch(x)[:, 0] > 0.5) == y))


def _embedded(pooling, seed: int = 0) -> keras.Model:
    """Integers → embedding with mask → the learner's layer."""
    keras.utils.set_random_seed(seed)
    words = keras.Input((None,), dtype="int32")
    embedding = layers.Embedding(VOCABULARY, FEATURES, "normal", mask_zero=True)
    return keras.Model(words, pooling(4)(embedding(words)))


def _honours_the_mask(pooling) -> None:
    """masked steps get no weight: padding of any length changes nothing"""
    model = _embedded(pooling)
    words = np.random.default_rng(0).integers(1, VOCABULARY, (4, 6))
    alone = _numbers(model(words))
    for before, behind in ((0, 3), (0, 40), (5, 0), (2, 2)):
        padded = np.pad(words, ((0, 0), (before, behind)))
        moved = np.abs(_numbers(model(padded)) - alone).max()
        if not moved < 1e-4:
            fail(
                expected="the same output with and without padding, behind "
                "`Embedding(mask_zero=True)`",
                got=f"{before} zeros before and {behind} behind the words move it by "
                f"{moved:.2g}: padding gets attention",
                hint="Keras hands the mask to `call` under the name `mask`, and only "
                "if `call` takes it. The rest is up to you: before or after the "
                "softmax?",
            )
    loud = _embedded(pooling)
    table = loud.layers[1].embeddings
    rows = _numbers(table)
    padded = np.pad(words, ((0, 0), (0, 3)))
    for size in (1.0, 100.0):
        rows[0] = size
        table.assign(rows)
        moved = np.abs(_numbers(loud(padded)) - alone).max()
        if not moved < 1e-5:
            fail(
                expected="a weight of exactly 0 for padding",
                got=f"padding of size {size:.0f} moves the output by {moved:.2g}: "
                f"padding gets attention",
                hint="put the mask on the scores, low enough, before the softmax.",
            )


def _trains_behind_a_mask(pooling) -> None:
    """trains under `fit` behind a mask, and gives finite numbers for an empty row"""
    encoder = _embedded(pooling)
    outputs = layers.Dense(1, activation="sigmoid")(encoder.outputs[0])
    model = keras.Model(encoder.inputs, outputs)
    model.compile("adam", "binary_crossentropy")
    build_optimizer(model)
    words = np.random.default_rng(1).integers(1, VOCABULARY, (8, 7))
    words[:, 5:] = 0
    words[3] = 0
    try:
        history = model.fit(words, np.arange(8) % 2, verbose=0).history
    except Exception as error:
        first = str(error).strip().splitlines()[0]
        if "expected" in first or "got an" in first:
            raise
        fail(
            expected="one epoch of `fit` behind `Embedding(mask_zero=True)`",
            got=f"{type(error).__name__}: {first}",
            hint="the mask has a value for each step, and the output has no steps. "
            "What should `compute_mask` return?",
        )
    output = _numbers(encoder(words))
    if not np.isfinite(output).all() or not np.isfinite(history["loss"][0]):
        fail(
            expected="finite numbers for a row that is all padding",
            got="NaN: a fully masked row",
            hint="what is softmax of nothing but minus infinity, or 0 divided by 0?",
        )


def _saves_and_loads(pooling) -> None:
    """saves and loads: the same output from the file"""
    model = _embedded(pooling)
    words = np.pad(
        np.random.default_rng(2).integers(1, VOCABULARY, (4, 6)), ((0, 0), (0, 2))
    )
    # Away from what any initializer would give again.
    for variable in model.trainable_variables:
        variable.assign(variable + 0.1)
    before = _numbers(model(words))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        try:
            loaded = keras.models.load_model(
                path, custom_objects={pooling.__name__: pooling}
            )
        except Exception as error:
            fail(
                expected="`keras.models.load_model` builds the layer again",
                got=f"it can't be loaded: {type(error).__name__}{_reason(error)}",
                hint="Keras calls the class with what `get_config` recorded, `name` "
                "and `dtype` included. Does `__init__` take all of that and pass it "
                "on, and does `get_config` hold `units`?",
            )
        after = _numbers(loaded(words))
    if not np.allclose(before, after, atol=1e-5):
        fail(
            expected="the same output from the loaded model",
            got=f"another: {_gap(after, before)}",
            hint="which weights does Keras know of? It saves those made by "
            "`add_weight`, or by layers that are attributes.",
        )


def _reason(error: Exception) -> str:
    text = str(error)
    start = text.find("Exception encountered: ")
    return "" if start < 0 else f": {text[start + 23 :].splitlines()[0][:150]}"


def _gives_weights(pooling) -> None:
    """`attention_weights`, where there is one, gives the weights of the mean"""
    layer = pooling(4)
    x = np.random.default_rng(3).standard_normal((3, 5, FEATURES)).astype("float32")
    pooled = _numbers(layer(x))
    # A tensor or a layer by that name is the answer's own affair.
    if not inspect.isroutine(getattr(layer, "attention_weights", None)):
        return
    weights = _numbers(layer.attention_weights(x))
    if weights.shape != (3, 5):
        fail(
            expected="attention_weights of shape (batch, steps), here (3, 5)",
            got=f"{weights.shape}",
            hint="one number for each step.",
        )
    if not np.allclose((weights[..., None] * x).sum(axis=1), pooled, atol=1e-4):
        fail(
            expected="attention_weights are what the output is weighted by",
            got="other weights",
            hint="let `call` use the method itself.",
        )
    mask = np.array([[True] * 3 + [False] * 2] * 3)
    masked = _numbers(layer.attention_weights(x, mask))
    if np.abs(masked[:, 3:]).max() > 1e-12 or not np.allclose(
        masked.sum(1), 1, atol=1e-4
    ):
        fail(
            expected="attention_weights of 0 where the mask is False, sum 1",
            got=f"up to {np.abs(masked[:, 3:]).max():.2g} there, sum "
            f"{masked.sum(1).max():.3f}",
            hint="let `call` use the method itself, mask and all.",
        )


POOLING: list[Proof] = [
    _pools_steps,
    _averages,
    _honours_the_mask,
    _trains_behind_a_mask,
    _learns,
    _saves_and_loads,
    _gives_weights,
]


# --- causal_multi_head ------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def _arrays() -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(7)
    x = random.standard_normal((2, 6, 8))
    matrices = random.standard_normal((4, 8, 8)) * 0.6
    return tuple(array.astype("float32") for array in (x, *matrices))


_PARTS = ("query", "key", "value")


def _heads(
    x,
    w_query,
    w_key,
    w_value,
    w_output,
    num_heads,
    *,
    mask="past",
    root="size",
    split=_PARTS,
    merge=True,
):
    """The reference, and with other arguments its faults.

    Args:
        mask: which steps are seen: `past`, `future` or those `before`.
        root: the scores are divided by the root of the head's `size`, of all
            `features`, or not at all (`none`).
        split: what is split by exchanging axes; the rest is reshaped alone.
        merge: whether axes are exchanged when the heads are put together.
    """
    batch, steps, features = x.shape
    size = features // num_heads

    def project(part, matrix):
        projected = x.astype("float64") @ matrix
        if part not in split:
            return projected.reshape(batch, num_heads, steps, size)
        by_step = projected.reshape(batch, steps, num_heads, size)
        return by_step.transpose(0, 2, 1, 3)

    matrices = (w_query, w_key, w_value)
    query, key, value = map(project, _PARTS, matrices)
    divisor = {"size": size, "features": features, "none": 1}[root] ** 0.5
    scores = query @ key.swapaxes(-1, -2) / divisor
    allowed = {
        "past": np.tril(np.ones((steps, steps), bool)),
        "future": np.triu(np.ones((steps, steps), bool)),
        "before": np.tril(np.ones((steps, steps), bool), -1),
    }[mask]
    mixed = _softmax(np.where(allowed, scores, -1e30)) @ value
    if merge:
        mixed = mixed.transpose(0, 2, 1, 3)
    return mixed.reshape(batch, steps, features) @ w_output


def _explain_heads(got, x, *matrices, num_heads: int) -> None:
    """Fail with the name of the mistake that gives these numbers, if it's known."""
    shares = "each dot product runs over one head's numbers. How many are they?"
    known = (
        (
            {"root": "features"},
            "scores divided by the root of all features",
            shares,
        ),
        (
            {"root": "none"},
            "scores that weren't divided by anything",
            shares,
        ),
        (
            {"split": ()},
            "heads that mix steps up: the split needs more than a reshape",
            "`reshape` keeps the order of the numbers in memory. Which axes have to "
            "change places?",
        ),
        (
            {"split": (), "root": "features"},
            "heads that mix steps up, and scores divided by the root of all features",
            "print one head after `split`: whose numbers are in it?",
        ),
        (
            {"split": ("query", "key")},
            "query and key are split rightly, but the values' split mixes steps up",
            "the three are split in one and the same way.",
        ),
        (
            {"merge": False},
            "heads that are right, and put together by a reshape alone: steps and "
            "heads change places",
            "what was done to the axes before has to be undone after.",
        ),
        (
            {"merge": False, "split": ()},
            "heads that mix steps up, in the split and when they're put together",
            "`reshape` keeps the order of the numbers in memory. Which axes have to "
            "change places?",
        ),
    )
    for change, fault, hint in known:
        if _close(got, _heads(x, *matrices, num_heads, **change), 1e-3):
            fail(
                expected=f"the reference's numbers for {_counted(num_heads)}",
                got=fault,
                hint=hint,
            )


def _counted(num_heads: int) -> str:
    return "1 head" if num_heads == 1 else f"{num_heads} heads"


def _run_heads(answer, x, *matrices, num_heads: int) -> np.ndarray:
    tensors = [ops.convert_to_tensor(array) for array in (x, *matrices)]
    got = answer(*tensors, num_heads)
    if got is None or tuple(got.shape) != x.shape:
        fail(
            expected=f"shape {x.shape}, as `x` has it",
            got="nothing" if got is None else f"{tuple(got.shape)}",
            hint="the heads' outputs are put side by side again, one row per step.",
        )
    return _numbers(got)


def _looks_back(answer) -> None:
    """each step attends to itself and to earlier steps, never to later ones"""
    x, *matrices = _arrays()
    for num_heads in (1, 2):
        before = _run_heads(answer, x, *matrices, num_heads=num_heads)
        strict = _heads(x, *matrices, num_heads, mask="before")
        if _close(before[:, 1:], strict[:, 1:], 1e-3):
            fail(
                expected="each step attends to itself too",
                got="a step doesn't see itself, only what comes before it",
                hint="up to *and including* itself: is the diagonal allowed?",
            )
        changed = x.copy()
        changed[:, -1] += 1
        moved = np.abs(
            _run_heads(answer, changed, *matrices, num_heads=num_heads) - before
        ).max(axis=(0, 2))
        if not np.isfinite(before).all():
            fail(
                expected="finite numbers",
                got="NaN",
                hint="is there a step that may attend to nothing, not even to itself?",
            )
        if moved[:-1].max() > 1e-5:
            changed = x.copy()
            changed[:, 0] += 1
            ahead = _run_heads(answer, changed, *matrices, num_heads=num_heads)
            blind = np.abs(ahead - before)[:, -1].max() < 1e-5
            mixed_up = num_heads > 1
            if mixed_up:
                _explain_heads(before, x, *matrices, num_heads=num_heads)
            fail(
                expected="earlier outputs stay when the last step changes",
                got="they move: a step sees the future"
                + (", and the last doesn't see the first" if blind else "")
                + (
                    ", with two heads and not with one: the split mixes steps up"
                    if mixed_up
                    else ""
                ),
                hint="look at what one head holds after the split."
                if mixed_up
                else "row: the step that asks; column: the step attended to. Which "
                "triangle is allowed?",
            )


def _is_multi_head(answer) -> None:
    """equals a NumPy reference: heads are split and scaled right"""
    x, *matrices = _arrays()
    for num_heads in (1, 2, 4):
        got = _run_heads(answer, x, *matrices, num_heads=num_heads)
        right = _heads(x, *matrices, num_heads)
        if _close(got, right, 1e-3):
            continue
        _explain_heads(got, x, *matrices, num_heads=num_heads)
        fail(
            expected=f"the reference's numbers for {_counted(num_heads)}",
            got=f"others: {_gap(got, right)}",
            hint="with one head this is plain attention; compare there first. Head h "
            "owns columns h · size and on, of each matrix.",
        )


HEADS: list[Proof] = [_looks_back, _is_multi_head]


question = Question(
    9,
    Part.of_steps("scaled_dot_product_attention", ATTENTION),
    Part.of_steps("AttentionPooling", POOLING),
    Part.of_steps("causal_multi_head", HEADS),
    hints=HINTS,
)
check = question.check
