"""All of `string.punctuation` is taken out, the apostrophe too."""

import string

import keras

FAULT = "spelt otherwise"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    without = str.maketrans("", "", string.punctuation)
    rows = []
    for sentence in sentences:
        words = sentence.lower().translate(without).split()
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
