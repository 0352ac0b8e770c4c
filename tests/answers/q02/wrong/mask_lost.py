"""A convolution between embedding and LSTM doesn't pass the mask on."""

import keras
from keras import layers

FAULT = "padding is read like words"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.Conv1D(32, 3, padding="same"),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
