"""What a process does ahead of a check, so that the answer is judged at once.

Only in a process that judges one file afterwards. Keras counts no names from it: what
an answer makes there is called as in any other process.
"""

import gc
import importlib
from collections.abc import Callable

from interview.judging import short_lived


def warm_up(number: int, module: str = "") -> None:
    """Import TensorFlow and a question's check, and let Keras train once.

    Args:
        number: the question.
        module: what holds the `question`, in place of the question's own check.
    """
    check = importlib.import_module(module or f"interview.checks.q{number:02d}")
    if not module:
        _train(getattr(check, "prepare", None))
    gc.collect()
    short_lived.spare_upkeep()


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
