"""Scores of any answer as probabilities, the held-out numbers, figures."""

import keras
import numpy as np
import pytest

from helpers import sentences

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
        *(X, Y), callbacks=[sentences.HeldOut(X, Y)], epochs=2, verbose=0
    ).history
    loss, accuracy = built.evaluate(X, Y, verbose=0)
    assert built.gives_logits == logits
    assert history["val_loss"][-1] == pytest.approx(loss, abs=1e-5)
    assert history["val_accuracy"][-1] == pytest.approx(accuracy)
    found = sentences.probabilities(built, X)
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
    counted.fit(X, Y, callbacks=[sentences.HeldOut(X, Y)], batch_size=20, verbose=0)
    assert len(traces) == 1


def test_a_model_without_metrics_has_no_training_accuracy():
    held_out = sentences.HeldOut(X, Y)
    run = model(logits=False).fit(X, Y, callbacks=[held_out], verbose=0)
    assert np.isnan(run.history["accuracy"]).all()


def test_the_first_token_says_the_label():
    x, y = sentences.first_token_task(50, 20, seed=1)
    assert x.shape == (50, 20)
    assert np.array_equal(x[:, 0], 1 + y)
    assert x[:, 1:].min() >= 3
    assert 0 < y.mean() < 1


@pytest.fixture
def shown(monkeypatch):
    texts = []
    monkeypatch.setattr(sentences.plots, "show", lambda _, alt: texts.append(alt))
    return texts


def test_figures_say_their_numbers(shown):
    gates = {"input": 0.88, "forget": 0.27, "candidate": -0.76, "output": 0.73}
    sentences.show_step(gates, 2.0, -0.13)
    rows = {"one": [0.5, 0.75], "other": [0.25, 1.0]}
    sentences.show_by_group(
        rows, ["a", "b"], title="Which?", label="accuracy", errors=rows
    )
    curves = {"one": [1.0, 0.1], "other": [1.0, 0.5]}
    sentences.show_curves(
        curves, [0, 1], title="How far?", labels=("steps", "gradient"), yscale="log"
    )
    assert [text.split(".")[0].split("?")[0] for text in shown] == [
        "One step of an LSTM",
        "Which",
        "How far",
    ]
    assert "-0.13" in shown[0]
    assert "one a 0.50, b 0.75" in shown[1]
    assert "one from 1 to 0.1" in shown[2]


def test_pairs_are_counted_by_group_and_seed():
    kinds = np.array(["order", "order", "negation"])
    # Three firsts, three others, from two seeds.
    found = [[0.9, 0.1, 0.8, 0.2, 0.3, 0.7], [0.9, 0.9, 0.8, 0.2, 0.3, 0.1]]
    accuracies, errors = sentences.on_pairs(found, kinds, ["order", "negation"])
    assert accuracies.tolist() == [[0.75, 1.0], [0.5, 1.0]]
    assert errors == pytest.approx([0.125 / 2**0.5, 0])


def test_a_score_that_both_sentences_share_is_right_about_one():
    found = np.tile([0.2, 0.9, 0.6, 0.4], 2)
    kinds = np.array(["order"] * 4)
    (accuracies,), _ = sentences.on_pairs(found, kinds, ["order"])
    assert accuracies.tolist() == [0.5]


def test_a_sentence_is_drawn_word_by_word():
    figure = sentences.draw_reading(["<start>", "dull"], [0.5, 0.2])
    (axis,) = figure.axes
    assert [label.get_text() for label in axis.get_xticklabels()] == ["<start>", "dull"]
    assert axis.get_title() == "Favourable? 20%"
    assert axis.lines[0].get_ydata().tolist() == [0.5, 0.2]
