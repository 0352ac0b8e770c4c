"""Prepares TensorFlow in a process that judges one answer and then ends."""

import gc
import importlib
import sys
from collections.abc import Callable


def warm_up(number: int, module: str = "") -> None:
    """Import TensorFlow and a question's check, and let Keras train once.

    After that an answer is judged at once. Keras's count of names is reset, so that the
    answer's layers have the same names as in any other process.

    Args:
        number: the question.
        module: the module that holds the `question`; by default the question's check.
    """
    check = importlib.import_module(module or f"interview.checks.q{number:02d}")
    if not module:
        _train(getattr(check, "prepare", None))
    gc.collect()
    skip_long_term_work()


def skip_long_term_work() -> None:
    """Turn off work that pays only in a process that runs for long.

    TensorFlow optimises each graph, which takes longer than the few steps of a check
    save, and Python collects garbage among all imported objects. Results stay the same
    up to rounding. The setting applies to graphs that are made afterwards.
    """
    if tensorflow := sys.modules.get("tensorflow"):
        options = {"disable_meta_optimizer": True}
        tensorflow.config.optimizer.set_experimental_options(options)
    gc.freeze()


def _train(prepare: Callable[[], None] | None) -> None:
    """Train once, so that TensorFlow and Keras do the work of a first use now.

    Args:
        prepare: the work of a check that doesn't depend on the answer.
    """
    import helpers.quiet  # isort: skip
    import keras
    import numpy as np

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    x, y = np.zeros((4, 2), "float32"), np.zeros((4, 1), "float32")
    model.fit(x, y, verbose=0)
    model.predict(x, verbose=0)
    if prepare:
        prepare()
    keras.utils.clear_session()
