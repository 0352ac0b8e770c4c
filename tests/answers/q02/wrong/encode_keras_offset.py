"""Three is added as with Keras's word index, which this isn't."""

import re

import keras

FAULT = "every word is off by +3"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary, start=3)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
