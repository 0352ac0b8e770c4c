"""`build_generator`: images from ordinary latent vectors and from very long ones."""

import helpers.quiet  # isort: skip
import numpy as np

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import as_numbers, shaped, steady
from interview.checks.models import claim_own_models, keras_model, same_from_file
from interview.checks.q10.stage import IMAGE, Builder, noise

part = AnswerClaims("build_generator")


@once
def _generator(build: Builder):
    """The generator of most claims, which take no notice of its moving averages."""
    return build()


@part.claim("maps latent vectors of any size to images (28, 28, 1)")
def makes_images(build: Builder) -> None:
    for size, returned in (
        (100, _generator(build)),
        (100, build(latent_dim=100)),
        (16, build(latent_dim=16)),
        (16, build(16)),
    ):
        model = keras_model(returned, name="build_generator", compiled=False)
        # A subclassed model has no input of its own.
        inputs = getattr(model, "input_shape", None) or (None, size)
        need(
            inputs[-1] == size,
            expected=f"input (batch, {size}) for latent_dim={size}",
            got=f"input {inputs}: latent_dim is ignored",
            hint="the first layer takes `latent_dim` numbers.",
        )
        for count in (3, 1):
            shaped(
                model(noise(count, size), training=False),
                (count, *IMAGE),
                what="images",
                hint="the discriminator will see real images of shape (28, 28, 1) "
                "beside these.",
            )


@part.claim("keeps to the images' range, 0 to 1, whatever the latent vector")
def keeps_to_the_range(build: Builder) -> None:
    model = _generator(build)
    for scale in (1.0, 100.0):
        images = as_numbers(model(noise(64, 100, scale), training=False))
        need(
            np.isfinite(images).all(),
            expected="finite pixels",
            got=f"NaN or infinity for vectors of about {scale * 10:.0f} in length",
            hint="does anything overflow on the way, or is it divided by 0?",
        )
        low, high = float(images.min()), float(images.max())
        tanh = low >= -1 and high <= 1
        need(
            low >= -1e-6 and high <= 1 + 1e-6,
            expected="pixels from 0 to 1, as the training images have them",
            got=f"{low:.2f} to {high:.2f}"
            + (", the range of tanh" if tanh else ": the output isn't bounded"),
            hint="a discriminator tells a wrong range at the first glance. Which "
            "activation ends at 0 and 1?",
        )


@part.claim("draws different images for different vectors, the same for the same")
def draws_differ(build: Builder) -> None:
    model = _generator(build)
    # In training mode: batch normalisation's averages know nothing yet.
    for seed in range(3):
        model(noise(64, 100, seed=seed), training=True)
    images = steady(
        lambda: model(noise(8, 100), training=False),
        what="images",
        hint="chance comes in with the latent vector, and nowhere else.",
    )
    need(
        images.std(axis=0).max() >= 1e-4,
        expected="images that depend on the latent vector",
        got="the same image for eight vectors",
        hint="does the vector reach the output?",
    )
    need(
        model.trainable_variables,
        expected="weights that can be trained",
        got="none",
        hint="`trainable = False` stays with a network wherever it's used.",
    )


@part.claim("saves and loads in safe mode, and draws the same images")
def same_images_from_a_file(build: Builder) -> None:
    model, latent = _generator(build), noise(3, 100)
    same_from_file(model, lambda model: model(latent), type(model), what="images")


claim_own_models(part, lambda: (noise(2, 100), None))
