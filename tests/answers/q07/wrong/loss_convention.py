"""The paper's convention: 1 is different."""

from keras import ops

FAULT = "1 is taken for different"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = (1 - same) * ops.square(distance)
    push = same * ops.square(ops.maximum(margin - distance, 0))
    return ops.mean(pull + push)
