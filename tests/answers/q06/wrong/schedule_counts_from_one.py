"""Takes the first epoch for number 1."""

import math

FAULT = "in epoch 9"


def schedule(epoch, lr):
    return lr if epoch + 1 < 10 else lr * math.exp(-0.1)
