"""A layer to learn on top, begun as the plain mean."""

import keras

FAULT = "of its own"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    mean = keras.layers.Average()([member(inputs) for member in members])
    head = keras.layers.Dense(mean.shape[-1], "linear", True, "identity")
    return keras.Model(inputs, head(mean))
