"""The argument is named otherwise than in the task."""

import keras
from keras import layers, ops

FAULT = "made by `AttentionPooling(units)`"


@keras.saving.register_keras_serializable("interview")
class AttentionPooling(layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.size = size
        self.hidden = layers.Dense(size, activation="tanh")
        self.score = layers.Dense(1)

    def get_config(self):
        return {**super().get_config(), "size": self.size}

    def call(self, inputs, mask=None):
        scores = self.score(self.hidden(inputs))[..., 0]
        if mask is not None:
            scores = ops.where(mask, scores, -1e9)
        weights = ops.softmax(scores, axis=-1)
        return ops.sum(weights[..., None] * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
