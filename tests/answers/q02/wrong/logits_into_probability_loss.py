"""The last layer gives logits, the loss wants probabilities."""

import keras
from keras import layers

FAULT = "below 0 and above 1 it is flat"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
