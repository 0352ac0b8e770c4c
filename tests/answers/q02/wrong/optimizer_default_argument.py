"""The optimizer is made once, when the function is defined."""

import keras
from keras import layers

FAULT = "one optimizer for both"


ADAM = keras.optimizers.Adam()


def build_lstm(vocab_size, embedding_dim=128, optimizer=ADAM):
    words = keras.Input((None,), dtype="int32")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.LSTM(32, return_sequences=True)(x)
    x = layers.LSTM(16)(layers.Dropout(0.3)(x))
    model = keras.Model(words, layers.Dense(1, activation="sigmoid")(x))
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    return model
