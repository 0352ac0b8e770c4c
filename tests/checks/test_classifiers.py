"""The checks of any classifier: each message that ends a proof, and what passes."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from interview.checks import classifiers
from interview.checks.claims import CheckFailed
from tests.checks.answers import CHECKS, unreached
from tests.checks.reached import watch

X = np.random.default_rng(0).standard_normal((8, 4)).astype("float32")
Y = (np.arange(8) + 1) % 3
FromLogits = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def classifier(*after, loss=FromLogits) -> keras.Model:
    """A dense layer of three units, the layers `after` it, and a loss."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3), *after])
    model.compile("sgd", loss)
    return model


def sized(size, num_classes, labels=None) -> keras.Model:
    """A classifier whose loss takes `labels` classes, as many as scores if None."""
    model = keras.Sequential([keras.Input((size,)), layers.Dense(num_classes)])
    count = labels or num_classes
    model.compile(
        "sgd",
        lambda y, scores: ops.mean(
            ops.square(
                ops.one_hot(ops.cast(ops.reshape(y, (-1,)), int), count) - scores
            )
        ),
    )
    return model


def regression(y_true, y_pred):
    return ops.square(ops.reshape(ops.cast(y_true, y_pred.dtype), (-1, 1)) - y_pred)


def mean_log(y_true, y_pred):
    return -ops.mean(ops.log(y_pred))


def unknown(y_true, y_pred):
    raise KeyError("no such loss")


SPARSE = "sparse_categorical_crossentropy"
SCORES, LOSS, SOFTMAX = "judge_scores", "judge_loss", "judge_softmax"
WRONG = [
    (SCORES, classifier(layers.Softmax(axis=0)), "columns that sum to 1"),
    (SCORES, classifier(layers.Activation("sigmoid")), "a sigmoid for each class"),
    (SCORES, classifier(layers.ReLU()), "no score below zero"),
    (LOSS, classifier(loss="categorical_crossentropy"), "wants one-hot labels"),
    (LOSS, classifier(loss=SPARSE), "logits as if they were probabilities"),
    (LOSS, classifier(loss=regression), "as in regression"),
    (LOSS, classifier(loss=mean_log), "got:      nan"),
    (SOFTMAX, classifier(layers.Softmax(), layers.Softmax()), "twice in a row"),
    (SOFTMAX, classifier(layers.Softmax(), layers.Reshape((3,))), "once by the loss"),
]
# Builders of `size` inputs and `num_classes` scores, each with a mistake.
WRONG_BUILDERS = [
    (lambda size, num_classes: sized(4, num_classes), "a hard-coded input shape"),
    (lambda size, num_classes: sized(size, 3), "a hard-coded number of classes"),
    (
        lambda size, num_classes: sized(size, num_classes, 3),
        "the loss has a hard-coded",
    ),
    (lambda num_classes, size: sized(size, num_classes), "in this order"),
]
RESCUED = "logits that Keras finds behind a softmax"
RIGHT = {
    "logits": classifier(),
    "probabilities": classifier(layers.Softmax(), loss=SPARSE),
    RESCUED: classifier(layers.Softmax()),
    "a zero layer": classifier(layers.Dense(3, kernel_initializer="zeros")),
    "a sum over the batch": classifier(
        loss=keras.losses.SparseCategoricalCrossentropy(True, reduction="sum")
    ),
}


def judge(rule, model):
    given = (model, X) if rule == SCORES else (model, X, Y)
    getattr(classifiers, rule)(*given)


def test_says_what_is_wrong(subtests, monkeypatch):
    """Each message appears, and no place that ends a proof is left untested."""
    reached = watch(monkeypatch)
    for rule, model, message in WRONG:
        with subtests.test(message):
            with pytest.raises(CheckFailed) as caught:
                judge(rule, model)
            assert message in str(caught.value)
    x = np.ones((6, 5), "float32")
    for build, message in WRONG_BUILDERS:
        with subtests.test(message):
            with pytest.raises(CheckFailed) as caught:
                classifiers.judge_sizes(build, x, 3, size=5, num_classes=7)
            assert message in str(caught.value)
    assert unreached([CHECKS / "classifiers.py"], reached) == []


@pytest.mark.parametrize("model", RIGHT.values(), ids=RIGHT)
def test_what_is_right_passes(model):
    before = model.get_weights()
    for rule in (SCORES, LOSS, SOFTMAX):
        judge(rule, model)
    assert all(map(np.array_equal, before, model.get_weights()))


def test_an_error_of_the_learners_own_stays_theirs():
    with pytest.raises(KeyError, match="no such loss"):
        classifiers.judge_loss(classifier(loss=unknown), X, Y)


def test_an_output_may_come_alone_in_a_list_or_in_a_dict():
    inputs = keras.Input((4,))
    scores = layers.Dense(3)(inputs)
    models = [keras.Model(inputs, out) for out in (scores, [scores], {"a": scores})]
    alone, *others = (classifiers.scores_of(model, X) for model in models)
    assert alone.shape == (8, 3)
    assert all(np.array_equal(alone, other) for other in others)
    assert classifiers.share_right(np.eye(3), np.array([0, 1, 1])) == pytest.approx(
        2 / 3
    )


def test_a_softmax_before_a_loss_of_logits_is_remarked_on():
    """Keras repairs it on TensorFlow, so it passes; an interviewer would ask."""
    note = classifiers.rescued_logits(RIGHT[RESCUED], X, Y)
    assert "from_logits" in note
    for name in ("logits", "probabilities"):
        assert classifiers.rescued_logits(RIGHT[name], X, Y) is None
