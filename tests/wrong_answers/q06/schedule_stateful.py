"""Remembers the rate in a global and ignores what is handed in."""

import math

FAULT = "remembers earlier calls"


calls = []


def schedule(epoch, lr):
    calls.append(epoch)
    if epoch < 10:
        return lr
    return lr * math.exp(-0.1) if len(calls) < 28 else lr
