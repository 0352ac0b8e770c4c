"""Flatten ties the model to one length."""

import keras
from keras import layers

FAULT = "fixed the number of steps"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            keras.Input((40,)),
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.Flatten(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
