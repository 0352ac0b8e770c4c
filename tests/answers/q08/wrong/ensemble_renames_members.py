"""Gives the members themselves the names that differ."""

import keras

FAULT = "other names"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    for index, model in enumerate(models):
        model.name = f"member_{index}"
    outputs = keras.layers.Average()([model(inputs) for model in models])
    return keras.Model(inputs, outputs)
