"""A pattern of letters and apostrophes takes the digits out of words."""

import re

import keras

FAULT = '"2nd" isn\'t found'


def encode_sentences(sentences, vocabulary):
    index = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[a-z']+", sentence.lower())
        rows.append([1] + [index.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
