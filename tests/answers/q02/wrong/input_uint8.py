"""The input has the type uint8, which is too small for a large vocabulary."""

import keras
from keras import layers

FAULT = "integers of 8 bits"


def build_lstm(vocab_size, embedding_dim=128):
    words = keras.Input((None,), dtype="uint8")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(layers.Dropout(0.3)(x))
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
