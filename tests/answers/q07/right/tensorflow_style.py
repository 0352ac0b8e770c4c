"""TensorFlow's functions, a distance with epsilon inside, squared weights decay."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, regularizers


def make_pairs(x, y, num_pairs, seed):
    """A shuffled list decides for each pair; one more is the same if they're odd."""
    random = np.random.RandomState(seed)
    left, right, same = [], [], random.permutation(num_pairs) % 2 == 0
    for is_same in same:
        i = random.randint(len(x))
        candidates = y == y[i] if is_same else y != y[i]
        candidates[i] = False
        left.append(i)
        right.append(random.choice(np.where(candidates)[0]))
    return (x[left], x[right]), same.astype("float32").reshape(-1, 1)


@keras.saving.register_keras_serializable("right_tensorflow")
def contrastive_loss(y_true, y_pred, margin=1.0):
    d = tf.reshape(tf.convert_to_tensor(y_pred), [-1])
    y = tf.cast(tf.reshape(y_true, [-1]), d.dtype)
    losses = y * tf.square(d) + (1.0 - y) * tf.square(tf.nn.relu(margin - d))
    return tf.reduce_mean(losses)


@keras.saving.register_keras_serializable("right_tensorflow")
class EuclideanDistance(keras.Layer):
    def __init__(self, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon

    def call(self, inputs):
        squared = tf.reduce_sum((inputs[0] - inputs[1]) ** 2, axis=1)
        return tf.sqrt(squared + self.epsilon)

    def compute_output_shape(self, input_shape):
        return (input_shape[0][0],)

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}


def build_siamese(input_shape=(28, 28, 1)):
    encoder = keras.Sequential(name="tower")
    encoder.add(keras.Input(input_shape))
    for filters in (16, 32):
        encoder.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        encoder.add(layers.BatchNormalization())
        encoder.add(layers.Activation("relu"))
        encoder.add(layers.MaxPooling2D())
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(24, kernel_regularizer=regularizers.L2(1e-4)))
    inputs = [keras.Input(input_shape, name=name) for name in ("left", "right")]
    siamese = keras.Model(inputs, EuclideanDistance()([encoder(i) for i in inputs]))
    siamese.compile(keras.optimizers.RMSprop(1e-3), contrastive_loss)
    return encoder, siamese
