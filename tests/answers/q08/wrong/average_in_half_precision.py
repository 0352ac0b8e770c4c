"""Half precision loses what is nearly a tie."""

import numpy as np

FAULT = "those of half precision"


def average_predict(models, x):
    p = [model.predict(x, verbose=0).astype("float16") for model in models]
    return np.mean(p, axis=0).argmax(axis=1)
