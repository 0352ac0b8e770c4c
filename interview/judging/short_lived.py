"""For a process that lives for one answer or one short run."""

import gc
import sys


def spare_upkeep() -> None:
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
