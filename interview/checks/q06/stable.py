"""`class WarmupStableDecay`, the second round: warm-up, constant, decay, then 0."""

import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree
from interview.checks.q06 import meter, objects

part = AnswerClaims("WarmupStableDecay")

PEAK, WARMUP, STABLE, DECAY = 0.02, 20, 60, 40
END = WARMUP + STABLE + DECAY
ARGUMENTS = {
    "peak": PEAK,
    "warmup_steps": WARMUP,
    "stable_steps": STABLE,
    "decay_steps": DECAY,
}


def _make(cls, peak=PEAK, warmup=WARMUP, stable=STABLE, decay=DECAY):
    return cls(peak=peak, warmup_steps=warmup, stable_steps=stable, decay_steps=decay)


def _shares(cls, steps) -> np.ndarray:
    """The rates at these steps, as shares of the peak."""
    return objects.rates_at(_make(cls), steps) / PEAK


@part.claim(
    "is a Keras schedule, made from peak, warmup_steps, stable_steps and decay_steps"
)
def is_stable_schedule(cls):
    objects.is_made(cls, **ARGUMENTS)


@part.claim("takes steps that are integers, floats, tensors or the optimizer's counter")
def any_step(cls):
    objects.takes_any_step(cls, **ARGUMENTS)


@part.claim("rises in a line from 0 at step 0 to peak at warmup_steps")
def rises_to_its_peak(cls):
    steps = np.arange(WARMUP + 1)
    got, shown, digits = _shares(cls, steps), [0, WARMUP // 2, WARMUP], 4
    off = np.abs(got - steps / WARMUP)
    nearly = off.max() < 2e-3
    if nearly:
        shown, digits = [int(off.argmax())], 6
    agree(
        got,
        steps / WARMUP,
        expected=f"{meter.listed(PEAK * steps[shown] / WARMUP, digits)} at steps "
        f"{shown}, for a peak of {PEAK} and {WARMUP} steps of warm-up",
        shown=meter.listed(PEAK * got[shown], digits),
        hint="that is rounded: which number type is the step made?"
        if nearly
        else "the share of the warm-up that is done, times the peak.",
        faults=(
            Fault(
                np.ones(WARMUP + 1),
                "the peak from the first step on, no warm-up",
                "the first of the three phases is missing.",
            ),
        ),
        same=_same,
    )


def _same(got: np.ndarray, right: np.ndarray) -> bool:
    return np.allclose(got, right, atol=1e-4)


@part.claim("stays at peak for stable_steps")
def stays_at_its_peak(cls):
    steps = np.arange(WARMUP, WARMUP + STABLE + 1)
    got = _shares(cls, steps)
    off = np.abs(got - 1) > 1e-4
    first = int(off.argmax())
    need(
        not off.any(),
        expected=f"{PEAK} from step {WARMUP} to step {WARMUP + STABLE}",
        got=f"{PEAK * got[first]:.4g} at step {steps[first]}",
        hint="each phase begins where the one before has ended: the three lengths add "
        "up.",
    )


@part.claim("falls in a line to 0 within decay_steps more")
def falls(cls):
    steps = np.arange(WARMUP + STABLE, END + 1)
    got, line = _shares(cls, steps), (END - steps) / DECAY
    shown = [0, DECAY // 4, DECAY // 2, DECAY]
    agree(
        got,
        line,
        expected=f"{meter.listed(PEAK * line[shown])} at steps {steps[shown].tolist()}",
        shown=meter.listed(PEAK * got[shown]),
        hint="how many steps are left, of how many?",
        faults=(
            Fault(
                (1 + np.cos(np.pi * (1 - line))) / 2,
                "a cosine",
                "the fall asked for is a line.",
            ),
            Fault(
                np.ones(DECAY + 1),
                "it never falls",
                "the last of the three phases is missing.",
            ),
        ),
        same=_same,
    )


@part.claim("stays 0 after that, and is never negative")
def stays_at_zero(cls):
    steps = [END + 1, END + WARMUP, 2 * END, 1_000_000]
    got = _shares(cls, steps)
    need(
        got.min() > -1e-4,
        expected="a rate of 0 after the decay",
        got=f"{meter.listed(PEAK * got)} at steps {steps}: negative, so the optimizer "
        "would climb",
        hint="training may go on. Hold the fall at its end.",
    )
    need(
        got.max() < 1e-4,
        expected="a rate of 0 after the decay",
        got=f"{meter.listed(PEAK * got)} at steps {steps}: it comes back",
        hint="what holds once the decay is over?",
    )


@part.claim("may have no warm-up and no stable phase")
def phases_may_be_missing(cls):
    for warmup, stable in ((0, 10), (10, 0)):
        steps = np.arange(warmup + stable + 21)
        left = (warmup + stable + 20 - steps) / 20
        rise = steps / warmup if warmup else 1.0
        right = np.minimum(np.minimum(rise, left), 1)
        got = objects.rates_at(_make(cls, PEAK, warmup, stable, 20), steps) / PEAK
        where = int(np.abs(got - right).argmax())
        need(
            _same(got, right),
            expected=f"{PEAK * right[where]:.4g} at step {where}, for {warmup} steps "
            f"of warm-up and {stable} stable ones",
            got=f"{PEAK * got[where]:.4g}",
            hint="a phase of no steps is passed over: the next begins at once, so that "
            "without a warm-up step 0 has the peak.",
        )


@part.claim("works in a graph: in a compiled model each step uses its own rate")
def works_in_a_graph(cls):
    objects.works_in_graph(_make(cls, PEAK, 4, 4, 8))


@part.claim("survives get_config, and saving and loading a compiled model")
def saves_and_loads(cls):
    objects.is_saved(cls, _make(cls), [0, 5, WARMUP, WARMUP + STABLE, END - 5, END])
