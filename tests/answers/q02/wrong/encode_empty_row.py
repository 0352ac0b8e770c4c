"""A sentence without words gets no start."""

import re

import keras

FAULT = "and its start"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        row = [places.get(word, 2) for word in words]
        rows.append([1, *row] if row else [])
    return keras.utils.pad_sequences(rows, padding="post")
