"""Neither term is squared."""

from keras import ops

FAULT = "aren't squared"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = same * distance
    push = (1 - same) * ops.maximum(margin - distance, 0)
    return ops.mean(pull + push)
