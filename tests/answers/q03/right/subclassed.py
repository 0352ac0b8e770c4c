"""A subclassed model that reads a dict: no list of inputs, a dict as its output."""

import keras
from keras import layers


class TwoBranches(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.convolution = layers.Conv2D(12, 3, strides=2, activation="relu")
        self.pool = layers.MaxPooling2D(4)
        self.flatten = layers.Flatten()
        self.embed = layers.Dense(24, activation="relu")
        self.measure = layers.Dense(24, activation="relu")
        self.hidden = layers.Dense(48, activation="relu")
        self.classify = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs):
        seen = self.flatten(self.pool(self.convolution(inputs["image"])))
        measured = self.measure(inputs["metadata"])
        both = keras.ops.concatenate([self.embed(seen), measured], axis=-1)
        return {"class": self.classify(self.hidden(both))}


def build_multi_input(
    image_shape=(64, 64, 3), metadata_size=10, num_classes=5, learning_rate=2e-3
):
    model = TwoBranches(num_classes)
    model.compile(
        keras.optimizers.Adam(learning_rate),
        loss={"class": "sparse_categorical_crossentropy"},
        metrics={"class": ["accuracy"]},
    )
    return model
