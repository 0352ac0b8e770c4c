"""Deals the columns out to the heads in turn instead of in blocks."""

from keras import ops

FAULT = "owns columns h · size and on"


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        dealt = ops.reshape(projected, (batch, steps, size, num_heads))
        return ops.transpose(dealt, (0, 3, 1, 2))

    query, key, value = (split(ops.matmul(x, w)) for w in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    mask = ops.tril(ops.ones((steps, steps), "bool"))
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    mixed = ops.einsum("bhqk,bhks->bqsh", weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)
