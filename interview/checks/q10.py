"""Question 10: a generator, a discriminator, the GAN's training step, and a penalty.

Judged by behaviour: the builders' models by what goes in and comes out; the GAN on two
tiny networks of the check's own. With one optimizer's rate at zero, that network must
stay and the other must learn in the right direction. Any loss, any convention of
labels and any names of the two losses will do.

What this check can't see: whether the samples look like digits (training takes longer
than a check may), and, where `GAN` is checked alone, whether its loss fits what your
discriminator returns; give all three answers in one call to have that tried as well.
"""

import math
import re
import tempfile
from pathlib import Path

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.machinery import Part, Proof, Question, fail, once

IMAGE = (28, 28, 1)
# Not a multiple of the batch: the last one holds 16.
IMAGES, BATCH, LATENT = 80, 32, 7

HINTS = (
    (
        "Unknown variable",
        "an optimizer has met variables that it wasn't built for. Each network has "
        "an optimizer of its own, for its own variables.",
    ),
    (
        "not enough values to unpack",
        "`fit` gets images alone: what `train_step` receives is one batch of images.",
    ),
    (
        "Cannot iterate over a shape",
        "`train_step` is compiled; the batch size is known while it runs: "
        "`tf.shape(images)[0]` or `keras.ops.shape(images)[0]`.",
    ),
    (
        "Iterating over",
        "`fit` gets images alone: what `train_step` receives is one batch of images.",
    ),
    (
        "Incompatible shapes",
        "the last batch may be smaller. Take the size from the images that came.",
    ),
    (
        "same shape",
        "the last batch may be smaller. Take the size from the images that came.",
    ),
    (
        "inside a `tf.function`",
        "`predict` is a loop of its own. In a step, call the network: "
        "`self.generator(noise, training=True)`.",
    ),
    (
        "elements of (None",
        "`train_step` is compiled; the batch size is known while it runs: "
        "`tf.shape(images)[0]` or `keras.ops.shape(images)[0]`.",
    ),
    (
        "could not be loaded",
        "`from_config` has to build the very networks that `get_config` wrote down.",
    ),
    (
        "incompatible shape",
        "images come as (batch, 28, 28, 1), latent vectors as (batch, latent_dim).",
    ),
    (
        "get_config()",
        "a model that takes other models is saved by a `get_config` that serialises "
        "them, and built again by a `from_config`.",
    ),
    (
        "No gradients provided",
        "does a path lead from this loss to these variables inside the tape?",
    ),
    (
        "is incompatible with the layer",
        "images come as (batch, 28, 28, 1), latent vectors as (batch, latent_dim).",
    ),
    (
        "expected axis -1",
        "images come as (batch, 28, 28, 1), latent vectors as (batch, latent_dim).",
    ),
)


def _numbers(tensor) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(tensor))


def _noise(count: int, size: int, scale: float = 1.0, seed: int = 0) -> tf.Tensor:
    normal = np.random.default_rng(seed).standard_normal((count, size))
    return tf.constant(scale * normal, "float32")


def _stays_in_file(model: keras.Model, inputs, what: str) -> None:
    """Saving and loading (in safe mode) leaves the model's outputs as they are."""
    before = _numbers(model(inputs, training=False))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        known = {c.__name__: c for c in {type(model)} if c.__module__[:5] != "keras"}
        loaded = keras.saving.load_model(path, custom_objects=known, compile=False)
    after = _numbers(loaded(inputs, training=False))
    if not np.allclose(before, after, atol=1e-5):
        fail(
            expected=f"the same {what} after saving and loading",
            got=f"numbers that differ by up to {np.abs(before - after).max():.2g}",
            hint="are all weights in layers that the model knows?",
        )


# --- build_generator ------------------------------------------------------------------


def _need_model(model, name: str) -> None:
    if not isinstance(model, keras.Model):
        fail(
            expected=f"`{name}` returns a Keras model",
            got=f"{type(model).__name__}",
            hint="build the model, and return it.",
        )


