"""`class WarmupDecay`: linear warm-up, then linear or cosine decay.

The task says that the peak is never exceeded. The textbook's minimum of two lines,
which peaks a little early and low, is accepted with a note. A warm-up has one step or
more. A cosine may be counted from the start of the warm-up or from its end.
"""

from collections.abc import Iterable

import numpy as np

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.q06 import meter, objects

part = AnswerClaims("WarmupDecay")

# The rate, and the steps of warm-up and decay, that most claims ask about.
RATE, WARMUP, DECAY = 0.02, 20, 100
ARGUMENTS = {"initial_lr": RATE, "warmup_steps": WARMUP, "decay_steps": DECAY}
# The error of sums of a few float32 numbers as large as the rate.
ROUNDING = 1e-6 * RATE


def _make(cls, rate=RATE, warmup=WARMUP, decay=DECAY):
    return cls(initial_lr=rate, warmup_steps=warmup, decay_steps=decay)


@once
def _found(cls) -> dict[float, float]:
    """A cache of the rates that most claims ask for, by step."""
    return {}


def _rates(cls, steps: Iterable[float]) -> np.ndarray:
    """The rates at several steps; those that an earlier claim computed are cached."""
    steps, found = [float(step) for step in steps], _found(cls)
    new = [step for step in steps if step not in found]
    found.update(zip(new, objects.rates_at(_make(cls), new), strict=True))
    return np.array([found[step] for step in steps])


@part.claim("is a Keras schedule, made from initial_lr, warmup_steps and decay_steps")
def is_schedule(cls):
    objects.is_made(cls, **ARGUMENTS)


@part.claim("takes steps that are integers, floats, tensors or the optimizer's counter")
def any_step(cls):
    objects.takes_any_step(cls, **ARGUMENTS)


