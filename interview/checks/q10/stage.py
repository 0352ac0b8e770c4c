"""What the parts share: images, latent vectors, and a GAN whose networks can rest."""

import re
from collections.abc import Callable

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import need
from interview.checks.kit import as_numbers

IMAGE = (28, 28, 1)
# Not a multiple of the batch: the last one holds 16.
IMAGES, BATCH = 80, 32

Builder = Callable[..., keras.Model]
History = dict[str, list[float]]


def noise(count: int, size: int, scale: float = 1.0, seed: int = 0) -> tf.Tensor:
    """Latent vectors (count, size)."""
    normal = np.random.default_rng(seed).standard_normal((count, size))
    return tf.constant(scale * normal, "float32")


def two_kinds(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Images with a bright upper half, and even grey ones; both with some noise."""
    random = np.random.default_rng(seed)
    real = 0.1 * random.random((count, *IMAGE))
    real[:, :14] += 0.8
    fake = 0.5 + 0.1 * random.standard_normal((count, *IMAGE))
    return real.astype("float32"), fake.clip(0, 1).astype("float32")


def scores(model: keras.Model, images) -> np.ndarray:
    """One number for each image, in inference mode."""
    return as_numbers(model(images, training=False)).ravel()


def weights(model: keras.Model) -> list[np.ndarray]:
    """The numbers that an optimizer could move, of a frozen model as well."""
    others = {"seen", "moving_mean", "moving_variance"}
    return [as_numbers(v) for v in model.weights if v.name not in others]


def movement(model: keras.Model, before: list[np.ndarray]) -> float:
    """The largest change of any weight."""
    pairs = zip(weights(model), before, strict=True)
    return max((float(np.abs(a - b).max()) for a, b in pairs), default=0.0)


class Stage:
    """A compiled GAN, its two networks, and their rates."""

    def __init__(
        self,
        gan: keras.Model,
        generator: keras.Model,
        discriminator: keras.Model,
        rates: tuple[float, float],
        by_place: bool = False,
    ) -> None:
        """Compile the GAN.

        Args:
            gan: of the learner's class.
            generator: its first network.
            discriminator: its second one.
            rates: of the generator and of the discriminator.
            by_place: whether the optimizers are given by place, after by name.
        """
        need(
            isinstance(gan, keras.Model),
            expected="`GAN` is a `keras.Model`",
            got=f"{type(gan).__name__}",
            hint="`class GAN(keras.Model)`: it keeps `fit`, and changes its step.",
        )
        self.gan, self.networks = gan, (generator, discriminator)
        self.by_place = by_place
        self.compile(rates)
        # A step that makes variables in its first trace is traced again, which takes
        # most of the time of `fit`: here they are made before.
        keras.random.normal(())
        for optimizer, network in zip(self.optimizers, self.networks, strict=True):
            if network.trainable_variables:
                optimizer.build(network.trainable_variables)

    def compile(self, rates: tuple[float, float]) -> None:
        """Give the GAN two new optimizers."""
        self.optimizers = [keras.optimizers.Adam(rate, beta_1=0.5) for rate in rates]
        self.gan.compile(
            generator_optimizer=self.optimizers[0],
            discriminator_optimizer=self.optimizers[1],
        )
        if self.by_place:
            self.gan.compile(*self.optimizers)

    def fit(
        self,
        images: np.ndarray | tuple[np.ndarray, ...],
        epochs: int,
        rates: tuple[float, float] | None = None,
    ) -> tuple[History, list[float]]:
        """Train; return the history and how far each of the networks moved.

        Where rates are given, the optimizers are reset and stay, since another
        `compile` would mean another trace of the step, which takes most of a check's
        time. The images then come from one iterator: with an array `fit` makes one for
        each epoch, which takes longer than the epoch's steps.
        """
        for optimizer, rate in zip(self.optimizers, rates or (), strict=False):
            for variable in optimizer.variables:
                variable.assign(keras.ops.zeros_like(variable))
            optimizer.learning_rate = rate
        before = [weights(network) for network in self.networks]
        options = {"batch_size": BATCH, "epochs": epochs, "verbose": 0}
        if rates:
            rows = tf.data.Dataset.from_tensor_slices(images)
            steps = -(-len(rows) // BATCH)
            options |= {"batch_size": None, "steps_per_epoch": steps}
            rows = rows.shuffle(len(rows))
            images = rows.batch(BATCH).repeat()
        try:
            fitted = self.gan.fit(images, **options)
        except ValueError as error:
            if "Unknown variable" not in str(error):
                raise
            # An optimizer is given variables that it wasn't built for.
            self.compile(tuple(float(o.learning_rate) for o in self.optimizers))
            fitted = self.gan.fit(images, **options)
        moved = list(map(movement, self.networks, before))
        history = {k: [float(v) for v in vs] for k, vs in fitted.history.items()}
        return history, moved

    def fit_until(
        self,
        ends: Callable[[], bool],
        images: np.ndarray,
        rates: tuple[float, float],
    ) -> tuple[History, list[float]]:
        """As `fit`, by eight epochs at a time, up to three times: until it `ends`."""
        history, moved = self.fit(images, 8, rates)
        for _ in range(2):
            if not ends():
                more, further = self.fit(images, 8, rates)
                history = {name: history[name] + more[name] for name in history}
                moved = list(map(max, moved, further))
        return history, moved


def need_finite(history: History, hint: str) -> None:
    for name, values in history.items():
        need(
            np.isfinite(values).all(),
            expected=f"finite numbers in {name}",
            got=f"{values}",
            hint=hint,
        )


def loss_of(network: str, history: History) -> str | None:
    """The name of a network's loss, if one name alone says so."""
    pattern = {"generator": r"^g|gen", "discriminator": r"^d|disc|critic"}[network]
    named = [name for name in history if re.search(pattern, name, re.IGNORECASE)]
    return named[0] if len(named) == 1 else None
