"""A line down to 0, where a cosine was asked for."""

import math

import keras

FAULT = "the fall asked for is a cosine"


class Plan(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup, total):
        self.peak, self.warmup, self.total = peak, warmup, total

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        left = (self.total - step) / (self.total - self.warmup)
        share = keras.ops.minimum(step / self.warmup, left)
        return self.peak * keras.ops.maximum(share, 0.0)

    def get_config(self):
        return {"peak": self.peak, "warmup": self.warmup, "total": self.total}


def build_optimizer(train_size, batch_size, epochs, peak):
    steps = math.ceil(train_size / batch_size)
    return keras.optimizers.Adam(Plan(peak, steps, steps * epochs))