def _makes_images(build_generator) -> None:
    """maps latent vectors of any size to images (28, 28, 1)"""
    for size in (100, 16):
        model = build_generator() if size == 100 else build_generator(size)
        _need_model(model, "build_generator")
        inputs = model.input_shape if hasattr(model, "input_shape") else (None, size)
        if inputs[-1] != size:
            fail(
                expected=f"input (batch, {size}) for latent_dim={size}",
                got=f"input {inputs}: latent_dim is ignored",
                hint="the first layer takes `latent_dim` numbers.",
            )
        for count in (3, 1):
            shape = _numbers(model(_noise(count, size), training=False)).shape
            if shape != (count, *IMAGE):
                fail(
                    expected=f"images {(count, *IMAGE)} for {count} latent vectors",
                    got=f"{shape}",
                    hint="the discriminator will see real images of shape (28, 28, 1) "
                    "beside these.",
                )


def _stays_in_range(build_generator) -> None:
    """keeps to the images' range, 0 to 1, whatever the latent vector"""
    model = build_generator()
    for scale in (1.0, 100.0):
        images = _numbers(model(_noise(64, 100, scale), training=False))
        if not np.isfinite(images).all():
            fail(
                expected="finite pixels",
                got="NaN or infinity",
                hint="what bounds the output?",
            )
        low, high = float(images.min()), float(images.max())
        if low < -1e-6 or high > 1 + 1e-6:
            tanh = low >= -1 and high <= 1
            fail(
                expected="pixels from 0 to 1, as the training images have them",
                got=f"{low:.2f} to {high:.2f}"
                + (", the range of tanh" if tanh else ": the output isn't bounded"),
                hint="a discriminator tells a wrong range at the first glance. Which "
                "activation ends at 0 and 1?",
            )
    model(_noise(64, 100), training=True)


def _uses_the_latent_vector(build_generator) -> None:
    """draws different images for different vectors, the same for the same"""
    model = build_generator()
    # In training mode: batch normalisation's averages know nothing yet.
    for seed in range(3):
        model(_noise(64, 100, seed=seed), training=True)
    images = _numbers(model(_noise(8, 100), training=False))
    if images.std(axis=0).max() < 1e-4:
        fail(
            expected="images that depend on the latent vector",
            got="the same image for eight vectors",
            hint="does the vector reach the output?",
        )
    if not np.allclose(images, _numbers(model(_noise(8, 100), training=False)), 1e-5):
        fail(
            expected="the same images for the same vectors, in inference mode",
            got="different ones",
            hint="chance comes in with the latent vector, and nowhere else.",
        )
    if not model.trainable_variables:
        fail(
            expected="weights that can be trained",
            got="none",
            hint="`trainable = False` stays with a network wherever it's used.",
        )


def _generator_saves(build_generator) -> None:
    """saves and loads in safe mode, and draws the same images"""
    _stays_in_file(build_generator(), _noise(3, 100), "images")


GENERATOR: list[Proof] = [
    _makes_images,
    _stays_in_range,
    _uses_the_latent_vector,
    _generator_saves,
]


# --- build_discriminator --------------------------------------------------------------


