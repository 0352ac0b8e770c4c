"""Ten epochs are taken for 0 to 10."""

import math

FAULT = "kept in this epoch too"


def schedule(epoch, lr):
    return lr if epoch <= 10 else lr * math.exp(-0.1)
