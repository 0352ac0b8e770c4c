"""NumPy has no gradients."""

import numpy as np
import tensorflow as tf

FAULT = "a gradient with respect to the distances"


def contrastive_loss(y_true, y_pred, margin=1.0):
    same, distance = np.ravel(y_true).astype("float32"), np.ravel(y_pred)
    push = np.maximum(margin - distance, 0) ** 2
    losses = same * distance**2 + (1 - same) * push
    return tf.constant(losses.mean(), dtype="float32")
