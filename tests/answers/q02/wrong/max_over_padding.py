"""The largest state over all steps, padding included."""

import keras
from keras import layers

FAULT = "padding before the words counts"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.GlobalMaxPooling1D(),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
