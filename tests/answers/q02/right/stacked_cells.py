"""Cells stacked in one RNN; a summed bidirectional; the loss by tf.nn, from logits."""

import keras
import tensorflow as tf
from keras import layers


def cross_entropy(y_true, logits):
    y_true = tf.reshape(tf.cast(y_true, logits.dtype), tf.shape(logits))
    losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=logits)
    return tf.reduce_sum(losses)


def finish(words, x):
    model = keras.Model(words, layers.Dense(1, use_bias=False)(x))
    model.compile(keras.optimizers.Nadam(), loss=cross_entropy, jit_compile=False)
    return model


def build_lstm(vocab_size, embedding_dim=128, *, sizes=(24, 12)):
    words = keras.Input(shape=(None,), dtype="int32", name="words")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    x = layers.LayerNormalization()(x)
    cell = layers.StackedRNNCells([layers.LSTMCell(n, dropout=0.2) for n in sizes])
    return finish(words, layers.RNN(cell)(x))


def build_bilstm(vocab_size, embedding_dim=128):
    words = keras.Input(shape=(None,), dtype="int32", name="words")
    x = layers.Embedding(vocab_size, embedding_dim, mask_zero=True)(words)
    for last, n in enumerate((24, 12)):
        layer = layers.LSTM(n, return_sequences=not last, activation="softsign")
        x = layers.Bidirectional(layer, merge_mode="sum")(x)
    return finish(words, x)


def encode_sentences(sentences, vocabulary):
    """String operations and a hash table; a tensor comes back, not an array."""
    table = tf.lookup.StaticHashTable(
        tf.lookup.KeyValueTensorInitializer(
            tf.constant(vocabulary), tf.range(len(vocabulary))
        ),
        default_value=2,
    )
    text = tf.strings.lower(tf.constant(list(sentences)))
    text = tf.strings.regex_replace(text, r"[^a-z0-9']+", " ")
    words = tf.strings.split(tf.strings.strip(text))
    rows = tf.ragged.map_flat_values(table.lookup, words)
    start = tf.ones((len(sentences), 1), rows.dtype)
    return tf.concat([start, rows], axis=1).to_tensor()
