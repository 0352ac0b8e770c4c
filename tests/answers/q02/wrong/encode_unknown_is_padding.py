"""Unknown words become 0."""

import re

import keras

FAULT = "have become padding"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places.get(word, 0) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
