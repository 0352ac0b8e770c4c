"""`build_lstm` and `build_bilstm`, on a vocabulary of twenty words.

All claims but one are about both. To see whether a model learns a rule, the check
trains it with its own loss but another optimizer, since a low rate is no fault.
"""

import contextlib
from collections.abc import Callable, Iterator

import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, Fault, Proof, fail, need, once
from interview.checks.classifiers import rescued_logits
from interview.checks.kit import close, shaped, steady
from interview.checks.models import build_metrics, claim_own_models, overrides
from interview.checks.q02.reader import (
    COIN,
    DIM,
    VOCAB,
    Reader,
    built,
    order_task,
    sentences,
    stir,
    with_coins,
)
from interview.checks.training import build_optimizer

lstm, bilstm = AnswerClaims("build_lstm"), AnswerClaims("build_bilstm")

STEPS = 150
# Longer than any limit at which an answer might cut sentences off.
LONG = 600
MANY_WORDS = 65_541
# For each type, two words that become one number because the type is too small.
CONFUSED = {
    (44, 300): "integers of 8 bits",
    (2048, 2049): "floats of half precision",
    (4, 65_540): "integers of 16 bits",
}


def claim(says: str) -> Callable[[Proof], Proof]:
    """Decorator: a claim about either model."""

    def add(proof: Proof) -> Proof:
        for part in (lstm, bilstm):
            part.claim(says)(proof)
        return proof

    return add


@claim("is a compiled model with one score for each sequence")
def one_score(build) -> None:
    reader = built(build)
    for_words = (3, 5, reader.shape[-1])
    shaped(
        reader.first,
        (3, 1),
        (3,),
        what="one score for each of 3 sequences of 5 words",
        faults=[
            Fault(
                for_words,
                "one for each word",
                "the last recurrent layer has to hand on its last state alone.",
            )
        ],
        hint="two classes need one unit: the probability, or logit, of class 1.",
    )
    x = sentences(2, 3)
    steady(lambda: reader.score_eagerly(x), what="score")
    reader.stir(0.1)
    scores = reader.score(sentences(8, 6))
    need(
        np.ptp(scores) > 1e-7,
        expected="scores that depend on the words",
        got=f"{scores[0]:.3f} for every sentence",
        hint="an activation that shares out 1 between units has nothing to share out "
        "when there is one unit.",
    )


@claim("takes sequences of any length, and integers of any type")
def any_sequence(build) -> None:
    reader = built(build)
    for kind in ("int64", "uint8", "uint16"):
        reader.score_eagerly(sentences(2, 3).astype(kind))
    for steps in (1, 90):
        reader.score(sentences(2, steps))


@once
def two_models(build) -> tuple[keras.Model, keras.Model]:
    """The models of two calls for the default width."""
    return build(VOCAB), build(VOCAB)


@claim("has `vocab_size` vectors of `embedding_dim` numbers, the last word's too")
def vectors(build) -> None:
    reader = built(build)
    last = np.array([[4, 5, VOCAB - 1]])
    reader.score_eagerly(last)

    def size(model: keras.Model) -> int:
        if not model.built:
            model(last, training=False)
        return model.count_params()

    larger, wider = build(vocab_size=MANY_WORDS, embedding_dim=DIM), build(VOCAB, 128)
    for name, model in (("vocab_size", larger), ("embedding_dim", wider)):
        need(
            size(model) > size(reader.model),
            expected=f"more parameters for a larger {name}",
            got="as many as before",
            hint=f"use the argument `{name}`.",
        )
    default = two_models(build)[0]
    need(
        size(default) == size(wider),
        expected="an `embedding_dim` of 128 where none is given: "
        f"{size(wider):,} parameters",
        got=f"{size(default):,}",
        hint="look at the signature in the task.",
    )
    stir(larger, 0.1)
    # Pair by pair: a word too large for half precision would end a call for all.
    for words, held in CONFUSED.items():
        one, other = np.ravel(larger(np.array(words)[:, None], training=False))
        need(
            one != other,
            expected=f"two scores for the words {words[0]} and {words[1]:,}",
            got=f"one score: read as {held} the two are one number",
            hint="which type have the integers on their way to the embedding, and how "
            "far does it count?",
        )


