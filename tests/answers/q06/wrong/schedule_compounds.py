"""Counts the epochs although lr has been lowered already."""

import math

FAULT = "compounds as well"


def schedule(epoch, lr):
    return lr if epoch < 10 else lr * math.exp(-0.1 * (epoch - 9))
