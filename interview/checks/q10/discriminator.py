"""`build_discriminator`, which gives a logit or a probability of "real".

Which of them is seen where the GAN's loss meets it (`together`). A GAN may also call
real 0, if it does so throughout.
"""

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import shaped
from interview.checks.models import claim_own_models, keras_model, same_from_file
from interview.checks.q10.stage import Builder, scores, two_kinds

part = AnswerClaims("build_discriminator")


@once
def _discriminator(build: Builder):
    """The discriminator of most claims."""
    return build()


@part.claim("gives one number per image (28, 28, 1)")
def one_number_per_image(build: Builder) -> None:
    model = keras_model(
        _discriminator(build), name="build_discriminator", compiled=False
    )
    for count in (3, 1):
        shaped(
            model(tf.constant(two_kinds(count, 0)[0]), training=False),
            (count, 1),
            (count,),
            what="scores",
            hint="real or generated is one question; one probability or one logit "
            "answers it.",
        )


@part.claim("isn't frozen, and can learn to tell two kinds of image apart")
def can_learn(build: Builder) -> None:
    model = _discriminator(build)
    real, fake = two_kinds(64, 1)
    model(real[:2], training=False)
    need(
        model.trainable_variables,
        expected="weights that can be trained",
        got="none: the discriminator comes frozen",
        hint="leave `trainable` alone; the step decides which variables move.",
    )
    need(
        not all(np.all(scores(model, images) == 1) for images in (real, fake)),
        expected="scores that depend on the image",
        got="1 for every image",
        hint="a softmax over one unit is 1 whatever goes in (and Keras's losses may "
        "see the logits behind it). One unit takes a sigmoid, or no activation.",
    )
    _teach(model, real, fake)
    real, fake = two_kinds(64, 2)
    right = float((scores(model, real) > np.median(scores(model, fake))).mean())
    need(
        right >= 0.9,
        expected="after 40 steps, real images above the middle of the others",
        got=f"{right:.0%} of them",
        hint="do gradients reach all layers? Can the output go both ways?",
    )


def _teach(model: keras.Model, real: np.ndarray, fake: np.ndarray) -> None:
    optimizer = keras.optimizers.Adam(1e-3)
    # Variables made in the first trace would ask for a second one.
    optimizer.build(model.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            # Right for a probability and for a logit: real up, generated down.
            gap = tf.reduce_mean(model(real, training=True)) - tf.reduce_mean(
                model(fake, training=True)
            )
            loss = -tf.tanh(gap)
        variables = model.trainable_variables
        optimizer.apply_gradients(
            zip(tape.gradient(loss, variables), variables, strict=True)
        )

    for _ in range(40):
        step()


@part.claim("saves and loads in safe mode, and gives the same scores")
def same_scores_from_a_file(build: Builder) -> None:
    model, images = _discriminator(build), tf.constant(two_kinds(3, 0)[0])
    same_from_file(model, lambda model: model(images), type(model), what="scores")


claim_own_models(part, lambda: (two_kinds(2, 0)[0], None))
