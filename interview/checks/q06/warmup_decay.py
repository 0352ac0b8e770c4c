"""`class WarmupDecay`. What proves each sentence of the task:

- its base class and its arguments, by name and by place: the first claim.
- "takes integer, float and tensor steps": the second.
- "rises in a line from 0 at step 0": the third; "to its peak at `warmup_steps`, never
  above `initial_lr`": the fourth. The textbook's minimum of two lines passes, which
  peaks a little early and low.
- "then it falls to 0 at `decay_steps`, counted from the start or from the end of the
  warm-up; then it stays 0": the fifth; "by a line or a cosine": the sixth. The cosine
  may begin with the warm-up or after it.
- "It is continuous": the seventh.
- "works in a graph": the training, in which each step has to use its own rate.
- "can be saved with a model": the last.
"""

import math

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.kit import numbers, reloaded
from interview.checks.machinery import Part, fail, need
from interview.checks.q06 import meter

part = Part("WarmupDecay")

# The rate, and the steps of warm-up and decay, that most claims ask about.
RATE, WARMUP, DECAY = 0.02, 20, 100
# What sums of a few float32 numbers as large as the rate may be off by.
ROUNDING = 1e-6 * RATE


def _make(cls, rate=RATE, warmup=WARMUP, decay=DECAY):
    return cls(initial_lr=rate, warmup_steps=warmup, decay_steps=decay)


def _rate(instance, step) -> float:
    """The rate at a step: one finite number."""
    value = instance(step)
    need(
        value is not None,
        expected=f"a rate for step {step}",
        got="None: nothing is returned",
        hint="`__call__` returns the rate.",
    )
    rate = numbers(value)
    need(
        rate.size == 1,
        expected=f"one number for step {step}",
        got=f"numbers of shape {rate.shape}",
        hint="one step has one rate.",
    )
    need(
        np.isfinite(rate).all(),
        expected="a finite rate at every step",
        got=f"{rate.item()} at step {step}",
        hint="what is divided by, what is a root or a power taken of?",
    )
    return rate.item()


def _rates(instance, steps) -> np.ndarray:
    return np.array([_rate(instance, float(step)) for step in steps])


@part.claim("is a Keras schedule, made from initial_lr, warmup_steps and decay_steps")
def _(cls):
    base = keras.optimizers.schedules.LearningRateSchedule
    need(
        isinstance(cls, type) and issubclass(cls, base),
        expected="a class derived from "
        "`keras.optimizers.schedules.LearningRateSchedule`",
        got=getattr(cls, "__name__", type(cls).__name__),
        hint="an optimizer calls a schedule with its step, anything else without.",
    )
    _make(cls)
    cls(RATE, WARMUP, DECAY)


@part.claim("takes steps that are integers, floats, tensors or the optimizer's counter")
def _(cls):
    instance, other = _make(cls), _make(cls)
    right = _rate(instance, 7.0)
    again = _rate(other, 7.0), _rate(other, 7.0)
    need(
        again[0] != right or again[1] == right,
        expected=f"the same rate, {right:.6g}, when step 7 is asked about again",
        got=f"{again[1]:.6g}: it counts its own calls",
        hint="the optimizer knows which step it is, and says so in `step`.",
    )
    kinds = {
        "a Python integer": 7,
        "a NumPy integer": np.int64(7),
        "a float tensor": tf.constant(7.0),
        "an int64 tensor": tf.constant(7, "int64"),
        "an int32 tensor": tf.constant(7, "int32"),
        "the optimizer's counter": keras.Variable(7, dtype="int64", trainable=False),
    }
    for kind, step in kinds.items():
        got = _rate(instance, step)
        need(
            math.isclose(got, right, rel_tol=1e-4, abs_tol=1e-9),
            expected=f"{right:.6g} for step 7, given as {kind}",
            got=f"{got:.6g}",
            hint="make the step a float before anything else.",
        )


