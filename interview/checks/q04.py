"""Question 4: the custom training loop, and its bug hunt, early stopping.

Judged by behaviour: a small network whose first layer counts what passes through it,
and Keras's own `fit` on the same weights, batches and loss as the reference.

What it can't see: whether the loop is fast beyond being compiled, whether it shows its
progress, and whether losses that a model adds by itself (weight regularisation) are
included; the notebook's traps treat the last. A plain `loss_fn` meets labels of shape
(n, 1) alone. A loop that changes the order of the batches is refused, since `fit` on
the same batches is the reference; so is one that measures training in a pass of its
own. In `fit_with_early_stopping` a loss that is NaN isn't played.
"""

import functools

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.machinery import Part, Proof, Question, fail

KEYS = ("loss", "accuracy", "val_loss", "val_accuracy")
EPOCHS = 3
# Neither size is a multiple of the batch: the last batches hold 10 and 6.
BATCH, TRAIN, VAL = 32, 202, 70

HINTS = (
    ("reset_states", "Keras 3 renamed it: a metric has `reset_state`."),
    (
        "singleton tf.Variable",
        "a `tf.function` that outlives one call has met a second model or optimizer. "
        "Define the compiled steps where the model is known.",
    ),
    (
        "Unknown variable",
        "one optimizer serves one model. Use the optimizer that was handed in, on "
        "the model that was handed in.",
    ),
    (
        "SymbolicTensor",
        "Python inside a `tf.function` runs once, while it is traced, and sees symbols "
        "there. Return what you need from the step.",
    ),
    (
        "len()",
        "a dataset is iterated, and need not have a length.",
    ),
)


@keras.saving.register_keras_serializable("interview")
class _Counter(keras.layers.Layer):
    """Passes its input on; counts the examples seen in training and in inference."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.trained = self.add_weight(
            shape=(), dtype="int32", trainable=False, initializer="zeros"
        )
        self.inferred = self.add_weight(
            shape=(), dtype="int32", trainable=False, initializer="zeros"
        )
        self.python_calls = 0

    def call(self, inputs, training=False):
        self.python_calls += 1
        counter = self.trained if training else self.inferred
        counter.assign_add(tf.shape(inputs)[0])
        return inputs


def _network(seed: int = 0, counter: bool = True) -> keras.Model:
    keras.utils.set_random_seed(seed)
    return keras.Sequential(
        [
            keras.Input((5,)),
            _Counter(name="counter") if counter else keras.layers.Identity(),
            keras.layers.Dense(8, activation="tanh"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )


def _arrays(size: int, seed: int, flat: bool) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x = random.standard_normal((size, 5)).astype("float32")
    # Ordered by class, so that batches differ, and the small last one most; flat
    # labels not, for a label compared with its neighbour's score mustn't be right.
    y = (x[:, 0] > 0.3).astype("float32")
    y = y if flat else np.sort(y)
    x[:, 3] += 2 * y
    return x, y if flat else y[:, None]


def _batches(x: np.ndarray, y: np.ndarray) -> tf.data.Dataset:
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(BATCH)


_CROSS_ENTROPY = keras.losses.BinaryCrossentropy()


def _adam() -> keras.optimizers.Optimizer:
    return keras.optimizers.Adam(0.03)


def _sgd() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.5)


def _squared_error(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred))


class _Trial:
    """One call of the learner's loop, and what it left behind."""

    def __init__(
        self, loop, *, optimizer=_sgd, loss_fn=_CROSS_ENTROPY, flat=False, epochs=EPOCHS
    ) -> None:
        self.make_optimizer, self.optimizer = optimizer, optimizer()
        self.loss_fn, self.flat, self.epochs = loss_fn, flat, epochs
        self.model = _network()
        self.before = self.weights()
        self.train = _batches(*_arrays(TRAIN, seed=1, flat=flat))
        self.val = _batches(*_arrays(VAL, seed=2, flat=flat))
        self.returned = loop(
            self.model, self.optimizer, loss_fn, self.train, self.val, epochs
        )
        counter = self.model.get_layer("counter")
        self.trained = int(counter.trained)
        self.inferred = int(counter.inferred)
        self.python_calls = counter.python_calls

    def weights(self) -> np.ndarray:
        variables = self.model.trainable_variables
        return np.concatenate([np.ravel(v.numpy()) for v in variables])

    def reference(self, loss_fn=None) -> "_Table":
        """Keras's numbers, for the loss that was passed in or for another."""
        return _reference(
            self.make_optimizer, loss_fn or self.loss_fn, self.flat, self.epochs
        )


