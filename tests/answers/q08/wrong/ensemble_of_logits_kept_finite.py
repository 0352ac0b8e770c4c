"""Averaged logarithms, none of them of 0, then a softmax."""

import keras

FAULT = "averaged logits"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    logs = [keras.ops.log(member(inputs) + 1e-7) for member in members]
    return keras.Model(inputs, keras.ops.softmax(keras.layers.Average()(logs)))
