"""Labels (n,) meet distances (n, 1)."""

from keras import ops

FAULT = "each label has met each distance"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = y_pred
    same = ops.cast(y_true, distance.dtype)
    pull = same * ops.square(distance)
    push = (1 - same) * ops.square(ops.maximum(margin - distance, 0))
    return ops.mean(pull + push)