_Table = dict[str, list[np.ndarray]]


@functools.cache
def _reference(make_optimizer, loss_fn, flat: bool, epochs: int) -> _Table:
    """Keras's numbers: per key and epoch an array of (value, examples) a batch."""
    model = _network(counter=False)
    model.compile(make_optimizer(), loss_fn, metrics=["binary_accuracy"])
    phases = (
        ("", _batches(*_arrays(TRAIN, seed=1, flat=flat)), model.train_on_batch),
        ("val_", _batches(*_arrays(VAL, seed=2, flat=flat)), model.test_on_batch),
    )
    table = {key: [] for key in KEYS}
    for _ in range(epochs):
        for prefix, data, step in phases:
            rows = [(*step(x, y), len(x)) for x, y in data]
            loss, accuracy, sizes = np.array(rows, dtype="float64").T
            table[prefix + "loss"].append(np.stack([loss, sizes]))
            table[prefix + "accuracy"].append(np.stack([accuracy, sizes]))
    return table


@functools.lru_cache(maxsize=1)
def _standard(loop) -> _Trial:
    """The trial that most steps look at; `check` forgets it, answers change."""
    return _Trial(loop)


def _mean(batches: np.ndarray) -> float:
    values, sizes = batches
    return float((values * sizes).sum() / sizes.sum())


def _means(epochs: list[np.ndarray]) -> np.ndarray:
    return np.array([_mean(batches) for batches in epochs])


def _shown(values) -> str:
    return "[" + ", ".join(f"{value:.4f}" for value in values) + "]"


def _returns_floats(loop) -> None:
    """returns one number per epoch for loss, accuracy, val_loss and val_accuracy"""
    returned = _standard(loop).returned
    if not isinstance(returned, dict):
        fail(
            expected=f"a dict with the keys {', '.join(KEYS)}",
            got=f"{type(returned).__name__}",
            hint="collect the numbers of each epoch in lists and return them.",
        )
    missing = [key for key in KEYS if key not in returned]
    if missing:
        fail(
            expected=f"the keys {', '.join(KEYS)}",
            got=f"no {', '.join(missing)}",
            hint="the names are those of `history.history`.",
        )
    for key in KEYS:
        values = returned[key]
        if not isinstance(values, list) or len(values) != EPOCHS:
            length = f" of length {len(values)}" if hasattr(values, "__len__") else ""
            fail(
                expected=f"{key}: a list of {EPOCHS} numbers for {EPOCHS} epochs",
                got=f"{type(values).__name__}{length}",
                hint="append once per epoch, after its last batch.",
            )
        if not all(isinstance(value, float) for value in values):
            fail(
                expected=f"{key}: Python floats",
                got=", ".join(sorted({type(value).__name__ for value in values})),
                hint="`float(...)` takes a tensor's number out of TensorFlow; whoever "
                "plots or saves it as JSON will thank you.",
            )


def _moves_weights(loop) -> None:
    """training moves the weights: one step per training batch, none in validation"""
    trial = _standard(loop)
    per_epoch, val_per_epoch = len(trial.train), len(trial.val)
    taken = int(trial.optimizer.iterations)
    if np.array_equal(trial.weights(), trial.before):
        fail(
            expected="weights that differ after training",
            got="the same weights, to the last digit",
            hint="the optimizer needs the gradients of the loss and the trainable "
            "variables, in pairs.",
        )
    if trial.model.compiled:
        fail(
            expected="a loop of your own",
            got="a model that was compiled in it: `fit` or `train_on_batch` takes the "
            "steps",
            hint="the question asks for what `fit` does inside: forward, loss, "
            "gradients, step.",
        )
    if taken == 0:
        fail(
            expected=f"{EPOCHS * per_epoch} steps of the optimizer that was passed in",
            got="none: something else moved the weights",
            hint="use the argument `optimizer`; don't make another one.",
        )
    if taken == EPOCHS * (per_epoch + val_per_epoch):
        fail(
            expected=f"{EPOCHS * per_epoch} optimizer steps, one per training batch",
            got=f"{taken}: the validation batches were trained on as well",
            hint="validation looks at predictions and takes no gradient.",
        )
    if taken == EPOCHS * (per_epoch - 1):
        fail(
            expected=f"{EPOCHS * per_epoch} optimizer steps: {per_epoch} training "
            f"batches in each of {EPOCHS} epochs",
            got=f"{taken}: one batch of each epoch is left out",
            hint="the last batch is smaller, and counts like any other.",
        )
    if taken != EPOCHS * per_epoch:
        fail(
            expected=f"{EPOCHS * per_epoch} optimizer steps: {per_epoch} training "
            f"batches in each of {EPOCHS} epochs",
            got=f"{taken}",
            hint="every batch of every epoch counts, the smaller last one too.",
        )


