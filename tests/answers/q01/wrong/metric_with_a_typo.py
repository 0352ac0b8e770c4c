"""A metric of its own with a slip in the branch for few classes."""

import keras
from keras import layers, ops

FAULT = "'keras.ops' has no attribute 'meen', from this line of yours"


def among_the_first(y_true, y_pred):
    if y_pred.shape[-1] < 10:
        return ops.meen(ops.in_top_k(y_true, y_pred, 2))
    return ops.mean(ops.in_top_k(ops.cast(y_true, "int32"), y_pred, 5))


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[among_the_first])
    return model