def _two_kinds(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Images with a bright upper half, and even grey ones; both with some noise."""
    random = np.random.default_rng(seed)
    real = 0.1 * random.random((count, *IMAGE))
    real[:, :14] += 0.8
    fake = 0.5 + 0.1 * random.standard_normal((count, *IMAGE))
    return real.astype("float32"), fake.clip(0, 1).astype("float32")


def _scores(model, images) -> np.ndarray:
    return _numbers(model(images, training=False)).reshape(len(images), -1)


def _one_number(build_discriminator) -> None:
    """gives one number per image (28, 28, 1)"""
    model = build_discriminator()
    _need_model(model, "build_discriminator")
    for count in (3, 1):
        images = tf.constant(_two_kinds(count, 0)[0])
        shape = _numbers(model(images, training=False)).shape
        if shape not in ((count, 1), (count,)):
            fail(
                expected=f"one number for each image: {(count, 1)}",
                got=f"{shape}",
                hint="real or generated is one question; one probability or one logit "
                "answers it.",
            )


def _can_be_trained(build_discriminator) -> None:
    """isn't frozen, and can learn to tell two kinds of image apart"""
    model = build_discriminator()
    real, fake = _two_kinds(64, 1)
    model(real[:2], training=False)
    if not model.trainable_variables:
        fail(
            expected="weights that can be trained",
            got="none: the discriminator comes frozen",
            hint="leave `trainable` alone; the step decides which variables move.",
        )
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
    real, fake = _two_kinds(64, 2)
    right = float((_scores(model, real) > np.median(_scores(model, fake))).mean())
    if right < 0.9:
        fail(
            expected="after 40 steps, real images above the middle of the others",
            got=f"{right:.0%} of them",
            hint="do gradients reach all layers? Can the output go both ways?",
        )


def _discriminator_saves(build_discriminator) -> None:
    """saves and loads in safe mode, and gives the same scores"""
    _stays_in_file(build_discriminator(), tf.constant(_two_kinds(3, 0)[0]), "scores")


DISCRIMINATOR: list[Proof] = [_one_number, _can_be_trained, _discriminator_saves]


# --- GAN ------------------------------------------------------------------------------


@keras.saving.register_keras_serializable("interview_q10")
class _Recorder(keras.layers.Layer):
    """Passes its input on; keeps the first vector of each of the last 64 batches."""

    def build(self, shape):
        self.seen = self.add_weight(
            name="seen", shape=(64, shape[-1]), trainable=False, initializer="zeros"
        )

    def call(self, inputs):
        if inputs.shape[-1] not in (None, self.seen.shape[-1]):
            raise ValueError(
                f"expected axis -1 of the latent vectors to have {self.seen.shape[-1]} "
                f"numbers, got {inputs.shape[-1]}"
            )
        self.seen.assign(keras.ops.concatenate([inputs[:1], self.seen[:-1]]))
        return inputs


def _tiny_generator() -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((LATENT,)),
            _Recorder(name="recorder"),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape(IMAGE),
        ]
    )
    return _without_predict(model)


def _tiny_discriminator() -> keras.Model:
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input(IMAGE),
            keras.layers.Flatten(),
            keras.layers.Dense(16, activation="tanh"),
            keras.layers.Dense(1, name="logit"),
            keras.layers.Activation("sigmoid"),
        ]
    )
    return _without_predict(model)


def _without_predict(model: keras.Model) -> keras.Model:
    """The model, whose `predict` says clearly that it doesn't belong in a step."""
    predict = model.predict

    def refuse(*arguments, **keywords):
        if tf.executing_eagerly():
            return predict(*arguments, **keywords)
        raise RuntimeError("`predict` was called inside a `tf.function`")

    model.predict = refuse
    return model


def _weights(model) -> list[np.ndarray]:
    """What an optimizer could move, whether or not the model is frozen just now."""
    others = {"seen", "moving_mean", "moving_variance"}
    return [_numbers(v).copy() for v in model.weights if v.name not in others]


def _moved(model, before: list[np.ndarray]) -> float:
    after = _weights(model)
    pairs = zip(after, before, strict=True)
    return max((float(np.abs(a - b).max()) for a, b in pairs), default=0.0)


def _make(gan_class, generator, discriminator, rates, size: int = LATENT):
    """A compiled GAN and a function that sets the rates of (generator, discriminator).

    A rate of 0 leaves a network at rest. The optimizers begin anew, but stay: another
    `compile` would mean another trace of the step, which takes most of a check's time.
    """
    gan = gan_class(generator, discriminator, size)
    if not isinstance(gan, keras.Model):
        fail(
            expected="`GAN` is a `keras.Model`",
            got=f"{type(gan).__name__}",
            hint="`class GAN(keras.Model)`: it keeps `fit`, and changes its step.",
        )
    made = [keras.optimizers.Adam(rate, beta_1=0.5) for rate in rates]
    gan.compile(generator_optimizer=made[0], discriminator_optimizer=made[1])

    def set_rates(*rates: float) -> None:
        for optimizer, rate in zip(made, rates, strict=True):
            for variable in optimizer.variables:
                variable.assign(keras.ops.zeros_like(variable))
            optimizer.learning_rate = rate

    return gan, set_rates


