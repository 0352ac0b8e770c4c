"""No return after the tenth epoch."""

import math

FAULT = "nothing is returned"


def schedule(epoch, lr):
    if epoch < 10:
        return lr
    lr *= math.exp(-0.1)
    return None
