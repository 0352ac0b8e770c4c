"""Places are counted from 1."""

import re

import keras

FAULT = "every word is off by +1"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary, start=1)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
