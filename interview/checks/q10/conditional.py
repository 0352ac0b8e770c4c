"""`ConditionalGAN`, the second round, on two tiny networks that note their labels.

Real images have one of two greys, which their label sets. While both rates are 0 the
notes say which label came with which image; then both networks learn.
"""

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.kit import as_numbers, shaped
from interview.checks.q10.stage import IMAGE, Stage, need_finite
from interview.checks.q10.tiny_networks import LATENT

part = AnswerClaims("ConditionalGAN")
# The grey of each label's real images, and what an untrained generator draws for it.
GREYS, DRAWN = (0.25, 0.75), (0.4, 0.6)
IMAGES, KEPT = 80, 512


@keras.saving.register_keras_serializable("interview_q10")
class Notes(keras.layers.Layer):
    """Passes rows of numbers on, and keeps the last 512 of them."""

    def build(self, shape):
        self.rows = tf.Variable(tf.fill((KEPT, shape[-1]), np.nan), trainable=False)
        self.in_training = False

    def call(self, rows, training=False):
        self.in_training = bool(training)
        self.rows.assign(tf.concat([rows, self.rows], axis=0)[:KEPT])
        return rows

    def take(self) -> np.ndarray:
        """The rows since the last call of this, (n, numbers)."""
        rows = as_numbers(self.rows)
        self.rows.assign(tf.fill(rows.shape, np.nan))
        return rows[np.isfinite(rows).all(axis=1)]


def _labels_as_rows(labels) -> keras.KerasTensor:
    return keras.layers.Rescaling(1.0)(keras.layers.Reshape((1,))(labels))


def tiny_generator() -> keras.Model:
    """[noise, labels] → images of one grey each: `DRAWN`, until it has learnt."""
    noise, labels = keras.Input((LATENT,)), keras.Input((), dtype="int32")
    rows = keras.layers.Concatenate()([noise, _labels_as_rows(labels)])
    rows = Notes(name="generator_notes")(rows)
    grey = keras.layers.Dense(1, activation="sigmoid", name="grey")(rows)
    image = keras.layers.Reshape(IMAGE)(keras.layers.RepeatVector(784)(grey))
    model = keras.Model([noise, labels], image)
    kernel = np.zeros((LATENT + 1, 1), "float32")
    low, high = (np.log(grey / (1 - grey)) for grey in DRAWN)
    kernel[-1], kernel[0] = high - low, 0.05
    model.get_layer("grey").set_weights([kernel, np.array([low], "float32")])
    return model


def tiny_discriminator() -> keras.Model:
    """[images, labels] → a logit that may take any course over grey and label."""
    images, labels = keras.Input(IMAGE), keras.Input((), dtype="int32")
    grey = keras.layers.Reshape((1,))(keras.layers.GlobalAveragePooling2D()(images))
    rows = keras.layers.Concatenate()([grey, _labels_as_rows(labels)])
    rows = Notes(name="discriminator_notes")(rows)
    hidden = keras.layers.Dense(32, activation="tanh")(rows)
    return keras.Model([images, labels], keras.layers.Dense(1)(hidden))


class _Run:
    """A first epoch at rest, whose notes are kept; then a training."""

    def __init__(self, gan_class: type) -> None:
        keras.utils.set_random_seed(0)
        networks = tiny_generator(), tiny_discriminator()
        self.stage = Stage(gan_class(*networks, LATENT), *networks, (0.0, 0.0))
        self.notes = [networks[0].get_layer("generator_notes")]
        self.notes += [networks[1].get_layer("discriminator_notes")]
        self.labels = np.arange(IMAGES, dtype="int32") % 3 // 2  # a third of them 1
        random = np.random.default_rng(0)
        greys = np.take(GREYS, self.labels) + random.uniform(-0.02, 0.02, IMAGES)
        self.images = np.tile(greys[:, None, None, None], (1, *IMAGE)).astype("float32")
        self.history, self.strayed = self._fit(1, (0.0, 0.0))
        given, judged = (notes.take() for notes in self.notes)
        # A generator in both halves, and what the discriminator says of its images.
        self.vectors, self.asked = given[:, :LATENT], given[:, -1]
        self.greys, self.told = judged.T

    def _fit(self, epochs: int, rates: tuple[float, float]) -> tuple:
        return self.stage.fit((self.images, self.labels), epochs, rates)

    def learn(self) -> None:
        """Train the discriminator alone, then both, and note how each moved."""
        _, self.alone = self._fit(5, (0.0, 1e-2))
        _, self.moved = self._fit(80, (1e-2, 1e-2))

    def draw(self, labels) -> np.ndarray:
        return as_numbers(self.stage.gan.draw(labels))


_run = once(_Run)


