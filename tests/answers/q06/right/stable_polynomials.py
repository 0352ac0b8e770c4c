"""Made of Keras's own schedules, and without a stable phase by default."""

import keras
import tensorflow as tf


class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps, name="wsd"):
        super().__init__()
        self.config = {
            "peak": peak,
            "warmup_steps": warmup_steps,
            "stable_steps": stable_steps,
            "decay_steps": decay_steps,
            "name": name,
        }
        lines = keras.optimizers.schedules.PolynomialDecay
        self.rise = lines(0.0, warmup_steps, peak) if warmup_steps else None
        self.fall = lines(peak, decay_steps, 0.0)
        self.begin = float(warmup_steps + stable_steps)

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        rate = self.fall(tf.maximum(step - self.begin, 0.0))
        return rate if self.rise is None else tf.minimum(self.rise(step), rate)

    def get_config(self):
        return dict(self.config)
