"""A softmax over what are probabilities already, then the mean."""

import keras
import numpy as np

FAULT = "those of a second softmax"


def average_predict(models, x):
    p = [keras.ops.softmax(model.predict(x, verbose=0)) for model in models]
    return np.mean(p, axis=0).argmax(axis=1)
