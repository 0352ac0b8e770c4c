"""Clones without their weights."""

import keras

FAULT = "have to come along"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    outputs = []
    for index, model in enumerate(models):
        clone = keras.models.clone_model(model)
        clone.name = f"member_{index}"
        outputs.append(clone(inputs))
    return keras.Model(inputs, keras.layers.Average()(outputs))
