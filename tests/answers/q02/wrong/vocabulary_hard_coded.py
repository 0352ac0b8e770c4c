"""The textbook's 10,000, whatever is passed in."""

import keras
from keras import layers

FAULT = "more parameters for a larger vocab_size"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(10_000, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
