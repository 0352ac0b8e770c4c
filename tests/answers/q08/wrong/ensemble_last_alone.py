"""The loop keeps the last output only."""

import keras

FAULT = "the last member alone"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    for member in members:
        outputs = [member(inputs)]
    return keras.Model(inputs, keras.layers.Add()([outputs[0], outputs[0]]) / 2)
