"""The last member is left out."""

import keras

FAULT = "without the last member"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = [member(inputs) for member in members[:-1]]
    return keras.Model(inputs, keras.layers.Average()(outputs))
