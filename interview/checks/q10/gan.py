"""`GAN`, on two tiny networks that are trained one at a time.

With one optimizer's rate at zero that network must stay and the other learn. Any loss,
any convention of labels and any names of the two losses will do. Whether the samples
look like digits isn't seen: such a training takes longer than a check.
"""

import math

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.stats import kstest

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import as_numbers
from interview.checks.q10.stage import (
    BATCH,
    IMAGE,
    IMAGES,
    History,
    Stage,
    loss_of,
    need_finite,
    noise,
    two_kinds,
)
from interview.checks.q10.tiny_networks import (
    LATENT,
    tiny_discriminator,
    tiny_generator,
)

part = AnswerClaims("GAN")
EPOCHS, GREY, LEARNT = 3, 0.25, 0.3


@once
def _tiny_stage(gan_class: type) -> Stage:
    """The GAN of most claims, which is traced once."""
    networks = tiny_generator(), tiny_discriminator()
    gan_class(*networks, latent_dim=LATENT)  # by name, too
    return Stage(gan_class(*networks, LATENT), *networks, (1e-2, 1e-2), by_place=True)


class _FirstFit:
    """What the first training told: losses, moves, latent vectors, the mode."""

    def __init__(self, gan_class: type) -> None:
        stage = _tiny_stage(gan_class)
        self.history, self.moved = stage.fit(two_kinds(IMAGES, 0)[0], EPOCHS)
        recorder = stage.networks[0].get_layer("recorder")
        self.latent, self.told = as_numbers(recorder.seen), recorder.told
        self.vectors = as_numbers(recorder.vectors)


_first_fit = once(_FirstFit)


@part.claim("`fit` takes images alone, for several epochs, and moves both networks")
def fit_takes_images(gan_class: type) -> None:
    first = _first_fit(gan_class)
    for name, distance in zip(("generator", "discriminator"), first.moved, strict=True):
        need(
            distance,
            expected=f"a {name} that has moved after {EPOCHS} epochs",
            got=f"the {name}'s weights moved by exactly 0.0",
            hint="which variables does its gradient belong to, and when is "
            "`trainable` read?",
        )
    need(
        len(first.history) >= 2,
        expected="two losses from `train_step`, under names of your own",
        got=", ".join(first.history) or "none",
        hint="one of each network: looking at one alone tells little.",
    )
    need_finite(
        first.history, "the logarithm, or the root, of a number that isn't positive?"
    )
    still = [name for name, values in first.history.items() if not np.ptp(values)]
    need(
        len(first.history) - len(still) >= 2,
        expected="two losses that change while both networks learn",
        got=", ".join(
            f"{name} {first.history[name][0]:.3g} in each epoch" for name in still
        ),
        hint="a `Mean` that nothing is told says 0. What does each step report?",
    )
    drawn, steps = first.latent, EPOCHS * math.ceil(IMAGES / BATCH)
    different = len(np.unique(drawn[np.abs(drawn).max(axis=1) > 0], axis=0))
    need(
        different >= steps,
        expected=f"fresh latent vectors in each of {steps} steps",
        got=f"{different} different one(s): the noise is drawn once, or the same comes "
        "back",
        hint="Python and NumPy run once, while the step is traced, and a fixed integer "
        "as seed brings the same numbers back. What draws anew each time the graph "
        "runs?",
    )
    _need_standard_normal(first.vectors)


def _need_standard_normal(vectors: np.ndarray) -> None:
    """The numbers may have come from the standard normal distribution.

    Three epochs bring 1,680 of them or more; right ones fail less than once in a
    hundred million runs.
    """
    # The same vectors may serve both networks' steps.
    drawn = np.unique(vectors[np.abs(vectors).max(axis=1) > 0], axis=0).ravel()
    width = drawn.std()
    need(
        abs(width - 1) < 6 / np.sqrt(2 * drawn.size)
        and kstest(drawn, "norm").pvalue > 1e-9,
        expected="latent vectors of standard normal numbers: mean 0, deviation 1",
        got=f"numbers from {drawn.min():.2f} to {drawn.max():.2f}, of mean "
        f"{drawn.mean():.2f} and deviation {width:.2f}",
        hint="a generator draws well from numbers like those it was trained on. From "
        "which distribution do these come, and how wide is it?",
    )


