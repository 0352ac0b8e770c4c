"""Attention over all states, by a layer of its own that knows the mask; Lion; hinge."""

from itertools import zip_longest

import keras
import numpy as np
from keras import layers, ops


class Attend(layers.Layer):
    """(batch, steps, features) to (batch, features), weighted by what is found."""

    def __init__(self):
        super().__init__()
        self.supports_masking = True
        self.score = layers.Dense(1)

    def compute_mask(self, inputs, mask=None):
        return None

    def call(self, states, mask=None):
        scores = self.score(states)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -1e9)
        return ops.sum(ops.softmax(scores, axis=1) * states, axis=1)


def build(vocab_size, embedding_dim, wrap):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.Dropout(0.1),
            wrap(layers.LSTM(40, return_sequences=True)),
            wrap(layers.LSTM(20, return_sequences=True)),
            Attend(),
            layers.Dense(1),
        ]
    )
    model.compile(optimizer=keras.optimizers.Lion(1e-4), loss="squared_hinge")
    return model


def build_lstm(vocab_size, embedding_dim=128):
    return build(vocab_size, embedding_dim, lambda layer: layer)


def build_bilstm(vocab_size, embedding_dim=128):
    return build(vocab_size, embedding_dim, layers.Bidirectional)


def encode_sentences(sentences, vocabulary):
    """Letter by letter; the columns, filled up, are turned into rows."""
    places = {word: place for place, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        row, word = [1], ""
        for letter in sentence.lower() + " ":
            if letter.isalnum() or (word and letter in "'’"):
                word += letter
            elif word:
                row.append(places.get(word, 2))
                word = ""
        rows.append(row)
    return np.array(list(zip_longest(*rows, fillvalue=0)), dtype="int16").T
