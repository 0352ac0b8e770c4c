"""The words are moved to the front and masked; other noise in training."""

import keras
from keras import layers, ops


class LeftAlign(layers.Layer):
    def call(self, words):
        order = ops.argsort(ops.cast(words == 0, "int32"), axis=1)
        return ops.take_along_axis(words, order, axis=1)


def build_lstm(vocab_size, embedding_dim=128):
    words = keras.Input((None,), dtype="int32")
    x = LeftAlign()(words)
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(x)
    x = layers.GaussianDropout(0.2)(x)
    x = layers.LSTM(16, return_sequences=True)(x)
    x = layers.Dropout(0.2)(layers.LSTM(16)(x))
    model = keras.Model(words, layers.Dense(1, "sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
