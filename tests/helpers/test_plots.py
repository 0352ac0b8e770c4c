"""Figures: their lines, dots, bars, pictures and texts are those of the data."""

import base64
import itertools

import matplotlib.pyplot as plt
import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.colors import to_rgb

from helpers import explore, plots
from helpers.stats import Estimate

HISTORY = {
    "loss": [1.0, 0.5, 0.2],
    "val_loss": [1.1, 0.6, 0.4],
    "accuracy": [0.5, 0.8, 0.9],
    "val_accuracy": [0.4, 0.7, 0.85],
}


def texts_of(legend) -> list[str]:
    return [text.get_text() for text in legend.texts]


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
    names = ["training", "validation", "logistic regression"]
    assert texts_of(accuracy.get_legend()) == names
    assert (accuracy.get_xlabel(), accuracy.get_ylabel()) == ("epoch", "accuracy")
    assert "validation from 0.4 to 0.85; baseline logistic regression 0.6" in alt


def test_learning_curves_without_accuracy(shown):
    history = {name: values for name, values in HISTORY.items() if "loss" in name}
    plots.learning_curves(history, 0.6)
    ((figure, alt),) = shown
    (loss,) = figure.axes
    assert loss.get_ylabel() == "loss"
    assert len(loss.lines) == 2
    assert "baseline" not in alt


def test_curves_mark_their_best_place_and_their_baselines(shown):
    lines = {"fast": [0.9, 0.5, 0.6], "slow": [0.9, 0.8, 0.7]}
    plots.curves(
        lines,
        title="Which?",
        ylabel="loss",
        best=np.argmin,
        baselines={"collapse": Estimate(0.5, 0.1)},
    )
    ((figure, alt),) = shown
    (axis,) = figure.axes
    assert axis.get_title() == "Which?"
    stars = [line for line in axis.lines if line.get_marker() == "*"]
    assert [line.get_xydata().tolist() for line in stars] == [[[2, 0.5]], [[3, 0.7]]]
    assert axis.patches[0].get_extents().height > 0
    assert alt == (
        "Which? Loss by epoch: fast from 0.9 to 0.6, best 0.5 at 2; slow from 0.9 to "
        "0.7, best 0.7 at 3; baseline collapse 0.5 ± 0.1."
    )


def test_curves_of_replicates_have_a_bar_of_one_standard_error(shown):
    plots.curves({"soft": [[1.0, 2.0], [3.0, 2.0]]}, title="Q?", ylabel="y", x=[4, 8])
    ((figure, _),) = shown
    (axis,) = figure.axes
    (drawn,) = axis.containers
    line, _, (bars,) = drawn.lines
    assert line.get_xydata().tolist() == [[4, 2], [8, 2]]
    assert [path.vertices[:, 1].tolist() for path in bars.get_paths()] == [
        [1, 3],
        [2, 2],
    ]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["4", "8"]


def test_panels_of_curves_share_an_axis_if_it_has_one_name(shown):
    panels = {"one": {"seed 0": [1, 2]}, "two": {"seed 0": [1, 9]}}
    levels = {"two": {"chance": 5}}
    plots.curves(panels, title="Q?", baselines=levels)
    plots.curves(panels, title="Q?", ylabel="accuracy", baselines={"chance": 5})
    (own, _), (shared, alt) = shown
    assert [axis.get_ylabel() for axis in own.axes] == ["one", "two"]
    assert [len(axis.lines) for axis in own.axes] == [1, 2]
    assert [axis.get_ylabel() for axis in shared.axes] == ["accuracy", ""]
    assert [axis.get_title() for axis in shared.axes] == ["one", "two"]
    assert shared.axes[0].get_ylim() == shared.axes[1].get_ylim()
    # The second panel has the same lines, so the first one's legend serves both.
    assert shared.axes[0].get_legend()
    assert not shared.axes[1].get_legend()
    assert "Two by epoch: seed 0 from 1 to 9; baseline chance 5." in alt


def test_curves_may_have_places_of_their_own(shown):
    places = {"a": [0.5, 1.5], "b": [1, 2]}
    plots.curves({"a": [1, 2], "b": [3, 4]}, title="Q?", ylabel="y", x=places)
    lines = shown[0][0].axes[0].lines
    assert [line.get_xdata().tolist() for line in lines] == [[0.5, 1.5], [1, 2]]


def test_images_in_a_grid_have_captions(shown):
    pictures = np.random.default_rng(0).random((5, 28, 28, 1))
    captions = ["1 → 1", "2 → 2", "3 → 9", "4 → 4", "5 → 5"]
    plots.images(pictures, captions, title="Q?", columns=3)
    ((figure, alt),) = shown
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["1 → 1", "2 → 2", "3 → 9", "4 → 4", "5 → 5", ""]
    assert np.array_equal(figure.axes[2].images[0].get_array(), pictures[2, ..., 0])
    assert not figure.axes[5].images
    # One scale for all: the same grey means the same number.
    assert {axis.images[0].get_clim() for axis in figure.axes[:5]} == {
        (0, pictures.max())
    }
    assert "5 images: 1 → 1, 2 → 2, 3 → 9" in alt


def test_images_without_captions(shown):
    plots.images(np.zeros((2, 8, 8)), title="Filters?")
    ((figure, alt),) = shown
    assert len(figure.axes[0].images) == 1
    assert alt == "Filters? 2 images."


def test_images_in_rows_stand_behind_their_names(shown):
    flat = np.random.default_rng(0).random((3, 64))
    rows = {"flat\n0.5": flat, "square": np.zeros((3, 8, 8))}
    plots.images(rows, "abc", title="Q?", alt="Noise.")
    ((figure, alt),) = shown
    assert [axis.get_ylabel() for axis in figure.axes] == list(rows)
    # Each picture is 8 pixels wide, with one empty pixel at each side.
    drawn = figure.axes[0].images[0].get_array()
    assert np.array_equal(drawn[:, 11:19], flat[1].reshape(8, 8))
    assert drawn.mask[:, [9, 10]].all()
    assert [tick.get_text() for tick in figure.axes[0].get_xticklabels()] == [*"abc"]
    assert figure.axes[0].get_xticks().tolist() == [4.5, 14.5, 24.5]
    assert alt == "Q? 2 rows of 3 images: flat 0.5, square. Noise."


def test_images_are_black_from_a_limit_on(shown):
    noisy = np.array([[[-1.0, 0.5, 2.0]]])
    plots.images(noisy, title="Q?", limit=1)
    plots.images({"colours": np.zeros((2, 4, 4, 3), "uint8")}, title="Q?")
    (figure, _), (colours, _) = shown
    assert figure.axes[0].images[0].get_clim() == (0, 1)
    # The margins between coloured pictures are white.
    drawn = colours.axes[0].images[0].get_array()
    assert drawn.shape == (4, 12, 3)
    assert (drawn[:, 5:7] == 255).all()


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
    """The smallest difference (CAM02-UCS) of two colours for a kind of vision."""
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
