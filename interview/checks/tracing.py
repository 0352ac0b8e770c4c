"""Shorter waits: a training step that TensorFlow traces once, not twice."""

import keras


def build_optimizer(model: keras.Model) -> None:
    """Make the optimizer's variables now, and not in the first step of `fit`.

    A `tf.function` that makes variables in its first trace is traced again, and for
    the small models of a check tracing takes most of the time of `fit`.

    Args:
        model: compiled, and called before, so that its weights are all there. A model
            with a `train_step` of its own is left alone: it may yet make some.
    """
    own_step = type(model).train_step is not keras.Model.train_step
    if not own_step and model.optimizer and not model.optimizer.built:
        model.optimizer.build(model.trainable_variables)
