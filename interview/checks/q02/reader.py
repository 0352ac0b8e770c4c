"""The model that a learner's function builds, and the sentences that it is given."""

import contextlib
import functools

import keras
import numpy as np
import tensorflow as tf

from interview.checks.claims import once
from interview.checks.models import keras_model, layers_of

VOCAB, DIM = 20, 16
# In the rule that is learnt, the class is whether FIRST or SECOND comes first. COIN
# marks sentences whose class is random.
FIRST, SECOND, COIN = 5, 6, 7


class Reader:
    """The learner's model, with the calls that the claims make on it."""

    def __init__(self, build) -> None:
        keras.utils.set_random_seed(0)
        returned = build(VOCAB, embedding_dim=DIM)
        self.model = keras_model(returned, name="the function")
        # The model's output for three sentences of five words.
        self.first = self.model(sentences(3, 5), training=False)
        self.shape = tuple(self.first.shape)
        self.start = self.model.get_weights()
        self._in_graph = tf.function(
            lambda x: self.model(x, training=False),
            input_signature=[tf.TensorSpec((None, None), "int32")],
        )

    def score(self, x: np.ndarray) -> np.ndarray:
        """(n,) scores of (n, steps) integers.

        One graph serves all lengths, which is many times faster than eager calls. If
        the graph fails, the model is called eagerly, which works or shows the error.
        """
        with contextlib.suppress(Exception):
            return np.ravel(self._in_graph(tf.constant(x, "int32"))).astype("float64")
        return self.score_eagerly(x)

    def score_eagerly(self, x: np.ndarray) -> np.ndarray:
        """(n,) scores of (n, steps) integers of any type."""
        return np.ravel(self.model(x, training=False)).astype("float64")

    def stir(self, scale: float, seed: int = 0) -> None:
        """Move the weights from their first values, where scores hardly differ."""
        self.model.set_weights(self.start)
        stir(self.model, scale, seed)

    @functools.cached_property
    def gives_probabilities(self) -> bool:
        """Whether the scores stay in [0, 1] for any weights."""
        x, scores = sentences(16, 8, seed=4), []
        for seed in range(3):
            self.stir(3.0, seed)
            scores.append(self.score(x))
        self.stir(0.0)
        return bool(np.min(scores) >= 0 and np.max(scores) <= 1)

    @property
    def recurrent(self) -> list[keras.layers.RNN]:
        """The recurrent layers in the order of use, two for each bidirectional one.

        Layers inside a layer class of the learner's aren't found.
        """
        found = []
        for layer in layers_of(self.model):
            if isinstance(layer, keras.layers.Bidirectional):
                found += [layer.forward_layer, layer.backward_layer]
            elif isinstance(layer, keras.layers.RNN):
                found.append(layer)
        return found


def stir(model: keras.Model, scale: float, seed: int = 0) -> None:
    """Add noise of this scale to what a model learns."""
    random = np.random.default_rng(seed)
    for variable in model.trainable_variables:
        noise = random.standard_normal(variable.shape) * scale
        variable.assign_add(noise.astype("float32"))


@once
def built(build) -> Reader:
    return Reader(build)


def sentences(count: int, steps: int, seed: int = 0) -> np.ndarray:
    """(count, steps) words; no padding, no start, no unknown."""
    random = np.random.default_rng(seed)
    return random.integers(4, VOCAB, (count, steps)).astype("int32")


def order_task(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sentences with FIRST and SECOND among other words; class 1 if in that order."""
    random = np.random.default_rng(seed)
    x = random.integers(8, VOCAB, (count, 8))
    y = np.arange(count) % 2
    for row, label in zip(x, y, strict=True):
        early, late = sorted(random.choice(8, 2, replace=False))
        row[early], row[late] = (FIRST, SECOND) if label else (SECOND, FIRST)
    return x.astype("int32"), y.astype("float32")


@functools.cache
def with_coins(batches: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Batches of the order task in which a quarter of the rows have a random class.

    Returns:
        x (batches · count, 8) and y (batches · count,), batch after batch.
    """
    drawn = [order_task(count, seed=100 + batch) for batch in range(batches)]
    for x, _ in drawn:
        x[: count // 4] = COIN
    x, y = zip(*drawn, strict=True)
    return np.concatenate(x), np.concatenate(y)