@claim("scores a sentence the same when zeros stand before it or after it")
def padding(build) -> None:
    reader = built(build)
    reader.stir(0.1)
    moved = {"after": 0.0, "before": 0.0}
    for length in (20, 40, 80):
        for side, value in moved_by_padding(reader, length).items():
            moved[side] = max(moved[side], value)
    expected = "the same score, within 1e-5, padded to 20, 40 and 80 steps"
    got = "a score that moves by up to " + ", ".join(
        f"{value:.1e} with zeros {side} the words" for side, value in moved.items()
    )
    need(
        min(moved.values()) < 1e-5,
        expected=expected,
        got=f"{got}: padding is read like words",
        hint="the embedding can tell the layers after it which steps are padding, and "
        "every layer in between has to pass that on.",
    )
    side = max(moved, key=moved.get)
    need(
        moved[side] < 1e-5,
        expected=f"{expected}, at either end",
        got=f"{got}: padding {side} the words counts",
        hint="some layer after the embedding looks at all steps and doesn't know which "
        "of them are padding. Does it support masks?",
    )
    side, value = max(moved_by_padding(reader, LONG).items(), key=lambda item: item[1])
    need(
        value < 1e-5,
        expected=f"the same score, padded to {LONG} steps",
        got=f"one that moves by {value:.1e} with zeros {side} the words: only a part "
        "of a long sequence is read",
        hint="what takes only some of the steps, and how many are those?",
    )


def moved_by_padding(reader: Reader, length: int) -> dict[str, float]:
    """How far padding moves the scores, behind the words and in front of them."""
    words = [sentences(1, n, seed=n)[0] for n in (4, 9, 13)]
    right = np.concatenate([reader.score(row[None]) for row in words])
    x = np.zeros((6, length), dtype="int32")
    for i, row in enumerate(words):
        x[i, : len(row)] = x[3 + i, length - len(row) :] = row
    after, before = np.split(np.abs(reader.score(x) - np.tile(right, 2)), 2)
    return {"after": float(after.max()), "before": float(before.max())}


@claim("scores the same words in another order differently")
def order(build) -> None:
    reader = built(build)
    reader.stir(0.1)
    x = sentences(8, 6, seed=2)
    moved = np.abs(reader.score(x) - reader.score(x[:, ::-1])).max()
    need(
        moved > 1e-6,
        expected="another score when a sentence is reversed",
        got=f"the same, within {moved:.0e}: a bag of words",
        hint="what in the model knows which word comes first?",
    )


@claim("has a loss that fits its output, probability or logit")
def loss(build) -> None:
    reader = built(build)
    # Two scores on the way to each label; the loss has to fall from one to the next.
    if reader.gives_probabilities:
        way = {1: (0.2, 0.8), 0: (0.8, 0.2)}
    else:
        way = {1: (-3.0, -1.0), 0: (3.0, 1.0)}
    # A loss or a training step of the learner's own is judged by whether it learns.
    own = overrides(reader.model, "train_step", "compute_loss")
    if own or not reader.model.loss:
        return
    falls = [
        loss_of(reader, label, far) - loss_of(reader, label, near)
        for label, (far, near) in way.items()
    ]
    inside = loss_of(reader, 1, 0.2) - loss_of(reader, 1, 0.8)
    need(
        max(*falls, inside) > 1e-6,
        expected="a loss that falls as the score nears the label",
        got="a loss that stays the same, whatever the score",
        hint="with one unit, two classes need a binary loss.",
    )
    need(
        reader.gives_probabilities or min(falls) > 1e-6,
        expected="a loss that takes logits, since the last layer gives logits",
        got="one that takes probabilities: below 0 and above 1 it is flat",
        hint="either the last layer or the loss has to know the sigmoid.",
    )


def loss_of(reader: Reader, label: float, score: float) -> float:
    """The model's own loss of one sentence with this label and this score."""
    y_pred = np.full((1, *reader.shape[1:]), score, dtype="float32")
    return float(
        reader.model.compute_loss(
            x=tf.constant(sentences(1, 5)),
            y=tf.constant([[float(label)]]),
            y_pred=tf.constant(y_pred),
        )
    )


@bilstm.claim("reads both ways: the first of eighty words counts as the last one does")
def both_ways(build) -> None:
    reader = built(build)
    reader.stir(0.0)
    x = sentences(6, 80, seed=3)
    first, last = x.copy(), x.copy()
    first[:, 0] = 4 + (x[:, 0] + 1) % (VOCAB - 4)
    last[:, -1] = 4 + (x[:, -1] + 1) % (VOCAB - 4)
    plain, *others = np.split(reader.score(np.concatenate([x, first, last])), 3)
    early, late = (float(np.abs(plain - other).mean()) for other in others)
    if min(early, late) > 0.01 * max(early, late):
        return
    got = (
        f"another first word moves the score by {early:.0e}, another last word by "
        f"{late:.0e}"
    )
    expected = "a first word that counts as much as the last, eighty steps on"
    backward = [layer for layer in reader.recurrent if layer.go_backwards]
    need(
        backward,
        expected=expected,
        got=f"{got}: the sentence is read in one direction",
        hint="which layer runs a copy of another over the reversed sequence?",
    )
    reader.stir(0.1)
    before = reader.score(x)
    for layer in backward:
        kernel = layer.cell.recurrent_kernel
        kernel.assign(tf.zeros_like(kernel))
    need(
        not close(reader.score(x), before, atol=1e-7),
        expected="a backward pass that has read the sentence",
        got=f"{got}: of the backward pass only its first step is used",
        hint="at the last word the backward pass has only begun. Where has it read "
        "everything?",
    )
    fail(
        expected=expected,
        got=f"{got}: what comes after the backward pass forgets it",
        hint="a layer that reads one way remembers the end best, whatever it is given. "
        "Which of yours do?",
    )


