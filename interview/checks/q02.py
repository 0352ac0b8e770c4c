"""Question 2: two LSTM classifiers, and its bug hunt, words to integers.

Judged by behaviour, on a vocabulary of twenty words: scores under padding and in
another order, and a rule that order alone decides, learnt with the answer's own loss
(and an optimizer of the check's, so that a small learning rate isn't a fault).

What it can't see: whether the layers are LSTMs (a GRU passes), whether there are two
of them, how well the model does on real sentences, whether its own optimizer and
learning rate would get there, how fast it trains, and whether a model whose both ends
count because it averages over all steps reads backwards as well. In
`encode_sentences`: numbers, dashes and letters beyond English, and the other
apostrophe.
"""

import contextlib
import functools

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.kit import build_optimizer
from interview.checks.machinery import Part, Proof, Question, fail, once

VOCAB, DIM = 20, 16
# In the rule that is learnt, the word that comes first decides.
FIRST, SECOND, COIN = 5, 6, 7
STEPS = 150

HINTS = (
    (
        "expected ndim=3, found ndim=2",
        "an LSTM returns its last state unless told otherwise. What does a second "
        "recurrent layer need to read?",
    ),
    (
        "is not in [0,",
        "integers go from 0, the padding, to `vocab_size - 1`, and each needs a row "
        "in the embedding.",
    ),
    (
        "stateful",
        "a stateful layer carries its state from one batch to the next. What has one "
        "sentence to do with another?",
    ),
    (
        "batch_input_shape",
        "Keras 3 begins with `keras.Input`, whose length may be None.",
    ),
    (
        "expected axis -1",
        "some layer has fixed the number of steps. What does it do to a sentence of "
        "another length?",
    ),
    (
        "incompatible with the layer",
        "some layer has fixed the number of steps, or expects another rank.",
    ),
    (
        "out_of_range",
        "integers go from 0, the padding, to `vocab_size - 1`.",
    ),
)


