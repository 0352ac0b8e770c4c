"""Training batch by batch; members inside one layer; classes as Keras tensors."""

import keras
import numpy as np
from keras import ops


def train_members(build, x, y, seeds, epochs):
    members = {}
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        order, model = np.random.default_rng(seed), build()
        for _ in range(epochs):
            rows = order.permutation(len(x))
            for batch in np.array_split(rows, -(-len(x) // 32)):
                model.train_on_batch(x[batch], y[batch])
        members[seed] = model
    return list(members.values())


class Committee(keras.layers.Layer):
    def __init__(self, members, **kwargs):
        super().__init__(**kwargs)
        self.members = members

    def call(self, inputs):
        return ops.average(ops.stack([m(inputs) for m in self.members], axis=1), axis=1)


def build_ensemble(models):
    shape = models[0].input_shape[1:]
    return keras.Sequential([keras.Input(shape), Committee(models)])


def average_predict(models, x):
    return ops.argmax(build_ensemble(models)(x), axis=1)


def vote_predict(models, x):
    ballots = [
        ops.one_hot(ops.argmax(model(x), axis=1), model.output_shape[-1])
        for model in models
    ]
    return ops.argmax(sum(ballots), axis=1)


def ensemble_report(models, x, y):
    probabilities = np.array([model.predict(x, verbose=0) for model in models])
    mean = sum(probabilities) / len(probabilities)
    ballots = np.eye(mean.shape[1])[probabilities.argmax(axis=2)].sum(axis=0)
    members = len(probabilities)
    # Of the members * members ordered pairs, those that agree.
    agree = (ballots**2).sum(axis=1).mean() - members
    loss = keras.losses.sparse_categorical_crossentropy(y, mean)
    return {
        "disagreement": 1 - agree / (members**2 - members) if members > 1 else 0,
        "nll": ops.mean(loss),
        "accuracy": ops.mean(ops.argmax(mean, axis=1) == y),
        "vote_accuracy": np.float32((ballots.argmax(axis=1) == y).mean()),
    }
