"""The input shape is written into it."""

import keras

FAULT = "know the shape of their input"


def build_ensemble(models):
    inputs = keras.Input((4,))
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = [member(inputs) for member in members]
    return keras.Model(inputs, keras.layers.Average()(outputs))
