"""The distance is squared before the margin."""

from keras import ops

FAULT = "less the squared distance"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = same * ops.square(distance)
    push = (1 - same) * ops.maximum(margin - ops.square(distance), 0)
    return ops.mean(pull + push)
