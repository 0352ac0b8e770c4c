"""It's becomes two pieces."""

import re

import keras

FAULT = "an apostrophe inside a word"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[a-z0-9]+", sentence.lower())
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
