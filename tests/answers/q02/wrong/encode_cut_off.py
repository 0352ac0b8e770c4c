"""A `maxlen`, and the default that cuts from the front, the start included."""

import re

import keras

FAULT = "cut off"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, maxlen=5, padding="post")