@part.claim("starts at 0 and rises in a line")
def rises_in_a_line(cls):
    # The steps of a real training are so many that half precision can't count them.
    long = 0.02, 5_001, 100_000
    for rate, warmup, decay in ((RATE, WARMUP, DECAY), (0.5, 8, 400), long):
        steps = [0, warmup // 4, warmup // 2]
        got = objects.rates_at(_make(cls, rate, warmup, decay), steps)
        right = [rate * step / warmup for step in steps]
        flat = np.allclose(got, rate, rtol=0.2)
        need(
            np.allclose(got, right, rtol=1e-4, atol=1e-7),
            expected=f"{meter.listed(right)} at steps {steps}, for an initial_lr of "
            f"{rate} and {warmup} steps of warm-up",
            got=meter.listed(got) + (": there is no warm-up" if flat else ""),
            hint="the share of the warm-up that is done, times the rate.",
        )


@part.claim("peaks at the end of the warm-up, and never exceeds initial_lr")
def reaches_its_peak(cls):
    got = _rates(cls, range(3 * DECAY))
    peak = int(got.argmax())
    need(
        got[peak] <= RATE * (1 + 1e-5),
        expected=f"never more than initial_lr, {RATE}",
        got=f"{got[peak]:.4g} at step {peak}: it exceeds initial_lr",
        hint="which part still rises once the warm-up is over?",
    )
    need(
        0.75 * WARMUP <= peak <= WARMUP + 1,
        expected=f"the peak, about {RATE}, at the end of the warm-up, step {WARMUP}",
        got=f"{got[peak]:.4g}, reached at step {peak}",
        hint="what is the rate when the warm-up ends, and what when the fall begins?",
    )


@part.claim("takes a warm-up of a single step")
def takes_one_step(cls):
    got = objects.rates_at(_make(cls, RATE, 1, DECAY), [0, 1])
    # The textbook's lines cross before step 1, so its rate there is a little lower.
    need(
        got[0] < 1e-6 and got[1] > 0.95 * RATE,
        expected=f"0 at step 0 and {RATE} at step 1, for 1 step of warm-up",
        got=meter.listed(got),
        hint="the share of the warm-up that is done: after one step of one, all of it.",
    )


@part.claim("falls to 0 at decay_steps, stays there far past it, and is never negative")
def falls_to_zero(cls):
    steps = [*range(2 * DECAY), 1_000, 100_000, 10_000_000]
    got = _rates(cls, steps)
    lowest = int(got.argmin())
    need(
        got[lowest] >= -ROUNDING,
        expected="a rate of 0 or more at every step",
        got=f"{got[lowest]:.4g} at step {steps[lowest]}: negative, so the optimizer "
        f"would climb",
        hint="training may go on after `decay_steps`. Hold the fall at its end.",
    )
    rises = np.diff(got[WARMUP + 1 : 2 * DECAY]) > ROUNDING
    need(
        not rises.any(),
        expected="after the warm-up the rate only falls",
        got=f"it rises again after step {WARMUP + 1 + int(rises.argmax())}",
        hint="a cosine comes back up unless its argument is held at the end.",
    )
    end = _end(got)
    arrives = got[end] <= 1e-4 * RATE
    need(
        arrives and got[-1] <= 1e-4 * RATE,
        expected=f"0 at decay_steps, {DECAY} from the start or from the end of the "
        f"warm-up, and at every later step",
        got=f"{got[DECAY]:.4g} at step {DECAY}, {got[DECAY + WARMUP]:.4g} at step "
        f"{DECAY + WARMUP}, {got[-1]:.4g} far past it: it doesn't "
        + ("stay 0" if arrives else "end at 0"),
        hint="it arrives, and sums of large numbers are rounded far past that: hold "
        "the step, or the share, at the end."
        if arrives
        else "how much of the decay is done at its last step?",
    )
    need(
        got[end - 3] > 1e-5 * RATE,
        expected=f"a rate above 0 until step {end}",
        got=f"0 at step {end - 3} already",
        hint="`decay_steps` says when.",
    )


def _end(rates: np.ndarray) -> int:
    """The step at which the decay must have ended, by the way this answer counts."""
    return DECAY if rates[DECAY] <= 1e-4 * RATE else DECAY + WARMUP


@part.claim("falls by a line or a cosine")
def line_or_cosine(cls):
    rates = _rates(cls, range(DECAY + WARMUP + 1))
    end = _end(rates)
    steps = np.arange(WARMUP, end + 1)
    got = rates[steps] / rates[WARMUP]
    shapes = [
        (end - steps) / (end - WARMUP),
        *((1 + np.cos(np.pi * (steps - s) / (end - s))) / 2 for s in (0, WARMUP)),
    ]
    # A decay that ends a step early or late has the right shape, too.
    off = min(np.abs(got - shape / shape[0]).max() for shape in shapes)
    middle = len(steps) // 2
    need(
        off < 0.05,
        expected="about half of the peak halfway through the fall, and a line or a "
        "cosine before and after",
        got=f"{got[middle // 2]:.2f}, {got[middle]:.2f} and {got[-middle // 2]:.2f} of "
        f"it after a quarter, a half and three quarters",
        hint="what is the share of the fall that is left?",
    )


@part.claim("is continuous: no jump at the joint or at the end")
def continuous(cls):
    # Every step is tested, and quarters of a step around where a phase may end.
    around = (0, 2 * WARMUP), (DECAY - 2, DECAY + WARMUP + 2)
    fine = [np.arange(first, last, 0.25) for first, last in around]
    steps = np.unique(np.concatenate([np.arange(2 * DECAY), *fine]))
    got = _rates(cls, steps)
    # The steepest rise is that of the warm-up.
    excess = np.abs(np.diff(got)) - 1.1 * RATE / WARMUP * np.diff(steps)
    where = int(excess.argmax())
    need(
        excess[where] <= 1e-9,
        expected="neighbouring steps have neighbouring rates",
        got=f"a jump from {got[where]:.4g} to {got[where + 1]:.4g} at step "
        f"{steps[where + 1]:g}",
        hint="where one part ends, the next must begin at the same rate.",
    )


@part.claim("works in a graph: in a compiled model each step uses its own rate")
def works_in_a_graph(cls):
    objects.works_in_graph(_make(cls, RATE, 4, 12))


@part.claim("survives get_config, and saving and loading a compiled model")
def saves_and_loads(cls):
    objects.is_saved(cls, _make(cls), [0, 5, WARMUP, 50, DECAY, 2 * DECAY])


@part.note
def peak_below_initial_lr(cls) -> str | None:
    """A note if the peak is too low, as where two lines cross during the warm-up."""
    highest = _rates(cls, range(3 * DECAY)).max()
    if highest < 0.99 * RATE:
        return (
            f"its peak is {highest:.3g} for an initial_lr of {RATE}. Why not reach it?"
        )
    return None