@claim(
    "learns which of two words comes first, and stays near 0.5 where labels are random"
)
def learning(build) -> None:
    reader = built(build)
    model, probabilities = reader.model, reader.gives_probabilities
    reader.stir(0.0)
    keras.utils.set_random_seed(0)
    model.compile(keras.optimizers.Adam(0.01), loss=model.loss)
    build_optimizer(model)
    x_test, y_test = order_task(200, seed=1)
    build_metrics(model, x_test, y_test)
    threshold = 0.5 if probabilities else 0.0
    # The coin is the last row, so that one prediction gives both numbers.
    asked = np.concatenate([x_test, np.full((1, 8), COIN)])
    right, toss = 0.0, 0.5
    # `fit` takes the same steps, but traces twice as long around them.
    train = tf.function(lambda x, y: model.train_step((x, y)))
    with graphs_as_traced():
        x, y = (np.split(rows, STEPS) for rows in with_coins(STEPS, 64))
        for step in range(STEPS):
            train(tf.constant(x[step]), tf.constant(y[step]))
            if (step + 1) % 25:
                continue
            *scores, toss = reader.score(asked)
            right = np.mean((np.array(scores) > threshold) == y_test)
            # The coin's probability oscillates while the rule is learnt, then settles.
            if right > 0.97 and (not probabilities or 0.25 < toss < 0.75):
                break
    need(
        right >= 0.9,
        expected=f"at least 0.9 of new sentences right, after at most {STEPS} steps on "
        "a rule that order alone decides",
        got=f"{right:.2f} right; chance is 0.5",
        hint="does the order of the words reach the last layer, does the loss reach "
        "the weights, and does too little survive the dropout?",
    )
    need(
        not probabilities or 0.25 < toss < 0.75,
        expected="a probability near 0.5 for a sentence that is 1 half of the time",
        got=f"{toss:.2f}: the loss takes the probability for a logit",
        hint="the sigmoid belongs into the model or into the loss, not into both.",
    )


@contextlib.contextmanager
def graphs_as_traced() -> Iterator[None]:
    """Let TensorFlow run graphs as they are: improving one outlasts its few steps."""
    options = tf.config.optimizer.get_experimental_options()
    before = options.get("disable_meta_optimizer", False)
    tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})
    try:
        yield
    finally:
        tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": before})


def few() -> tuple[np.ndarray, np.ndarray]:
    """Two short sentences, and classes."""
    return sentences(2, 3), np.array([0.0, 1.0], "float32")


for part in (lstm, bilstm):
    claim_own_models(part, few, two_models)


@lstm.note
@bilstm.note
def stack(build) -> str | None:
    """A note if the model has other layers than the two LSTMs that the task names.

    An `RNN` over `LSTMCell`s counts as so many LSTMs.
    """
    ahead = [layer for layer in built(build).recurrent if not layer.go_backwards]
    cells = [c for layer in ahead for c in getattr(layer.cell, "cells", [layer.cell])]
    names = [type(cell).__name__.removesuffix("Cell") for cell in cells]
    if {"GRU", "SimpleRNN"} & set(names):
        kinds = " and ".join(sorted(set(names)))
        return f"LSTMs were asked for; it reads by {kinds}. Why?"
    if names == ["LSTM"]:
        return "two stacked LSTMs were asked for; it has one. Why is one enough?"
    return None


@lstm.note
@bilstm.note
def dropout(build) -> str | None:
    """A note if training has neither dropout nor other noise."""
    reader, x = built(build), sentences(8, 3)
    reader.stir(0.1)
    one, other = (np.ravel(reader.model(x, training=True)) for _ in range(2))
    if close(one, other, atol=1e-7):
        return "dropout was asked for; it has none. What keeps it from overfitting?"
    return None


@lstm.note
@bilstm.note
def sigmoid_and_logits(build) -> str | None:
    """Keras warns where a loss of logits gets probabilities, and repairs it."""
    reader = built(build)
    return (reader.gives_probabilities and rescued_logits(reader.model, *few())) or None
