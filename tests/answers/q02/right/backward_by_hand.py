"""Two LSTMs, one told to go backwards; masked mean and last state together; GRU."""

import keras
from keras import layers


def build_lstm(vocab_size, embedding_dim=128):
    inputs = keras.Input((None,))
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(inputs)
    x = layers.LSTM(32, return_sequences=True)(x)
    mean = layers.GlobalAveragePooling1D()(x)
    last = layers.LSTM(32)(x)
    x = layers.Dropout(0.5)(layers.Concatenate()([mean, last]))
    outputs = layers.Activation("sigmoid")(layers.Dense(1)(x))
    model = keras.Model(inputs, outputs)
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "binary_focal_crossentropy")
    return model


def build_bilstm(vocab_size, embedding_dim=128):
    inputs = keras.Input((None,))
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(inputs)
    ahead = layers.GRU(32)(x)
    back = layers.GRU(32, go_backwards=True)(x)
    x = layers.Dense(16, activation="tanh")(layers.Concatenate()([ahead, back]))
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))
    model.compile("adam", "binary_crossentropy")
    return model