class _Subject:
    """A model as the learner builds it, and what the steps ask of it."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(0)
        self.model = build(VOCAB, embedding_dim=DIM)
        if not isinstance(self.model, keras.Model):
            fail(
                expected="a compiled Keras model",
                got=type(self.model).__name__,
                hint="return the model that you built.",
            )
        self.shape = tuple(self.model(_sentences(3, 5), training=False).shape)
        self.start = self.model.get_weights()
        self._in_graph = tf.function(
            lambda x: self.model(x, training=False),
            input_signature=[tf.TensorSpec((None, None), "int32")],
        )

    def score(self, x: np.ndarray, eager: bool = False) -> np.ndarray:
        """(n,) scores of (n, steps) integers.

        In one graph for all lengths, which is many times faster than step by step;
        and step by step where a graph can't be made, or to show what is wrong.
        """
        scores = None
        if not eager:
            with contextlib.suppress(Exception):
                scores = self._in_graph(tf.constant(x, "int32"))
        if scores is None:
            scores = self.model(x, training=False)
        return np.ravel(scores.numpy()).astype("float64")

    def stir(self, scale: float, seed: int = 0) -> None:
        """Weights a little, or far, from where they began: new models hardly differ."""
        random = np.random.default_rng(seed)
        self.model.set_weights(self.start)
        for variable in self.model.trainable_variables:
            noise = random.standard_normal(variable.shape) * scale
            variable.assign_add(noise.astype("float32"))

    @functools.cached_property
    def gives_probabilities(self) -> bool:
        """Whether scores stay in [0, 1] whatever the weights are."""
        x, scores = _sentences(16, 8, seed=4), []
        for seed in range(3):
            self.stir(3.0, seed)
            scores.append(self.score(x))
        self.stir(0.0)
        return bool(np.min(scores) >= 0 and np.max(scores) <= 1)


@once
def _built(build) -> _Subject:
    return _Subject(build)


def _sentences(count: int, steps: int, seed: int = 0) -> np.ndarray:
    """(count, steps) words; no padding, no start, no unknown."""
    random = np.random.default_rng(seed)
    return random.integers(4, VOCAB, (count, steps)).astype("int32")


def _is_a_binary_classifier(build) -> None:
    """is a compiled model with one score for each sequence, of any length and type"""
    subject = _built(build)
    if len(subject.shape) == 3:
        fail(
            expected="one score for each of 3 sequences of 5 words: shape (3, 1)",
            got=f"shape {subject.shape}: one for each word",
            hint="the last recurrent layer has to hand on its last state alone.",
        )
    if subject.shape not in ((3, 1), (3,)):
        fail(
            expected="one score for each of 3 sequences: shape (3, 1)",
            got=f"shape {subject.shape}",
            hint="two classes need one unit: the probability, or logit, of class 1.",
        )
    if not subject.model.compiled:
        fail(
            expected="a compiled model",
            got="one without optimizer and loss",
            hint="`compile` it before you return it.",
        )
    x = _sentences(2, 7)
    right = subject.score(x, eager=True)
    again = subject.score(x, eager=True)
    if not np.allclose(again, right, atol=1e-6):
        fail(
            expected="the same score twice when training=False",
            got=f"scores that differ by {np.abs(again - right).max():.1e}: dropout, or "
            "other noise, is left on",
            hint="noise is for training. A layer is told by its `training` argument; "
            "who passes it on, and what?",
        )
    for kind in ("int64", "uint8", "uint16"):
        if not np.allclose(subject.score(x.astype(kind), eager=True), right, atol=1e-5):
            fail(
                expected=f"the same scores for {kind} as for int32",
                got="others",
                hint="the embedding takes any integers as they are.",
            )
    for steps in (1, 90):
        subject.score(_sentences(2, steps))


def _has_a_vector_for_each_word(build) -> None:
    """has `vocab_size` vectors of `embedding_dim` numbers, the last word's too"""
    subject = _built(build)
    last = np.array([[4, 5, VOCAB - 1], [4, 5, VOCAB - 2]])
    subject.stir(0.1)
    scores = subject.score(last)
    sizes = {}
    for name, arguments in (
        ("vocab_size", {"vocab_size": VOCAB + 10, "embedding_dim": DIM}),
        ("embedding_dim", {"vocab_size": VOCAB, "embedding_dim": DIM + 8}),
    ):
        model = build(**arguments)
        model(last, training=False)
        sizes[name] = model.count_params()
    for name, size in sizes.items():
        if size <= subject.model.count_params():
            fail(
                expected=f"more parameters for a larger {name}",
                got="as many as before",
                hint=f"use the argument `{name}`.",
            )
    if np.ptp(subject.score(_sentences(8, 6))) < 1e-7:
        fail(
            expected="scores that depend on the words",
            got=f"{scores[0]:.3f} for every sentence",
            hint="an activation that shares out 1 between units has nothing to share "
            "out when there is one unit.",
        )
    if abs(scores[0] - scores[1]) < 1e-7:
        fail(
            expected="another score where the last word is another one",
            got="the same for the two highest integers",
            hint="integers go up to `vocab_size - 1`; each has its own vector.",
        )


def _ignores_padding(build) -> None:
    """scores a sentence the same when zeros stand before it or after it"""
    subject = _built(build)
    subject.stir(0.1)
    words = [_sentences(1, n, seed=n)[0] for n in (4, 9, 13)]
    right = np.concatenate([subject.score(row[None]) for row in words])
    moved = {"after": 0.0, "before": 0.0}
    for length in (20, 40, 80):
        x = np.zeros((6, length), dtype="int32")
        for i, row in enumerate(words):
            x[i, : len(row)] = x[3 + i, length - len(row) :] = row
        differences = np.abs(subject.score(x) - np.tile(right, 2))
        for side, part in (("after", differences[:3]), ("before", differences[3:])):
            moved[side] = max(moved[side], float(part.max()))
    if max(moved.values()) < 1e-5:
        return
    got = "a score that moves by up to " + ", ".join(
        f"{value:.1e} with zeros {side} the words" for side, value in moved.items()
    )
    expected = "the same score, within 1e-5, padded to 20, 40 and 80 steps"
    if min(moved.values()) < 1e-5:
        side = max(moved, key=moved.get)
        fail(
            expected=f"{expected}, at either end",
            got=f"{got}: padding {side} the words counts",
            hint="some layer after the embedding looks at all steps and doesn't know "
            "which of them are padding. Does it support masks?",
        )
    fail(
        expected=expected,
        got=f"{got}: padding is read like words",
        hint="the embedding can tell the layers after it which steps are padding, and "
        "every layer in between has to pass that on.",
    )


