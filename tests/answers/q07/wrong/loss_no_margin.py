"""Different pairs are not pushed apart."""

from keras import ops

FAULT = "the pull on same pairs alone"


def contrastive_loss(y_true, y_pred, margin=1.0):
    distance = ops.reshape(y_pred, (-1,))
    same = ops.reshape(ops.cast(y_true, distance.dtype), (-1,))
    pull = same * ops.square(distance)
    return ops.mean(pull)
