"""The members are kept in the class: the next ensemble takes them over."""

import keras

FAULT = "its members aren't its own"


class Ensemble(keras.Model):
    def __init__(self, models):
        super().__init__()
        type(self).current = list(models)
        self.models = list(models)

    def call(self, inputs):
        return keras.ops.mean([model(inputs) for model in self.current], axis=0)


def build_ensemble(models):
    return Ensemble(models)
