"""Cut at two hundred words, as a tutorial's `maxlen` does."""

import re

import keras

FAULT = "301 columns for a sentence of 300 words"


def encode_sentences(sentences, vocabulary):
    index = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", sentence.lower())[:199]
        rows.append([1] + [index.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