@once
def _tiny_gan(gan_class):
    """The GAN of two steps of the check, which is traced once, and its networks."""
    generator, discriminator = _tiny_generator(), _tiny_discriminator()
    gan, set_rates = _make(gan_class, generator, discriminator, (1e-2, 1e-2))
    return gan, set_rates, generator, discriminator


def _fit(gan, images, epochs: int) -> dict[str, list[float]]:
    history = gan.fit(images, batch_size=BATCH, epochs=epochs, verbose=0).history
    return {name: [float(v) for v in values] for name, values in history.items()}


def _fits(gan_class) -> None:
    """`fit` takes images alone, for several epochs, and moves both networks"""
    images = _two_kinds(IMAGES, 0)[0]
    gan, _, generator, discriminator = _tiny_gan(gan_class)
    before = _weights(generator), _weights(discriminator)
    history = _fit(gan, images, epochs=3)
    for name, model, weights in (
        ("generator", generator, before[0]),
        ("discriminator", discriminator, before[1]),
    ):
        if _moved(model, weights) == 0:
            fail(
                expected=f"a {name} that has moved after three epochs",
                got=f"the {name}'s weights moved by exactly 0.0",
                hint="which variables does its gradient belong to, and when is "
                "`trainable` read?",
            )
    if len(history) < 2:
        fail(
            expected="two losses from `train_step`, under names of your own",
            got=", ".join(history) or "none",
            hint="one of each network: looking at one alone tells little.",
        )
    for name, values in history.items():
        if not np.isfinite(values).all():
            fail(
                expected=f"finite numbers in {name}",
                got=f"{values}",
                hint="the logarithm of 0? A loss on logits keeps clear of it.",
            )
    _noise_is_fresh(generator)


def _noise_is_fresh(generator) -> None:
    seen = _numbers(generator.get_layer("recorder").seen)
    steps = 3 * math.ceil(IMAGES / BATCH)
    different = len(np.unique(seen[np.abs(seen).max(axis=1) > 0], axis=0))
    if different < steps:
        fail(
            expected=f"fresh latent vectors in each of {steps} steps",
            got=f"{different} different one(s): the noise is drawn once",
            hint="Python and NumPy run once, while the step is traced. Which functions "
            "draw each time the graph runs?",
        )


