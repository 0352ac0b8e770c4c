"""64 numbers for a word where nobody says how many."""

import keras
from keras import layers

FAULT = "an `embedding_dim` of 128"


def build_lstm(vocab_size, embedding_dim=64):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(layers.Dropout(0.3)(x))
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
