"""Subtracts where it should multiply."""

import math

FAULT = "below 0"


def schedule(epoch, lr):
    return lr if epoch < 10 else lr - math.exp(-0.1)
