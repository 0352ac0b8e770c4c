"""A subclassed model, unit embeddings, cosine similarity, a logit as output."""

import keras
import numpy as np
from keras import layers, ops


def make_pairs(x, y, num_pairs, seed):
    """Tries pairs until both kinds are full."""
    random = np.random.default_rng(seed)
    wanted = {True: num_pairs // 2, False: num_pairs - num_pairs // 2}
    rows = []
    while any(wanted.values()):
        left, right = random.integers(len(x), size=2)
        same = bool(y[left] == y[right])
        if left != right and wanted[same]:
            wanted[same] -= 1
            rows.append((left, right, same))
    left, right, same = map(np.array, zip(*rows, strict=True))
    return (x[left], x[right]), same


def contrastive_loss(y_true, y_pred, margin=1.0):
    y_true = ops.cast(ops.ravel(y_true), "bool")
    y_pred = ops.ravel(y_pred)
    pull, push = ops.square(y_pred), ops.square(ops.maximum(margin - y_pred, 0.0))
    return ops.mean(ops.where(y_true, pull, push))


@keras.saving.register_keras_serializable("right_subclassed")
class Siamese(keras.Model):
    def __init__(self, encoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        # A negative start would ask the embeddings for the impossible.
        self.scale = layers.Dense(1, kernel_initializer=keras.initializers.Constant(5))

    def call(self, inputs):
        left, right = (self.encoder(image) for image in inputs)
        cosine = ops.sum(left * right, axis=-1, keepdims=True)
        return self.scale(cosine)

    def get_config(self):
        encoder = keras.saving.serialize_keras_object(self.encoder)
        return {**super().get_config(), "encoder": encoder}

    @classmethod
    def from_config(cls, config):
        encoder = keras.saving.deserialize_keras_object(config.pop("encoder"))
        return cls(encoder, **config)


def build_siamese(input_shape=(28, 28, 1)):
    encoder = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(24, 5, strides=2, activation="elu"),
            layers.Conv2D(24, 3, strides=2, activation="elu"),
            layers.Flatten(),
            layers.Dropout(0.2),
            layers.Dense(48),
            layers.UnitNormalization(),
        ]
    )
    siamese = Siamese(encoder)
    siamese.compile(
        keras.optimizers.Adam(3e-3), keras.losses.BinaryCrossentropy(from_logits=True)
    )
    # One call builds the weights.
    siamese([np.zeros((1, *input_shape), "float32")] * 2)
    return encoder, siamese


def one_shot_accuracy(embed, x, y, ways, episodes, seed):
    """Nearest by cosine-like scores, from means of codes; classes by their label."""
    random = np.random.default_rng(seed)
    right = 0
    for _ in range(episodes):
        classes = random.choice(sorted(set(y.tolist())), size=ways, replace=False)
        pairs = [
            random.choice(np.flatnonzero(y == c), 2, replace=False) for c in classes
        ]
        truth = classes[random.integers(ways)]
        support = embed(x[[pair[0] for pair in pairs]])
        query = embed(x[[pairs[list(classes).index(truth)][1]]])
        distances = ((support - query) ** 2).sum(axis=1)
        right += classes[int(np.argmin(distances))] == truth
    return np.float64(right / episodes)
