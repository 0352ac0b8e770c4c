"""Unknown words are left out."""

import re

import keras

FAULT = "unknown words are gone"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places[word] for word in words if word in places])
    return keras.utils.pad_sequences(rows, padding="post")
