"""The array begins full of 2, so that the rest of a short row stays unknown."""

import re

import numpy as np

FAULT = "filled up with 2"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    split = [re.findall(r"[^\W_]+(?:'[^\W_]+)*", s.lower()) for s in sentences]
    x = np.full((len(split), 1 + max(map(len, split))), 2)
    x[:, 0] = 1
    for row, words in zip(x, split, strict=True):
        row[1 : 1 + len(words)] = [places.get(word, 2) for word in words]
    return x
