"""Not written."""

import keras

FAULT = "not written yet"


class GAN(keras.Model):
    def __init__(self, *arguments, **keywords):
        raise NotImplementedError("not written yet")
