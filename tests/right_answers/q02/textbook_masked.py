"""The textbook's two stacks, with a mask."""

import re

import keras
from keras import layers


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.LSTM(64, return_sequences=True),
            layers.Dropout(0.2),
            layers.LSTM(32),
            layers.Dropout(0.2),
            layers.Dense(64, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def build_bilstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.Bidirectional(layers.LSTM(64, return_sequences=True)),
            layers.Bidirectional(layers.LSTM(32)),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
