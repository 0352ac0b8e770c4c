"""Skipping work that only pays in a long process changes no result."""

import gc

import numpy as np
import pytest

from interview.judging import tensorflow_startup


def losses() -> list[float]:
    """Those of a small network, the same one in each call."""
    import keras

    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).standard_normal((32, 64), dtype="float32")
    layers = [keras.layers.BatchNormalization(), keras.layers.Dense(1)]
    model = keras.Sequential([keras.Input((64,)), *layers])
    model.compile("adam", "mse")
    return model.fit(x, x[:, 0], batch_size=8, epochs=5, verbose=0).history["loss"]


def test_losses_agree_to_rounding():
    import helpers.quiet  # isort: skip
    import tensorflow

    before, frozen = losses(), gc.get_freeze_count()
    try:
        tensorflow_startup.skip_long_term_work()
        options = tensorflow.config.optimizer.get_experimental_options()
        assert options["disable_meta_optimizer"]
        assert gc.get_freeze_count() > frozen
        assert losses() == pytest.approx(before, rel=1e-4)
    finally:
        gc.unfreeze()
        options = {"disable_meta_optimizer": False}
        tensorflow.config.optimizer.set_experimental_options(options)
