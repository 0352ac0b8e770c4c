"""NumPy is asked for the mean of what has no numbers yet."""

import keras
import numpy as np

FAULT = "no numbers yet"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = np.mean([member(inputs) for member in members], axis=0)
    return keras.Model(inputs, outputs)