def _uses_modes(loop) -> None:
    """dropout and batch normalisation are told: training here, inference there"""
    trial = _standard(loop)
    if trial.trained == 0:
        fail(
            expected=f"{EPOCHS * TRAIN} training examples seen with training=True",
            got="none: the training step never told the model that it is training",
            hint="`model(x)` means inference. What does dropout need to know?",
        )
    if trial.trained >= 2 * EPOCHS * TRAIN and trial.inferred >= EPOCHS * VAL:
        fail(
            expected=f"{EPOCHS * TRAIN} training examples in training mode, one pass "
            "in each epoch",
            got=f"{trial.trained}: each of them passes twice",
            hint="the predictions that the gradient comes from are there to be "
            "measured too.",
        )
    if trial.trained >= EPOCHS * (TRAIN + VAL):
        fail(
            expected=f"{EPOCHS * VAL} validation examples seen with training=False",
            got="validation ran in training mode",
            hint="dropout would throw units away while you measure, and batch "
            "normalisation would learn from the validation data.",
        )
    # One more batch is let pass: some build the model by calling it once.
    if not EPOCHS * TRAIN <= trial.trained <= EPOCHS * TRAIN + BATCH:
        fail(
            expected=f"{EPOCHS * TRAIN} training examples in training mode: "
            f"{TRAIN} in each of {EPOCHS} epochs",
            got=f"{trial.trained}",
            hint="each example passes once per epoch, those of the last batch too.",
        )
    if trial.inferred < EPOCHS * VAL:
        fail(
            expected=f"{EPOCHS * VAL} validation examples: {VAL} after each epoch",
            got=f"{trial.inferred}",
            hint="validate after every epoch, on all of `val_data`.",
        )


def _reports_what_fit_reports(loop) -> None:
    """loss and accuracy are `fit`'s: means over examples, afresh in each epoch"""
    _compare(_standard(loop))


def _compare(trial: _Trial, fault_of_shape: str = "") -> None:
    table = trial.reference()
    for key in KEYS:
        count = len(trial.returned[key])
        if count != trial.epochs:
            fail(
                expected=f"{key}: one number for each of the epochs asked for, here "
                f"{trial.epochs}",
                got=f"{count}"
                + (
                    f": those of an earlier call with {EPOCHS} epochs are among them"
                    if count == EPOCHS + trial.epochs
                    else ""
                ),
                hint="each call has its own `epochs`, and starts with empty lists.",
            )
        right, got = _means(table[key]), np.array(trial.returned[key])
        if np.allclose(got, right, atol=1e-4):
            continue
        fault, hint = _diagnose(key, table, got)
        if fault_of_shape and not fault:
            fault, hint = fault_of_shape, "bring labels and predictions into one shape."
        fail(
            expected=f"{key} {_shown(right)}, as `fit` reports it",
            got=f"{_shown(got)}{fault}",
            hint=hint,
        )