class _Duel:
    """First the discriminator learns alone, then the generator against it."""

    def __init__(self, gan_class) -> None:
        self.real = _two_kinds(IMAGES, 3)[0]
        gan, set_rates, self.generator, self.discriminator = _tiny_gan(gan_class)
        # The first weights again: the step before has trained them.
        self.generator.set_weights(_tiny_generator().get_weights())
        self.discriminator.set_weights(_tiny_discriminator().get_weights())
        logit = self.discriminator.get_layer("logit").output
        self.logits = keras.Model(self.discriminator.inputs, logit)
        self.gaps = [self._gap()]
        self.histories, self.moves = [], []
        for rates in ((0.0, 3e-3), (3e-3, 0.0)):
            set_rates(*rates)
            before = _weights(self.generator), _weights(self.discriminator)
            self.histories.append(_fit(gan, self.real, epochs=8))
            self.moves.append(
                (
                    _moved(self.generator, before[0]),
                    _moved(self.discriminator, before[1]),
                )
            )
            self.gaps.append(self._gap())
            if len(self.moves) == 1:
                self._judge_discriminator()
        self._judge_generator()

    def _gap(self) -> float:
        fake = self.generator(_noise(IMAGES, LATENT, seed=9), training=False)
        real = self.logits(self.real, training=False)
        return float(_numbers(real).mean() - _numbers(self.logits(fake)).mean())

    def _judge_discriminator(self) -> None:
        generator, discriminator = self.moves[0]
        if generator:
            fail(
                expected="a generator that stays: the rate of its optimizer is 0 here",
                got=f"the generator moved by {generator:.2g}; not its own optimizer "
                f"moved it",
                hint="the discriminator's step applies gradients to the "
                "discriminator's variables alone, by the optimizer passed for it.",
            )
        if not discriminator:
            fail(
                expected="a discriminator that learns while the generator rests",
                got="the discriminator's weights moved by exactly 0.0",
                hint="use the optimizer that was passed for the discriminator.",
            )
        first, then = (abs(gap) for gap in self.gaps)
        if then < first + 0.3:
            fail(
                expected="a discriminator that learns to tell real from generated",
                got=f"its mean scores lay {first:.2f} apart before and {then:.2f} "
                f"after, in logits",
                hint="what is wanted of it for real images, and what for generated "
                "ones? It must be told both.",
            )
        self._loss_falls(0, r"^d|disc|critic", "discriminator")

    def _judge_generator(self) -> None:
        generator, discriminator = self.moves[1]
        if discriminator:
            fail(
                expected="a discriminator that stays: the rate of its optimizer is 0",
                got=f"the discriminator moved by {discriminator:.2g} in the "
                f"generator's step",
                hint="the generator's step passes through the discriminator, but "
                "applies gradients to the generator's variables alone.",
            )
        if not generator:
            fail(
                expected="a generator that learns while the discriminator rests",
                got="the generator's weights moved by exactly 0.0",
                hint="does the generator run inside the tape? Use its own optimizer.",
            )
        _, before, after = self.gaps
        if after * np.sign(before) > abs(before) - 0.02:
            fail(
                expected="a generator that comes nearer to what passes for real",
                got=f"real and generated scores lay {abs(before):.2f} apart and now "
                f"{after * np.sign(before):.2f}: it helps the discriminator",
                hint="the generator wants its images to be taken for real ones. Which "
                "label says so?",
            )
        self._loss_falls(1, r"^g|gen", "generator")

    def _loss_falls(self, index: int, pattern: str, name: str) -> None:
        history = self.histories[index]
        named = [key for key in history if re.search(pattern, key, re.IGNORECASE)]
        if len(named) != 1:  # names that say nothing
            return
        values = history[named[0]]
        if values[-1] > values[0] + 1e-3:
            fail(
                expected=f"{named[0]} falls while the {name} alone learns",
                got=f"it rises from {values[0]:.3f} to {values[-1]:.3f}",
                hint="report the loss that is minimised, under the network's name.",
            )


def _each_learns_alone(gan_class) -> None:
    """each step moves its own network only, and in the right direction"""
    _Duel(gan_class)


def _gan_saves(gan_class) -> None:
    """saves and loads in safe mode, with both networks"""
    generator, discriminator = _tiny_generator(), _tiny_discriminator()
    gan, _ = _make(gan_class, generator, discriminator, (1e-2, 1e-2))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gan.keras"
        gan.save(path)
        # The class needn't be registered; its compile step isn't repeated.
        loaded = keras.saving.load_model(
            path, custom_objects={gan_class.__name__: gan_class}, compile=False
        )
    both = [
        [
            m
            for m in vars(loaded).values()
            if isinstance(m, keras.Model) and m is not loaded
        ],
        [generator, discriminator],
    ]
    for wanted in both[1]:
        weights = wanted.get_weights()
        if not any(
            len(weights) == len(got := model.get_weights())
            and all(
                a.shape == b.shape and np.allclose(a, b)
                for a, b in zip(weights, got, strict=True)
            )
            for model in both[0]
        ):
            fail(
                expected="both networks with their weights after loading",
                got=f"{len(both[0])} network(s), and not all weights",
                hint="`get_config` names what `__init__` takes.",
            )


GAN_STEPS: list[Proof] = [_fits, _each_learns_alone, _gan_saves]


