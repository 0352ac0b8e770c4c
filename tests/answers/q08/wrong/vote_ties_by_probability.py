"""A tie goes to the class of the highest mean probability."""

import numpy as np

FAULT = "the mean probability decides among equals"


def vote_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    votes = np.eye(p.shape[2])[p.argmax(axis=2)].sum(axis=0)
    return (votes + 1e-3 * p.mean(axis=0)).argmax(axis=1)