@part.claim("`fit` takes images and labels; each network gets the labels of the batch")
def labels_reach_both(gan_class: type) -> None:
    run = _run(gan_class)
    need(
        len(run.history) >= 2,
        expected="two losses from `train_step`, under names of your own",
        got=", ".join(run.history) or "none",
        hint="one of each network, as in the answer without labels.",
    )
    need_finite(run.history, "what does the loss take: a logit or a probability?")
    ones = float(run.labels.mean())
    for network, labels in (("generator", run.asked), ("discriminator", run.told)):
        need(
            set(labels) == {0.0, 1.0} and abs(labels.mean() - ones) < 0.02,
            expected=f"a {network} that gets the labels of the batch: 0, and 1 in "
            f"{ones:.0%} of the cases",
            got=f"labels from {labels.min():g} to {labels.max():g}, of mean "
            f"{labels.mean():.2f}",
            hint="one image is drawn for each label that came with the real ones, and "
            "both networks are told it.",
        )


@part.claim("each image, real or generated, is judged with its own label")
def labels_fit_images(gan_class: type) -> None:
    run = _run(gan_class)
    for kind, greys in (("real", GREYS), ("generated", DRAWN)):
        # The greys of the two kinds don't overlap.
        near = [np.abs(run.greys - grey) < 0.08 for grey in greys]
        need(
            near[0].any() or near[1].any(),
            expected=f"a discriminator that is shown {kind} images",
            got="none in an epoch",
            hint="each step shows it both kinds.",
        )
        wrong = np.mean(np.r_[run.told[near[0]] != 0, run.told[near[1]] != 1])
        need(
            wrong == 0,
            expected=f"{kind} images with their own labels",
            got=f"{wrong:.0%} of the {kind} images came with another label",
            hint="an image and its label stay together on the way to the "
            "discriminator, in both halves of the step.",
        )
    count = len(np.unique(run.vectors, axis=0))
    need(
        count >= 0.9 * IMAGES,
        expected=f"another latent vector for each of {IMAGES} images",
        got=f"{count} different one(s) in an epoch",
        hint="the label says what to draw, the noise which of them; draw it anew in "
        "each step, by what draws while the graph runs.",
    )


@part.claim("`draw(labels)` returns one image a label, in inference mode")
def draws_one_image_a_label(gan_class: type) -> None:
    run = _run(gan_class)
    for labels in (np.array([0, 1, 1, 0, 1], "int32"), np.array([1], "int32")):
        images = run.draw(labels)
        shaped(
            images,
            (len(labels), *IMAGE),
            what="images",
            hint="one latent vector for each label, then the generator.",
        )
        given = run.notes[0].take()[:, -1]
        need(
            np.array_equal(given, labels),
            expected=f"images of the labels asked for, {labels.tolist()}",
            got=f"a generator that was given {given.astype(int).tolist()}",
            hint="the labels go to the generator as they come.",
        )
    need(
        not run.notes[0].in_training,
        expected="a generator that draws in inference mode",
        got="`training=True`: batch normalisation would mix the images asked for",
        hint="which mode is for use, once the training is over?",
    )
    twice = run.draw(np.array([1, 1], "int32")), run.draw(np.array([1, 1], "int32"))
    need(
        len(np.unique(np.round(twice, 5)[..., 0, 0, 0])) == 4,
        expected="another image at each call, and for each label of a call",
        got="the same image again",
        hint="fresh noise for each image that is asked for.",
    )


@part.claim("each network moves by its own optimizer, and by no other")
def own_optimizers(gan_class: type) -> None:
    run = _run(gan_class)
    run.learn()
    strayed = max(*run.strayed, run.alone[0])
    need(
        not strayed,
        expected="networks that stay while the rate of their optimizer is 0",
        got=f"a network that moved by {strayed:.2g}",
        hint="each network moves by the optimizer passed for it, and by no other.",
    )
    for name, moved in zip(("generator", "discriminator"), run.moved, strict=True):
        need(
            moved,
            expected=f"a {name} that learns",
            got=f"the {name}'s weights moved by exactly 0.0",
            hint="for which variables is the gradient, and by which optimizer?",
        )


@part.claim("learns to draw what a label says: dark images for one, bright for another")
def draws_what_is_asked(gan_class: type) -> None:
    run = _run(gan_class)
    dark, bright = (
        float(run.draw(np.full(200, label, "int32")).mean()) for label in (0, 1)
    )
    need(
        abs(dark - GREYS[0]) < 0.12 and abs(bright - GREYS[1]) < 0.12,
        expected=f"after 80 epochs, greys near {GREYS[0]} for label 0 and {GREYS[1]} "
        "for label 1, as the real images have",
        got=f"{dark:.2f} and {bright:.2f}",
        hint="the generator learns what passes for a real image *of this label*. Does "
        "its half of the step ask the discriminator with the label it drew for?",
    )
