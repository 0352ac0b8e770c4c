"""The start is forgotten."""

import re

import keras

FAULT = "no start"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
