"""squeeze takes the axis of a single example away, too."""

import numpy as np

FAULT = "the axis of the examples is gone"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    return np.squeeze(p.mean(axis=0)).argmax(axis=-1)
