"""Many trainings of one small network, traced once.

Most of a short `fit` is tracing, and every new model is traced anew. A network that is
trained in an old one's place isn't, and comes out with the same weights.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np


class Retrainer:
    """Trains network after network in one model, each as if it were alone."""

    def __init__(self, build: Callable[..., keras.Model]) -> None:
        """Remember how a network is made.

        Args:
            build: returns a fresh compiled model. Its options may change numbers, such
                as the rate, but neither shapes nor what is computed.
        """
        self._build = build
        self._model: keras.Model | None = None

    @property
    def model(self) -> keras.Model:
        """The one model, whichever network is in it; there is none before the first."""
        if self._model is None:
            raise ValueError("Nothing has been trained yet.")
        return self._model

    def __call__(
        self,
        x: np.ndarray,
        y: np.ndarray,
        seed: int,
        epochs: int,
        *,
        fit_seed: int | None = None,
        batch_size: int | None = None,
        watch: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> keras.Model:
        """A trained network; the next call trains another in its place.

        Args:
            x, y: what `fit` takes.
            seed: set before the network is built.
            epochs: passes over `x`.
            fit_seed: set before `fit`, if given: the order of the examples.
            batch_size: of `fit`, whose own it is unless told otherwise.
            watch: what else `fit` gets: `validation_data`, `callbacks`.
            options: of `build`.
        """
        keras.utils.set_random_seed(seed)
        fresh = self._build(**options)
        fresh.optimizer.build(fresh.trainable_variables)
        if self._model is None:
            self._model = fresh
        old = [*self._model.variables, *self._model.optimizer.variables]
        new = [*fresh.variables, *fresh.optimizer.variables]
        for variable, value in zip(old, new, strict=True):
            variable.assign(value)
        if fit_seed is not None:
            keras.utils.set_random_seed(fit_seed)
        kept = {"epochs": epochs, "batch_size": batch_size, **(watch or {})}
        self._model.fit(x, y, **kept, verbose=0)
        return self._model


def repeat(
    build: Callable[..., keras.Model],
    x: np.ndarray,
    y: np.ndarray,
    seeds: Iterable[int],
    score: Callable[[keras.Model], Any],
    **options: Any,
) -> np.ndarray:
    """What `score` says of one network for each seed: (seeds, …).

    Args:
        build: returns a fresh compiled model; or a `Retrainer` that is there already.
        x, y: what each is trained on.
        seeds: of the networks.
        score: takes a trained network, before the next one takes its place.
        options: of `Retrainer`: `epochs`, `batch_size`, `watch`, and those of `build`.
    """
    train = build if isinstance(build, Retrainer) else Retrainer(build)
    return np.array([score(train(x, y, seed, **options)) for seed in seeds])


def repeat_until_stopped(
    build: Callable[..., keras.Model],
    x: np.ndarray,
    y: np.ndarray,
    seeds: Iterable[int],
    score: Callable[[keras.Model], Any],
    **options: Any,
) -> tuple[np.ndarray, list[list[float]]]:
    """As `repeat`, with each network's validation loss by epoch."""
    curves = []

    def score_and_keep(net: keras.Model) -> Any:
        curves.append(net.history.history["val_loss"])
        return score(net)

    return repeat(build, x, y, seeds, score_and_keep, **options), curves
