"""Concatenates, and lets a layer of its own decide."""

import keras

FAULT = "more than they have"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = keras.layers.Concatenate()([member(inputs) for member in members])
    head = keras.layers.Dense(members[0].output_shape[-1], activation="softmax")
    return keras.Model(inputs, head(outputs))
