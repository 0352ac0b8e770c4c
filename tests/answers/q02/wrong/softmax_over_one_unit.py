"""A softmax over one unit is always 1."""

import keras
from keras import layers

FAULT = "an activation that shares out 1"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="softmax"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
