"""`RNN`s over `LSTMCell`s; both ways, the mean over all states; words by splitting.

Among eighty words the mean gives each a small share, the first as much as the last.
"""

import keras
from keras import layers


def build_lstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.RNN(layers.LSTMCell(24, dropout=0.2), return_sequences=True),
            layers.RNN(layers.LSTMCell(12, dropout=0.2)),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def build_bilstm(vocab_size, embedding_dim=128):
    model = keras.Sequential(
        [
            layers.Embedding(vocab_size, embedding_dim, mask_zero=True),
            layers.Bidirectional(layers.LSTM(24, return_sequences=True)),
            layers.Bidirectional(layers.LSTM(12, return_sequences=True)),
            layers.GlobalAveragePooling1D(),
            layers.Dropout(0.2),
            layers.Dense(1),
        ]
    )
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile("adam", loss)
    return model


def encode_sentences(sentences, vocabulary):
    places = {word: place for place, word in enumerate(vocabulary)}
    rows = []
    for sentence in sentences:
        letters = [a if a.isalnum() or a == "'" else " " for a in sentence.lower()]
        words = [piece.strip("'") for piece in "".join(letters).split()]
        rows.append([1] + [places.get(word, 2) for word in words if word])
    return keras.utils.pad_sequences(rows, padding="post")
