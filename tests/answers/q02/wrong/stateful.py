"""Stateful, so that the network remembers: the sentence of another batch, that is."""

import keras
from keras import layers

FAULT = "carries its state"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True, stateful=True),
            layers.LSTM(16, stateful=True),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
