"""A layer of its own learns what to put in place of a gap, one number a column."""

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable("interview")
class LearntFill(layers.Layer):
    """NaN → a trainable number of its column; (batch, columns) → (batch, columns)."""

    def build(self, input_shape):
        self.fill = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def call(self, inputs):
        return ops.where(ops.isnan(inputs), self.fill, inputs)


def build_tolerant(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(24, 5, strides=3, activation="relu")(image)
    x = layers.Flatten()(layers.MaxPooling2D(4)(x))
    x = layers.Dense(32, activation="relu")(x)
    m = layers.Dense(32, activation="relu")(LearntFill()(metadata))
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
