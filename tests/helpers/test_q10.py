"""Helpers for notebook 10 only: distances, modes, a budget of seconds, one graph."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers import q10


class Pair(keras.Model):
    """Two networks of one weight each, whose steps move them by their own rates."""

    def __init__(self):
        super().__init__()
        self.generator, self.discriminator = (
            keras.Sequential([keras.Input((1,)), layers.Dense(1, use_bias=False)])
            for _ in range(2)
        )

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile()
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def train_step(self, rows):
        for network, optimizer in (
            (self.generator, self.generator_optimizer),
            (self.discriminator, self.discriminator_optimizer),
        ):
            ones = [keras.ops.ones_like(v) for v in network.trainable_variables]
            optimizer.apply(ones, network.trainable_variables)
        return {"loss": keras.ops.zeros(())}


@pytest.fixture
def pair():
    model = Pair()
    model.compile(keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.2))
    return model


def test_nearest_finds_the_distance_and_whose_it_is():
    others = np.zeros((3, 2, 2, 1), "float32")
    others[1] = 1
    distances, whose = q10.nearest(others[1:2] + 0.5, others)
    assert distances == pytest.approx([1])
    assert whose == [1]


def test_an_image_may_move_by_a_pixel_and_no_further():
    image = np.zeros((1, 9, 9, 1), "float32")
    image[0, 4, 4] = 1
    for move, far in (((0, 0), 0), ((1, -1), 0), ((0, 2), np.sqrt(2))):
        others = np.roll(image, move, axis=(1, 2))
        assert q10.nearest_when_moved(image, others) == pytest.approx([far])


def test_a_cloud_counts_from_two_percent_of_the_points_on():
    assert q10.modes_of(q10.eight_clouds(1000, 3, 0)) == [8, 8, 8]
    points = np.zeros((100, 2, 2))
    points[:3, 0] = 1, 0
    points[3:4, 0] = 0, 1
    assert q10.modes_of(points) == [1, 0]


def test_layers_side_by_side_keep_to_themselves_and_begin_as_one_does():
    layer = q10.side_by_side(4, 64)
    given = np.zeros((1, 4, 64), "float32")
    given[:, 2] = 1
    out = layer(given).numpy()
    assert out.shape == (1, 4, 64)
    assert [bool(one.any()) for one in out[0]] == [False, False, True, False]
    alone = layers.Dense(64)
    alone.build((None, 64))
    spread = layer.kernel.numpy().std(), alone.kernel.numpy().std()
    assert spread[0] == pytest.approx(spread[1], rel=0.05)


def test_training_stops_when_its_seconds_are_used(pair):
    assert q10.fit_for(0.05, pair, np.zeros((8, 1), "float32"), 4) > 0
    assert q10.fit_for(0.05, pair, (np.zeros((8, 1)), np.zeros(8)), 4) > 0


def test_a_gan_begins_again_with_the_weights_it_had_and_other_rates(pair):
    state, start = q10.state_of(pair), pair.get_weights()
    q10.begin_again(pair, state, (1.0, 0.0))
    pair.fit(np.zeros((4, 1), "float32"), batch_size=2, verbose=0)
    moved, still = pair.get_weights()
    assert moved == pytest.approx(start[0] - 2)
    assert still == start[1]
    q10.begin_again(pair, state, (1.0, 0.5))
    assert pair.get_weights() == start
    pair.fit(np.zeros((4, 1), "float32"), batch_size=2, verbose=0)
    assert pair.get_weights()[1] == pytest.approx(start[1] - 1)


def test_distances_are_drawn_against_seconds(shown):
    pages = [{"seconds": 1.5, "distance": 800.0}, {"seconds": 3.0, "distance": 90.0}]
    q10.draw_distances({"GAN": pages}, {"real digits": 5.0})
    ((figure, alt),) = shown
    line = figure.axes[0].lines[0]
    assert line.get_xydata().tolist() == [[1.5, 800], [3, 90]]
    assert "GAN from 800 to 90; baseline real digits 5." in alt
