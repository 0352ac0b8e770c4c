"""Figures: what is drawn, not only that something is."""

import base64
import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.colors import to_rgb

from helpers import explore, plots

HISTORY = {
    "loss": [1.0, 0.5, 0.2],
    "val_loss": [1.1, 0.6, 0.4],
    "accuracy": [0.5, 0.8, 0.9],
    "val_accuracy": [0.4, 0.7, 0.85],
}


@pytest.fixture
def shown(monkeypatch):
    """What a function shows: (figure, text alternative), before it's closed."""
    seen = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: seen.append((figure, alt)))
    yield seen
    plt.close("all")


def test_learning_curves(shown):
    plots.learning_curves(HISTORY, 0.6, baseline_name="logistic regression")
    ((figure, alt),) = shown
    loss, accuracy = figure.axes
    assert [list(line.get_ydata()) for line in loss.lines] == [
        HISTORY["loss"],
        HISTORY["val_loss"],
    ]
    assert list(accuracy.lines[1].get_ydata()) == HISTORY["val_accuracy"]
    assert list(accuracy.lines[0].get_xdata()) == [1, 2, 3]
    assert set(accuracy.lines[2].get_ydata()) == {0.6}
    assert [t.get_text() for t in accuracy.get_legend().texts] == [
        "training",
        "validation",
        "logistic regression",
    ]
    assert accuracy.get_xlabel() == "epoch"
    assert accuracy.get_ylabel() == "accuracy"
    assert "0.850" in alt
    assert "0.600" in alt


def test_learning_curves_of_a_model_that_measures_something_else(shown):
    history = {name: values for name, values in HISTORY.items() if "loss" in name}
    plots.learning_curves({**history, "right": [0.1, 0.2, 0.3]}, 0.6)
    ((figure, alt),) = shown
    (loss,) = figure.axes
    assert loss.get_ylabel() == "loss"
    assert len(loss.lines) == 2
    assert "0.600" not in alt


def test_stopped_curves(shown):
    fast, slow = [[0.9, 0.5, 0.6], [0.8, 0.7, 0.4]], [[0.9, 0.8, 0.7, 0.6, 0.65]]
    plots.stopped_curves({"fast": fast, "slow": slow}, title="Have both finished?")
    ((figure, alt),) = shown
    (axis,) = figure.axes
    drawn = [tuple(map(list, line.get_data())) for line in axis.lines]
    assert drawn[:3] == [
        ([1, 2, 3], fast[0]),
        ([1, 2, 3], fast[1]),
        ([2, 3], [0.5, 0.4]),
    ]
    assert drawn[5] == ([4], [0.6])
    labels = [text.get_text() for text in axis.get_legend().texts]
    assert labels == ["fast, best", "slow, best"]
    assert "fast: best after 2 and 3 epochs; slow: best after 4 epochs" in alt


def test_image_grid_marks_mistakes(shown):
    images = np.random.default_rng(0).random((5, 28, 28, 1))
    plots.image_grid(images, [1, 2, 3, 4, 5], [1, 2, 9, 4, 5], title="Q?", columns=3)
    ((figure, alt),) = shown
    captions = [axis.get_title() for axis in figure.axes]
    assert captions == ["1 → 1", "2 → 2", "✗ 3 → 9", "4 → 4", "5 → 5", ""]
    assert np.array_equal(figure.axes[2].images[0].get_array(), images[2, ..., 0])
    assert not figure.axes[5].images
    assert "1 of them wrong" in alt


def test_image_grid_without_labels(shown):
    plots.image_grid(np.zeros((2, 8, 8)), title="Filters?")
    ((figure, alt),) = shown
    assert len(figure.axes[0].images) == 1
    assert "labels" not in alt


def test_image_rows_name_each_row(shown):
    flat = np.random.default_rng(0).random((3, 64))
    plots.image_rows({"flat": flat, "square": np.zeros((3, 8, 8))}, title="Q?", alt="A")
    ((figure, alt),) = shown
    assert len(figure.axes) == 6
    assert [axis.get_ylabel() for axis in figure.axes[::3]] == ["flat", "square"]
    assert np.array_equal(figure.axes[1].images[0].get_array(), flat[1].reshape(8, 8))
    assert figure.axes[1].images[0].get_clim() == (0, 1)
    assert alt == "A"


