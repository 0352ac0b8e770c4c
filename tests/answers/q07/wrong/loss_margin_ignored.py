"""The margin is 1, whatever is asked for."""

from keras import ops

FAULT = "the loss for margin 1"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = same * ops.square(distance)
    push = (1 - same) * ops.square(ops.maximum(1.0 - distance, 0))
    return ops.mean(pull + push)
