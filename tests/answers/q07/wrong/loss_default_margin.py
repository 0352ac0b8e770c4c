"""A margin of a half where nobody says how wide."""

from keras import ops

FAULT = "margin 1.0"


def contrastive_loss(y_true, y_pred, margin=0.5):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    push = ops.square(ops.maximum(margin - distance, 0))
    return same * ops.square(distance) + (1 - same) * push
