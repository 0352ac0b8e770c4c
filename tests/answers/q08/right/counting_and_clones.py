"""No SciPy: votes by counting, a clone of each member with its weights."""

import keras
import numpy as np


def train_members(build, x, y, seeds, epochs, batch_size=16):
    def member(seed):
        keras.backend.clear_session()
        keras.utils.set_random_seed(seed)
        model = build()
        keras.utils.set_random_seed(seed + 1)
        model.fit(x, y, epochs=epochs, batch_size=batch_size, verbose=0)
        return model

    return tuple(member(seed) for seed in seeds)


def average_predict(models, x):
    total = 0
    for model in models:
        total = total + model.predict_on_batch(x)
    return np.argmax(total / len(models), axis=-1)


def vote_predict(models, x):
    outputs = np.array([model(x, training=False) for model in models])
    classes = outputs.shape[-1]
    votes = outputs.argmax(axis=-1)
    return np.array([np.bincount(v, minlength=classes).argmax() for v in votes.T])


def build_ensemble(models):
    inputs = keras.Input(models[0].inputs[0].shape[1:])
    outputs = []
    for index, model in enumerate(models):
        clone = keras.models.clone_model(model)
        clone.set_weights(model.get_weights())
        clone.name = f"{model.name}_{index}"
        outputs.append(clone(inputs))
    return keras.Model(inputs, keras.ops.mean(keras.ops.stack(outputs), axis=0))


def ensemble_report(models, x, y):
    probabilities = np.stack([model(x).numpy() for model in models])
    members, rows, classes = probabilities.shape
    mean = np.clip(probabilities.mean(axis=0), 1e-7, 1)
    votes = probabilities.argmax(axis=-1)
    counts = (votes[..., None] == np.arange(classes)).sum(axis=0)
    apart = (votes[:, None] != votes[None]).mean(axis=2).sum()
    return {
        "accuracy": float((mean.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((counts.argmax(axis=1) == y).mean()),
        "nll": float(-np.log(mean[np.arange(rows), y]).mean()),
        "disagreement": float(apart / max(members * (members - 1), 1)),
    }
