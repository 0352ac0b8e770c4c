"""Question 6: learning-rate schedules, the plateau callback, and its bug hunt.

Judged by behaviour: the numbers that `schedule` and `WarmupDecay` give, the steps that
a weight really makes when an optimizer holds the schedule, what comes back from a
saved model, and what the plateau callback does to a rate while losses are played to
it. A fall by a line or by a cosine passes, ending `decay_steps` after the start or
after the warm-up; so does the textbook's minimum of two lines, which doesn't quite
reach `initial_lr`.

What this check can't see: whether the parameters suit your task, whether a warm-up of
no steps works, and whether another process could load the class (its module must be
imported there first; whether it is registered isn't looked at). A fall is held to
its ends, its middle, and to falling without a jump, so other such curves than a line or
a cosine pass. The plateau callback is tried from a rate of 0.01 alone.
"""

import contextlib
import io
import math
import tempfile
import warnings
from pathlib import Path

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail

# The rate, and the steps of warm-up and decay, that most steps ask about.
RATE, WARMUP, DECAY = 0.02, 20, 100
# What sums of a few float32 numbers as large as the rate may be off by.
ROUNDING = 1e-6 * RATE

HINTS = (
    (
        "EagerTensor of dtype int",
        "a step is an integer, and TensorFlow doesn't mix integers and floats. What "
        "has to happen to `step` first?",
    ),
    (
        "should be a float",
        "`LearningRateScheduler` takes a Python or NumPy float, and no tensor.",
    ),
    (
        "get_config",
        "saving a compiled model asks the schedule for its arguments: `get_config` "
        "returns them as a dict.",
    ),
    (
        "could not be deserialized",
        "loading looks the class up by name, and calls it with what `get_config` "
        "returned: it has to be registered, and the keys are its arguments.",
    ),
    (
        "'SymbolicTensor'",
        "in a graph `step` has no value yet, so a Python `if` can't ask for it. Which "
        "operation chooses, or takes the smaller of two?",
    ),
    (
        "symbolic `tf.Tensor`",
        "in a graph `step` has no value yet, so a Python `if` can't ask for it. Which "
        "operation chooses, or takes the smaller of two?",
    ),
    (
        "Using a symbolic",
        "in a graph `step` has no value yet, so a Python `if` can't ask for it. Which "
        "operation chooses, or takes the smaller of two?",
    ),
    (
        "not settable",
        "the optimizer holds a schedule object, so no callback can set its rate.",
    ),
    (
        "lowest value",
        "that is a metric which this model doesn't have, so the callback never fires. "
        "Which number does every training with validation data report?",
    ),
    (
        "object is not callable",
        "what is called with a step is the object: that is `__call__`.",
    ),
)


def _shown(values) -> str:
    return "[" + ", ".join(f"{value:.4g}" for value in values) + "]"


