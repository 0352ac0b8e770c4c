"""Everything but the last unit is frozen, as for an encoder trained elsewhere."""

import keras
from keras import layers

FAULT = "chance is 0.5"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(32, return_sequences=True),
            layers.LSTM(16),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.compile("adam", "binary_crossentropy")
    return model
