"""`np.zeros` makes floats unless told otherwise."""

import re

import numpy as np

FAULT = "integers stay integers"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    split = [re.findall(r"[^\W_]+(?:'[^\W_]+)*", s.lower()) for s in sentences]
    x = np.zeros((len(split), 1 + max(map(len, split))))
    x[:, 0] = 1
    for row, words in zip(x, split, strict=True):
        row[1 : 1 + len(words)] = [places.get(word, 2) for word in words]
    return x
