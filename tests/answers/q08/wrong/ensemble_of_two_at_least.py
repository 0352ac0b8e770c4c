"""Takes the first two members out of the list, and so needs them."""

import keras

FAULT = "though 2 and 6 members make an ensemble: ValueError: not enough values"


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    first, second, *others = [keras.models.clone_model(model) for model in models]
    copies = [first, second, *others]
    for copy, model in zip(copies, models, strict=True):
        copy.set_weights(model.get_weights())
        copy.name = f"member_{id(copy)}"
    total = first(inputs) + second(inputs)
    for model in others:
        total = total + model(inputs)
    return keras.Model(inputs, total / len(models))