def _model(learning_rate) -> keras.Model:
    """One weight, compiled; the loss is its prediction, so the gradient is 1."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(learning_rate), loss=_prediction)
    build_optimizer(model)
    return model


@keras.saving.register_keras_serializable("interview_q06")
def _prediction(y_true, y_pred):
    return keras.ops.mean(y_pred)


def _fit(model: keras.Model, epochs: int, steps: int, callbacks=()) -> np.ndarray:
    """Train on ones, and return how far the weight went down at each step."""
    positions = [float(model.weights[0].numpy().item())]
    watch = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: positions.append(
            float(model.weights[0].numpy().item())
        )
    )
    ones = np.ones((steps, 1), dtype="float32")
    model.fit(
        ones,
        ones,
        batch_size=1,
        epochs=epochs,
        verbose=0,
        callbacks=[*callbacks, watch],
    )
    return -np.diff(positions)


# schedule(epoch, lr) ----------------------------------------------------------------


def _is_float(schedule) -> None:
    """returns a float, before and after the tenth epoch"""
    for epoch in (0, 25):
        rate = schedule(epoch, 0.01)
        if not isinstance(rate, float | np.float32):
            fail(
                expected=f"a float from schedule({epoch}, 0.01)",
                got="None: nothing is returned"
                if rate is None
                else f"{type(rate).__name__}",
                hint="`LearningRateScheduler` takes Python's or NumPy's floats alone; "
                "it refuses integers and tensors.",
            )


def _keeps(schedule) -> None:
    """keeps the rate that it is handed in epochs 0 to 9"""
    for lr in (0.01, 0.3):
        rates = [float(schedule(epoch, lr)) for epoch in range(10)]
        if not np.allclose(rates, lr, rtol=1e-5):
            first = int(np.argmax(~np.isclose(rates, lr, rtol=1e-5)))
            fail(
                expected=f"schedule(epoch, {lr}) is {lr} in epochs 0 to 9",
                got=f"{rates[first]:.4g} in epoch {first}",
                hint="Keras counts epochs from 0, and hands in the optimizer's rate.",
            )


def _decays(schedule) -> None:
    """from epoch 10 on returns the handed rate times exp(-0.1)"""
    for epoch, lr in ((10, 0.01), (11, 0.01), (40, 0.01), (40, 0.3)):
        right, got = lr * math.exp(-0.1), float(schedule(epoch, lr))
        if math.isclose(got, right, rel_tol=1e-5):
            continue
        hint = "each epoch from 10 on makes the rate a little smaller, once."
        fault = ""
        if math.isclose(got, lr, rel_tol=1e-5):
            fault = ": the rate is kept in this epoch too"
            hint = "the first ten epochs are 0 to 9."
        elif got > lr:
            fault = ": the rate grows"
        elif got < 0:
            fault = ": below 0, so training would climb"
            hint = "a factor is multiplied by."
        elif math.isclose(got, 0.9 * lr, rel_tol=1e-5):
            fault = ": a tenth off, a factor of 0.9"
            hint = "exp(-0.1) is near 0.9, and isn't 0.9."
        elif epoch > 10 and got < right:
            fault = ": the decay counts the epochs and compounds as well"
            hint = (
                "`lr` is the rate that the last epoch ended with; it holds the "
                "earlier decays already."
            )
        fail(
            expected=f"{right:.6g} from schedule({epoch}, {lr}), which is {lr} times "
            f"exp(-0.1)",
            got=f"{got:.6g}{fault}",
            hint=hint,
        )


def _is_stateless(schedule) -> None:
    """is stateless: the same arguments give the same rate, in any order"""
    asked = [(12, 0.01), (3, 0.01), (12, 0.01), (30, 0.2), (3, 0.01), (12, 0.01)]
    answers: dict[tuple, list[float]] = {}
    for epoch, lr in asked:
        answers.setdefault((epoch, lr), []).append(float(schedule(epoch, lr)))
    for (epoch, lr), rates in answers.items():
        if not np.allclose(rates, rates[0], rtol=1e-6):
            fail(
                expected=f"schedule({epoch}, {lr}) is the same whenever it is asked",
                got=f"{_shown(rates)}: it remembers earlier calls",
                hint="a second training would begin where the first one ended. All "
                "that's needed is in the arguments.",
            )


def _schedule_trains(schedule) -> None:
    """under LearningRateScheduler a weight makes these very steps for 14 epochs"""
    callback = keras.callbacks.LearningRateScheduler(schedule)
    for attempt in ("first", "second"):
        moved = _fit(_model(0.01), epochs=14, steps=2, callbacks=[callback])
        epochs = np.repeat(np.arange(14), 2)
        right = 0.01 * np.exp(-0.1 * np.maximum(epochs - 9, 0))
        if not np.allclose(moved, right, atol=1e-6):
            worst = int(np.abs(moved - right).argmax())
            fail(
                expected=f"a step of {right[worst]:.6f} in epoch {epochs[worst]}",
                got=f"{moved[worst]:.6f} in the {attempt} training",
                hint="play it through by hand: what is handed in, what comes back?",
            )


SCHEDULE: list[Proof] = [_is_float, _keeps, _decays, _is_stateless, _schedule_trains]


# WarmupDecay ------------------------------------------------------------------------


def _make(cls, rate=RATE, warmup=WARMUP, decay=DECAY):
    return cls(initial_lr=rate, warmup_steps=warmup, decay_steps=decay)


def _rates(instance, steps) -> np.ndarray:
    return np.array([_number(instance, float(step)) for step in steps])


def _number(instance, step) -> float:
    value = instance(step)
    if value is None:
        fail(
            expected=f"a rate for step {step}",
            got="None: nothing is returned",
            hint="`__call__` returns the rate.",
        )
    array = np.asarray(keras.ops.convert_to_numpy(value))
    if array.size != 1:
        fail(
            expected=f"one number for step {step}",
            got=f"an array of shape {array.shape}",
            hint="one step has one rate.",
        )
    return float(array.reshape(()))


def _is_schedule(cls) -> None:
    """is a Keras schedule, made from initial_lr, warmup_steps and decay_steps"""
    base = keras.optimizers.schedules.LearningRateSchedule
    if not (isinstance(cls, type) and issubclass(cls, base)):
        fail(
            expected="a class derived from "
            "`keras.optimizers.schedules.LearningRateSchedule`",
            got=f"{getattr(cls, '__name__', type(cls).__name__)}",
            hint="an optimizer calls a schedule with its step, anything else without.",
        )
    _make(cls)
    cls(RATE, WARMUP, DECAY)


def _takes_any_step(cls) -> None:
    """takes steps that are integers, floats, tensors or the optimizer's counter"""
    instance = _make(cls)
    kinds = {
        "a float": 7.0,
        "a Python integer": 7,
        "a NumPy integer": np.int64(7),
        "a float tensor": tf.constant(7.0),
        "an int64 tensor": tf.constant(7, "int64"),
        "an int32 tensor": tf.constant(7, "int32"),
        "the optimizer's counter": keras.Variable(7, dtype="int64", trainable=False),
    }
    right = _number(instance, 7.0)
    other = _make(cls)
    again = _number(other, 7.0), _number(other, 7.0)
    if again[0] == right != again[1]:
        fail(
            expected=f"the same rate, {right:.6g}, when step 7 is asked about again",
            got=f"{again[1]:.6g}: it counts its own calls",
            hint="the optimizer knows which step it is, and says so in `step`.",
        )
    for kind, step in kinds.items():
        got = _number(instance, step)
        if not math.isclose(got, right, rel_tol=1e-4, abs_tol=1e-9):
            fail(
                expected=f"{right:.6g} for step 7, given as {kind}",
                got=f"{got:.6g}",
                hint="make the step a float before anything else.",
            )


