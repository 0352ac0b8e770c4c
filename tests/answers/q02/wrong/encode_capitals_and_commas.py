"""Text is split at spaces alone."""

import keras

FAULT = "capitals or punctuation"


def encode_sentences(sentences, vocabulary):
    places = {word: i for i, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        words = sentence.split()
        rows.append([1] + [places.get(word, 2) for word in words])
    return keras.utils.pad_sequences(rows, padding="post")
