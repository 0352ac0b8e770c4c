"""The ensemble as a subclass, prediction through it, votes as one-hot sums."""

import keras
import numpy as np


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        members.append(build())
        members[-1].fit(x, y, epochs=epochs, batch_size=len(x), verbose=0)
    return members


class Ensemble(keras.Model):
    def __init__(self, models):
        super().__init__()
        self.models = list(models)

    def call(self, inputs):
        outputs = [model(inputs, training=False) for model in self.models]
        return sum(outputs) / len(outputs)


def build_ensemble(models):
    return Ensemble(models)


def average_predict(models, x):
    return build_ensemble(models).predict(x, verbose=0).argmax(axis=1).tolist()


def vote_predict(models, x):
    outputs = [model.predict(x, verbose=0) for model in models]
    one_hot = [np.eye(p.shape[1])[p.argmax(axis=1)] for p in outputs]
    return np.sum(one_hot, axis=0).argmax(axis=1)
