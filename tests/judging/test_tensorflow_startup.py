"""Skipping work that only pays in a long process changes no result."""

import gc
import subprocess
import sys

import numpy as np
import pytest

from interview.judging import tensorflow_startup
from tests.support import ROOT


@pytest.fixture
def losses():
    """A function that trains the same small network each time; returns the losses."""
    import helpers.quiet  # isort: skip
    import keras
    import tensorflow

    random = np.random.default_rng(0)
    x = random.standard_normal((32, 8, 8, 1), dtype="float32")

    def train():
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [
                keras.Input((8, 8, 1)),
                keras.layers.Conv2D(4, 3, activation="relu"),
                keras.layers.BatchNormalization(),
                keras.layers.Flatten(),
                keras.layers.Dense(1),
            ]
        )
        model.compile("adam", "mse")
        fitted = model.fit(x, x[:, 0, 0], batch_size=8, epochs=5, verbose=0)
        return fitted.history["loss"]

    yield train
    gc.unfreeze()
    options = {"disable_meta_optimizer": False}
    tensorflow.config.optimizer.set_experimental_options(options)


def test_losses_agree_to_rounding(losses):
    import tensorflow

    before = losses()
    frozen = gc.get_freeze_count()
    tensorflow_startup.skip_long_term_work()
    options = tensorflow.config.optimizer.get_experimental_options()
    assert options["disable_meta_optimizer"]
    assert gc.get_freeze_count() > frozen
    assert losses() == pytest.approx(before, rel=1e-4)


def test_tensorflow_is_not_imported_for_it():
    program = (
        "import sys; from interview.judging import tensorflow_startup;"
        "tensorflow_startup.skip_long_term_work();"
        "sys.exit('tensorflow' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
