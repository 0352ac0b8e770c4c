"""The kit of the checks: what passes, and every message that ends a proof."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from interview.checks import kit, models, training
from interview.checks.claims import CheckFailed, Fault
from tests.checks.answers import CHECKS, unreached
from tests.checks.reached import watch


def dense(units: int = 2, **compiled) -> keras.Model:
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units)])
    if compiled:
        model.compile(**compiled)
    return model


def train(model, rate=0.1, frozen=False, **more) -> training.Trained:
    """Train on twelve rows of which the class is the sign of the first number."""
    x = np.random.default_rng(0).standard_normal((12, 3)).astype("float32")
    y = (x[:, 0] > 0).astype("int64")
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.trainable = not frozen
    model.compile(keras.optimizers.SGD(rate), loss)

    def score():
        return float(np.mean(np.argmax(model(x), axis=1) == y))

    options = {"enough": 1.0, "batch": 6, "rounds": 5, "plateau": 2}
    return training.train_until(model, x, y, score=score, **{**options, **more})


HALVED = Fault(np.array([0.5, 1.0]), "halves", "count all of it.")
FLAT = Fault((6,), "flat", "keep the batch axis.")


def agree(got, right=(1.0, 2.0), **more):
    options = {"expected": "1, 2", "shown": str(got), "hint": "look again."}
    kit.agree(np.array(got), np.array(right), **{**options, **more})


def wander():
    """A function that returns another number at each call."""
    counter = iter(range(9))
    return lambda: next(counter)


WRONG = [
    (lambda: agree([3.0, 4.0]), "got:      [3.0, 4.0]\nhint:     look again."),
    (
        lambda: agree([0.5, 1.0], faults=(HALVED,)),
        "got:      [0.5, 1.0]: halves\nhint:     count all of it.",
    ),
    (
        lambda: kit.shaped(np.ones(4), (2, 3), (3,), what="scores", hint="why?"),
        "expected: scores of shape (2, 3) or (3,)\ngot:      (4,)\nhint:     why?",
    ),
    (
        lambda: kit.shaped(np.ones(6), (2, 3), faults=(FLAT,), hint="why?"),
        "expected: shape (2, 3)\ngot:      (6,): flat\nhint:     keep",
    ),
    (lambda: kit.shaped(None, (2,), hint="why?"), "got:      NoneType"),
    (
        lambda: models.keras_model(keras.callbacks.History(), name="build"),
        "the History that `fit` returns\nhint:     `build` builds",
    ),
    (lambda: models.keras_model(None, name="build"), "None: nothing was returned"),
    (lambda: models.keras_model("a net", name="build"), "got:      'a net'"),
    (lambda: models.keras_model(dense(), name="build"), "isn't compiled"),
    (
        lambda: models.keras_model(dense(optimizer="sgd"), name="build"),
        "a model compiled without one",
    ),
    (
        lambda: kit.steady(wander(), what="scores", hint="is dropout on?"),
        "expected: the same scores for the same input, twice\n"
        "got:      numbers that differ by up to 1\nhint:     is dropout on?",
    ),
    (
        lambda: kit.finite_gradient(
            lambda x: keras.ops.convert_to_tensor(x.numpy()),
            [1.0],
            of="the input",
            hint="",
        ),
        "expected: a gradient with respect to the input\ngot:      none\n"
        "hint:     NumPy isn't differentiated",
    ),
    (
        lambda: kit.finite_gradient(
            keras.ops.sqrt, [0.0], of="the input", hint="what is the root's slope?"
        ),
        "expected: a finite gradient with respect to the input\ngot:      [inf]\n",
    ),
    (
        lambda: kit.pair_of((1, 2, 3), "left", "right", hint="why?"),
        "expected: a pair: left, right\ngot:      3 of them\nhint:     why?",
    ),
    (
        lambda: kit.judge_places(lambda: 2.0, 1.0, "x", "y"),
        "expected: the arguments x, y in this order\ngot:      a function that takes",
    ),
    (lambda: kit.a_float(np.float32(1), hint="why?"), "got:      float32"),
    (lambda: train(dense(), frozen=True), "every layer is frozen"),
    (
        lambda: train(dense(), rate=np.inf),
        "at a learning rate of inf: training diverges",
    ),
]


def test_says_what_is_wrong(subtests, monkeypatch):
    """Each message appears, and no place that ends a proof is left untested."""
    reached = watch(monkeypatch)
    for proof, message in WRONG:
        with subtests.test(message):
            with pytest.raises(CheckFailed) as caught:
                proof()
            assert message in str(caught.value)
    assert unreached([CHECKS / "kit.py", CHECKS / "training.py"], reached) == []


def test_what_is_right_passes():
    agree([1.0, 2.00001])
    assert kit.pair_of([1, 2], "left", "right", hint="") == (1, 2)
    kit.judge_places(lambda: (1.0, [2.0]), (1.0, [2.0]), "x", "y")
    assert kit.a_float(1.0, hint="") == 1.0
    agree([1.0, 2.0], faults=(Fault(np.array([1.0, 2.0]), "no fault here", ""),))
    assert kit.shaped(np.ones((3, 1)), (3,), (3, 1), hint="").shape == (3, 1)
    model = dense(optimizer="sgd", loss="mse")
    assert models.keras_model(model, name="build") is model
    assert models.keras_model(dense(), name="build", compiled=False)
    x = np.ones((2, 3), "float32")
    assert kit.steady(lambda: model(x), what="scores", hint="").shape == (2, 2)
    gradient = kit.finite_gradient(keras.ops.square, [3.0], of="x", hint="")
    assert gradient == pytest.approx([6.0])


def test_a_model_of_models_shows_all_its_layers():
    inner = dense()
    outer = keras.Sequential([keras.Input((3,)), inner, keras.layers.Dropout(0.5)])
    kinds = [type(layer).__name__ for layer in models.layers_of(outer)]
    assert kinds == ["Sequential", "Dense", "Dropout"]


def test_a_reloaded_model_says_the_same():
    model, x = dense(), np.ones((2, 3), "float32")
    assert kit.close(
        kit.as_numbers(models.reloaded(model)(x)), kit.as_numbers(model(x))
    )


def test_logits_and_probabilities_are_told_apart():
    logits = np.array([[2.0, -1.0], [0.0, 0.0]])
    assert not kit.are_probabilities(logits)
    rows = kit.probabilities(logits)
    assert kit.are_probabilities(rows)
    assert kit.probabilities(rows) is rows


def test_the_optimizer_is_built_where_the_step_is_keras_own():
    class Own(keras.Model):
        def train_step(self, data):
            return {}

    model = dense(optimizer="adam", loss="mse")
    training.build_optimizer(model)
    assert model.optimizer.built
    own = Own(model.inputs, model.outputs)
    own.compile("adam", "mse")
    training.build_optimizer(own)
    assert not own.optimizer.built


def test_training_ends_when_learnt_or_flat_or_after_its_rounds():
    keras.utils.set_random_seed(0)
    learnt = train(dense(), rounds=50)
    assert learnt.best == 1
    assert len(learnt.losses) < 50
    assert learnt.losses[-1] < learnt.losses[0]
    assert len(train(dense(), rate=1e-9, enough=2.0, rounds=50).losses) == 3
    assert len(train(dense(), enough=2.0, rounds=4, plateau=9).losses) == 4


def test_batches_hold_each_row_once_an_epoch_and_a_graph_isnt_told_how_many():
    x, y = {"even": 2 * np.arange(12)}, np.arange(12)
    batches = training.shuffled_batches(x, y, batch=4, epochs=2)
    inputs, labels = batches.element_spec
    assert inputs["even"].shape[0] is labels.shape[0] is None
    rows = list(batches.as_numpy_iterator())
    assert all((of["even"] == 2 * labels).all() for of, labels in rows)
    first, second = np.split(np.concatenate([labels for _, labels in rows]), 2)
    assert sorted(first) == sorted(second) == list(y)
    assert not np.array_equal(first, second)


def test_rounds_of_one_fit_go_on_until_told():
    x, y = np.ones((24, 3), "float32"), np.ones((24, 1), "float32")
    batches = tf.data.Dataset.from_tensor_slices((x, y)).batch(2)
    model, losses = dense(1, optimizer="sgd", loss="mse"), []

    def ends(loss):
        losses.append(loss)
        return len(losses) == 3

    training.fit_in_rounds(model, batches, rounds=6, ends=ends)
    assert int(model.optimizer.iterations) == 3 * 2
    assert losses[0] > losses[1] > losses[2]


def test_moving_averages_are_hastened_and_never_slowed():
    norms = [keras.layers.BatchNormalization(momentum=m) for m in (0.99, 0.5)]
    training.hasten_averages(keras.Sequential([keras.Input((3,)), *norms]))
    assert [norm.momentum for norm in norms] == [0.8, 0.5]


@pytest.mark.parametrize(("built", "traces"), [(True, 1), (False, 2)])
def test_what_is_built_before_fit_is_traced_once(built, traces):
    """Building the variables ahead saves a trace, and counts nothing in the metrics."""
    x, y = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")
    counted, model = [], dense(1)

    def error(y_true, y_pred):
        counted.append(tf.inside_function())
        return keras.ops.mean(keras.ops.square(y_true - y_pred))

    model.compile("sgd", error, metrics=["mae"])
    if built:
        training.build_optimizer(model)
        models.build_metrics(model, x, y)
        assert all(not v.numpy().any() for v in model.metrics_variables)
    model.fit(x, y, verbose=0)
    assert counted.count(True) == traces


def test_what_a_loss_refuses_is_left_to_fit():
    model = dense(optimizer="adam", loss="sparse_categorical_crossentropy")
    models.build_metrics(model, np.ones((8, 3)), np.ones((8, 2)))
    with pytest.raises(ValueError, match="shape"):
        model.fit(np.ones((8, 3)), np.ones((8, 2)), verbose=0)


class WithoutTraining(keras.Sequential):
    """A model whose loss is 3 and takes no `training`, as Keras allows."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        return keras.ops.sum(y_pred) * 0 + 3.0


@pytest.mark.parametrize("labels", [np.arange(6) % 2, np.arange(6)[:, None] % 2])
def test_an_evaluation_is_what_evaluate_reports(labels):
    shapes = []

    def loss(y_true, y_pred):
        shapes.append((y_true.shape.rank, str(y_true.dtype)))
        return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, True)

    model = dense(optimizer="sgd", loss=loss, metrics=["accuracy"])
    x = np.random.default_rng(0).standard_normal((6, 3)).astype("float32")
    found = training.evaluation(model, x, labels)
    right = model.evaluate(x, labels, verbose=0, return_dict=True)
    assert found == pytest.approx(right, abs=1e-6)
    # Both ways pass labels of the same shape to the learner's loss.
    assert len(set(shapes)) == 1


def test_a_loss_of_the_learners_own_is_called_as_keras_calls_it():
    model = WithoutTraining([keras.Input((3,)), keras.layers.Dense(2)])
    model.compile("sgd")
    logs = training.evaluation(model, np.ones((4, 3), "float32"), np.zeros(4))
    assert logs["loss"] == 3
