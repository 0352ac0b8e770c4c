"""`make_plateau_callback()`, with scripted losses.

The rate may stop above 1e-6 if half of it would be less. The task says that a loss is
better if it is lower by 0.001 or more; smaller improvements may count or not, so
Keras's default `min_delta` is as right as 0. Keras's `cooldown=1` doesn't
lengthen the wait, so it can't be told from no cooldown.
"""

import contextlib
import io
import math

import keras
import numpy as np

from interview.checks.claims import AnswerClaims, fail, need
from interview.checks.kit import as_numbers
from interview.checks.q06 import meter

part = AnswerClaims("make_plateau_callback")

RATE, PATIENCE, FLOOR = 0.01, 3, 1e-6
# Losses of 40 epochs. FALLING improves by a thousandth in each epoch.
FALLING = np.linspace(1.0, 0.961, 40)
FLAT = np.ones(40)


def _made(make) -> keras.callbacks.Callback:
    callback = make()
    name = getattr(callback, "__name__", type(callback).__name__)
    need(
        isinstance(callback, keras.callbacks.Callback),
        expected="a callback object",
        got="None: nothing is returned"
        if callback is None
        else f"{name}, which isn't one",
        hint="`fit(callbacks=[…])` takes objects, each ready to use.",
    )
    return callback


def _play(make, val_losses, losses=None, start: float = RATE) -> np.ndarray:
    """Rates before training and after each epoch, under scripted losses.

    The training loss falls, unless `losses` are given.
    """
    callback, model = _made(make), meter.one_weight(start)
    rates = [float(np.float32(start))]
    if losses is None:
        losses = np.linspace(1, 0.5, len(val_losses))
    with contextlib.redirect_stdout(io.StringIO()):
        callback.set_model(model)
        callback.set_params({"epochs": len(val_losses), "steps": 1, "verbose": 0})
        callback.on_train_begin({})
        for epoch, (loss, val_loss) in enumerate(zip(losses, val_losses, strict=True)):
            callback.on_epoch_begin(epoch, {})
            callback.on_test_begin({})
            callback.on_test_end({"loss": float(val_loss)})
            logs = {"loss": float(loss), "val_loss": float(val_loss)}
            callback.on_epoch_end(epoch, logs)
            rates.append(float(as_numbers(model.optimizer.learning_rate)))
        callback.on_train_end({})
    return np.array(rates)


def _cuts(rates: np.ndarray) -> np.ndarray:
    """The epochs after which the rate was cut; the first epoch is 0."""
    return np.flatnonzero(rates[1:] < rates[:-1] * (1 - 1e-4))


@part.claim("returns a Keras callback, a new one at each call")
def new_callback(make):
    need(
        not isinstance(make, keras.callbacks.Callback),
        expected="a function that makes a callback",
        got="a callback",
        hint="one callback remembers one training.",
    )
    need(
        _made(make) is not _made(make),
        expected="a new callback at each call",
        got="the same one twice",
        hint="one callback remembers one training.",
    )


@part.claim(
    "watches val_loss: leaves the rate alone while it falls, acts if it doesn't"
)
def watches_val_loss(make):
    rates = _play(make, FALLING, losses=FLAT)
    if len(_cuts(rates)):
        fault, hint = _why_it_cuts(make)
        fail(
            expected="no change while val_loss falls in every epoch, by a thousandth",
            got=f"a rate of {rates[-1]:.4g} after {len(FALLING)} epochs{fault}",
            hint=hint,
        )
    for name, val_losses in (("stays equal", FLAT), ("rises", FALLING[::-1])):
        need(
            len(_cuts(_play(make, val_losses))),
            expected=f"a lower rate when val_loss {name} for {len(val_losses)} epochs",
            got="the same rate: it never fires",
            hint="which callback sets rates? Is it watching `val_loss`, and does its "
            "count reach the patience?",
        )