def _diagnose(
    key: str, table: dict[str, list[np.ndarray]], got: np.ndarray
) -> tuple[str, str]:
    """Which known mistake gives these numbers, and a hint for it."""
    epochs = table[key]
    up_to = [np.concatenate(epochs[: i + 1], axis=1) for i in range(len(epochs))]
    # One metric for both phases: each number holds all batches so far.
    validation, name = key.startswith("val_"), key.removeprefix("val_")
    train, val = table[name], table[f"val_{name}"]
    phases = [
        np.concatenate(train[: i + 1] + val[: i + validation], axis=1)
        for i in range(len(epochs))
    ]
    unweighted = [values.mean() for values, _ in epochs]
    unreset = ": numbers that carry earlier epochs along; the metric was never reset"
    reset_hint = "a metric remembers until it is told to forget. When is that due?"
    known = (
        (_means(up_to), unreset, reset_hint),
        ([values.mean() for values, _ in up_to], unreset, reset_hint),
        (_means(phases), unreset, reset_hint),
        ([values.mean() for values, _ in phases], unreset, reset_hint),
        (
            unweighted,
            ": the plain mean of the batch means",
            "the last batch is smaller; its examples mustn't count for more than "
            "the others.",
        ),
        (
            [values[-1] for values, _ in epochs],
            ": the last batch alone",
            "an epoch's number is about all of its examples.",
        ),
        (
            [values[0] for values, _ in epochs],
            ": the first batch alone",
            "Python inside a `tf.function` runs once, while it is traced.",
        ),
        (
            [values.sum() for values, _ in epochs],
            ": the sum over batches, not their mean",
            "divide by what was summed over.",
        ),
        (
            [(values * sizes).sum() for values, sizes in epochs],
            ": the sum over examples, not their mean",
            "divide by the number of examples.",
        ),
    )
    for values, fault, hint in known:
        if np.allclose(got, values, atol=1e-4):
            return fault, hint
    climbs = len(got) > 1 and (np.diff(got) > 0).all()
    if key == "loss" and climbs and got[0] > _mean(epochs[0]):
        return (
            ": a loss that climbs; the weights go uphill",
            "the optimizer subtracts what it is given.",
        )
    if key == "loss" and got[0] < _mean(epochs[0]) - 1e-4:
        return (
            "",
            "`fit` takes the loss from the predictions that the gradient came from, "
            "before the step. Is the loss yours and over all batches?",
        )
    if key.endswith("accuracy"):
        return (
            "",
            "a prediction above 0.5 is class 1; compare classes, shape by shape.",
        )
    return "", "weigh every example the same, and start afresh in each epoch."


def _takes_any_loss_and_optimizer(loop) -> None:
    """works with another loss, another optimizer and labels of shape (n,)"""
    trial = _Trial(loop, loss_fn=_squared_error, optimizer=_adam, epochs=1)
    if np.array_equal(trial.weights(), trial.before):
        fail(
            expected="a second call trains the second model",
            got="its weights never moved: the compiled step outlives one call, and "
            "still trains the first call's model",
            hint="define the compiled steps where model and optimizer are known.",
        )
    right = _means(trial.reference()["loss"])
    got = np.array(trial.returned["loss"])
    if not np.allclose(got, right, atol=1e-4) and np.allclose(
        got,
        _means(trial.reference(_CROSS_ENTROPY)["loss"]),
        atol=1e-3,
    ):
        fail(
            expected=f"the loss that was passed in, squared error: {_shown(right)}",
            got=f"{_shown(got)}: cross-entropy, whatever is passed in",
            hint="use the argument `loss_fn`.",
        )
    _compare(trial)
    _compare(
        _Trial(loop, flat=True, epochs=1),
        ": right for labels of shape (n, 1), but (n,) against (n, 1) compares each "
        "with each",
    )


def _is_compiled(loop) -> None:
    """both steps are compiled, and traced a few times, not once per batch"""
    trial = _standard(loop)
    batches = EPOCHS * (len(trial.train) + len(trial.val))
    if trial.python_calls > batches // 2:
        fail(
            expected="Python runs the model's code a few times, while it is traced",
            got=f"{trial.python_calls} times for {batches} batches: eager, or traced "
            f"anew for each batch",
            hint="the decorator `@tf.function` goes on the step for one batch; what it "
            "is called with should be tensors.",
        )


LOOP: list[Proof] = [
    _returns_floats,
    _moves_weights,
    _uses_modes,
    _reports_what_fit_reports,
    _takes_any_loss_and_optimizer,
    _is_compiled,
]


