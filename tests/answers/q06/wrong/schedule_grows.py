"""The sign is wrong."""

import math

FAULT = "the rate grows"


def schedule(epoch, lr):
    return lr if epoch < 10 else lr * math.exp(0.1)
