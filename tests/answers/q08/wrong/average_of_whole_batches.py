"""What doesn't fill a batch of 32 is left out."""

import numpy as np

FAULT = "the last 6 are missing"


def average_predict(models, x):
    classes = []
    for start in range(0, len(x) - 31, 32):
        batch = x[start : start + 32]
        p = np.array([model(batch, training=False) for model in models])
        classes.append(p.mean(axis=0).argmax(axis=1))
    return np.concatenate(classes)
