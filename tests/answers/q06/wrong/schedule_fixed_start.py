"""The starting rate is written into the function."""

import math

FAULT = "0.3"


def schedule(epoch, lr):
    return 0.01 * math.exp(-0.1 * max(0, epoch - 9))
