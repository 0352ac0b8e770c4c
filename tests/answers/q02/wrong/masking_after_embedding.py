"""A `Masking` layer for vectors of zeros; the padding's vector isn't zero."""

import keras
from keras import layers

FAULT = "padding is read like words"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            keras.Input((None,)),
            layers.Embedding(vocab_size, embedding_dim),
            layers.Masking(mask_value=0.0),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
