"""Question 8's stand-ins for trained members predict like Keras's own models."""

import keras
import numpy as np
import tensorflow as tf

from interview.checks.q08 import members


def test_a_member_predicts_its_table_as_keras_does():
    tables = members.random_tables(2, 3)
    for member, table in zip(members.models_of(tables), tables, strict=True):
        x = np.eye(members.ROWS, dtype="float32")
        got = member.predict(x, verbose=0)
        assert isinstance(got, np.ndarray)
        assert np.allclose(got, table)
        assert np.allclose(got, keras.Sequential.predict(member, x, verbose=0))
        batches = tf.data.Dataset.from_tensor_slices(x).batch(16)
        assert np.allclose(got, member.predict(batches, verbose=0))