def _works_with(build_generator, build_discriminator) -> Proof:
    def fits_your_networks(gan_class) -> None:

        keras.utils.set_random_seed(0)
        generator, discriminator = build_generator(16), build_discriminator()
        images = _two_kinds(IMAGES, 4)[0]
        # A subclassed network has no weights before it's called.
        fake = generator(_noise(IMAGES, 16), training=False)
        discriminator(fake, training=False)
        # Brought to a firm opinion, as a discriminator is in a run's beginning.
        gan, set_rates = _make(gan_class, generator, discriminator, (0.0, 3e-3), 16)
        before = _weights(discriminator)
        history = _fit(gan, images, epochs=8)
        if _moved(discriminator, before) == 0:
            fail(
                expected="your discriminator learns",
                got="its weights moved by exactly 0.0",
                hint="does its loss fit what it returns, a probability or a logit?",
            )
        _not_taken_for_a_logit(discriminator, images, fake, history)
        set_rates(1e-3, 0.0)
        before = _weights(generator)
        history = _fit(gan, images, epochs=1)
        if not np.isfinite([v for values in history.values() for v in values]).all():
            fail(
                expected="finite losses once the discriminator is sure",
                got=f"{history}",
                hint="the logarithm of 0? A loss on logits keeps clear of it.",
            )
        if _moved(generator, before) < 1e-5:
            fail(
                expected="your generator still gets a gradient once your discriminator "
                "is sure of itself",
                got="no gradient: the generator stands still",
                hint="a loss that takes the output for a probability clips it to 0 "
                "and 1. Does your discriminator return a probability or a logit?",
            )

    return fits_your_networks


def _not_taken_for_a_logit(discriminator, real, fake, history) -> None:
    """A sure discriminator's loss isn't the one of its probabilities as logits."""
    on_real, on_fake = (_scores(discriminator, x).ravel() for x in (real, fake))
    everything = np.concatenate([on_real, on_fake])
    probabilities = everything.min() >= 0 and everything.max() <= 1
    sure = abs(on_real.mean() - on_fake.mean()) > 0.8
    named = [k for k in history if re.search(r"^d|disc|critic", k, re.IGNORECASE)]
    if not (probabilities and sure and len(named) == 1):
        return
    loss = history[named[0]][-1]
    up, down = sorted((on_real.mean(), on_fake.mean()), reverse=True)
    wrong = np.log1p(np.exp(-up)) + np.log1p(np.exp(down))
    if min(abs(loss - wrong), abs(loss - wrong / 2)) < 0.06:
        fail(
            expected="a discriminator's loss that falls towards 0 as it tells real "
            "from generated",
            got=f"{loss:.2f}, though its outputs are {up:.2f} for one kind and "
            f"{down:.2f} for the other",
            hint="a loss on logits can't fall further if it's given numbers from 0 to "
            "1. Does your discriminator return a probability or a logit?",
        )


# --- gradient_penalty -----------------------------------------------------------------


class _Critic(keras.Model):
    """A function of an image; keeps the images it was called with."""

    def __init__(self, function, **kwargs):
        super().__init__(**kwargs)
        self.function, self.points = function, []

    def call(self, images, training=False):
        if tf.executing_eagerly():
            self.points.append(_numbers(images))
        return self.function(images)


def _linear(length: float, pixels: int = 16):
    direction = tf.Variable(tf.fill((4, 4, 1), length / pixels**0.5))
    return direction, _Critic(
        lambda x: tf.reduce_sum(x * direction, [1, 2, 3])[:, None]
    )


def _half_square() -> _Critic:
    """Its gradient is the image itself."""
    return _Critic(lambda x: tf.reduce_sum(tf.square(x), [1, 2, 3])[:, None] / 2)


def _value(penalty) -> float:
    array = _numbers(penalty)
    if array.size != 1:
        fail(
            expected="one number for the batch, the mean over its images",
            got=f"shape {array.shape}",
            hint="take the mean at the very end.",
        )
    return float(array.reshape(()))


def _some_images(count: int, seed: int) -> tf.Tensor:
    values = np.random.default_rng(seed).random((count, 4, 4, 1))
    return tf.constant(values, "float32")


