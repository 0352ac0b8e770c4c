"""The plain answers, of which most of the wrong ones are edits."""

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
    p = np.array([model.predict(x, verbose=0) for model in models])
    return p.mean(axis=0).argmax(axis=1)


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return stats.mode(votes, axis=0).mode


def build_ensemble(models):
    inputs = keras.Input(models[0].input_shape[1:])
    members = [
        keras.Model(m.inputs[0], m.outputs[0], name=f"member_{i}")
        for i, m in enumerate(models)
    ]
    outputs = [member(inputs) for member in members]
    return keras.Model(inputs, keras.layers.Average()(outputs))


def ensemble_report(models, x, y):
    probabilities = np.array([m(x, training=False) for m in models])
    members = len(probabilities)
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=2)
    vote = stats.mode(votes, axis=0).mode
    likelihood = mean[np.arange(len(y)), y]
    likelihood = np.clip(likelihood, 1e-7, 1)
    pairs = [(i, j) for i in range(members) for j in range(members) if i != j]
    pairs = pairs or [(0, 0)]
    return {
        "accuracy": np.mean(mean.argmax(axis=1) == y),
        "vote_accuracy": np.mean(vote == y),
        "nll": -np.mean(np.log(likelihood)),
        "disagreement": np.mean([np.mean(votes[i] != votes[j]) for i, j in pairs]),
    }


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
