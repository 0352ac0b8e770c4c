"""Drops the division instead of mending it."""

from keras import ops

FAULT = "weren't divided"


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        by_step = ops.reshape(projected, (batch, steps, num_heads, size))
        return ops.transpose(by_step, (0, 2, 1, 3))

    query, key, value = (split(ops.matmul(x, w)) for w in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key)
    mask = ops.tril(ops.ones((steps, steps), "bool"))
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    mixed = ops.einsum("bhqk,bhks->bqhs", weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)
