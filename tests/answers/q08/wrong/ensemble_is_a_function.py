"""A function, not a model."""

import numpy as np

FAULT = "<function"


def build_ensemble(models):
    def predict(x):
        return np.mean([model.predict(x, verbose=0) for model in models], axis=0)

    return predict
