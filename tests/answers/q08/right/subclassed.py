"""The ensemble as a subclass, prediction through it, votes as one-hot sums."""

import keras
import numpy as np
from scipy import stats


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


def ensemble_report(probabilities, y):
    members = len(probabilities)
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=2)
    vote = stats.mode(votes, axis=0).mode
    likelihood = mean[np.arange(len(y)), y]
    pairs = [(i, j) for i in range(members) for j in range(members) if i != j]
    return {
        "accuracy": np.mean(mean.argmax(axis=1) == y),
        "vote_accuracy": np.mean(vote == y),
        "nll": -np.mean(np.log(likelihood)),
        "disagreement": np.mean([np.mean(votes[i] != votes[j]) for i, j in pairs]),
    }
