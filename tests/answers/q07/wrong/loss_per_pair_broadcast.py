"""One value a pair, of which (n,) and (n, 1) make a square."""

from keras import ops

FAULT = "each label has met each distance"


def contrastive_loss(y_true, y_pred, margin=1.0):
    same = ops.cast(y_true, "float32")
    apart = ops.square(ops.maximum(margin - y_pred, 0))
    return same * ops.square(y_pred) + (1 - same) * apart
