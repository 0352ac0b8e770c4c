"""The embedding is told the shape of a batch, as in Keras 2."""

import keras
from keras import layers

FAULT = "begins with `keras.Input`"


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(
                vocab_size,
                embedding_dim,
                mask_zero=True,
                batch_input_shape=(None, None),
            ),
            layers.LSTM(64, return_sequences=True),
            layers.LSTM(32),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy")
    return model
