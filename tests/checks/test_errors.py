"""Errors that any question's answer may meet, and what is said about them."""

import helpers.quiet  # isort: skip
import keras
import numpy as np
import pytest
import tensorflow as tf

from interview.checks import errors
from interview.checks.claims import AnswerClaims, CheckFailed, QuestionCheck


@pytest.mark.parametrize(
    ("code", "has"),
    [
        ("from tensorflow import keras; keras.saving", "keras.saving"),
        (
            "from tensorflow import keras; keras.losses.mean_squared_error",
            "keras.losses.mean_squared_error",
        ),
        (
            "import tensorflow as tf; tf.keras.metrics.kl_divergence",
            "keras.metrics.kl_divergence",
        ),
        (
            "from tensorflow.keras.losses import mean_squared_error",
            "keras.losses.mean_squared_error",
        ),
        ("from tensorflow import keras; keras.no_such_name", ""),
        ("import keras; keras.no_such_name", ""),
    ],
)
def test_a_name_that_tensorflow_s_keras_lacks_is_told(code, has):
    assert keras.saving  # it's imported, as for every check
    with pytest.raises((AttributeError, ImportError)) as caught:
        exec(code, {})
    says = f"TensorFlow's `keras` lacks `{has}`: `import keras` has it."
    assert errors.advice(str(caught.value)) == (says if has else "")


def test_the_advice_is_the_hint():
    part = AnswerClaims("run_training_loop")
    part.claim("is called")(lambda answer: answer())

    def answer():
        import tensorflow as tf

        return tf.keras.losses.mean_squared_error

    with pytest.raises(CheckFailed) as caught:
        QuestionCheck(4, part).check(run_training_loop=answer)
    assert "hint:     TensorFlow's `keras` lacks `keras.losses.m" in str(caught.value)
    assert str(caught.value).endswith(
        "`interview.checks.why()` shows the whole traceback."
    )
    assert isinstance(caught.value.cause, AttributeError)


def test_numpy_on_a_symbolic_tensor_is_no_stub():
    """TensorFlow raises NotImplementedError then, which says nothing of a stub."""

    class Rectified(keras.layers.Layer):
        def call(self, inputs):
            return np.maximum(inputs, 0.0)

    class Stub(keras.layers.Layer):
        def call(self, inputs):
            raise NotImplementedError("not written yet")

    part = AnswerClaims("run_training_loop")
    part.claim("runs compiled")(lambda layer: tf.function(layer())(tf.ones((4, 3))))
    question = QuestionCheck(4, part)
    with pytest.raises(CheckFailed) as caught:
        question.check(run_training_loop=Rectified)
    assert not caught.value.is_unwritten
    assert "NotImplementedError" in str(caught.value)
    with pytest.raises(CheckFailed) as caught:
        question.check(run_training_loop=Stub)
    assert caught.value.is_unwritten
