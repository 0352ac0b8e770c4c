"""Helpers for notebook 3 only: drawings of apples and of models."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers import q03, tasks


@pytest.fixture(scope="module")
def task():
    return tasks.make_multi_input_task(train_size=600, test_size=200, seed=0)


def test_figures_have_a_panel_for_each_stain_and_all_grades(task, shown):
    q03.draw_photographs(task)
    q03.draw_grades(task)
    (photographs, said), (grades, _) = shown
    assert len(photographs.axes) == 8
    assert "dark inside" in said
    captions = [axis.get_title() for axis in photographs.axes]
    assert [caption[:7] for caption in captions] == ["stain 0"] * 4 + ["stain 1"] * 4
    named = [caption.splitlines()[1] for caption in captions]
    assert all(a != b for a, b in zip(named[:4], named[4:], strict=True))
    assert [axis.get_title()[:7] for axis in grades.axes] == ["stain 0", "stain 1"]
    labels = [text.get_text() for text in grades.axes[1].get_legend().get_texts()]
    assert labels == list(task.grades)


@pytest.mark.parametrize("silenced", ["nothing", "image", "metadata"])
def test_one_apple_says_what_is_silenced(task, silenced):
    row, probabilities = 3, np.array([0.1, 0.2, 0.3, 0.4, 0.0])
    inputs = {"metadata": np.arange(10.0)[None]}
    figure = q03.apple_figure(task, row, inputs, probabilities, silenced)
    photograph, measured, said = figure.axes
    assert photograph.get_title().endswith("silenced") == (silenced == "image")
    assert measured.get_title().endswith("silenced") == (silenced == "metadata")
    assert [bar.get_height() for bar in said.patches[:5]] == list(probabilities)
    [hatched] = [patch for patch in said.patches if patch.get_hatch() == "//"]
    assert hatched.get_x() == task.y_test[row] - 0.5


def test_the_graph_has_a_box_for_each_layer_with_its_name_and_shape(shown):
    left, right = keras.Input((8, 8, 3), name="left"), keras.Input((4,), name="right")
    pooled = layers.GlobalMaxPooling2D()(layers.Conv2D(5, 3)(left))
    merged = layers.Concatenate(name="merged")([pooled, right])
    model = keras.Model([left, right], layers.Dense(2, name="class")(merged))
    q03.draw_graph(model, "Who feeds whom?")
    ((figure, alt),) = shown
    axis = figure.axes[0]
    boxes = {text.get_text(): text for text in axis.texts if text.get_text()}
    # Keras's own names, such as conv2d_3, say nothing to a reader.
    assert {"left\n8×8×3", "right\n4", "Conv2D\n6×6×5", "merged\n9"} <= set(boxes)
    assert "Global Max\nPooling2D\n5" in boxes
    # The inputs stand at the left, below each other; the output at the right.
    (x, y), (x_right, y_right) = (
        boxes[text].get_position() for text in ("left\n8×8×3", "right\n4")
    )
    assert x == x_right
    assert y > y_right
    assert boxes["class\n2"].get_position()[0] == 4
    assert len(axis.texts) == len(boxes) + 5  # an arrow for each tensor that is fed
    assert "right → merged" in alt
    assert "merged → class" in alt
