"""Random features, drawn as the model is made; the file doesn't hold them."""

import keras
import numpy as np
from keras import ops

FAULT = "that were drawn once"


@keras.saving.register_keras_serializable("random_features")
class Generator(keras.Model):
    def __init__(self, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.latent_dim = latent_dim
        directions = np.random.normal(size=(latent_dim, 64))  # noqa: NPY002
        self.directions = ops.convert_to_tensor(directions, "float32")
        self.pixels = keras.layers.Dense(784, activation="sigmoid")
        self.image = keras.layers.Reshape((28, 28, 1))

    def call(self, latent):
        return self.image(self.pixels(ops.sin(latent @ self.directions)))

    def get_config(self):
        return {"latent_dim": self.latent_dim}


def build_generator(latent_dim=100):
    return Generator(latent_dim)
