"""Helpers for notebook 2 only: scores as probabilities, held-out numbers, drawings."""

import keras
import numpy as np
import pytest

from helpers import q02

X = np.random.default_rng(0).integers(1, 9, (40, 5))
Y = np.arange(40) % 2


def model(*, logits: bool, metrics=()) -> keras.Model:
    keras.utils.set_random_seed(0)
    last = None if logits else "sigmoid"
    stack = [keras.layers.Embedding(9, 4), keras.layers.GlobalAveragePooling1D()]
    built = keras.Sequential([*stack, keras.layers.Dense(1, activation=last)])
    loss = keras.losses.BinaryCrossentropy(from_logits=logits)
    built.compile("sgd", loss, metrics=list(metrics))
    return built


@pytest.mark.parametrize("logits", [False, True])
def test_held_out_numbers_are_those_of_evaluate(logits):
    threshold = 0.0 if logits else 0.5
    metric = keras.metrics.BinaryAccuracy(name="accuracy", threshold=threshold)
    built = model(logits=logits, metrics=[metric])
    history = built.fit(
        *(X, Y), callbacks=[q02.HeldOut(X, Y)], epochs=2, verbose=0
    ).history
    loss, accuracy = built.evaluate(X, Y, verbose=0)
    assert built.gives_logits == logits
    assert history["val_loss"][-1] == pytest.approx(loss, abs=1e-5)
    assert history["val_accuracy"][-1] == pytest.approx(accuracy)
    found = q02.probabilities(built, X)
    assert found.shape == (40,)
    assert 0 <= found.min() < found.max() <= 1


def test_the_training_step_is_traced_once():
    traces = []

    class Counted(keras.Sequential):
        def train_step(self, data):
            traces.append(len(traces))
            return super().train_step(data)

    stack = [keras.layers.Embedding(9, 4), keras.layers.GlobalAveragePooling1D()]
    last = keras.layers.Dense(1, activation="sigmoid")
    counted = Counted([keras.Input((None,)), *stack, last])
    counted.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    counted.fit(X, Y, callbacks=[q02.HeldOut(X, Y)], batch_size=20, verbose=0)
    assert len(traces) == 1


def test_a_model_without_metrics_has_no_training_accuracy():
    held_out = q02.HeldOut(X, Y)
    run = model(logits=False).fit(X, Y, callbacks=[held_out], verbose=0)
    assert np.isnan(run.history["accuracy"]).all()


def test_a_step_is_drawn_with_its_numbers(shown):
    gates = {"input": 0.88, "forget": 0.27, "candidate": -0.76, "output": 0.73}
    q02.show_step(gates, 2.0, -0.13)
    ((_, alt),) = shown
    assert alt.startswith("One step of an LSTM.")
    assert "-0.13" in alt


def test_pairs_are_counted_by_group_and_seed():
    kinds = np.array(["order", "order", "negation"])
    # For each of two seeds: three first sentences, then the three other ones.
    found = [[0.9, 0.1, 0.8, 0.2, 0.3, 0.7], [0.9, 0.9, 0.8, 0.2, 0.3, 0.1]]
    accuracies, errors = q02.on_pairs(found, kinds, ["order", "negation"])
    assert accuracies.tolist() == [[0.75, 1.0], [0.5, 1.0]]
    assert errors == pytest.approx([0.125 / 2**0.5, 0])


def test_a_score_that_both_sentences_share_is_right_about_one():
    found = np.tile([0.2, 0.9, 0.6, 0.4], 2)
    kinds = np.array(["order"] * 4)
    (accuracies,), _ = q02.on_pairs(found, kinds, ["order"])
    assert accuracies.tolist() == [0.5]


def test_a_sentence_is_drawn_word_by_word():
    figure = q02.draw_reading(["<start>", "dull"], [0.5, 0.2])
    (axis,) = figure.axes
    assert [label.get_text() for label in axis.get_xticklabels()] == ["<start>", "dull"]
    assert axis.get_title() == "Favourable? 20%"
    assert axis.lines[0].get_ydata().tolist() == [0.5, 0.2]
