"""GAN: each sentence of Task 3, and the claim that covers it.

- "`fit(images)` trains both networks": images alone, the last batch smaller, fresh
  latent vectors in each step, standard normal ones, both networks moved.
- "each by its own optimizer": with one rate at zero that network stays, and the other
  learns; in which direction is seen in what the discriminator says. It sees real and
  generated images in the same way, and the generator learns from nothing but it.
- "returns at least two losses, one of each network": two finite numbers; where their
  names say whose they are, each falls while its network alone learns.
- "`latent_dim=100`": another size here, the default in `together`.
- "It saves and loads": both networks, with their weights.

Whether the networks are told that they're training is a note.
"""

import math

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf
from scipy.stats import kstest

from interview.checks.claims import Part, need, once
from interview.checks.kit import close, numbers
from interview.checks.models import layers_of, reloaded
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

part = Part("GAN")
LATENT, EPOCHS, GREY, LEARNT = 7, 3, 0.25, 0.3


@keras.saving.register_keras_serializable("interview_q10")
class _Recorder(keras.layers.Layer):
    """Passes its input on; keeps the first vector of each of the last 64 batches.

    And the last 512 vectors of all.
    """

    def build(self, shape):
        self.told = False
        self.seen = self.add_weight(
            name="seen", shape=(64, shape[-1]), trainable=False, initializer="zeros"
        )
        self.vectors = tf.Variable(tf.zeros((512, shape[-1])), trainable=False)

    def call(self, inputs, training=False):
        if inputs.shape[-1] not in (None, self.seen.shape[-1]):
            raise ValueError(
                f"expected axis -1 of the latent vectors to have {self.seen.shape[-1]} "
                f"numbers, got {inputs.shape[-1]}"
            )
        self.told = self.told or bool(training)
        self.seen.assign(keras.ops.concatenate([inputs[:1], self.seen[:-1]]))
        self.vectors.assign(keras.ops.concatenate([inputs, self.vectors])[:512])
        return inputs


@keras.saving.register_keras_serializable("interview_q10")
class _Onlooker(keras.layers.Layer):
    """Passes images on; keeps the darkest and the brightest pixel of the last 512."""

    def build(self, shape):
        # No weight of the layer: a critic's may be clipped, and these mustn't be.
        self.ends = tf.Variable(tf.zeros((512, 2)), trainable=False)

    def call(self, images):
        pixels = tf.cast(tf.reshape(images, (-1, math.prod(IMAGE))), "float32")
        ends = [tf.reduce_min(pixels, axis=1), tf.reduce_max(pixels, axis=1)]
        ends = tf.concat([tf.stack(ends, axis=1), self.ends], axis=0)
        self.ends.assign(ends[:512])
        return images


def _tiny_generator() -> keras.Model:
    keras.utils.set_random_seed(0)
    return _without_predict(
        keras.Sequential(
            [
                keras.Input((LATENT,)),
                _Recorder(name="recorder"),
                keras.layers.Dense(16, activation="tanh"),
                keras.layers.Dense(784, activation="sigmoid", name="pixels"),
                keras.layers.Reshape(IMAGE),
            ]
        )
    )


def _tiny_discriminator() -> keras.Model:
    keras.utils.set_random_seed(0)
    return _without_predict(
        keras.Sequential(
            [
                keras.Input(IMAGE),
                _Onlooker(name="onlooker"),
                keras.layers.Flatten(),
                keras.layers.Dense(16, activation="tanh"),
                keras.layers.Dense(1, name="logit"),
                keras.layers.Activation("sigmoid"),
            ]
        )
    )


def _without_predict(model: keras.Model) -> keras.Model:
    """The model, whose `predict` says clearly that it doesn't belong in a step."""
    predict = model.predict

    def refuse(*arguments, **keywords):
        if tf.executing_eagerly():
            return predict(*arguments, **keywords)
        raise RuntimeError("`predict` was called inside a `tf.function`")

    model.predict = refuse
    return model


