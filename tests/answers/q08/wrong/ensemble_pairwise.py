"""Averages two by two: the last member counts for half."""

import keras

FAULT = "the later a member, the more it counts"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(model.inputs, model.outputs[0], name=f"member_{index}")
        for index, model in enumerate(models)
    ]
    mean = members[0](inputs)
    for member in members[1:]:
        mean = keras.layers.Average()([mean, member(inputs)])
    return keras.Model(inputs, mean)
