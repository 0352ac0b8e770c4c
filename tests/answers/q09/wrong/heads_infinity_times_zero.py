"""Minus infinity times the mask: 0 times infinity isn't a number."""

from keras import ops

FAULT = "0 times infinity"


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        by_step = ops.reshape(projected, (batch, steps, num_heads, size))
        return ops.transpose(by_step, (0, 2, 1, 3))

    query, key, value = (split(ops.matmul(x, w)) for w in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    hidden = 1 - ops.tril(ops.ones((steps, steps)))
    weights = ops.softmax(scores + hidden * float("-inf"), axis=-1)
    mixed = ops.einsum("bhqk,bhks->bqhs", weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)
