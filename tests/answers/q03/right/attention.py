"""The metadata ask, patches of the image answer; a training step of its own."""

import keras
import tensorflow as tf
from keras import layers


class Stepping(keras.Model):
    """Clips the gradients by hand."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            scores = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=scores)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, 5.0)
        self.optimizer.apply_gradients(
            zip(gradients, self.trainable_variables, strict=True)
        )
        return {"loss": loss}


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(24, 8, strides=8, activation="relu")(image)
    patches = layers.Reshape((-1, 24))(x)
    query = layers.Dense(24, activation="swish")(metadata)
    answer = layers.MultiHeadAttention(num_heads=2, key_dim=12)(
        layers.Reshape((1, 24))(query), patches
    )
    x = layers.Concatenate()([layers.Flatten()(answer), query])
    x = layers.Dense(48, activation="swish")(x)
    x = layers.Dense(24, activation="swish")(x)
    scores = layers.Dense(num_classes)(x)
    scores = layers.Activation("log_softmax", name="class")(scores)
    model = Stepping([image, metadata], {"class": scores})
    model.compile(
        optimizer=keras.optimizers.AdamW(2e-3),
        loss={"class": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
    )
    return model


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    """Both halves stacked on an axis of their own, and summed over it."""
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    halves = keras.ops.stack([left, right], axis=1)
    x = layers.TimeDistributed(layers.Conv2D(8, 4, strides=4, activation="relu"))(
        halves
    )
    x = layers.TimeDistributed(layers.GlobalMaxPooling2D())(x)
    x = keras.ops.sum(x, axis=1)
    x = layers.Dense(32, activation="relu")(keras.ops.hstack([x, metadata]))
    grade = layers.Dense(num_classes, activation="softmax", name="class")(x)
    days = layers.Dense(1, activation="linear", name="days")(x)
    model = keras.Model([left, right, metadata], [grade, days])
    model.compile("adamax", ["sparse_categorical_crossentropy", "log_cosh"])
    return model
