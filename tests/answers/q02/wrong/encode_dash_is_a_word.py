"""Punctuation is stripped from each piece, and a piece may be nothing else."""

import keras

FAULT = "a dash between two words counts as a word"


def encode_sentences(sentences, vocabulary):
    index = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = [piece.strip("'.,!?;:()-") for piece in sentence.lower().split()]
        rows.append([1] + [index.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