def _is_one_for_each_image(gradient_penalty) -> None:
    """takes the gradient of each image's own score, and its length image by image"""
    for length in (3.0, 1.0, 0.5):
        for count in (1, 5):
            critic = _linear(length)[1]
            got = _value(
                gradient_penalty(critic, _some_images(count, 0), _some_images(count, 1))
            )
            right = (length - 1) ** 2
            if abs(got - right) < 1e-3 * max(1, right):
                continue
            faults = (
                (
                    (length * count**0.5 - 1) ** 2,
                    "the length of the whole batch's gradient, taken as one vector",
                    "one length for each image: over which axes is summed?",
                ),
                (
                    (length / count - 1) ** 2,
                    "gradients divided by the batch size: those of the mean score",
                    "each image's gradient belongs to its own score. What does the "
                    "tape do with a vector of scores?",
                ),
                (
                    (length / count**0.5 - 1) ** 2,
                    "gradients of the mean score, and one length for the whole batch",
                    "one gradient and one length for each image.",
                ),
                (
                    length**2,
                    "lengths drawn to 0, not to 1",
                    "Wasserstein's critic has slope 1 nearly everywhere.",
                ),
            )
            name, hint = next(
                (
                    (f": {fault}", hint)
                    for wrong, fault, hint in faults
                    if abs(got - wrong) < 1e-3
                ),
                ("", "the gradient is that of the score with respect to the image."),
            )
            fail(
                expected=f"{right:.4f} for {count} image(s) and a linear critic of "
                f"slope {length}",
                got=f"{got:.4f}{name}",
                hint=hint,
            )


def _walks_between(gradient_penalty) -> None:
    """looks between real and generated, at another point for each pair"""
    count = 4000
    real, fake = tf.ones((count, 4, 4, 1)), tf.zeros((count, 4, 4, 1))
    critic = _half_square()
    got = _value(gradient_penalty(critic, real, fake))
    if critic.points:
        flat = critic.points[-1].reshape(len(critic.points[-1]), -1)
        if flat.max() > 1 + 1e-6 or flat.min() < -1e-6:
            fail(
                expected="points between the real and the generated image",
                got=f"points that lie outside: shares from {flat.min():.2f} to "
                f"{flat.max():.2f}",
                hint="the share is uniform between 0 and 1.",
            )
        if np.ptp(flat, axis=1).max() > 1e-4:
            fail(
                expected="one share for all pixels of a pair: a point on its line",
                got="another share for each pixel",
                hint="the shape of the share is (batch, 1, 1, 1).",
            )
        if len(flat) > 1 and np.ptp(flat[:, 0]) < 1e-6:
            fail(
                expected="another share for each pair of the batch",
                got=f"one share, {flat[0, 0]:.2f}, for the whole batch",
                hint="how many random numbers does a batch need?",
            )
    # Lengths are 4·share: mean of (4·share - 1)² over shares from 0 to 1.
    right, mean_first = 16 / 3 - 4 + 1, 1.0
    if abs(got - mean_first) < 0.1:
        fail(
            expected=f"about {right:.2f}, the mean of the squared differences",
            got=f"{got:.2f}: the square of the mean difference",
            hint="too long and too short mustn't cancel: square first, then mean.",
        )
    if abs(got - right) > 0.2:
        fail(
            expected=f"about {right:.2f} for 4,000 pairs, shares uniform in 0 to 1",
            got=f"{got:.2f}",
            hint="share · real + (1 − share) · fake, the share uniform.",
        )


def _can_be_differentiated(gradient_penalty) -> None:
    """passes a gradient on to the critic's weights"""
    direction, critic = _linear(3.0)
    with tf.GradientTape() as tape:
        loss = gradient_penalty(critic, _some_images(5, 0), _some_images(5, 1))
    gradient = tape.gradient(loss, direction)
    right = 2 * (3.0 - 1) * direction.numpy() / 3.0
    if gradient is None or not np.allclose(_numbers(gradient), right, atol=1e-3):
        fail(
            expected="the penalty's gradient, which shortens the critic's slope",
            got="none" if gradient is None else "another one",
            hint="stay in TensorFlow from the images to the penalty.",
        )


PENALTY: list[Proof] = [_is_one_for_each_image, _walks_between, _can_be_differentiated]


TOGETHER = Part("build_generator", "build_discriminator", "GAN")


@TOGETHER.claim("works with your generator and discriminator: the loss fits the output")
def _(generator, discriminator, gan) -> None:
    _works_with(generator, discriminator)(gan)


question = Question(
    10,
    Part.of_steps("build_generator", GENERATOR),
    Part.of_steps("build_discriminator", DISCRIMINATOR),
    Part.of_steps("GAN", GAN_STEPS),
    Part.of_steps("gradient_penalty", PENALTY),
    TOGETHER,
    hints=HINTS,
)
check = question.check
