"""A metric of its own with a slip in the branch for many classes."""

import keras
from keras import layers

FAULT = "has no attribute 'in_topk', from this line of yours"


def among_the_first(y_true, y_pred):
    if y_pred.shape[-1] > 5:
        return keras.ops.mean(keras.ops.in_topk(y_true, y_pred, 5))
    return keras.ops.mean(keras.ops.max(y_pred, axis=-1))


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[among_the_first])
    return model
