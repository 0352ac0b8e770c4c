"""Sigmoid in the model, clipped there, and again in the loss."""

import keras
from keras import layers

FAULT = "takes the probability for a logit"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
            layers.Rescaling(1.0),
        ]
    )
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model
