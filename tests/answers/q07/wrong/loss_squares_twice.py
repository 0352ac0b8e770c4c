"""The distance is squared on the way in."""

from keras import ops

FAULT = "distance squared"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.square(ops.reshape(y_pred, (-1,)))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = same * ops.square(distance)
    push = (1 - same) * ops.square(ops.maximum(margin - distance, 0))
    return ops.mean(pull + push)