def test_number_grids_write_their_numbers(shown):
    grids = {"one": np.array([[1, -2]]), "two": np.zeros((2, 2))}
    plots.number_grids(grids, title="Q?")
    plots.number_grids(grids, title="Q?", columns=1, numbers=False)
    (figure, alt), (plain, other) = shown
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "-2"]
    assert [axis.get_title() for axis in plain.axes] == ["one", "two"]
    assert not plain.axes[0].texts
    low, high = figure.axes[0].images[0].get_clim()
    assert low == -high < -2
    assert "-2" in alt
    assert "-2" not in other


def test_image_and_bars_hatch_the_true_class():
    figure = plots.image_and_bars(np.ones((3, 3, 1)), np.array([0.7, 0.3]), 1)
    image, bars = figure.axes
    assert (image.get_title(), bars.get_title()) == ("true: 1", "predicted: 0")
    assert [bar.get_hatch() for bar in bars.patches] == [None, "//"]
    plt.close(figure)


def test_confusion_matrix_colours_mistakes_alone(shown):
    plots.confusion_matrix([0, 0, 1, 1, 1, 2], [0, 0, 1, 2, 2, 2])
    ((figure, alt),) = shown
    (axis,) = figure.axes
    assert np.array_equal(axis.images[0].get_array(), [[0, 0, 0], [0, 0, 2], [0, 0, 0]])
    texts = [text.get_text() for text in axis.texts]
    assert texts == ["2", "0", "0", "0", "1", "2", "0", "0", "1"]
    assert "1 taken for 2, 2 times" in alt
    assert axis.get_ylabel() == "true"


def test_confusion_matrix_of_a_perfect_model(shown):
    plots.confusion_matrix([0, 1], [0, 1])
    assert "0 of them wrong" in shown[0][1]


def test_show_displays_once_with_text_and_closes(monkeypatch):
    seen = []
    monkeypatch.setattr(plots, "get_ipython", InteractiveShell.instance)
    monkeypatch.setattr(
        plots, "display", lambda data, raw, metadata: seen.append((data, metadata))
    )
    figure, axis = plt.subplots()
    axis.plot([1, 2])
    plots.show(figure, "A line that rises.")
    ((data, metadata),) = seen
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == metadata["image/png"]["alt"] == "A line that rises."
    assert not plt.fignum_exists(figure.number)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


def test_colours_and_markers_differ():
    assert len(set(plots.PALETTE)) == len(plots.PALETTE) == len(plots.MARKERS)
    assert len(set(plots.MARKERS)) == len(plots.MARKERS)
    for colour in plots.PALETTE:
        assert 1.05 / (luminance(colour) + 0.05) > 2, colour


def nearest(colours, vision: str) -> float:
    """Smallest difference (CAM02-UCS) of two colours to eyes of this kind."""
    seen = np.array([to_rgb(colour) for colour in colours])
    if vision != "full":
        # Machado, Oliveira and Fernandes, 2009, at full severity.
        space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
        seen = np.clip(cspace_convert(seen, space, "sRGB1"), 0, 1)
    return min(
        deltaE(one, other, input_space="sRGB1")
        for one, other in itertools.combinations(seen, 2)
    )


@pytest.mark.parametrize(
    "vision", ["full", "protanomaly", "deuteranomaly", "tritanomaly"]
)
def test_the_palette_is_told_apart_by_any_eyes(vision):
    assert nearest(plots.PALETTE, vision) > 10


def test_another_palette_would_not_be():
    colours = [f"tab:{n}" for n in ("blue", "orange", "green", "red", "purple")]
    assert nearest(colours, "full") > 10
    assert nearest(colours, "protanomaly") < 10


def test_explore_holds_slider_and_still(monkeypatch):
    seen, drawn = [], []
    monkeypatch.setattr(
        explore, "display", lambda data, raw, metadata: seen.append((data, metadata))
    )

    def draw(n):
        drawn.append(n)
        figure, axis = plt.subplots()
        axis.plot(range(n))
        return figure

    explore.explore(draw, alt="n points", n=(1, 9))
    data, metadata = seen[-1]
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == metadata["image/png"]["alt"] == "n points"
    assert "model_id" in data["application/vnd.jupyter.widget-view+json"]
    assert set(drawn) == {5}
    assert plt.get_fignums() == []
