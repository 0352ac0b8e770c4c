"""The mean over examples instead of members."""

import numpy as np

FAULT = "Over which axis"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    return p.mean(axis=1).argmax(axis=1)
