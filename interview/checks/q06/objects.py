"""Checks that both schedule classes of question 6 share: type, numbers, saving."""

import math
from collections.abc import Iterable

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import fail, need
from interview.checks.errors import is_raised_by_learner
from interview.checks.kit import as_numbers
from interview.checks.models import reloaded
from interview.checks.q06 import meter

Schedule = keras.optimizers.schedules.LearningRateSchedule


def rate_at(instance: Schedule, step) -> float:
    """The rate at a step: one finite number."""
    value = instance(step)
    need(
        value is not None,
        expected=f"a rate for step {step}",
        got="None: nothing is returned",
        hint="`__call__` returns the rate.",
    )
    rate = as_numbers(value)
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
        hint="what is divided by, what is a root or a power taken of, and how large "
        "may a number of its type be?",
    )
    return rate.item()


def rates_at(instance: Schedule, steps: Iterable[float]) -> np.ndarray:
    """The rates at several steps."""
    return np.array([rate_at(instance, float(step)) for step in steps])


def is_made(cls: type, **arguments: float) -> None:
    """End the proof unless the class is a schedule and takes these arguments.

    They have to be accepted by name and by place.
    """
    need(
        isinstance(cls, type) and issubclass(cls, Schedule),
        expected="a class derived from "
        "`keras.optimizers.schedules.LearningRateSchedule`",
        got=getattr(cls, "__name__", type(cls).__name__),
        hint="an optimizer calls a schedule with its step, anything else without.",
    )
    cls(**arguments)
    cls(*arguments.values())


def takes_any_step(cls: type, **arguments: float) -> None:
    """End the proof unless step 7 has one rate, for every type and in every call."""
    instance, by_place = cls(**arguments), cls(*arguments.values())
    right = rate_at(instance, 7.0)
    again = rate_at(by_place, 7.0), rate_at(by_place, 7.0)
    need(
        again[0] == again[1],
        expected=f"the same rate, {again[0]:.6g}, when step 7 is asked about again",
        got=f"{again[1]:.6g}: it counts its own calls",
        hint="the optimizer knows which step it is, and says so in `step`.",
    )
    need(
        math.isclose(again[0], right, rel_tol=1e-4, abs_tol=1e-9),
        expected=f"{right:.6g} at step 7, as with the arguments given by name",
        got=f"{again[0]:.6g}: the arguments stand in another order",
        hint="the task names the arguments, and their order.",
    )
    kept, sizes = cls(**arguments), enumerate(arguments.items(), start=2)
    cls(**{name: times * value for times, (name, value) in sizes})
    after = rate_at(kept, 7.0)
    need(
        after == right,
        expected=f"still {right:.6g} at step 7 when another schedule has been made",
        got=f"{after:.6g}: the two keep their numbers in one place",
        hint="what belongs to one schedule is kept in `self`; the class is for all.",
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
        got = rate_at(instance, step)
        need(
            math.isclose(got, right, rel_tol=1e-4, abs_tol=1e-9),
            expected=f"{right:.6g} for step 7, given as {kind}",
            got=f"{got:.6g}",
            hint="make the step a float before anything else.",
        )
    after, between = rate_at(instance, 8.0), rate_at(instance, 7.5)
    need(
        right == after or between not in (right, after),
        expected=f"for step 7.5 a rate between those of 7 and 8, {right:.6g} and "
        f"{after:.6g}",
        got=f"{between:.6g}, as for a whole step",
        hint="a float step needn't be whole. What cuts off, or rounds?",
    )


def works_in_graph(instance: Schedule) -> None:
    """End the proof unless a compiled model has its own rate at each of 20 steps."""
    moved = meter.fit(meter.one_weight(instance), epochs=4, steps=5)
    right = rates_at(instance, range(20))
    worst = int(np.abs(moved - right).argmax())
    need(
        np.allclose(moved, right, atol=1e-6),
        expected=f"a weight that moves by {right[worst]:.6f} at step {worst}",
        got=f"{moved[worst]:.6f}",
        hint="Python's own choices are made once, while the graph is traced, when "
        "`step` has no value yet. Is the rate computed from `step`, by operations?",
    )


def is_saved(cls: type, instance: Schedule, steps: list[int]) -> None:
    """End the proof unless get_config and a saved model keep the schedule's rates."""
    try:
        config = instance.get_config()
    except NotImplementedError as error:
        # Keras's error says what is missing. If the learner's code raised it, it would
        # look like an answer that isn't written yet.
        if not is_raised_by_learner(error):
            raise
        fail(
            expected="a dict from get_config",
            got="an error in `get_config`",
            hint="saving a compiled model asks the schedule for its arguments, so "
            "`get_config` has to be written as well.",
            cause=error,
        )
    need(
        isinstance(config, dict),
        expected="a dict from get_config",
        got=type(config).__name__,
        hint="its keys are the arguments of `__init__`.",
    )
    try:
        again = cls.from_config(config)
    except TypeError as error:
        if "argument" not in str(error):
            raise
        fail(
            expected="a new schedule from what get_config returns",
            got=f"{config}, which `__init__` doesn't take",
            hint="the keys of get_config's dict are the arguments of `__init__`, all "
            "of them.",
            cause=error,
        )
    got, right = rates_at(again, steps), rates_at(instance, steps)
    need(
        np.allclose(got, right, rtol=1e-5, atol=1e-9),
        expected=f"the rates {meter.listed(right)} at steps {steps} from the one that "
        f"get_config makes",
        got=meter.listed(got),
        hint="does `get_config` hold every argument, as it was given?",
    )
    # A new process that defines the class would pass it to `load_model`, too.
    reloaded(meter.one_weight(instance), cls, compiled=True)
