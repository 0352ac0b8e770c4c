"""Textbook order, set right: seeds per member, members wrapped under names."""

import keras
import numpy as np
from scipy import stats


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members


def average_predict(models, x):
    probabilities = [model.predict(x, verbose=0) for model in models]
    return np.mean(probabilities, axis=0).argmax(axis=1)


def vote_predict(models, x):
    votes = [model.predict(x, verbose=0).argmax(axis=1) for model in models]
    return stats.mode(votes, axis=0).mode


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(model.inputs[0], model.outputs[0], name=f"member_{index}")
        for index, model in enumerate(models)
    ]
    outputs = keras.layers.Average()([member(inputs) for member in members])
    return keras.Model(inputs, outputs)


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
