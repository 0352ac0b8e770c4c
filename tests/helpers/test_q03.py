"""Helpers for notebook 3 only: drawings of apples, which say what they show."""

import numpy as np
import pytest

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