def _warms_up(cls) -> None:
    """starts at 0 and rises in a line"""
    for rate, warmup, decay in ((RATE, WARMUP, DECAY), (0.5, 8, 400)):
        instance = _make(cls, rate, warmup, decay)
        steps = [0, warmup // 4, warmup // 2]
        got, right = _rates(instance, steps), [rate * s / warmup for s in steps]
        if not np.allclose(got, right, rtol=1e-4, atol=1e-7):
            flat = np.allclose(got, rate, rtol=0.2)
            fail(
                expected=f"{_shown(right)} at steps {steps}, for an initial_lr of "
                f"{rate} and {warmup} steps of warm-up",
                got=_shown(got) + (": there is no warm-up" if flat else ""),
                hint="the share of the warm-up that is done, times the rate.",
            )


def _joint(cls) -> None:
    """reaches its peak at the end of the warm-up, and never exceeds initial_lr"""
    instance = _make(cls)
    steps = np.arange(0, 3 * DECAY)
    got = _rates(instance, steps)
    if got.max() > RATE * (1 + 1e-5):
        fail(
            expected=f"never more than initial_lr, {RATE}",
            got=f"{got.max():.4g} at step {steps[got.argmax()]}: it exceeds initial_lr",
            hint="which part still rises once the warm-up is over?",
        )
    if got.max() < 0.8 * RATE:
        fail(
            expected=f"a peak of about {RATE}",
            got=f"{got.max():.4g}: the peak is too low",
            hint="what is the rate when the warm-up ends, and what when the decay "
            "begins?",
        )
    peak = int(got.argmax())
    if not WARMUP * 0.75 <= peak <= WARMUP + 1:
        fail(
            expected=f"the peak at the end of the warm-up, step {WARMUP}",
            got=f"at step {peak}",
            hint="`warmup_steps` says when.",
        )


def _is_continuous(cls) -> None:
    """is continuous: no jump at the joint or at the end"""
    instance = _make(cls)
    fine = np.arange(0, 2 * DECAY, 0.25)
    got = _rates(instance, fine)
    jumps = np.abs(np.diff(got))
    # The steepest rise is that of the warm-up, a quarter of a step here.
    if jumps.max() > 1.1 * RATE / WARMUP / 4 + 1e-9:
        where = int(jumps.argmax())
        fail(
            expected="neighbouring steps have neighbouring rates",
            got=f"a jump from {got[where]:.4g} to {got[where + 1]:.4g} at step "
            f"{fine[where + 1]:g}",
            hint="where one part ends, the next must begin at the same rate.",
        )


def _ends(cls) -> None:
    """falls to 0 at decay_steps, stays there far past it, and is never negative"""
    instance = _make(cls)
    steps = [*range(2 * DECAY), 1_000, 100_000, 10_000_000]
    got = _rates(instance, steps)
    if not np.isfinite(got).all():
        bad = steps[int(np.argmin(np.isfinite(got)))]
        fail(
            expected="a finite rate at every step",
            got=f"{got[steps.index(bad)]} at step {bad}",
            hint="what is divided by, what is a root taken of?",
        )
    if got.min() < -ROUNDING:
        bad = steps[int(np.argmax(got < -ROUNDING))]
        fail(
            expected="a rate of 0 or more at every step",
            got=f"{got[steps.index(bad)]:.4g} at step {bad}: negative, so the "
            f"optimizer would climb",
            hint="training may go on after `decay_steps`. Hold the fall at its end.",
        )
    falling = got[WARMUP + 1 : 2 * DECAY]
    if (np.diff(falling) > ROUNDING).any():
        rises = WARMUP + 1 + int(np.argmax(np.diff(falling) > ROUNDING))
        fail(
            expected="after the warm-up the rate only falls",
            got=f"it rises again after step {rises}",
            hint="a cosine comes back up unless its argument is held at the end.",
        )
    small = RATE * 1e-4
    end = DECAY if got[DECAY] <= small else DECAY + WARMUP
    if got[end] > small or got[-1] > small:
        fail(
            expected=f"0 at decay_steps, {DECAY} from the start or from the end of "
            f"the warm-up, and at every later step",
            got=f"{got[DECAY]:.4g} at step {DECAY}, {got[DECAY + WARMUP]:.4g} at step "
            f"{DECAY + WARMUP}, {got[-1]:.4g} far past it: it doesn't end at 0",
            hint="how much of the decay is done at its last step?",
        )
    if got[end - 3] <= small / 10:
        fail(
            expected=f"a rate above 0 until step {end}",
            got=f"0 at step {end - 3} already",
            hint="`decay_steps` says when.",
        )
    peak = int(got.argmax())
    middle = got[(peak + end) // 2] / got[peak]
    if not 0.3 < middle < 0.7:
        fail(
            expected="about half of the peak, halfway through the fall",
            got=f"{middle:.2f} of it",
            hint="a line or a cosine falls evenly on both sides of its middle.",
        )


def _works_in_a_graph(cls) -> None:
    """works inside tf.function, with the step as an argument"""
    instance = _make(cls)
    compiled = tf.function(lambda step: instance(step))
    for step in (3, WARMUP, 60, 3 * DECAY):
        got = float(compiled(tf.constant(step, "int64")))
        right = _number(instance, float(step))
        if not math.isclose(got, right, rel_tol=1e-4, abs_tol=1e-7):
            fail(
                expected=f"{right:.4g} for step {step}, as outside of a graph",
                got=f"{got:.4g}",
                hint="a Python `if` is decided once, while the graph is traced.",
            )


def _trains(cls) -> None:
    """in a compiled model each step of training uses the rate of that step"""
    instance = _make(cls, RATE, 4, 12)
    moved = _fit(_model(instance), epochs=4, steps=5)
    right = _rates(instance, range(20))
    if not np.allclose(moved, right, atol=1e-6):
        worst = int(np.abs(moved - right).argmax())
        fail(
            expected=f"a weight that moves by {right[worst]:.6f} at step {worst}",
            got=f"{moved[worst]:.6f}",
            hint="is the rate computed from the argument `step`, and from nothing "
            "that was counted elsewhere?",
        )


def _survives(cls) -> None:
    """survives get_config, and saving and loading a compiled model"""
    instance = _make(cls)
    config = instance.get_config()
    if not isinstance(config, dict):
        fail(
            expected="a dict from get_config",
            got=type(config).__name__,
            hint="its keys are the arguments of `__init__`.",
        )
    back = cls.from_config(config)
    steps = [0, 5, WARMUP, 50, DECAY, 2 * DECAY]
    _same(_rates(back, steps), _rates(instance, steps), steps, "from_config")
    # As in a new process where the class is defined but not named to `load_model`.
    model = _model(instance)
    _fit(model, epochs=1, steps=5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        loaded = keras.models.load_model(
            path, custom_objects={cls.__name__: cls, "_prediction": _prediction}
        )
    optimizer = loaded.optimizer
    got = float(keras.ops.convert_to_numpy(optimizer.learning_rate))
    _same([got], [_number(instance, 5.0)], [5], "a saved and loaded model")


def _same(got, right, steps, origin: str) -> None:
    if not np.allclose(got, right, rtol=1e-5, atol=1e-9):
        fail(
            expected=f"the rates {_shown(right)} at steps {steps} from {origin}",
            got=_shown(got),
            hint="does `get_config` hold every argument, as it was given?",
        )


WARMUP_DECAY: list[Proof] = [
    _is_schedule,
    _takes_any_step,
    _warms_up,
    _joint,
    _ends,
    _is_continuous,
    _works_in_a_graph,
    _trains,
    _survives,
]


# make_plateau_callback() ------------------------------------------------------------


def _callback(make) -> keras.callbacks.Callback:
    callback = make()
    if not isinstance(callback, keras.callbacks.Callback):
        name = getattr(callback, "__name__", type(callback).__name__)
        fail(
            expected="a callback object",
            got="None: nothing is returned"
            if callback is None
            else f"{name}, which isn't one",
            hint="`fit(callbacks=[…])` takes objects, each ready to use.",
        )
    return callback


def _play(callback, val_losses, losses=None, start: float = 0.01) -> np.ndarray:
    """Rates before training and after each epoch, under scripted losses."""
    model = _model(start)
    optimizer, rates = model.optimizer, [float(np.float32(start))]
    losses = val_losses if losses is None else losses
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        callback.set_model(model)
        callback.set_params({"epochs": len(val_losses), "steps": 1, "verbose": 0})
        callback.on_train_begin({})
        for epoch, (loss, val_loss) in enumerate(zip(losses, val_losses, strict=True)):
            callback.on_epoch_begin(epoch, {})
            callback.on_epoch_end(epoch, {"loss": loss, "val_loss": val_loss})
            rates.append(float(keras.ops.convert_to_numpy(optimizer.learning_rate)))
        callback.on_train_end({})
    return np.array(rates)


def _is_callback(make) -> None:
    """returns a Keras callback, a new one at each call"""
    if isinstance(make, keras.callbacks.Callback):
        fail(
            expected="a function that makes a callback",
            got="a callback",
            hint="one callback remembers one training.",
        )
    if _callback(make) is _callback(make):
        fail(
            expected="a new callback at each call",
            got="the same one twice",
            hint="one callback remembers one training.",
        )


def _watches(make) -> None:
    """watches val_loss: leaves the rate alone while it falls, acts when it stays"""
    falling = list(np.linspace(3, 0.5, 40))
    flat = [1.0] * 40
    rates = _play(_callback(make), falling, losses=flat)
    if rates[-1] < 0.01 * 0.999:
        hint = (
            "which number says that the model has stopped getting better, and in "
            "which direction is better?"
        )
        steep = [100 * loss for loss in falling]

        def keeps(val_losses, losses) -> bool:
            return _play(_callback(make), val_losses, losses)[-1] > 0.01 * 0.999

        fault = ""
        if keeps(flat, falling):
            fault = ": it watches the training loss"
        elif keeps(steep, flat):
            fault = ": small improvements don't count"
            hint = "how much better must an epoch be to count as better?"
        elif not keeps(falling[::-1], falling):
            fault = ": it halves whatever val_loss does"
            hint = "what has it to compare in each epoch, before it acts?"
        fail(
            expected="no change while val_loss falls in every epoch",
            got=f"a rate of {rates[-1]:.4g} after {len(falling)} epochs{fault}",
            hint=hint,
        )
    for name, losses in (("stays equal", flat), ("rises", falling[::-1])):
        rates = _play(_callback(make), losses, losses=falling)
        if rates[-1] > 0.01 * 0.999:
            fail(
                expected=f"a lower rate when val_loss {name} for {len(losses)} epochs",
                got="the same rate: it never fires",
                hint="is it watching `val_loss`? Is the patience of a size that a "
                "training can reach?",
            )


def _fires(make) -> tuple[np.ndarray, np.ndarray]:
    """Rates under losses that never get better, and the epochs of each cut."""
    rates = _play(_callback(make), [1.0] * 1500)
    return rates, np.flatnonzero(rates[1:] < rates[:-1] * (1 - 1e-4))


def _halves(make) -> None:
    """halves the rate at each plateau"""
    rates, cuts = _fires(make)
    ratios = rates[cuts + 1] / rates[cuts]
    # The last cut may stop at the floor.
    if not np.allclose(ratios[: min(4, len(ratios))], 0.5, rtol=1e-3):
        fail(
            expected="half of the rate after each of the first plateaus",
            got=f"{_shown(ratios[:4])} of it",
            hint="by which factor is the rate multiplied?",
        )


def _is_patient(make) -> None:
    """is patient: one bad epoch isn't a plateau, and each cut is waited for"""
    rates = _play(_callback(make), [1.0, 0.9, 0.95, 0.8, 0.85, 0.7, 0.75, 0.6])
    if rates[-1] < 0.01 * 0.999:
        fail(
            expected="no change when single bad epochs lie between better ones",
            got=f"a rate of {rates[-1]:.4g}: it has no patience",
            hint="a validation loss is noisy; wait a few epochs before acting.",
        )
    _, cuts = _fires(make)
    waits = np.diff(cuts[:6])
    if (waits < 2).any():
        fail(
            expected="the same wait before the next cut",
            got=f"cuts after epochs {(cuts[:6] + 1).tolist()}: it doesn't wait again",
            hint="what starts afresh after a cut?",
        )
    again = _callback(make)
    both = [_play(again, [1.0] * 40) for _ in range(2)]
    if not np.allclose(*both):
        fail(
            expected="a second training begins with a fresh count",
            got="the count of the first training",
            hint="`on_train_begin` is where a callback begins anew.",
        )


def _stops(make) -> None:
    """stops at its floor, a small rate above 0"""
    rates, cuts = _fires(make)
    floor = rates[-1]
    tail = f"{floor:.3g} after {len(rates) - 1} epochs without a better loss"
    if floor < 1e-12:
        fail(
            expected="a floor above 0, about 1e-6",
            got=f"{tail}: it has no floor",
            hint="a rate that is halved for ever trains nothing. Which argument stops "
            "it?",
        )
    if cuts[-1] > len(rates) - 100:
        fail(
            expected="a floor that is reached",
            got=f"{tail}, and still falling",
            hint="a smaller patience or a higher floor.",
        )
    if floor > 0.01 / 8:
        fail(
            expected="a floor well below the starting rate, about 1e-6",
            got=f"{tail}: the floor is too high to help",
            hint="leave room for several halvings.",
        )


PLATEAU: list[Proof] = [_is_callback, _watches, _halves, _is_patient, _stops]


# build_optimizer: the bug hunt ------------------------------------------------------


def _planned(build, train_size=1_000, batch_size=64, epochs=10, peak=0.02):
    """The rate of the optimizer at any step, and steps in an epoch and in all."""
    optimizer = build(train_size, batch_size, epochs, peak)
    if not isinstance(optimizer, keras.optimizers.Optimizer):
        fail(
            expected="a Keras optimizer",
            got=type(optimizer).__name__,
            hint="the function returns the optimizer, with its schedule inside.",
        )

    def rate(step: int) -> float:
        optimizer.iterations.assign(step)
        return float(keras.ops.convert_to_numpy(optimizer.learning_rate))

    per_epoch = math.ceil(train_size / batch_size)
    return rate, per_epoch, per_epoch * epochs


# Sizes that batches divide evenly, and sizes that they don't.
SIZES = (
    {"train_size": 960, "batch_size": 32, "epochs": 8, "peak": 0.1},
    {"train_size": 1_000, "batch_size": 64, "epochs": 10, "peak": 0.02},
    {"train_size": 130, "batch_size": 64, "epochs": 20, "peak": 0.02},
)


def _optimizer_warms_up(build) -> None:
    """begins at 0, and rises in a line through the first epoch"""
    sizes = SIZES[0]
    rate, per_epoch, _ = _planned(build, **sizes)
    steps = [0, per_epoch // 3, 2 * per_epoch // 3]
    got = [rate(step) for step in steps]
    right = [sizes["peak"] * step / per_epoch for step in steps]
    if not np.allclose(got, right, rtol=1e-3, atol=1e-8):
        flat = min(got) > 0.9 * sizes["peak"]
        fail(
            expected=f"{_shown(right)} at steps {steps} of a first epoch of "
            f"{per_epoch}",
            got=_shown(got)
            + (": the peak from the first step on, no warm-up" if flat else ""),
            hint="where does a warm-up start from, and where does it lead?",
        )


def _optimizer_ends(build) -> None:
    """falls as a cosine and arrives at 0 with the last step, not before or after"""
    sizes = SIZES[0]
    rate, per_epoch, total = _planned(build, **sizes)
    end, peak = rate(total), sizes["peak"]
    if end > 1e-4 * peak:
        share = f"{end / peak:.1%} of the peak"
        fail(
            expected=f"0 at step {total}, the end of {sizes['epochs']} epochs of "
            f"{per_epoch}",
            got=f"{end:.4g}, still {share}: the decay ends after the training",
            hint="from which step on does the decay count its steps?",
        )
    middle = (per_epoch + total) // 2
    if not math.isclose(rate(middle), peak / 2, rel_tol=2e-2):
        fail(
            expected=f"half of the peak, {peak / 2:.4g}, at step {middle}, halfway "
            f"through the decay",
            got=f"{rate(middle):.4g}",
            hint="when does the decay begin, and when does it end?",
        )
    if rate(10 * total) > 1e-4 * peak:
        fail(
            expected="0 past the end too",
            got=f"{rate(10 * total):.4g}",
            hint="does the schedule start anew?",
        )
    quarter = per_epoch + (total - per_epoch) // 3
    right = (
        peak
        * 0.5
        * (1 + math.cos(math.pi * (quarter - per_epoch) / (total - per_epoch)))
    )
    if not math.isclose(rate(quarter), right, rel_tol=2e-2):
        fail(
            expected=f"{right:.4g} at step {quarter}, on a cosine",
            got=f"{rate(quarter):.4g}",
            hint="the fall asked for is a cosine.",
        )


def _counts_the_last_batch(build) -> None:
    """counts the smaller last batch of each epoch as a step"""
    for sizes in SIZES[1:]:
        rate, per_epoch, total = _planned(build, **sizes)
        peak = sizes["peak"]
        got = [rate(step) for step in range(total + 1)]
        top = int(np.argmax(got))
        text = (
            f"{sizes['train_size']} examples in batches of {sizes['batch_size']}: "
            f"{per_epoch} steps an epoch, {total} in all"
        )
        dead = int(np.sum(np.array(got[:-1]) <= 1e-7 * peak)) - 1
        if top != per_epoch or dead > 0 or got[-1] > 1e-4 * peak:
            fail(
                expected=f"{text}; the peak at step {per_epoch}, 0 at step {total}",
                got=f"the peak at step {top}, and {max(dead, 0)} steps of training "
                f"at a rate of 0: the smaller last batch isn't counted",
                hint="how many batches does `fit` make of 1,000 examples and 64?",
            )


def _optimizer_trains(build) -> None:
    """trains a model, and two calls give two optimizers"""
    one, two = (build(100, 32, 5, 0.01) for _ in range(2))
    if one is two:
        fail(
            expected="a new optimizer at each call",
            got="the same one twice",
            hint="one optimizer serves one model.",
        )
    model = _model(0.01)
    model.compile(one, loss="mse")
    build_optimizer(model)
    before = model.get_weights()[0].copy()
    x = np.ones((100, 1), "float32")
    model.fit(x, 5 * x, batch_size=32, epochs=1, verbose=0)
    if np.array_equal(before, model.get_weights()[0]):
        fail(
            expected="weights that move in the first epoch",
            got="the same weights",
            hint="is the rate ever above 0?",
        )


OPTIMIZER: list[Proof] = [
    _optimizer_warms_up,
    _optimizer_ends,
    _counts_the_last_batch,
    _optimizer_trains,
]


question = Question(
    6,
    Part.of_steps("schedule", SCHEDULE),
    Part.of_steps("WarmupDecay", WARMUP_DECAY),
    Part.of_steps("make_plateau_callback", PLATEAU),
    Part.of_steps("build_optimizer", OPTIMIZER),
    hints=HINTS,
)
check = question.check
