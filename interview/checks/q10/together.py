"""What must fit together: the GAN's loss, and what the learner's discriminator returns.

On the check's own discriminator, which ends in a sigmoid layer, each way of writing the
loss does well enough; on one that returns something else than the loss takes it for,
learning ends as soon as it's sure. So it does with the saturating loss, which the
question rules out; it's seen on logits, where real images have the higher ones.
"""

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import as_numbers
from interview.checks.q10.stage import (
    IMAGES,
    Builder,
    History,
    Stage,
    loss_of,
    need_finite,
    noise,
    scores,
    two_kinds,
)

part = AnswerClaims("build_generator", "build_discriminator", "GAN")


@once
def _sure(
    build_generator: Builder, build_discriminator: Builder, gan_class: type
) -> tuple[Stage, History]:
    """The learner's three, trained until the discriminator is sure of itself."""
    keras.utils.set_random_seed(0)
    generator, discriminator = build_generator(), build_discriminator()
    # A subclassed network has no weights before it's called.
    discriminator(generator(noise(2, 100), training=False), training=False)
    gan = gan_class(generator, discriminator)
    stage = Stage(gan, generator, discriminator, (0.0, 3e-3))
    history, _ = stage.fit(two_kinds(IMAGES, 4)[0], 8, (0.0, 3e-3))
    return stage, history


@part.claim("takes your generator and discriminator, latent_dim being 100 by default")
def takes_your_networks(build_generator, build_discriminator, gan_class) -> None:
    _, history = _sure(build_generator, build_discriminator, gan_class)
    need_finite(
        history,
        "the logarithm of a number that isn't positive? A logit can be anything, a "
        "probability can be 0; a loss on logits keeps clear of both.",
    )


@part.claim("its loss fits what your discriminator returns, a probability or a logit")
def loss_fits(build_generator, build_discriminator, gan_class) -> None:
    stage, history = _sure(build_generator, build_discriminator, gan_class)
    _need_no_second_sigmoid(stage, history)
    _, (moved, _) = stage.fit(two_kinds(IMAGES, 4)[0], epochs=1, rates=(1e-3, 0.0))
    need(
        moved >= 1e-5,
        expected="your generator still gets a gradient once your discriminator is sure "
        "of itself",
        got="no gradient: the generator stands still",
        hint="a loss that takes the output for a probability clips it to 0 and 1. Does "
        "your discriminator return a probability or a logit?",
    )
    _need_no_saturation(stage)


def _need_no_saturation(stage: Stage) -> None:
    """The generator's gradient is about as large as that of the logits themselves.

    The saturating loss, log(1 - probability), has the slope `caught` on a logit; the
    usual one has 1 - `caught`, least squares and Wasserstein's have at least that.
    """
    generator, discriminator = stage.networks
    rule = stage.optimizers[0]
    # Adam's mean gradient after three steps; it doesn't depend on the rates.
    means = [v for v in rule.variables if v.path.endswith("momentum")]
    length = np.sqrt(sum(np.sum(as_numbers(v) ** 2) for v in means))
    shares, caught = [], []
    for training in (True, False):
        with tf.GradientTape() as tape:
            images = generator(noise(IMAGES, 100), training=training)
            logits = discriminator(images, training=training)
            mean = tf.reduce_mean(logits)
        given = as_numbers(logits)
        if given.min() >= 0 and given.max() <= 1:
            return
        slopes = tape.gradient(mean, generator.trainable_variables)
        slopes = [as_numbers(slope) for slope in slopes if slope is not None]
        shares.append(length / np.sqrt(sum(np.sum(slope**2) for slope in slopes)))
        caught.append(float(np.mean(1 / (1 + np.exp(-given)))))
    need(
        max(caught) > 0.1 or max(shares) > 3 * max(caught),
        expected="a generator whose gradient stays large once its images are caught",
        got=f"a gradient of {max(shares):.2g} times that of the logits, whose mean "
        f"probability is {max(caught):.2g}: it fades as the discriminator gets better",
        hint="log(1 - probability) is flat where the discriminator is sure. Which loss "
        "isn't?",
    )


def _need_no_second_sigmoid(stage: Stage, history: History) -> None:
    """A sure discriminator's loss isn't that of its probabilities taken as logits."""
    generator, discriminator = stage.networks
    real, fake = two_kinds(IMAGES, 4)[0], generator(noise(IMAGES, 100), training=False)
    on_real, on_fake = (scores(discriminator, images) for images in (real, fake))
    everything = np.concatenate([on_real, on_fake])
    probabilities = everything.min() >= 0 and everything.max() <= 1
    sure = abs(on_real.mean() - on_fake.mean()) > 0.8
    name = loss_of("discriminator", history)
    if not (probabilities and sure and name):
        return
    loss = history[name][-1]
    up, down = sorted((on_real.mean(), on_fake.mean()), reverse=True)
    wrong = np.log1p(np.exp(-up)) + np.log1p(np.exp(down))
    need(
        min(abs(loss - wrong), abs(loss - wrong / 2)) >= 0.06,
        expected="a discriminator's loss that falls towards 0 as it tells real from "
        "generated",
        got=f"{loss:.2f}, though its outputs are {up:.2f} for one kind and {down:.2f} "
        "for the other",
        hint="a loss on logits can't fall further if it's given numbers from 0 to 1. "
        "Does your discriminator return a probability or a logit?",
    )