class _Duel:
    """First the discriminator learns alone, then the generator against it."""

    def __init__(self, gan_class: type) -> None:
        stage, real = _tiny_stage(gan_class), two_kinds(IMAGES, 3)[0]
        generator, discriminator = stage.networks
        # The first weights again: the claim before has trained them.
        generator.set_weights(tiny_generator().get_weights())
        discriminator.set_weights(tiny_discriminator().get_weights())
        logits = keras.Model(
            discriminator.inputs, discriminator.get_layer("logit").output
        )

        def gap() -> float:
            fake = generator(noise(IMAGES, LATENT, seed=9), training=False)
            on_real, on_fake = (logits(x, training=False) for x in (real, fake))
            return float(as_numbers(on_real).mean() - as_numbers(on_fake).mean())

        def learnt() -> bool:
            return abs(gap()) >= abs(self.gaps[0]) + LEARNT

        # How far apart the discriminator's mean logits lie, before and after each.
        self.gaps, self.histories, self.moved = [gap()], {}, {}
        for name, rates, ends in (
            # A critic with a penalty may have to train for longer than others.
            ("discriminator", (0.0, 3e-3), learnt),
            ("generator", (3e-3, 0.0), lambda: True),
        ):
            self.histories[name], self.moved[name] = stage.fit_until(ends, real, rates)
            self.gaps.append(gap())


_duel = once(_Duel)


@part.claim("the discriminator's step moves it alone, to tell real from generated")
def discriminator_step(gan_class: type) -> None:
    duel = _duel(gan_class)
    strayed, moved = duel.moved["discriminator"]
    if strayed and not moved:
        _judge_order_of_optimizers(_tiny_stage(gan_class))
    _need_alone("discriminator", moved, "generator", strayed)
    first, then = (abs(gap) for gap in duel.gaps[:2])
    need(
        then >= first + LEARNT,
        expected="a discriminator that learns to tell real from generated",
        got=f"its mean scores lay {first:.2f} apart before and {then:.2f} after, in "
        "logits",
        hint="what is wanted of it for real images, and what for generated ones? It "
        "must be told both.",
    )
    _need_falling_loss("discriminator", duel.histories["discriminator"])
    _need_equal_treatment(_limits(gan_class).ends)


@part.claim("the generator's step moves it alone, towards what passes for real")
def generator_step(gan_class: type) -> None:
    duel = _duel(gan_class)
    moved, strayed = duel.moved["generator"]
    _need_alone("generator", moved, "discriminator", strayed)
    _, before, after = np.array(duel.gaps) * np.sign(duel.gaps[1])
    need(
        after <= before - 0.02,
        expected="a generator that comes nearer to what passes for real",
        got=f"real and generated scores lay {before:.2f} apart and now {after:.2f}: it "
        "helps the discriminator",
        hint="the generator wants its images to be taken for real ones. Which label "
        "says so?",
    )
    _need_falling_loss("generator", duel.histories["generator"])
    nearer = _limits(gan_class).nearer
    need(
        # A regulariser moves it, but not towards the real images. A penalty may divide
        # by the length of a slope that is 0 here: NaN passes.
        not nearer > 0.08,
        expected="a generator that comes no nearer to real images where the "
        "discriminator says the same of all",
        got=f"its mean picture comes nearer by {nearer:.0%}: something else teaches it",
        hint="what passes for real is for the discriminator to say. Which part of the "
        "generator's loss doesn't come through it?",
    )


