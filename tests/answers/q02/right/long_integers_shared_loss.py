"""64-bit integers, logits, and one loss object for all models."""

import keras
from keras import layers

LOSS = keras.losses.BinaryCrossentropy(from_logits=True)


def build_bilstm(vocab_size, embedding_dim=128):
    words = keras.Input((None,), dtype="int64")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.Bidirectional(layers.LSTM(24, return_sequences=True))(x)
    x = layers.Bidirectional(layers.LSTM(16, dropout=0.2))(x)
    model = keras.Model(words, layers.Dense(1)(x))
    model.compile("adam", LOSS)
    return model
