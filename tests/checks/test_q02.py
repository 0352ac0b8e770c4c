"""Question 2's notes on what the task asks for and behaviour doesn't show."""

import keras
import pytest
from keras import layers

from interview.checks.q02 import classifiers
from interview.checks.q02.reader import built

EXPECTED = {
    "two LSTMs, dropout": (
        [layers.LSTM(4, return_sequences=True), layers.Dropout(0.5), layers.LSTM(4)],
        [],
    ),
    "two GRUs, dropout inside": (
        [layers.GRU(4, return_sequences=True, dropout=0.5), layers.GRU(4)],
        ["it reads by GRU"],
    ),
    "one LSTM": ([layers.LSTM(4)], ["it has one", "dropout was asked for"]),
    "one bidirectional LSTM": (
        [layers.Bidirectional(layers.LSTM(4)), layers.Dropout(0.5)],
        ["it has one"],
    ),
    "two bidirectional LSTMs": (
        [
            layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
            layers.SpatialDropout1D(0.5),
            layers.Bidirectional(layers.LSTM(4)),
        ],
        [],
    ),
    "one RNN of one cell": (
        [layers.RNN(layers.LSTMCell(4)), layers.Dropout(0.5)],
        ["it has one"],
    ),
    "one RNN of stacked cells": (
        [layers.RNN([layers.LSTMCell(4), layers.LSTMCell(4)]), layers.Dropout(0.5)],
        [],
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_notes(name):
    stack, expected = EXPECTED[name]

    def build(vocab_size, embedding_dim=8):
        embedding = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)
        own = [type(layer).from_config(layer.get_config()) for layer in stack]
        model = keras.Sequential(
            [embedding, *own, layers.Dense(1, activation="sigmoid")]
        )
        model.compile(loss="binary_crossentropy")
        return model

    built.cache_clear()
    for part in (classifiers.lstm, classifiers.bilstm):
        said = [text for note in part.notes if (text := note(build))]
        assert len(said) == len(expected)
        for text, part_of_it in zip(said, expected, strict=True):
            assert part_of_it in text
