"""The input has the type float16, which is too small for a large vocabulary."""

import keras
from keras import layers

FAULT = "floats of half precision"


def build_lstm(vocab_size, embedding_dim=128):
    words = keras.Input((None,), dtype="float16")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(layers.Dropout(0.3)(x))
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
