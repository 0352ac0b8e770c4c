"""`schedule(epoch, lr)`: the rule by epoch, called alone and in two trainings."""

import math

import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree
from interview.checks.q06 import meter

part = AnswerClaims("schedule")


@part.claim("returns a float, before and after the tenth epoch")
def returns_float(schedule):
    for epoch in (0, 25):
        rate = schedule(epoch, 0.01)
        need(
            isinstance(rate, float | np.float32),
            expected=f"a float from schedule({epoch}, 0.01)",
            got="None: nothing is returned" if rate is None else type(rate).__name__,
            hint="`LearningRateScheduler` takes Python's or NumPy's floats alone; it "
            "refuses integers and tensors.",
        )


@part.claim("keeps the rate that it is handed in epochs 0 to 9")
def keeps_the_rate(schedule):
    for lr in (0.01, 0.3):
        rates = [float(schedule(epoch, lr)) for epoch in range(10)]
        changed = ~np.isclose(rates, lr, rtol=1e-5)
        first = int(changed.argmax())
        need(
            not changed.any(),
            expected=f"schedule(epoch, {lr}) is {lr} in epochs 0 to 9",
            got=f"{rates[first]:.4g} in epoch {first}",
            hint="Keras counts epochs from 0, and hands in the optimizer's rate.",
        )


@part.claim("from epoch 10 on returns the handed rate times exp(-0.1)")
def decays(schedule):
    for epoch, lr in ((10, 0.01), (11, 0.01), (40, 0.01), (41, 0.3)):
        right, got = lr * math.exp(-0.1), float(schedule(epoch, lr))
        agree(
            got,
            right,
            expected=f"{right:.6g} from schedule({epoch}, {lr}), which is {lr} times "
            f"exp(-0.1)",
            shown=f"{got:.6g}",
            hint="each epoch from 10 on makes the rate a little smaller, once.",
            faults=_faults(epoch, lr),
            same=lambda a, b: math.isclose(a, b, rel_tol=1e-5),
        )


def _faults(epoch: int, lr: float) -> list[Fault]:
    return [
        Fault(
            lr, "the rate is kept in this epoch too", "the first ten epochs are 0 to 9."
        ),
        Fault(
            lr * math.exp(0.1),
            "the rate grows",
            "which sign has the exponent, and why?",
        ),
        Fault(
            lr - math.exp(-0.1),
            "below 0, so training would climb",
            "a factor is multiplied by.",
        ),
        Fault(
            0.9 * lr,
            "a tenth off, a factor of 0.9",
            "exp(-0.1) is near 0.9, and isn't 0.9.",
        ),
        Fault(
            lr * math.exp(-0.1 * (epoch - 9)),
            "the decay counts the epochs and compounds as well",
            "`lr` is the rate that the last epoch ended with; it holds the earlier "
            "decays already.",
        ),
    ]


@part.claim("under LearningRateScheduler each of two trainings uses these rates")
def under_callback(schedule):
    callback = keras.callbacks.LearningRateScheduler(schedule)
    epochs = np.repeat(np.arange(14), 2)
    right = 0.01 * np.exp(-0.1 * np.maximum(epochs - 9, 0))
    for training in ("first", "second"):
        moved = meter.fit(meter.one_weight(0.01), 14, 2, [callback])
        worst = int(np.abs(moved - right).argmax())
        need(
            np.allclose(moved, right, atol=1e-6),
            expected=f"a step of {right[worst]:.6f} in epoch {epochs[worst]}",
            got=f"{moved[worst]:.6f} in the {training} training: it remembers earlier "
            f"calls",
            hint="the same arguments give the same rate, whenever they come. All that "
            "is needed is in them.",
        )
