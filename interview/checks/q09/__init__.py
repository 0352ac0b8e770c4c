"""Question 9: attention by hand, a pooling layer, the bug hunt's heads, a cache."""

from interview.checks.claims import Question
from interview.checks.q09 import cache, dot_product, heads, pooling

TYPES = (
    "one number type meets another, as constants and casts of a fixed type do. "
    "`keras.ops` finds the common type, `tf.` doesn't."
)
MADE = "the layer is made by `AttentionPooling(units)`."
HINTS = (
    (
        "could not be deserialized",
        "Keras calls the class with what `get_config` recorded, `name` and `dtype` "
        "included. Does `__init__` take all of that and pass it on, and does "
        "`get_config` hold `units`?",
    ),
    (
        "to a numpy array",
        "NumPy can't be compiled or differentiated. `keras.ops` has what is needed.",
    ),
    ("must have the same dtype", TYPES),
    ("cannot compute", TYPES),
    (
        "dtype bool",
        "the mask is True or False, and a boolean isn't a number: cast it before you "
        "calculate with it, or choose by it.",
    ),
    (
        "compatible batch dimensions",
        "the batch stays where it is. `transpose` without axes turns all axes round.",
    ),
    (
        "size-incompatible",
        "in a product of matrices the last axis of the first meets the last but one of "
        "the second. Write both shapes beside the line.",
    ),
    (
        "ncompatible shapes",
        "write both shapes beside the line. What was made for one length, or one "
        "batch, fits no other.",
    ),
    (
        "NoneType",
        "`.shape` holds None where a length is unknown, as in a model that is traced. "
        "`ops.shape` has it when the model runs; most lines need no length at all.",
    ),
    ("Unrecognized keyword arguments", MADE),
    ("unexpected keyword argument 'units'", MADE),
)

PARTS = dot_product.part, pooling.part, heads.part, cache.part
question = Question(9, *PARTS, hints=HINTS)
check = question.check