@part.claim("starts at 0 and rises in a line")
def _(cls):
    for rate, warmup, decay in ((RATE, WARMUP, DECAY), (0.5, 8, 400)):
        steps = [0, warmup // 4, warmup // 2]
        got = _rates(_make(cls, rate, warmup, decay), steps)
        right = [rate * step / warmup for step in steps]
        flat = np.allclose(got, rate, rtol=0.2)
        need(
            np.allclose(got, right, rtol=1e-4, atol=1e-7),
            expected=f"{meter.listed(right)} at steps {steps}, for an initial_lr of "
            f"{rate} and {warmup} steps of warm-up",
            got=meter.listed(got) + (": there is no warm-up" if flat else ""),
            hint="the share of the warm-up that is done, times the rate.",
        )


@part.claim("reaches its peak at the end of the warm-up, and never exceeds initial_lr")
def _(cls):
    got = _rates(_make(cls), range(3 * DECAY))
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


@part.claim("falls to 0 at decay_steps, stays there far past it, and is never negative")
def _(cls):
    steps = [*range(2 * DECAY), 1_000, 100_000, 10_000_000]
    got = _rates(_make(cls), steps)
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
    need(
        got[end] <= 1e-4 * RATE and got[-1] <= 1e-4 * RATE,
        expected=f"0 at decay_steps, {DECAY} from the start or from the end of the "
        f"warm-up, and at every later step",
        got=f"{got[DECAY]:.4g} at step {DECAY}, {got[DECAY + WARMUP]:.4g} at step "
        f"{DECAY + WARMUP}, {got[-1]:.4g} far past it: it doesn't end at 0",
        hint="how much of the decay is done at its last step?",
    )
    need(
        got[end - 3] > 1e-5 * RATE,
        expected=f"a rate above 0 until step {end}",
        got=f"0 at step {end - 3} already",
        hint="`decay_steps` says when.",
    )


def _end(rates: np.ndarray) -> int:
    """The step at which the fall has to be over, by the way this answer counts."""
    return DECAY if rates[DECAY] <= 1e-4 * RATE else DECAY + WARMUP


@part.claim("falls by a line or a cosine")
def _(cls):
    rates = _rates(_make(cls), range(DECAY + WARMUP + 1))
    end = _end(rates)
    steps = np.arange(WARMUP, end + 1)
    got = rates[steps] / rates[WARMUP]
    shapes = [
        (end - steps) / (end - WARMUP),
        *((1 + np.cos(np.pi * (steps - s) / (end - s))) / 2 for s in (0, WARMUP)),
    ]
    # A fall that ends a step early or late is one, too.
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
def _(cls):
    fine = np.arange(0, 2 * DECAY, 0.25)
    got = _rates(_make(cls), fine)
    jumps = np.abs(np.diff(got))
    where = int(jumps.argmax())
    need(
        # The steepest rise is that of the warm-up, a quarter of a step here.
        jumps.max() <= 1.1 * RATE / WARMUP / 4 + 1e-9,
        expected="neighbouring steps have neighbouring rates",
        got=f"a jump from {got[where]:.4g} to {got[where + 1]:.4g} at step "
        f"{fine[where + 1]:g}",
        hint="where one part ends, the next must begin at the same rate.",
    )


@part.claim("works in a graph: in a compiled model each step uses its own rate")
def _(cls):
    instance = _make(cls, RATE, 4, 12)
    moved = meter.fit(meter.one_weight(instance), epochs=4, steps=5)
    right = _rates(instance, range(20))
    worst = int(np.abs(moved - right).argmax())
    need(
        np.allclose(moved, right, atol=1e-6),
        expected=f"a weight that moves by {right[worst]:.6f} at step {worst}",
        got=f"{moved[worst]:.6f}",
        hint="Python's own choices are made once, while the graph is traced, when "
        "`step` has no value yet. Is the rate computed from `step`, by operations?",
    )


@part.claim("survives get_config, and saving and loading a compiled model")
def _(cls):
    instance = _make(cls)
    config = instance.get_config()
    need(
        isinstance(config, dict),
        expected="a dict from get_config",
        got=type(config).__name__,
        hint="its keys are the arguments of `__init__`.",
    )
    try:
        again = cls.from_config(config)
    except TypeError as error:
        fail(
            expected="a new schedule from what get_config returns",
            got=f"{config}, of which `__init__` says: {error}",
            hint="the keys of get_config's dict are the arguments of `__init__`, all "
            "of them.",
        )
    steps = [0, 5, WARMUP, 50, DECAY, 2 * DECAY]
    got, right = _rates(again, steps), _rates(instance, steps)
    need(
        np.allclose(got, right, rtol=1e-5, atol=1e-9),
        expected=f"the rates {meter.listed(right)} at steps {steps} from the one that "
        f"get_config makes",
        got=meter.listed(got),
        hint="does `get_config` hold every argument, as it was given?",
    )
    # As in a new process where the class is defined, and named to `load_model`.
    reloaded(meter.one_weight(instance), cls, compiled=True)
