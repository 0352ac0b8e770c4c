"""The surer a member is, the more it counts."""

import numpy as np

FAULT = "every member counts the same"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    return (p * p.max(axis=2, keepdims=True)).sum(axis=0).argmax(axis=1)
