"""`gradient_penalty`, the bug hunt, with critics whose slope is known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.stats import kstest

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, as_numbers, close

part = AnswerClaims("gradient_penalty")
Penalty = Callable[..., tf.Tensor]


class _Critic(keras.Model):
    """A function of an image; keeps the images it was called with."""

    def __init__(self, function: Callable, **kwargs):
        super().__init__(**kwargs)
        self.function, self.points = function, []

    def call(self, images, training=False):
        if tf.executing_eagerly():
            self.points.append(as_numbers(images))
        return self.function(images)


def _linear(slope: float) -> tuple[tf.Variable, _Critic]:
    """A critic with the same gradient everywhere, and that gradient."""
    direction = tf.Variable(tf.fill((4, 4, 1), slope / 4))
    return direction, _Critic(
        lambda x: tf.reduce_sum(x * direction, [1, 2, 3])[:, None]
    )


def _images(count: int, seed: int) -> tf.Tensor:
    values = np.random.default_rng(seed).random((count, 4, 4, 1))
    return tf.constant(values, "float32")


def _number(penalty) -> float:
    array = as_numbers(penalty)
    need(
        array.size == 1,
        expected="one number for the batch, the mean over its images",
        got=f"shape {array.shape}",
        hint="take the mean at the very end.",
    )
    return float(array.reshape(()))


@part.claim("takes the gradient of each image's own score, and its length by image")
def gradient_of_each_image(gradient_penalty: Penalty) -> None:
    for slope in (3.0, 1.0, 0.5):
        for count in (1, 5):
            critic = _linear(slope)[1]
            got = _number(
                gradient_penalty(critic, _images(count, 0), _images(count, 1))
            )
            agree(
                got,
                (slope - 1) ** 2,
                expected=f"{(slope - 1) ** 2:.4f} for {count} image(s) and a linear "
                f"critic of slope {slope}",
                shown=f"{got:.4f}",
                hint="the gradient is that of the score with respect to the image.",
                same=lambda got, right: abs(got - right) < 1e-3 * max(1, right),
                faults=_slope_faults(slope, count),
            )


def _slope_faults(slope: float, count: int) -> tuple[Fault, ...]:
    return (
        Fault(
            (slope * count**0.5 - 1) ** 2,
            "the length of the whole batch's gradient, taken as one vector",
            "one length for each image: over which axes is summed?",
        ),
        Fault(
            (slope / count - 1) ** 2,
            "gradients divided by the batch size: those of the mean score",
            "each image's gradient belongs to its own score. What does the tape do "
            "with a vector of scores?",
        ),
        Fault(
            (slope / count**0.5 - 1) ** 2,
            "gradients of the mean score, and one length for the whole batch",
            "one gradient and one length for each image.",
        ),
        Fault(
            slope**2,
            "lengths drawn to 0, not to 1",
            "Wasserstein's critic has slope 1 nearly everywhere.",
        ),
        Fault(
            (slope**2 - 1) ** 2,
            "the squared length's distance from 1: its root is forgotten",
            "the sum of squares is the length's square.",
        ),
        Fault(
            (slope / 2 - 1) ** 2,
            "lengths of an image's rows or columns: an axis is missing in the sum",
            "an image has three axes, and one length.",
        ),
        Fault(
            max(slope - 1, 0) ** 2,
            "only lengths above 1 are punished",
            "the distance from 1 counts on both sides, so lengths below it do too.",
        ),
    )


@contextmanager
def _eager() -> Iterator[None]:
    """Functions run as Python, compiled ones too, so that a critic can keep notes."""
    before = tf.config.functions_run_eagerly()
    tf.config.run_functions_eagerly(True)
    try:
        yield
    finally:
        tf.config.run_functions_eagerly(before)


@part.claim("looks between real and generated, at another point for each pair")
def between_real_and_generated(gradient_penalty: Penalty) -> None:
    count, ends = 1000, (0.25, 1.0)
    fake, real = (tf.fill((count, 4, 4, 1), end) for end in ends)
    # Its gradient is the image itself.
    critic = _Critic(lambda x: tf.reduce_sum(tf.square(x), [1, 2, 3])[:, None] / 2)
    with _eager():
        got = _number(gradient_penalty(critic, real, fake))
    points = np.concatenate(critic.points).reshape(-1, 16)
    shares = (points - ends[0]) / (ends[1] - ends[0])
    need(
        shares.min() >= -1e-5 and shares.max() <= 1 + 1e-5,
        expected="points between the real and the generated image",
        got=f"points that lie outside: shares from {shares.min():.2f} to "
        f"{shares.max():.2f}",
        hint="share · real + (1 - share) · fake, the share from 0 to 1.",
    )
    need(
        np.ptp(shares, axis=1).max() < 1e-4,
        expected="one share for all pixels of a pair: a point on its line",
        got="another share for each pixel",
        hint="the shape of the share is (batch, 1, 1, 1).",
    )
    shares = shares[:, 0]
    for end, kind in enumerate(("generated", "real")):
        need(
            np.abs(shares - end).max() > 1e-5,
            expected="points between the real and the generated image",
            got=f"one share, {end:.2f}, for all: the {kind} images themselves",
            hint="a point between two images is a mixture of both.",
        )
    need(
        np.ptp(shares) > 1e-6,
        expected="another share for each pair of the batch",
        got=f"one share, {shares[0]:.2f}, for the whole batch",
        hint="how many random numbers does a batch need?",
    )
    need(
        kstest(shares, "uniform").pvalue > 1e-6,
        expected="shares drawn evenly from 0 to 1",
        got=f"{np.mean(shares < 0.1):.0%} of them below 0.1, and "
        f"{np.mean(shares > 0.9):.0%} above 0.9",
        hint="which distribution is even?",
    )
    lengths = np.linalg.norm(points, axis=1)
    right, mean_first = np.mean((lengths - 1) ** 2), (np.mean(lengths) - 1) ** 2
    agree(
        got,
        right,
        expected=f"{right:.3f}, the mean of the squared differences at these points",
        shown=f"{got:.3f}",
        hint="square each length's difference from 1, then take the mean.",
        same=lambda got, right: abs(got - right) < 1e-3,
        faults=[
            Fault(
                mean_first,
                "the square of the mean difference",
                "too long and too short mustn't cancel: square first, then mean.",
            )
        ],
    )


@part.claim("passes a gradient on to the critic's weights")
def reaches_the_weights(gradient_penalty: Penalty) -> None:
    direction, critic = _linear(3.0)
    with tf.GradientTape() as tape:
        loss = gradient_penalty(critic, _images(5, 0), _images(5, 1))
    gradient = tape.gradient(loss, direction)
    right = 2 * (3.0 - 1) * direction.numpy() / 3.0
    need(
        gradient is not None and close(as_numbers(gradient), right, atol=1e-3),
        expected="the penalty's gradient, which shortens the critic's slope",
        got="none" if gradient is None else "another one",
        hint="stay in TensorFlow from the images to the penalty, and let nothing stop "
        "the gradient on the way.",
    )
