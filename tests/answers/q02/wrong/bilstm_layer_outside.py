"""The recurrent layer stands outside: all models train the same one."""

import keras
from keras import layers

FAULT = "weights that both have"


READERS = {}


def build_bilstm(vocab_size, embedding_dim=128):
    if embedding_dim not in READERS:
        READERS[embedding_dim] = layers.Bidirectional(layers.LSTM(16))
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            READERS[embedding_dim],
            layers.Dropout(0.3),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
