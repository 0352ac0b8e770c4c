"""`run_training_loop`, compared with Keras's numbers for the same weights and batches.

So a loop fails if it changes the order of the batches or measures training in a
separate pass. The check sees whether the loop is compiled, but not how fast it is.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from interview.checks.claims import Fault, Part, need
from interview.checks.kit import agree, close
from interview.checks.q04.trial import (
    BATCH,
    EPOCHS,
    EVEN,
    KEYS,
    TRAIN,
    VAL,
    Table,
    Trial,
    adam,
    cross_entropy,
    crossed_error,
    means,
    shown,
    squared_error,
    standard,
)

part = Part("run_training_loop")

# What differs between the first call of the loop and the second and third.
OTHER = {
    "loss_fn": squared_error,
    "make_optimizer": adam,
    "ordered": False,
    "regularised": True,
    "epochs": 2,
    **EVEN,
}


@part.claim("returns one number per epoch for loss, accuracy, val_loss, val_accuracy")
def one_number_per_epoch(loop) -> None:
    returned = standard(loop).returned
    need(
        isinstance(returned, dict),
        expected=f"a dict with the keys {', '.join(KEYS)}",
        got=f"{type(returned).__name__}",
        hint="collect the numbers of each epoch in lists and return them.",
    )
    missing = [key for key in KEYS if key not in returned]
    need(
        not missing,
        expected=f"the keys {', '.join(KEYS)}",
        got=f"no {', '.join(missing)}",
        hint="the names are those of `history.history`.",
    )
    for key in KEYS:
        values = returned[key]
        length = f" of length {len(values)}" if hasattr(values, "__len__") else ""
        need(
            isinstance(values, list) and len(values) == EPOCHS,
            expected=f"{key}: a list of {EPOCHS} numbers for {EPOCHS} epochs",
            got=f"{type(values).__name__}{length}",
            hint="append once per epoch, after its last batch.",
        )
        need(
            all(isinstance(value, float) for value in values),
            expected=f"{key}: Python floats",
            got=", ".join(sorted({type(value).__name__ for value in values})),
            hint="`float(...)` takes a tensor's number out of TensorFlow, and only "
            "that can be saved as JSON.",
        )


@part.claim("training moves the weights: one step per training batch, none on others")
def one_step_per_batch(loop) -> None:
    trial = standard(loop)
    need(
        trial.moved(),
        expected="weights that differ after training",
        got="the same weights, to the last digit",
        hint="the optimizer needs the gradients of the loss and the trainable "
        "variables, in pairs.",
    )
    need(
        not trial.model.compiled,
        expected="a loop of your own",
        got="a model that was compiled in it: `fit` or `train_on_batch` takes the "
        "steps",
        hint="the question asks for what `fit` does inside: forward, loss, "
        "gradients, step.",
    )
    batches, others = len(trial.train), len(trial.val)
    taken = int(trial.optimizer.iterations)
    agree(
        taken,
        EPOCHS * batches,
        expected=f"{EPOCHS * batches} steps of the optimizer that was passed in: "
        f"{batches} training batches in each of {EPOCHS} epochs",
        shown=f"{taken}",
        hint="every batch of every epoch counts once, the smaller last one too.",
        faults=(
            Fault(
                0,
                "something else moved the weights",
                "use the argument `optimizer`; don't make another one.",
            ),
            Fault(
                EPOCHS * (batches + others),
                "the validation batches were trained on as well",
                "validation looks at predictions and takes no gradient.",
            ),
            Fault(
                EPOCHS * (batches - 1),
                "one batch of each epoch is left out",
                "the last batch is smaller, and counts like any other.",
            ),
        ),
    )


@part.claim("dropout and batch normalisation are told: training here, inference there")
def training_flag(loop) -> None:
    trial = standard(loop)
    agree(
        trial.trained,
        EPOCHS * TRAIN,
        expected=f"{EPOCHS * TRAIN} examples in training mode: the {TRAIN} of the "
        f"training data in each of {EPOCHS} epochs",
        shown=f"{trial.trained}",
        hint="each example passes once per epoch, those of the last batch too.",
        # One more batch is accepted: some answers call the model once to build it.
        same=lambda got, right: right <= got <= right + BATCH,
        faults=(
            Fault(
                0,
                "the training step never told the model that it is training",
                "`model(x)` means inference. What does dropout need to know?",
            ),
            Fault(
                2 * EPOCHS * TRAIN,
                "each of them passes twice",
                "the predictions that the gradient comes from are there to be "
                "measured too.",
            ),
            Fault(
                EPOCHS * (TRAIN + VAL),
                "validation ran in training mode",
                "dropout would throw units away while you measure, and batch "
                "normalisation would learn from the validation data.",
            ),
        ),
    )
    need(
        trial.inferred >= EPOCHS * VAL,
        expected=f"{EPOCHS * VAL} validation examples in inference mode: {VAL} after "
        "each epoch",
        got=f"{trial.inferred}",
        hint="validate after every epoch, on all of `val_data`.",
    )


@part.claim("loss and accuracy are `fit`'s: means over examples, afresh in each epoch")
def epoch_means(loop) -> None:
    _need_keras_numbers(standard(loop))


@part.claim("both steps are compiled, and traced a few times, not once per batch")
def compiled_steps(loop) -> None:
    trial = standard(loop)
    for phase, data in (("training", trial.train), ("validation", trial.val)):
        batches, calls = EPOCHS * len(data), trial.python_calls[phase]
        # A step has a trace for each of the two batch shapes and one more that makes
        # the optimizer's variables. Even a step that is made anew in each epoch has
        # fewer traces than an epoch has batches; one that is called with Python numbers
        # has a trace for each batch.
        need(
            calls < len(data),
            expected=f"in {phase}, Python runs the model's code a few times, while it "
            "is traced",
            got=f"{calls} times for {batches} batches: eager, or traced anew for each "
            "batch",
            hint="the decorator `@tf.function` goes on the step for one batch; what it "
            "is called with should be tensors.",
        )


@part.claim("takes another loss, a plain function, and another optimizer and model")
def other_losses(loop) -> None:
    trial = Trial(loop, **OTHER)
    need(
        trial.moved(),
        expected="a second call trains the second model",
        got="its weights never moved: the compiled step outlives one call, and "
        "still trains the first call's model",
        hint="define the compiled steps where model and optimizer are known.",
    )
    for key in KEYS:
        count = len(trial.returned[key])
        need(
            count == trial.epochs,
            expected=f"{key}: one number for each of the epochs asked for, here "
            f"{trial.epochs}",
            got=f"{count}: those of an earlier call with {EPOCHS} epochs are among "
            "them",
            hint="each call has its own `epochs`, and starts with empty lists.",
        )

    _need_keras_numbers(trial, _faults_of_the_loss)


@part.claim("labels of shape (n,) give the numbers that labels of shape (n, 1) give")
def flat_labels(loop) -> None:
    # The call before differed only in the labels' shape, and its numbers were right. So
    # any difference now comes from the shape.
    trial = Trial(loop, flat=True, **OTHER)
    for key in KEYS:
        right, got = means(trial.reference()[key]), trial.returned[key]
        need(
            close(got, right),
            expected=f"{key} {shown(right)}, as for labels of shape (n, 1)",
            got=f"{shown(got)}: (n,) against (n, 1) compares each label with each "
            "prediction",
            hint="a plain loss broadcasts, and so does `==`. Bring labels and "
            "predictions into one shape before they meet.",
        )


def _need_keras_numbers(
    trial: Trial, more: Callable[[str, Trial], Iterable[Fault]] = lambda *_: ()
) -> None:
    table = trial.reference()
    model = " for a model with weight regularisation" if trial.regularised else ""
    for key in KEYS:
        right, got = means(table[key]), np.array(trial.returned[key])
        agree(
            got,
            right,
            expected=f"{key} {shown(right)}, as `fit` reports it{model}",
            shown=shown(got),
            hint=_hint(key, right, got, trial.regularised),
            faults=itertools.chain(more(key, trial), _faults(key, table)),
        )


def _faults_of_the_loss(key: str, trial: Trial) -> Iterator[Fault]:
    """Known mistakes in the loss of a regularised model, and their numbers.

    Each costs a reference training, so they are computed only for wrong numbers.
    """
    if not key.endswith("loss"):
        return
    penalty = key.replace("loss", "penalty")
    table, without = trial.reference(), trial.reference(regularised=False)
    yield Fault(
        means(without[key]),
        "what the model adds to its loss by itself is missing, in the gradient as well",
        "`loss_fn` doesn't know of weight regularisation; `model.losses` does.",
    )
    yield Fault(
        means(without[key]) + means(without[penalty]),
        "what the model adds by itself is in the number, but not in the gradient",
        "the gradient is taken of the whole loss, inside the tape.",
    )
    data = means(table[key]) - means(table[penalty])
    yield Fault(
        data,
        "what the model adds by itself is in the gradient, but not in this number",
        "`fit` reports the whole loss, in validation too.",
    )
    before = table["penalty"][0][0][0]
    for numbers in (data, means(without[key])):
        yield Fault(
            numbers + before,
            "what the model adds by itself is that of the untrained weights throughout",
            "the weights move, and `model.losses` with them: it is read in each step.",
        )
    for regularised in (True, False):
        yield Fault(
            means(trial.reference(cross_entropy, regularised)[key]),
            "cross-entropy, whatever is passed in",
            "use the argument `loss_fn`.",
        )
        yield Fault(
            means(trial.reference(crossed_error, regularised)[key]),
            "each label is compared with each prediction",
            "a plain loss broadcasts. Which shape have the labels when they meet the "
            "predictions?",
        )


def _faults(key: str, table: Table) -> Iterator[Fault]:
    """Known mistakes in averaging the batches' numbers."""
    epochs = table[key]
    if key.endswith("accuracy"):
        yield Fault(
            means(table[key.replace("accuracy", "at_least")]),
            "a prediction of exactly 0.5 counts as class 1",
            "class 1 begins above 0.5.",
        )
    # If one metric serves both phases without a reset, it averages all batches so far.
    validation, name = key.startswith("val_"), key.removeprefix("val_")
    train, val = table[name], table[f"val_{name}"]
    counts = range(1, len(epochs) + 1)
    for so_far in (
        [np.concatenate(epochs[:n], axis=1) for n in counts],
        [np.concatenate(train[:n] + val[: n - 1 + validation], axis=1) for n in counts],
    ):
        for values in (means(so_far), [batches[0].mean() for batches in so_far]):
            yield Fault(
                np.array(values),
                "numbers that carry earlier epochs along; the metric was never reset",
                "a metric remembers until it is told to forget. When is that due?",
            )
    yield Fault(
        np.array([values.mean() for values, _ in epochs]),
        "the plain mean of the batch means",
        "the last batch is smaller; its examples mustn't count for more than the "
        "others.",
    )
    yield Fault(
        np.array([values[-1] for values, _ in epochs]),
        "the last batch alone",
        "an epoch's number is about all of its examples.",
    )
    yield Fault(
        np.array([values.sum() for values, _ in epochs]),
        "the sum over batches, not their mean",
        "divide by what was summed over.",
    )
    yield Fault(
        np.array([(values * sizes).sum() for values, sizes in epochs]),
        "the sum over examples, not their mean",
        "divide by the number of examples.",
    )


def _hint(key: str, right: np.ndarray, got: np.ndarray, regularised: bool) -> str:
    """The hint for wrong numbers that no known mistake gives."""
    if key == "accuracy" and (got > right).all():
        return (
            "the loss is right, and comes from predictions before the step. Does the "
            "accuracy come from the same ones? Above 0.5 is class 1."
        )
    if key.endswith("loss") and regularised:
        return (
            "the loss is what `loss_fn` says and all that the model adds by itself, "
            "in the gradient and in the number."
        )
    if key.endswith("accuracy"):
        return "a prediction above 0.5 is class 1; compare classes, shape by shape."
    if key == "loss" and got[0] > right[0] and (np.diff(got) > 0).all():
        return "the weights go uphill: the optimizer subtracts what it is given."
    if key == "loss" and got[0] < right[0]:
        return (
            "`fit` takes the loss from the predictions that the gradient came from, "
            "before the step. Is the loss yours and over all batches?"
        )
    return "weight every example the same, and start afresh in each epoch."