class _Scripted:
    """Plays validation losses to the learner's loop; epoch n sets all weights to n."""

    def __init__(self, fit, losses: list[float], patience: int) -> None:
        self.model = keras.Sequential(
            [keras.Input((3,)), keras.layers.BatchNormalization()]
        )
        self.losses, self.epoch, self.validated_first = losses, 0, False
        self.returned = fit(
            self.model, self._train_epoch, self._validate, patience, len(losses)
        )

    def _train_epoch(self, model) -> None:
        if self.epoch == len(self.losses):
            fail(
                expected=f"at most {len(self.losses)} epochs",
                got="one more",
                hint="`max_epochs` is a limit too.",
            )
        self.epoch += 1
        for weight in model.weights:
            weight.assign(np.full(weight.shape, float(self.epoch)))

    def _validate(self, model) -> float:
        if self.epoch == 0:
            self.validated_first = True
            return float("inf")
        return self.losses[self.epoch - 1]

    def epochs_of(self, weights) -> set[float]:
        return {float(value) for w in weights for value in np.ravel(w.numpy())}


def _waits(fit) -> None:
    """stops after `patience` epochs in a row without a new best"""
    losses = [5.0, 4.0, 4.5, 3.0, 3.5, 3.2, 3.1, 2.0, 1.0]
    scripted = _Scripted(fit, losses, patience=3)
    if scripted.epoch != 7 and scripted.validated_first:
        fail(
            expected="an epoch of training, then its validation loss",
            got="validation before the first epoch: each number belongs to the weights "
            "of an epoch ago",
            hint="in which order do the two calls stand?",
        )
    if scripted.epoch == 6:
        fail(
            expected=f"7 epochs for the losses {losses} and patience 3",
            got="6: bad epochs from before the best one still counted",
            hint="what should a new best do to the count of bad epochs?",
        )
    late = scripted.epoch > 7 and _Scripted(fit, [1.0] * 5 + [0.0] * 2, 2).epoch == 4
    if late:
        fail(
            expected="3 epochs for patience 2 and a loss that stays at 1",
            got="4: one epoch too late",
            hint="patience 2 means: two epochs in a row without a new best.",
        )
    if scripted.epoch != 7:
        fail(
            expected=f"7 epochs for the losses {losses} and patience 3",
            got=f"{scripted.epoch}",
            hint="the best loss is that of epoch 4; three epochs without a new best "
            "follow it.",
        )
    if list(scripted.returned) != losses[:7]:
        fail(
            expected=f"the validation losses seen, {losses[:7]}",
            got=f"{scripted.returned}",
            hint="one number per epoch that ran.",
        )
    flat = _Scripted(fit, [1.0, 1.0, 1.0, 1.0, 1.0], patience=2)
    if flat.epoch != 3:
        fail(
            expected="3 epochs when the loss stays equal and patience is 2",
            got=f"{flat.epoch}",
            hint="an equal loss isn't a better one.",
        )


def _restores(fit) -> None:
    """leaves the model with the weights of its best epoch"""
    model = _Scripted(fit, [5.0, 2.0, 3.0, 4.0, 5.0], patience=2)
    found = model.epochs_of(model.model.trainable_weights)
    if found == {4.0}:
        fail(
            expected="the weights of epoch 2, the best",
            got="those of epoch 4, the last: what was kept has changed along with "
            "the model",
            hint="a variable is a reference. When is a copy of its numbers taken?",
        )
    if found != {2.0}:
        fail(
            expected="the weights of epoch 2, the best",
            got=f"those of epoch {', '.join(f'{n:g}' for n in sorted(found))}",
            hint="keep the weights at each new best, put them back at the end.",
        )
    if model.epochs_of(model.model.non_trainable_weights) != {2.0}:
        fail(
            expected="batch normalisation's moving averages of epoch 2, the best",
            got="those of another epoch: the non-trainable weights weren't restored",
            hint="a model is more than its trainable variables.",
        )
    improving = _Scripted(fit, [3.0, 2.0, 1.0], patience=1)
    if improving.epochs_of(improving.model.weights) != {3.0}:
        fail(
            expected="the last epoch's weights where every epoch was a new best",
            got="others",
            hint="the last epoch can be the best one.",
        )
    unfinished = _Scripted(fit, [3.0, 1.0, 2.0], patience=5)
    if unfinished.epochs_of(unfinished.model.weights) != {2.0}:
        fail(
            expected="the best epoch's weights also when `max_epochs` ends it",
            got="others",
            hint="restore after the loop, however it ended.",
        )


STOPPING: list[Proof] = [_waits, _restores]


question = Question(
    4,
    Part.of_steps("run_training_loop", LOOP),
    Part.of_steps("fit_with_early_stopping", STOPPING),
    hints=HINTS,
)
check = question.check
