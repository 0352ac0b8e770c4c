"""How a process gets TensorFlow ready to judge one answer, and no more than that.

Only for processes that end afterwards.
"""

import gc
import importlib
import sys
from collections.abc import Callable


def warm_up(number: int, module: str = "") -> None:
    """Import TensorFlow and a question's check, and let Keras train once.

    An answer that is judged afterwards is judged at once. Keras's count of names begins
    anew: what the answer makes there is called as in any other process.

    Args:
        number: the question.
        module: what holds the `question`, in place of the question's own check.
    """
    check = importlib.import_module(module or f"interview.checks.q{number:02d}")
    if not module:
        _train(getattr(check, "prepare", None))
    gc.collect()
    skip_long_term_work()


def skip_long_term_work() -> None:
    """Turn off what pays only in a process that runs for long.

    TensorFlow looks through each graph for what could run faster, which takes longer
    than a check's few steps save, and Python looks for garbage through all that was
    imported. Results stay the same to a float's rounding. What TensorFlow was told
    holds for graphs made from here on.
    """
    if tensorflow := sys.modules.get("tensorflow"):
        options = {"disable_meta_optimizer": True}
        tensorflow.config.optimizer.set_experimental_options(options)
    gc.freeze()


def _train(prepare: Callable[[], None] | None) -> None:
    """Let TensorFlow and Keras make and import what they put off until first use.

    Args:
        prepare: what a check does ahead that doesn't hang on the answer.
    """
    import helpers.quiet  # noqa: F401  isort: skip
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
