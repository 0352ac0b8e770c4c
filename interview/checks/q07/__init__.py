"""Question 7: pairs, loss, distance, Siamese network, bug hunt, second round.

The check doesn't cover whether each epoch gets new pairs, whether the test's classes
were held out of training, or whether a saved model can be loaded on another machine,
which needs the learner's classes.
"""

from interview.checks.claims import Question
from interview.checks.q07 import distance, loss, nce, one_shot, pairs, siamese

_REGISTER = (
    "the file names a {} that Keras doesn't know: register it with "
    "`keras.saving.register_keras_serializable`."
)

HINTS = (
    (
        "Lambda` layer",
        "a file that holds Python code is refused: loading it would run it. What can "
        "a registered layer, or an operation of `keras.ops`, do instead?",
    ),
    ("Could not locate class", _REGISTER.format("class")),
    ("Could not locate function", _REGISTER.format("function")),
    (
        "could not be deserialized",
        "to build the layer again Keras calls it with what `get_config` recorded, "
        "`name` and `dtype` included. Does `__init__` take all of that?",
    ),
    (
        "cannot compute",
        "integer labels meet distances in float32. Which line brings them to one type?",
    ),
    (
        "incompatible with the layer",
        "which sizes are fixed in the network? `input_shape` has to decide.",
    ),
    (
        "KerasTensor cannot be used as input to a TensorFlow function",
        "`tf.` functions don't take symbolic tensors; `keras.ops` or a layer does.",
    ),
)

question = Question(
    7,
    pairs.part,
    siamese.part,
    loss.part,
    distance.part,
    one_shot.part,
    nce.part,
    hints=HINTS,
)
check = question.check
