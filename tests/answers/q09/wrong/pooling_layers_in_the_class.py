"""The score's layer stands in the class, and so in all its layers."""

import keras
from keras import layers, ops

FAULT = "two layers that both have"


@keras.saving.register_keras_serializable("interview")
class AttentionPooling(layers.Layer):
    vector = layers.Dense(1)

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.hidden = layers.Dense(units, activation="tanh")
        self.score = self.vector

    def get_config(self):
        return {**super().get_config(), "units": self.units}

    def call(self, inputs, mask=None):
        scores = self.score(self.hidden(inputs))[..., 0]
        if mask is not None:
            scores = ops.where(mask, scores, -1e9)
        weights = ops.softmax(scores, axis=-1)
        return ops.sum(weights[..., None] * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