def _why_it_cuts(make) -> tuple[str, str]:
    """Why the callback cuts the rate while val_loss falls, and a hint."""

    def keeps(val_losses, losses) -> bool:
        return not len(_cuts(_play(make, val_losses, losses)))

    which = "which number says that the model has stopped getting better, and in which "
    if keeps(FLAT, FALLING):
        return ": it watches the training loss", f"{which}data?"
    if keeps(1000 * FALLING, FLAT):
        hint = "how much better must an epoch be to count as better?"
        return ": small improvements don't count", hint
    if keeps(FALLING[::-1], FALLING):
        return ": it takes a higher loss for a better one", f"{which}direction?"
    hint = "what has it to compare in each epoch, before it acts?"
    return ": it cuts whatever val_loss does", hint


@part.claim("halves the rate, from whatever it is")
def halves(make):
    for start in (RATE, 0.2):
        rates = _play(make, FLAT, start=start)
        cuts = _cuts(rates)[:4]
        shares = rates[cuts + 1] / rates[cuts]
        need(
            np.allclose(shares, 0.5, rtol=1e-3),
            expected=f"half of the rate at each cut, from {start} on",
            got=f"{meter.listed(shares)} of it",
            hint="by which factor is the rate multiplied?",
        )


@part.claim("waits for three epochs without a better val_loss, and for three more")
def waits_three_epochs(make):
    first, *others = cuts = _cuts(_play(make, FLAT))[:4].tolist()
    # A higher rate is tried, too: a single cut may come from a floor that is too high.
    need(
        others or len(_cuts(_play(make, FLAT, start=0.2))) > 1,
        expected="a cut after each 3 epochs: after 3, 6, 9 and 12",
        got=f"one cut alone, after {first}",
        hint="what has to happen to the count when the rate was cut?",
    )
    need(
        first == PATIENCE,
        expected="the first cut after 3 epochs that didn't better the first one",
        got=f"after {first}",
        hint="the task says how long to wait. The epoch that sets the best loss isn't "
        "one of those without a better one.",
    )
    waits = np.diff(cuts).tolist()
    need(
        set(waits) <= {PATIENCE},
        expected="a cut after each 3 epochs: after 3, 6, 9 and 12",
        got=f"after {first}, {', '.join(map(str, others))}: it "
        + ("doesn't wait again" if min(waits, default=0) < PATIENCE else "rests first"),
        hint="what starts afresh after a cut, and when?",
    )


@part.claim(
    "counts anew at each loss that is better than the best so far, and no other"
)
def counts_anew(make):
    rates = _play(make, [1.0, 1.1, 1.1, 0.9, 1.0, 1.0, 0.8, 0.9, 0.9, 0.7])
    need(
        not len(_cuts(rates)),
        expected="no change where every third epoch is better than all before",
        got=f"a rate of {rates[-1]:.4g}: it counts all bad epochs together",
        hint="what happens to the count in a better epoch?",
    )
    rates = _play(make, [1.0, 1.3, 1.2, 1.1])
    need(
        len(_cuts(rates)),
        expected="a cut after the losses 1, 1.3, 1.2, 1.1: the first is the best",
        got="the same rate",
        hint="better than which earlier loss?",
    )


@part.claim("stops at 1e-6, and goes no lower")
def stops_at_the_floor(make):
    rates = _play(make, np.ones(80))
    end = f"{rates[-1]:.3g} after {len(rates) - 1} epochs without a better loss"
    need(
        rates[-1] > FLOOR * (1 - 1e-3),
        expected="a rate that never falls below 1e-6",
        got=end,
        hint="a rate that is halved for ever trains nothing. Which argument stops it?",
    )
    last_half = RATE * 0.5 ** math.floor(math.log2(RATE / FLOOR))
    need(
        np.isclose(rates[-1], (FLOOR, last_half), rtol=1e-3).any(),
        expected="halvings down to 1e-6",
        got=f"{end}: it stops too early",
        hint="the task says where it stops.",
    )
