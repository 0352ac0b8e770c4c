"""Drawings of notebook 10 only: gradient paths and the smallest GAN."""

import numpy as np
import pytest

from helpers import q10


def test_gradients_go_back_to_the_network_that_learns(shown):
    q10.draw_paths()
    ((figure, alt),) = shown
    assert len(figure.axes) == 2
    first, second = alt.split("Second")
    assert "to D, whose weights move, and no further" in first
    assert "to G, whose weights move" in second


def test_the_game_is_drawn_with_its_last_step(shown):
    path = np.array([[0.0, 1.0], [0.6, 0.8], [0.3, 0.4]])
    q10.draw_game({"one": path, "two": path / 2})
    ((figure, alt),) = shown
    np.testing.assert_array_equal(figure.axes[0].lines[0].get_xydata(), path)
    assert "one ends 0.50 away, two ends 0.25 away" in alt


def test_a_single_game_has_one_panel():
    path = np.array([[0.0, 1.0], [0.6, 0.8]])
    (axis,) = q10.game_figure({"one": path}).axes
    assert axis.get_title() == "one\nends 1.00 away"


def test_recorded_weights_keep_their_order(tmp_path, monkeypatch):
    arrays = [np.full((2,), i, "float16") for i in range(11)]
    np.savez(tmp_path / "recorded.npz", *arrays, steps=3, seconds=7)
    monkeypatch.setattr(q10, "RECORDED", tmp_path / "recorded.npz")
    weights = q10.recorded_weights()
    assert [w[0] for w in weights] == pytest.approx(range(11))
    assert weights[0].dtype == "float32"


def test_the_notebooks_networks_are_those_of_the_recorded_run():
    from tools import recorded_gan  # imports TensorFlow, which takes seconds

    weights = q10.recorded_weights()
    generator, discriminator = recorded_gan.networks_of_notebook()
    generator.set_weights(weights)
    assert generator.input_shape[0][-1] == recorded_gan.LATENT_DIM
    assert discriminator.output_shape == (None,)


def test_the_recorded_program_has_the_layers_of_the_notebooks_generator():
    shapes = [w.shape for w in q10.recorded_weights(q10.PROGRAM) if w.ndim == 2]
    assert shapes == [(100, 128), (128, 256), (256, 784)]
