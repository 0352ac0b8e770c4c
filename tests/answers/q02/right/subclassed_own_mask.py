"""Subclassed, with a mask of its own; one score of shape (batch,), squared error."""

import re

import keras
import numpy as np
from keras import layers, ops


class Classifier(keras.Model):
    def __init__(self, vocab_size, embedding_dim, both_ways):
        super().__init__()
        self.embedding = layers.Embedding(vocab_size, embedding_dim)
        wrap = layers.Bidirectional if both_ways else (lambda layer: layer)
        self.first = wrap(layers.LSTM(32, return_sequences=True))
        self.second = wrap(layers.LSTM(16, return_sequences=True))
        self.head = layers.Dense(1, activation="sigmoid")

    def call(self, x, training=False):
        mask = ops.not_equal(x, 0)
        states = self.first(self.embedding(x), mask=mask, training=training)
        states = self.second(states, mask=mask, training=training)
        shares = ops.cast(mask, states.dtype)[:, :, None]
        mean = ops.sum(states * shares, axis=1) / ops.sum(shares, axis=1)
        return ops.squeeze(self.head(mean), -1)


def build_lstm(vocab_size, embedding_dim=128):
    model = Classifier(vocab_size, embedding_dim, both_ways=False)
    model.compile("rmsprop", "mse")
    return model


def build_bilstm(vocab_size, embedding_dim=128):
    model = Classifier(vocab_size, embedding_dim, both_ways=True)
    model.compile("rmsprop", "mse")
    return model


def encode_sentences(sentences, vocabulary):
    index = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    pieces = [re.sub(r"[^a-z0-9' ]", " ", s.lower()).split() for s in sentences]
    longest = 1 + max(map(len, pieces))
    x = np.zeros((len(pieces), longest), dtype="uint16")
    for i, words in enumerate(pieces):
        x[i, : 1 + len(words)] = [1] + [index.get(word, 2) for word in words]
    return x
