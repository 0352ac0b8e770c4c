"""The embedding lacks a row for the highest integer."""

import keras
from keras import layers

FAULT = "each needs a row"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size - 1, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
