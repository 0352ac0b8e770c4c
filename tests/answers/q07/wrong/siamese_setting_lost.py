"""A similarity whose scale `get_config` forgets."""

import keras
from keras import layers, ops

FAULT = "every setting in its config"


@keras.saving.register_keras_serializable("wrong_setting_lost")
class Similarity(layers.Layer):
    def __init__(self, scale=1.0, **kwargs):
        super().__init__(**kwargs)
        self.scale = scale

    def call(self, inputs):
        squared = ops.sum(ops.square(inputs[0] - inputs[1]), axis=-1)
        return ops.exp(-self.scale * squared)

    def get_config(self):
        return super().get_config()


def build_encoder(input_shape):
    images = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(32)(x))


def build_siamese(input_shape=(28, 28, 1)):
    encoder = build_encoder(input_shape)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    same = Similarity(scale=0.2)([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], same)
    siamese.compile("adam", "binary_crossentropy")
    return encoder, siamese
