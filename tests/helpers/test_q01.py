"""Helpers for notebook 1 only: accuracies in tables, and two studies."""

import keras
import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import q01


def test_hits_and_their_share():
    class Model:
        def __call__(self, images, training):
            assert not training
            assert len(images) <= 500
            return images

    measured = Model(), np.eye(4), np.array([0, 1, 2, 0])
    assert q01.hits(*measured).tolist() == [True, True, True, False]
    assert q01.accuracy(*measured) == 0.75
    many = Model(), np.tile(np.eye(4), (300, 1)), np.tile([0, 1, 2, 0], 300)
    assert q01.accuracy(*many) == 0.75


def test_steps_are_starred_where_they_are_settled(capsys):
    examples = np.arange(1000)

    def hits(*counts):
        return np.array([examples < count for count in counts])

    elsewhere = hits(100, 200, 300)
    rows = {
        "first": (hits(500, 520, 510), elsewhere),
        "settled": (hits(900, 920, 920), elsewhere),
        # More than two errors over seeds, but three seeds need more to be settled.
        "few seeds": (hits(920, 930, 960), elsewhere),
        # The same gain for each seed, but on one digit only.
        "few digits": (hits(921, 931, 961), elsewhere),
    }
    q01.show_steps(rows, "shifted")
    head, first, settled, *unsettled, names = capsys.readouterr().out.splitlines()
    assert head.endswith("shifted")
    assert first.split() == ["first", "0.5100", "±", "0.0058", "0.200", "±", "0.058"]
    assert settled.split()[3:6] == ["0.0067", "+0.4033*", "0.0033"]
    steps = [line.split()[5] for line in unsettled]
    assert steps == ["+0.0233", "+0.0010"]
    assert names == "settled steps: settled"
    q01.show_steps({"first": rows["first"]})
    assert capsys.readouterr().out.endswith("settled steps: none\n")


def test_shares_are_shown_with_errors_on_the_test_examples(capsys):
    q01.show_shares({"network": [0.75, 0.5, 0.2]}, 100)
    _, row = capsys.readouterr().out.splitlines()
    numbers = ["0.750", "0.5000", "±", "0.0500", "0.2000", "±", "0.0400"]
    assert row.split() == ["network", *numbers]


def test_mistakes_are_counted_by_groups_that_hold_something(capsys):
    confidence = np.array([0.5, 0.6, 0.99, 1.0])
    q01.show_confidence(confidence, np.array([False, True, True, True]))
    _, low, middle, high, every = map(str.split, capsys.readouterr().out.splitlines())
    # 0.5 + 0.4 mistakes are promised; the error is the root of 0.5 · 0.5 + 0.6 · 0.4.
    assert low == ["0.0", "to", "0.8", "2", "0.9", "±", "0.7", "1"]
    assert middle == ["0.95", "to", "0.999", "1", "0.0", "±", "0.1", "0"]
    assert high == ["0.999", "to", "1.0", "1", "0.0", "±", "0.0", "0"]
    assert every == ["all", "4", "0.9", "±", "0.7", "1"]


def test_late_averages_are_told_from_the_true_variance():
    random = np.random.default_rng(0)
    x = random.normal(scale=0.1, size=(64, 4, 4, 2)).astype("float32")
    norm = keras.layers.BatchNormalization()
    image = keras.Input((4, 4, 2))
    flat = keras.layers.Flatten()(norm(image))
    net = keras.Model(image, flat[:, :2])
    y = x.reshape(64, -1)[:, :2].argmax(axis=1)
    by_batch, inference, true, moving = q01.averages_and_scores(net, x, x, y)
    assert true == pytest.approx(0.01, rel=0.1)
    assert moving == 1
    assert by_batch > 0.9
    assert inference == 1
    # The averages were read before the call in training mode moved them.
    assert norm.moving_variance.numpy().mean() < 1


def test_validation_losses_are_kept_until_training_stops():
    x, y = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")

    def build():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        return model

    stop = keras.callbacks.EarlyStopping(patience=1, min_delta=1e9)
    how = {"epochs": 9, "watch": {"validation_data": (x, y), "callbacks": [stop]}}
    sizes, curves = q01.repeat_until_stopped(build, x, y, (0, 1), lambda net: 7, **how)
    assert sizes.tolist() == [7, 7]
    assert [len(curve) for curve in curves] == [2, 2]


def test_image_and_bars_hatch_the_true_class():
    figure = q01.image_and_bars(np.ones((3, 3, 1)), np.array([0.7, 0.3]), 1)
    image, bars = figure.axes
    assert (image.get_title(), bars.get_title()) == ("true: 1", "predicted: 0")
    assert [bar.get_hatch() for bar in bars.patches] == [None, "//"]
    plt.close(figure)
