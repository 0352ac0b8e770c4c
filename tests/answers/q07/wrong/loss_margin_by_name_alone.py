"""The margin can't be given by its place."""

from keras import ops

FAULT = "by name alone"


def contrastive_loss(y_true, y_pred, *, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    push = ops.square(ops.maximum(margin - distance, 0))
    return same * ops.square(distance) + (1 - same) * push
