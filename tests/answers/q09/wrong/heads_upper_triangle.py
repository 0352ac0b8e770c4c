"""Sees the future and not the past."""

from keras import ops

FAULT = "the last doesn't see the first"


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        by_step = ops.reshape(projected, (batch, steps, num_heads, size))
        return ops.transpose(by_step, (0, 2, 1, 3))

    query = split(ops.matmul(x, w_query))
    key = split(ops.matmul(x, w_key))
    value = split(ops.matmul(x, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    mask = ops.triu(ops.ones((steps, steps), "bool"))
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    mixed = ops.einsum("bhqk,bhks->bqhs", weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)
