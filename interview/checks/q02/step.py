"""`lstm_step`, the second round, compared with Keras's own cell."""

from collections.abc import Callable, Iterable
from itertools import permutations
from typing import Any

import keras
import numpy as np
from scipy.special import expit

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, pair_of, shaped

part = AnswerClaims("lstm_step")

Arguments = dict[str, np.ndarray]
# Keras's order of the four gates: input, forget, candidate, output.
ORDER = "ifgo"


def arguments(batch: int, size: int, units: int, seed: int = 0) -> Arguments:
    """x, h, c and the weights of a layer, all of them different from zero."""
    random = np.random.default_rng(seed)
    shapes = {
        "x": (batch, size),
        "h": (batch, units),
        "c": (batch, units),
        "kernel": (size, 4 * units),
        "recurrent_kernel": (units, 4 * units),
        "bias": (4 * units,),
    }
    return {
        name: random.standard_normal(shape).astype("float32")
        for name, shape in shapes.items()
    }


def call(answer: Callable, given: Arguments) -> tuple[Any, Any]:
    """The pair (h, c) that the answer returns."""
    hint = "the next step needs both: what the cell shows, and what it remembers."
    return pair_of(answer(*given.values()), "h", "c", hint=hint)


def stepped(answer: Callable, given: Arguments) -> np.ndarray:
    """h and c of one step, (2, batch, units)."""
    return np.stack([as_numbers(array) for array in call(answer, given)])


def by_keras(given: Arguments) -> np.ndarray:
    """h and c of one step by Keras's own cell, (2, batch, units)."""
    cell = keras.layers.LSTMCell(given["h"].shape[1])
    cell.build(given["x"].shape)
    names = "kernel", "recurrent_kernel", "bias"
    cell.set_weights([given[name] for name in names])
    _, states = cell(given["x"], [given["h"], given["c"]])
    return np.stack([as_numbers(state) for state in states])


def preactivations(given: Arguments) -> np.ndarray:
    """The four gates before their activations, (batch, 4 · units)."""
    recurrent = given["h"] @ given["recurrent_kernel"]
    return given["x"] @ given["kernel"] + recurrent + given["bias"]


def gates(given: Arguments) -> dict[str, np.ndarray]:
    """The four gates before their activations by name, each (batch, units)."""
    return dict(zip(ORDER, np.split(preactivations(given), 4, axis=-1), strict=True))


def after(
    given: Arguments, i: np.ndarray, f: np.ndarray, g: np.ndarray, o: np.ndarray
) -> np.ndarray:
    """h and c, computed from the gates before their activations."""
    c = expit(f) * given["c"] + expit(i) * np.tanh(g)
    return np.stack([expit(o) * np.tanh(c), c])


@part.claim("returns h and c, an array for each")
def has_shapes(answer: Callable) -> None:
    given = arguments(3, 5, 4)
    for name, array in zip("hc", call(answer, given), strict=True):
        shaped(
            array,
            (3, 4),
            what=f"{name} for 3 sentences and 4 units",
            faults=[
                Fault(
                    (3, 16),
                    "the four gates still lie side by side",
                    "the matrices are four times as wide as the state. Cut their "
                    "result into what the four gates need.",
                )
            ],
            hint="both have the shape of the state that came in.",
        )


@part.claim("equals Keras's cell, for several sizes of batch, input and state")
def is_keras(answer: Callable) -> None:
    for seed, (batch, size, units) in enumerate([(3, 5, 4), (1, 2, 3), (4, 3, 7)]):
        given = arguments(batch, size, units, seed)
        right, got = by_keras(given), stepped(answer, given)
        agree(
            got,
            right,
            expected="h and c of Keras's LSTMCell with the same weights",
            hint="write one gate after the other for a single unit, and compare.",
            faults=step_faults(given, right),
        )
    given = arguments(3, 5, 4)
    given["c"] *= 100
    right, got = by_keras(given), stepped(answer, given)
    agree(
        got,
        right,
        expected="h and c of Keras's LSTMCell for a memory in the hundreds",
        hint="Keras's memory has no bounds; only what is shown of it has.",
    )


