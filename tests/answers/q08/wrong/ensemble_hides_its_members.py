"""Members out of Keras's sight: not saved, not counted."""

import keras

FAULT = "doesn't know all members"


class Ensemble(keras.Model):
    def __init__(self, call_members):
        super().__init__()
        self.call_members = call_members

    def call(self, inputs):
        return self.call_members(inputs)


def build_ensemble(models):
    return Ensemble(lambda x: sum(model(x) for model in models) / len(models))
