"""Dropout is switched off by `predict`, and on wherever the model is called."""

import keras

FAULT = "from a call of the model"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = [member(inputs, training=True) for member in members]
    return keras.Model(inputs, keras.layers.Average()(outputs))
