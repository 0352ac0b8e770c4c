"""The textbook's answer as it stands: no mask, and an `input_length` of old."""

import warnings

import keras
from keras import layers

FAULT = "padding is read like words"


def build_lstm(vocab_size, embedding_dim=128):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedding = layers.Embedding(vocab_size, embedding_dim, input_length=200)
    model = keras.Sequential(
        [
            embedding,
            layers.LSTM(64, return_sequences=True),
            layers.Dropout(0.2),
            layers.LSTM(32),
            layers.Dropout(0.2),
            layers.Dense(64, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model
