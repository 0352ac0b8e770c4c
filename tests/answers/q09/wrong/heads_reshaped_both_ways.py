"""Takes a second reshape for the inverse that makes up for the first."""

from keras import ops

FAULT = "in the split and when"


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        return ops.reshape(projected, (batch, num_heads, steps, size))

    query, key, value = (split(ops.matmul(x, w)) for w in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    mask = ops.tril(ops.ones((steps, steps), "bool"))
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    mixed = ops.matmul(weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)
