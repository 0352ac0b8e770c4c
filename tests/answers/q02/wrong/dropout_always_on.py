"""Dropout by hand, by an operation that knows nothing of training and inference."""

import keras
from keras import layers

FAULT = "the same score for the same input, twice"


class Reader(keras.Model):
    def __init__(self, vocab_size, embedding_dim):
        super().__init__()
        self.embedding = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)
        self.first = layers.LSTM(32, return_sequences=True)
        self.second = layers.LSTM(16)
        self.head = layers.Dense(1, activation="sigmoid")

    def call(self, words):
        states = self.second(self.first(self.embedding(words)))
        return self.head(keras.random.dropout(states, 0.2))


def build_lstm(vocab_size, embedding_dim=128):
    model = Reader(vocab_size, embedding_dim)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model
