"""Freezes what is to be deployed, the members with it."""

import keras

FAULT = "`trainable` flags"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = keras.layers.Average()([member(inputs) for member in members])
    ensemble = keras.Model(inputs, outputs)
    ensemble.trainable = False
    return ensemble