class _Limits:
    """Two steps where the answer is known: all images alike, and a mute discriminator.

    Attributes:
        ends: of each image that the discriminator was given, its darkest and brightest
            pixel, while real and generated images are all one grey.
        nearer: the share by which the generator's mean picture gets nearer to the real
            ones', in squared error, while the discriminator says the same of all.
    """

    def __init__(self, gan_class: type) -> None:
        _duel(gan_class)
        stage = _tiny_stage(gan_class)
        generator, discriminator = stage.networks
        before = [network.get_weights() for network in stage.networks]
        kernel, bias = generator.get_layer("pixels").weights
        kernel.assign(keras.ops.zeros_like(kernel))
        bias.assign(keras.ops.full_like(bias, math.log(GREY / (1 - GREY))))
        ends = discriminator.get_layer("onlooker").ends
        ends.assign(tf.fill(ends.shape, np.nan))
        stage.fit(np.full((IMAGES, *IMAGE), GREY, "float32"), 1, (0.0, 0.0))
        self.ends = as_numbers(ends)
        self.ends = self.ends[np.isfinite(self.ends).all(axis=1)]
        generator.set_weights(before[0])
        # All of the discriminator is mute, since hidden units may teach the generator,
        # too.
        for variable in discriminator.trainable_variables:
            variable.assign(keras.ops.zeros_like(variable))
        images, latent = two_kinds(IMAGES, 3)[0], noise(IMAGES, LATENT)

        def gap() -> float:
            drawn = as_numbers(generator(latent, training=False)).mean(axis=0)
            return float(np.square(drawn - images.mean(axis=0)).mean())

        first = gap()
        stage.fit(images, EPOCHS, (1e-2, 0.0))
        self.nearer = 1 - gap() / first
        for network, values in zip(stage.networks, before, strict=True):
            network.set_weights(values)


_limits = once(_Limits)


def _need_equal_treatment(ends: np.ndarray) -> None:
    """Images of one grey reach the discriminator as one grey.

    What differs from image to image, such as noise, is let pass.
    """
    greys = ends[np.ptp(ends, axis=1) < 1e-6, 0].round(3)
    values, counts = np.unique(greys, return_counts=True)
    # Real and generated images are each a fifth or more of what is seen, even beside
    # the points of a penalty.
    values = values[counts >= 0.2 * len(ends)]
    need(
        len(values) < 2 or np.ptp(values) < 0.01,
        expected=f"real and generated images of one grey, {GREY}, to look alike to the "
        "discriminator",
        got="they reach it as " + " and ".join(f"{value:.2f}" for value in values),
        hint="another range gives the generated ones away, and the generator can't "
        "reach it. What is done to one kind on the way is done to the other.",
    )


def _judge_order_of_optimizers(stage: Stage) -> None:
    """End the proof if the optimizers are right by name, so not by place."""
    stage.by_place = False
    stage.compile((0.0, 1e-2))
    _, (strayed, moved) = stage.fit(two_kinds(IMAGES, 3)[0], 1)
    need(
        strayed or not moved,
        expected="`compile(generator_optimizer, discriminator_optimizer)`, in this "
        "order",
        got="a discriminator that learns by the first of two optimizers",
        hint="the signature in the task says which comes first.",
    )


def _need_alone(name: str, moved: float, other: str, strayed: float) -> None:
    need(
        not strayed,
        expected=f"a {other} that stays: the rate of its optimizer is 0 here",
        got=f"the {other} moved by {strayed:.2g} while the {name} learned, by another "
        "optimizer than its own",
        hint=f"the {name}'s step applies gradients to the {name}'s variables alone, by "
        "the optimizer passed for it.",
    )
    need(
        moved,
        expected=f"a {name} that learns while the {other} rests",
        got=f"the {name}'s weights moved by exactly 0.0",
        hint=f"use the optimizer that was passed for the {name}.",
    )


def _need_falling_loss(name: str, history: History) -> None:
    if loss := loss_of(name, history):
        first, last = history[loss][0], history[loss][-1]
        need(
            last <= first + 1e-3,
            expected=f"{loss} falls while the {name} alone learns",
            got=f"it rises from {first:.3f} to {last:.3f}",
            hint="report the loss that is minimised, under the network's name.",
        )


@part.note
def _(gan_class: type) -> str | None:
    if _first_fit(gan_class).told:
        return None
    return (
        "the generator is called without `training=True` in its own step: batch "
        "normalisation and dropout would do nothing there. Expect the question."
    )
