"""Half of the loss, as in the paper."""

from keras import ops

FAULT = "half of the loss"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    apart = ops.maximum(margin - distance, 0)
    return 0.5 * (same * distance**2 + (1 - same) * apart**2)
