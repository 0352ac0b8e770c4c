"""A residual network with a warm-up, focal loss on one-hot rows, a zero last layer."""

import keras
from keras import layers, ops


def focal(y_true, logits, gamma=2.0):
    log_p = ops.log_softmax(logits)
    one_hot = ops.one_hot(ops.cast(y_true, "int32"), ops.shape(logits)[-1])
    log_p = ops.sum(one_hot * log_p, axis=-1)
    return -ops.power(1 - ops.exp(log_p), gamma) * log_p


def block(x, filters):
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    y = layers.BatchNormalization()(y)
    y = layers.Activation("silu")(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False)(y)
    y = layers.BatchNormalization()(y)
    return layers.Activation("silu")(layers.Add()([x, y]))


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    image = keras.Input(input_shape)
    x = layers.RandomTranslation(0.05, 0.05)(image)
    x = layers.Conv2D(16, 4, strides=4)(x)
    x = block(block(x, 16), 16)
    x = layers.Flatten()(x)
    logits = layers.Dense(num_classes, kernel_initializer="zeros")(x)
    model = keras.Model(image, logits)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, 5000, warmup_target=3e-3, warmup_steps=100
    )
    model.compile(keras.optimizers.Adam(schedule), loss=focal, metrics=["accuracy"])
    return model
