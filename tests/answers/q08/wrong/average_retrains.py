"""Members are trained on their own guesses before they predict."""

import numpy as np

FAULT = "other numbers of training steps"


def average_predict(models, x):
    for model in models:
        guesses = model.predict(x, verbose=0).argmax(axis=1)
        model.fit(x, guesses, verbose=0)
        model.set_weights(model.get_weights())
    p = np.array([model.predict(x, verbose=0) for model in models])
    return p.mean(axis=0).argmax(axis=1)
