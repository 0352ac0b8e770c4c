"""Reads the end of a long sequence alone, as `pad_sequences` would leave it."""

import keras
from keras import layers

FAULT = "only a part of a long sequence is read"


def build_lstm(vocab_size, embedding_dim=128):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words[:, -200:])
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(layers.Dropout(0.3)(x))
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
