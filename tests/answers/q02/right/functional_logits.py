"""Functional, logits, label smoothing, a schedule; both directions averaged."""

import keras
import numpy as np
from keras import layers


def compiled(inputs, x):
    model = keras.Model(inputs, layers.Dense(1)(x))
    rate = keras.optimizers.schedules.ExponentialDecay(1e-3, 100, 0.9)
    model.compile(
        keras.optimizers.AdamW(rate),
        keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
        metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
    )
    return model


def build_lstm(vocab_size, embedding_dim=128, units=48):
    inputs = keras.Input((None,), dtype="int32")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(inputs)
    x = layers.SpatialDropout1D(0.4)(x)
    x = layers.LSTM(units, return_sequences=True, kernel_regularizer="l2")(x)
    x = layers.LSTM(units, dropout=0.5, recurrent_dropout=0.2)(x)
    return compiled(inputs, x)


def build_bilstm(vocab_size, embedding_dim=128):
    inputs = keras.Input((None,), dtype="int64")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(inputs)
    x = layers.Bidirectional(layers.LSTM(32, return_sequences=True))(x)
    x = layers.Bidirectional(layers.LSTM(32), merge_mode="ave")(x)
    return compiled(inputs, x)


def encode_sentences(sentences, vocabulary):
    """Padded at the front, split by hand."""
    rows = []
    for sentence in sentences:
        kept = "".join(c if c.isalnum() or c == "'" else " " for c in sentence.lower())
        words = [word.strip("'") for word in kept.split()]
        rows.append(
            [1, *(vocabulary.index(w) if w in vocabulary else 2 for w in words if w)]
        )
    x = np.zeros((len(rows), max(map(len, rows))), dtype="int64")
    for row, values in zip(x, rows, strict=True):
        row[len(row) - len(values) :] = values
    return x