def _minds_order(build) -> None:
    """scores the same words in another order differently"""
    subject = _built(build)
    subject.stir(0.1)
    x = _sentences(8, 6, seed=2)
    moved = np.abs(subject.score(x) - subject.score(x[:, ::-1].copy())).max()
    if moved < 1e-6:
        fail(
            expected="another score when a sentence is reversed",
            got=f"the same, within {moved:.0e}: a bag of words",
            hint="what in the model knows which word comes first?",
        )


def _order_task(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sentences with FIRST and SECOND among other words; class 1: in that order."""
    random = np.random.default_rng(seed)
    x = random.integers(8, VOCAB, (count, 8))
    y = np.arange(count) % 2
    for row, label in zip(x, y, strict=True):
        early, late = sorted(random.choice(8, 2, replace=False))
        row[early], row[late] = (FIRST, SECOND) if label else (SECOND, FIRST)
    return x.astype("int32"), y.astype("float32")


def _with_coins(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A batch of the order task, a quarter of it replaced by a coin's tosses."""
    x, y = _order_task(count, seed)
    x[: count // 4] = COIN
    return x, y


def _loss_fits_output(build) -> None:
    """has a loss that fits its output, probability or logit"""
    subject = _built(build)
    model = subject.model
    probabilities = subject.gives_probabilities
    # Steps towards the label that start far from it, where a loss has to fall.
    up, down = ((0.2, 0.8), (0.8, 0.2)) if probabilities else ((-3, -1), (3, 1))
    x = _sentences(1, 5)

    def loss(label: float, score: float) -> float:
        y, p = np.full((1, 1), label), np.full(subject.shape[1:] or (1,), score)
        p = p.reshape((1, *subject.shape[1:])).astype("float32")
        return float(
            model.compute_loss(
                x=tf.constant(x),
                y=tf.constant(y, "float32"),
                y_pred=tf.constant(p),
            )
        )

    try:
        falls = loss(1.0, up[0]) - loss(1.0, up[1])
        falls_too = loss(0.0, down[0]) - loss(0.0, down[1])
        inside = loss(1.0, 0.2) - loss(1.0, 0.8)
    except Exception:
        # A loss of another signature; whether it works, the next step tells.
        return
    if max(falls, falls_too, inside) <= 1e-6:
        fail(
            expected="a loss that falls as the score nears the label",
            got="a loss that stays the same, whatever the score",
            hint="with one unit, two classes need a binary loss.",
        )
    if not probabilities and min(falls, falls_too) <= 1e-6:
        fail(
            expected="a loss that takes logits, since the last layer gives logits",
            got="one that takes probabilities: below 0 and above 1 it is flat",
            hint="either the last layer or the loss has to know the sigmoid.",
        )


def _learns_what_order_decides(build) -> None:
    """learns in seconds which of two words comes first, and that a coin is a coin"""
    subject = _built(build)
    model, probabilities = subject.model, subject.gives_probabilities
    subject.stir(0.0)
    keras.utils.set_random_seed(0)
    model.compile(keras.optimizers.Adam(0.01), loss=model.loss)
    build_optimizer(model)
    x_test, y_test = _order_task(200, seed=1)
    coin = np.full((1, 8), COIN, dtype="int32")
    threshold = 0.5 if probabilities else 0.0
    right = 0.0
    for step in range(0, STEPS, 25):
        # By `fit`: `train_on_batch` hands a step of the learner's own (x, y, None).
        batches = [_with_coins(64, seed=100 + step + i) for i in range(25)]
        x, y = (np.concatenate(parts) for parts in zip(*batches, strict=True))
        model.fit(x, y, batch_size=64, shuffle=False, verbose=0)
        right = np.mean((subject.score(x_test) > threshold) == y_test)
        if right > 0.97:
            break
    if right < 0.9:
        fail(
            expected="at least 0.9 of new sentences right, after some steps on a rule "
            "that order alone decides",
            got=f"{right:.2f} right; chance is 0.5",
            hint="does the order of the words reach the last layer, does the loss "
            "reach the weights, and does too little survive the dropout?",
        )
    toss = float(subject.score(coin)[0])
    if probabilities and not 0.25 < toss < 0.75:
        fail(
            expected="a probability near 0.5 for a sentence that is 1 half of the time",
            got=f"{toss:.2f}: the loss takes the probability for a logit",
            hint="the sigmoid belongs into the model or into the loss, not into both.",
        )


def _reads_both_ways(build) -> None:
    """reads both ways: the first of eighty words counts as the last one does"""
    subject = _built(build)
    subject.stir(0.0)
    x = _sentences(6, 80, seed=3)
    first, last = x.copy(), x.copy()
    first[:, 0] = 4 + (x[:, 0] + 1) % (VOCAB - 4)
    last[:, -1] = 4 + (x[:, -1] + 1) % (VOCAB - 4)
    plain, *others = np.split(subject.score(np.concatenate([x, first, last])), 3)
    changes = [float(np.abs(plain - other).mean()) for other in others]
    moved = dict(zip(("first", "last"), changes, strict=True))
    if moved["first"] > 0.01 * moved["last"] and moved["last"] > 0.01 * moved["first"]:
        return
    got = (
        f"another first word moves the score by {moved['first']:.0e}, another last "
        f"word by {moved['last']:.0e}"
    )
    backward = [
        layer
        for layer in subject.model._flatten_layers()
        if isinstance(layer, keras.layers.RNN) and layer.go_backwards
    ]
    if not backward:
        fail(
            expected="a first word that counts as much as the last, eighty steps on",
            got=f"{got}: the sentence is read in one direction",
            hint="which layer runs a copy of another over the reversed sequence?",
        )
    subject.stir(0.1)
    before = subject.score(x)
    for layer in backward:
        kernel = layer.cell.recurrent_kernel
        kernel.assign(tf.zeros_like(kernel))
    if np.abs(subject.score(x) - before).max() < 1e-7:
        fail(
            expected="a backward pass that has read the sentence",
            got=f"{got}: of the backward pass only its first step is used",
            hint="at the last word the backward pass has only begun. Where has it "
            "read everything?",
        )


COMMON: list[Proof] = [
    _is_a_binary_classifier,
    _has_a_vector_for_each_word,
    _ignores_padding,
    _minds_order,
    _loss_fits_output,
]
LSTM: list[Proof] = [*COMMON, _learns_what_order_decides]
BILSTM: list[Proof] = [*COMMON, _reads_both_ways, _learns_what_order_decides]


VOCABULARY = (
    *("<pad>", "<start>", "<unknown>", "<unused>"),
    *("the", "film", "is", "not", "good", "2nd", "it's"),
)


def _encode(encode, *sentences: str) -> list[list[int]]:
    """The rows that the learner's function returns, without their padding."""
    x = np.asarray(encode(list(sentences), VOCABULARY))
    if x.ndim != 2 or len(x) != len(sentences) or x.dtype.kind not in "iu":
        fail(
            expected=f"integers of shape ({len(sentences)}, longest)",
            got=f"{x.dtype} of shape {x.shape}",
            hint="rows of different length are filled up with zeros.",
        )
    return [np.trim_zeros(row).tolist() for row in x]


def _uses_the_models_integers(encode) -> None:
    """writes each word as its place in the vocabulary, after a start"""
    words = VOCABULARY[4:-1]
    right = [1, *range(4, 4 + len(words))]
    got = _encode(encode, " ".join(words))[0]
    if got == right:
        return
    shift = {a - b for a, b in zip(got[-len(words) :], right[1:], strict=False)}
    if len(got) >= len(words) and len(shift) == 1 and shift != {0}:
        fail(
            expected=f"{right} for all words of a small vocabulary",
            got=f"{got}: every word is off by {shift.pop():+d}",
            hint="decode what you have encoded. Which words come back?",
        )
    if got == right[1:]:
        fail(
            expected=f"{right}: the start, then the words",
            got=f"{got}: no start",
            hint="every training sequence begins with a 1.",
        )
    if len(got) < len(right) and got in (right[: len(got)], right[-len(got) :]):
        fail(
            expected=f"{right} for all words of a small vocabulary",
            got=f"{got}: the sentence is cut off",
            hint="the longest sentence given decides how many columns there are.",
        )
    fail(
        expected=f"{right} for all words of a small vocabulary",
        got=f"{got}",
        hint="`vocabulary[i]` is the text of the integer i.",
    )


def _keeps_unknown_words(encode) -> None:
    """keeps an unknown word's place: 2, not padding"""
    right = [1, 4, 2, 6, 2]
    (got,) = _encode(encode, "the zyx is qqq")
    if got == right:
        return
    if len(got) < len(right) or 0 in got:
        fail(
            expected=f'{right} for "the zyx is qqq"',
            got=f"{got}: unknown words have become padding, or are gone",
            hint="a mask skips what is 0. Which integer means unknown?",
        )
    fail(
        expected=f'{right} for "the zyx is qqq"',
        got=f"{got}",
        hint="the training data write 2 for a word that isn't in the vocabulary.",
    )


def _splits_like_the_data(encode) -> None:
    """takes words from text as the training data did: lower case, no punctuation"""
    sentence = "The film, it's NOT good!  (2nd)"
    right = [1, 4, 5, 10, 7, 8, 9]
    (got,) = _encode(encode, sentence)
    if got == right:
        return
    if [i for i in got if i not in (2, 10)] == [1, 4, 5, 7, 8, 9]:
        hint = "an apostrophe inside a word belongs to it."
    else:
        hint = "print the pieces. Is each of them spelt as in the vocabulary?"
    fail(
        expected=f'{right} for "{sentence}"',
        got=f"{got}: capitals or punctuation make known words unknown",
        hint=hint,
    )


def _pads(encode) -> None:
    """fills up shorter sentences with zeros, at one end, and leaves no row empty"""
    sentences = ("good", "the film is not good", "")
    x = np.asarray(encode(list(sentences), VOCABULARY))
    rows = _encode(encode, *sentences)
    right = [[1, 8], [1, 4, 5, 6, 7, 8], [1]]
    filled = x[0, -1] if x[0, 0] == 1 else x[0, 0]
    if rows[1] == right[1] and filled != 0:
        fail(
            expected=f"{right}, filled up with 0 to the longest",
            got=f"{x.tolist()}: filled up with {filled}",
            hint="which integer does the mask take for padding?",
        )
    if rows != right or x.shape[1] < 6:
        fail(
            expected=f"{right}, filled up to the longest",
            got=f"{x.tolist()}",
            hint="each sentence keeps all of its words, and its start.",
        )


ENCODE: list[Proof] = [
    _uses_the_models_integers,
    _keeps_unknown_words,
    _splits_like_the_data,
    _pads,
]


question = Question(
    2,
    Part.of_steps("build_lstm", LSTM),
    Part.of_steps("build_bilstm", BILSTM),
    Part.of_steps("encode_sentences", ENCODE),
    hints=HINTS,
)
check = question.check