def step_faults(given: Arguments, right: np.ndarray) -> Iterable[Fault]:
    """Known mistakes in a step, and the numbers that they give."""
    zero = {name: np.zeros_like(array) for name, array in given.items()}
    z = gates(given)
    i, f, g, o = (z[name] for name in ORDER)
    yield Fault(
        right[::-1],
        "that is c, then h",
        "the state that is shown comes first, as in Keras.",
    )
    for order in permutations(ORDER):
        mixed = {name: z[place] for name, place in zip(order, ORDER, strict=True)}
        yield Fault(
            after(given, **mixed),
            "the gates are taken in another order",
            "the bias of a fresh `keras.layers.LSTM` is 1 in one quarter and 0 in the "
            "others. Which gate is that, and which quarter?",
        )
    yield Fault(
        after(given, **gates({**given, "h": zero["h"]})),
        "the state h isn't read",
        "each gate looks at the new input and at what was shown last.",
    )
    yield Fault(
        after(given, **gates({**given, "bias": zero["bias"]})),
        "the bias is missing",
        "four dense layers have four biases.",
    )
    yield Fault(
        after(given, i, f + 1, g, o),
        "1 is added to the forget gate",
        "`unit_forget_bias` is about how the bias begins. Isn't it in it already?",
    )
    c = expit(f) * given["c"] + expit(i) * expit(g)
    yield Fault(
        np.stack([expit(o) * np.tanh(c), c]),
        "the candidate went through a sigmoid",
        "a gate is a share between 0 and 1. The candidate isn't a gate: it may be "
        "negative.",
    )
    c = expit(f) * given["c"] + (1 - expit(f)) * np.tanh(g)
    yield Fault(
        np.stack([expit(o) * np.tanh(c), c]),
        "what is forgotten is what is written",
        "that couples two gates, as a GRU does. An LSTM has one for each.",
    )
    yield Fault(
        np.stack([expit(o) * right[1], right[1]]),
        "the memory is shown without tanh",
        "the memory may grow; what is shown stays between -1 and 1.",
    )
    yield Fault(
        np.stack([expit(o) * np.tanh(given["c"]), right[1]]),
        "the old memory is shown",
        "first the memory changes, then a part of it is shown.",
    )
    by_unit = preactivations(given).reshape(*given["h"].shape, 4)
    yield Fault(
        after(given, *np.moveaxis(by_unit, -1, 0)),
        "the four numbers of each unit are taken to be neighbours",
        "each gate has a block of columns for all units.",
    )


@part.claim("stays finite where the gates are as good as open or shut")
def saturates(answer: Callable) -> None:
    given = arguments(3, 5, 4)
    given["x"] *= 1000
    right, got = by_keras(given), stepped(answer, given)
    need(
        np.isfinite(got).all(),
        expected="finite numbers, for inputs in the thousands too",
        got="some that are nan or infinite",
        hint="an exponential overflows. In which form of the sigmoid does that do no "
        "harm? (tanh knows one.)",
    )
    agree(
        got,
        right,
        expected="what Keras's cell gives for inputs in the thousands",
        hint="a sigmoid's input may be of any size; its output is 0 or 1 then.",
    )


@part.claim("leaves what comes in as it is")
def leaves_its_arguments(answer: Callable) -> None:
    given = arguments(3, 5, 4)
    before = {name: array.copy() for name, array in given.items()}
    call(answer, given)
    changed = [name for name in given if not np.array_equal(given[name], before[name])]
    need(
        not changed,
        expected="arguments that are the same after the call",
        got=f"another {' and another '.join(changed)}",
        hint="`*=` and `+=` write into the array that came in. Somebody may need it.",
    )
