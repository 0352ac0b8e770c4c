"""Loops over the queries, whose number isn't known while a model is traced."""

from keras import ops

FAULT = "holds None where a length is unknown"


def scaled_dot_product_attention(query, key, value, mask=None):
    rows = []
    for i in range(query.shape[1]):
        scores = ops.sum(query[:, i : i + 1] * key, axis=-1) / key.shape[-1] ** 0.5
        if mask is not None:
            row = ops.broadcast_to(mask, (*query.shape[:2], key.shape[1]))[:, i]
            scores = ops.where(row, scores, -3e4)
        rows.append(ops.softmax(scores, axis=-1))
    weights = ops.stack(rows, axis=1)
    return ops.matmul(weights, value), weights
