"""tf.data, plain Python's counter, and a pooling layer that takes the mean."""

from collections import Counter

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def one_member(build, x, y, seed, epochs):
    keras.utils.set_random_seed(10 * seed + 3)
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), seed=seed)
    model = build()
    stop = keras.callbacks.TerminateOnNaN()
    options = {"shuffle": False, "callbacks": [stop], "verbose": 0}
    model.fit(data.batch(10).prefetch(1), epochs=epochs, **options)
    return model


def train_members(build, x, y, seeds, epochs):
    return [one_member(build, x, y, seed, epochs) for seed in seeds]


def average_predict(models, x):
    logs = np.stack([np.log(model.predict(x, verbose=0)) for model in models])
    return np.logaddexp.reduce(logs, axis=0).argmax(axis=-1).astype("int32")


def vote_predict(models, x):
    ballots = zip(
        *(m.predict(x, verbose=0).argmax(-1).tolist() for m in models), strict=True
    )
    counts = [Counter(ballot) for ballot in ballots]
    return [max(sorted(count), key=count.get) for count in counts]


def build_ensemble(models):
    whole = layers.Input(models[0].inputs[0].shape[1:])
    columns = []
    for index, model in enumerate(models):
        inner = layers.Input(whole.shape[1:])
        member = keras.Model(inner, model(inner), name=f"expert_{index}")
        columns.append(layers.Reshape((1, -1))(member(whole)))
    rows = layers.Concatenate(axis=1)(columns) if len(columns) > 1 else columns[0]
    return keras.Model(whole, layers.GlobalAveragePooling1D()(rows))
