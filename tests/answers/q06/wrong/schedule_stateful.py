"""Notes which epochs it has lowered the rate in, so as not to do it twice."""

import math

FAULT = "remembers earlier calls"

lowered = set()


def schedule(epoch, lr):
    if epoch < 10 or epoch in lowered:
        return lr
    lowered.add(epoch)
    return lr * math.exp(-0.1)
