"""`build_optimizer`, the bug hunt.

The rate may reach its peak at the first epoch's last step or one step later, and 0 at
the last epoch's last step or one later. The check always asks for two epochs or more.
"""

import math
from collections.abc import Callable

import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers
from interview.checks.q06 import meter

part = AnswerClaims("build_optimizer")

# Sizes that are multiples of the batch, and sizes that aren't.
EVEN = (960, 32, 8, 0.1)
UNEVEN = ((1_000, 64, 10, 0.02), (130, 64, 20, 0.02))


def _rates(build, sizes, steps) -> np.ndarray:
    """The rates that the optimizer holds at these steps, as shares of the peak."""
    optimizer = build(*sizes)
    rates = []
    for step in steps:
        optimizer.iterations.assign(int(step))
        rates.append(float(as_numbers(optimizer.learning_rate)))
    return np.array(rates) / sizes[-1]


def _plan(steps, warmup: int, end: int) -> np.ndarray:
    """Linear warm-up until `warmup`, cosine decay until `end`; shares of the peak."""
    done = np.clip((steps - warmup) / (end - warmup), 0, 1)
    return np.minimum(steps / warmup, (1 + np.cos(math.pi * done)) / 2)


def _planned(per_epoch: int, epochs: int) -> Callable[[np.ndarray, np.ndarray], bool]:
    """A test of the rates at steps 0, 1, …; it accepts both readings of the ends."""
    total = per_epoch * epochs

    def same(got, right) -> bool:
        # `right` is the plan itself, or the rates of a known fault. Only the plan has
        # several readings.
        steps = np.arange(len(got))
        plans = [
            _plan(steps, warmup, end)
            for warmup in (per_epoch, per_epoch - 1)
            for end in (total, total - 1)
        ]
        if not np.allclose(right, plans[0]):
            plans = [right]
        return any(np.allclose(got, plan, atol=5e-3) for plan in plans)

    return same


@part.claim("returns an Adam optimizer")
def is_adam(build):
    optimizer, other = build(*EVEN), build(*EVEN)
    need(
        isinstance(optimizer, keras.optimizers.Adam),
        expected="an Adam optimizer",
        got=type(optimizer).__name__,
        hint="the function returns the optimizer, with its schedule inside.",
    )
    need(
        optimizer is not other,
        expected="a new optimizer at each call",
        got="the same one twice: it knows the weights of the first model it trained",
        hint="what is made outside the function, or as a default argument, is made "
        "once.",
    )


@part.claim("begins at 0, and rises in a line through the first epoch")
def warms_up(build):
    train_size, batch_size, *_, peak = EVEN
    per_epoch = train_size // batch_size
    steps = np.array([0, per_epoch // 3, 2 * per_epoch // 3])
    got = _rates(build, EVEN, steps)
    flat = got.min() > 0.9
    # The step at which the line from 0 reaches the peak; one step late means that the
    # epoch was counted with a batch too many.
    reached = steps[-1] / max(got[-1], 1e-9)
    late = round(reached, 1) == per_epoch + 1
    need(
        any(np.allclose(got, steps / (per_epoch - n), atol=1e-3) for n in (0, 1)),
        expected=f"{meter.listed(peak * steps / per_epoch)} at steps {steps.tolist()} "
        f"of a first epoch of {per_epoch}",
        got=meter.listed(peak * got)
        + (": the peak from the first step on, no warm-up" if flat else "")
        + (f": the peak comes at step {per_epoch + 1}" if late else ""),
        hint=f"how many batches does `fit` make of {train_size} examples and "
        f"{batch_size}, where none is smaller?"
        if late
        else "where does a warm-up start from, and where does it lead?",
    )


@part.claim("falls as a cosine and arrives at 0 with the last step, and stays there")
def cosine_to_zero(build):
    train_size, batch_size, epochs, peak = EVEN
    per_epoch = train_size // batch_size
    total = per_epoch * epochs
    steps = np.arange(total + per_epoch + 1)
    got = _rates(build, EVEN, steps)
    right = _plan(steps, per_epoch, total)
    left = (total - steps) / (total - per_epoch)
    line = np.maximum(np.minimum(steps / per_epoch, left), 0)
    shown = np.array([per_epoch, (per_epoch + total) // 2, total, total + per_epoch])
    agree(
        got,
        right,
        expected=f"{meter.listed(peak * right[shown])} at steps {shown.tolist()}, for "
        f"{epochs} epochs of {per_epoch}",
        shown=meter.listed(peak * got[shown]),
        hint="when does the decay begin, when does it end, and what comes then?",
        faults=(
            Fault(
                _plan(steps, per_epoch, total + per_epoch),
                "the decay ends after the training",
                "from which step on does the decay count its steps?",
            ),
            Fault(line, "a line", "the fall asked for is a cosine."),
        ),
        same=_planned(per_epoch, epochs),
    )
    rest = got[total:].max()
    need(
        rest < 1e-4,
        expected=f"0 from step {total} on",
        got=f"{peak * rest:.4g} for a peak of {peak}, which isn't 0",
        hint="what says how much of the rate is left in the end?",
    )


@part.claim("counts the smaller last batch of each epoch as a step")
def counts_last_batches(build):
    for sizes in UNEVEN:
        train_size, batch_size, epochs, peak = sizes
        per_epoch, whole = math.ceil(train_size / batch_size), train_size // batch_size
        total = per_epoch * epochs
        steps = np.arange(total + 1)
        got = _rates(build, sizes, steps)
        agree(
            got,
            _plan(steps, per_epoch, total),
            expected=f"{train_size} examples in batches of {batch_size}: {per_epoch} "
            f"steps an epoch, {total} in all; the peak at step {per_epoch}, 0 at step "
            f"{total}",
            shown=f"the peak at step {got.argmax()}, {peak * got[total // 2]:.4g} at "
            f"step {total // 2}, {peak * got[-1]:.4g} at step {total}",
            hint="print both ends for a small example, and count the batches by hand.",
            faults=(
                Fault(
                    _plan(steps, whole, whole * epochs),
                    "the smaller last batch isn't counted",
                    "how many batches does `fit` make of 1,000 examples and 64?",
                ),
                Fault(
                    _plan(steps, per_epoch, total - 2),
                    "0 comes a step too early: the last two steps stand still",
                    "steps count from 0. Which number has the last one?",
                ),
                Fault(
                    _plan(steps, per_epoch, total + 1),
                    "0 comes a step too late, when training has ended",
                    "how many steps are there from the peak to the end of training?",
                ),
            ),
            same=_planned(per_epoch, epochs),
        )
