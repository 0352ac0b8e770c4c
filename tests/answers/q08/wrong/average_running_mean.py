"""Halves at each member: the last counts for half of the whole."""

FAULT = "the later a member, the more it counts"


def average_predict(models, x):
    mean = models[0].predict(x, verbose=0)
    for model in models[1:]:
        mean = (mean + model.predict(x, verbose=0)) / 2
    return mean.argmax(axis=1)
