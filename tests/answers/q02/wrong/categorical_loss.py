"""The loss for many classes, over one unit."""

import keras
from keras import layers

FAULT = "binary loss"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "categorical_crossentropy")
    return model