@once
def _tiny_stage(gan_class: type) -> Stage:
    """The GAN of most claims, which is traced once."""
    networks = _tiny_generator(), _tiny_discriminator()
    return Stage(gan_class(*networks, LATENT), *networks, rates=(1e-2, 1e-2))


class _FirstFit:
    """What the first training told: losses, moves, latent vectors, the mode."""

    def __init__(self, gan_class: type) -> None:
        stage = _tiny_stage(gan_class)
        self.history, self.moved = stage.fit(two_kinds(IMAGES, 0)[0], EPOCHS)
        recorder = stage.networks[0].get_layer("recorder")
        self.latent, self.told = numbers(recorder.seen), recorder.told
        self.vectors = numbers(recorder.vectors)


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
        generator.set_weights(_tiny_generator().get_weights())
        discriminator.set_weights(_tiny_discriminator().get_weights())
        logits = keras.Model(
            discriminator.inputs, discriminator.get_layer("logit").output
        )

        def gap() -> float:
            fake = generator(noise(IMAGES, LATENT, seed=9), training=False)
            on_real, on_fake = (logits(x, training=False) for x in (real, fake))
            return float(numbers(on_real).mean() - numbers(on_fake).mean())

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
        # A regulariser moves it, but not towards the real images; and a penalty may
        # divide by the length of a slope that is 0 here: NaN will do.
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
        self.ends = numbers(ends)
        self.ends = self.ends[np.isfinite(self.ends).all(axis=1)]
        generator.set_weights(before[0])
        # All of it is mute: hidden units, too, may be what the generator is told by.
        for variable in discriminator.trainable_variables:
            variable.assign(keras.ops.zeros_like(variable))
        images, latent = two_kinds(IMAGES, 3)[0], noise(IMAGES, LATENT)

        def gap() -> float:
            drawn = numbers(generator(latent, training=False)).mean(axis=0)
            return float(np.square(drawn - images.mean(axis=0)).mean())

        first = gap()
        stage.fit(images, EPOCHS, (1e-2, 0.0))
        self.nearer = 1 - gap() / first
        for network, values in zip(stage.networks, before, strict=True):
            network.set_weights(values)


_limits = once(_Limits)


def _need_equal_treatment(ends: np.ndarray) -> None:
    """One grey reaches the discriminator as one grey.

    Noise, or whatever else differs from image to image, is let pass.
    """
    greys = ends[np.ptp(ends, axis=1) < 1e-6, 0].round(3)
    values, counts = np.unique(greys, return_counts=True)
    # Each kind is a fifth at least of what is seen, a penalty's points included.
    values = values[counts >= 0.2 * len(ends)]
    need(
        len(values) < 2 or np.ptp(values) < 0.01,
        expected=f"real and generated images of one grey, {GREY}, to look alike to the "
        "discriminator",
        got="they reach it as " + " and ".join(f"{value:.2f}" for value in values),
        hint="another range gives the generated ones away, and the generator can't "
        "reach it. What is done to one kind on the way is done to the other.",
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


@part.claim("saves and loads in safe mode, with both networks")
def saves_both_networks(gan_class: type) -> None:
    stage = _tiny_stage(gan_class)
    loaded = reloaded(stage.gan, gan_class)
    found = [m.get_weights() for m in layers_of(loaded) if isinstance(m, keras.Model)]
    for network in stage.networks:
        wanted = network.get_weights()
        need(
            any(
                len(got) == len(wanted) and all(map(close, got, wanted))
                for got in found
            ),
            expected="both networks with their weights after loading",
            got=f"{len(found)} network(s), and not all weights",
            hint="Keras saves what it finds in a model's attributes: layers, models, "
            "and lists of them.",
        )


@part.note
def _(gan_class: type) -> str | None:
    if _first_fit(gan_class).told:
        return None
    return (
        "the generator is called without `training=True` in its own step: batch "
        "normalisation and dropout would do nothing there. Expect the question."
    )
