"""Question 3: two inputs; the bug hunt, two photographs; the second round, gaps."""

from interview.checks.claims import Question
from interview.checks.classifiers import SHRUNK
from interview.checks.q03 import multi_input, tolerant, two_halves

HINTS = (
    (
        "build_multi_input() got an unexpected keyword argument",
        f"the signature is {multi_input.SIGNATURE}.",
    ),
    (
        "KerasTensor cannot be used as input to a TensorFlow function",
        "on symbolic tensors use a layer, or the function of the same name in "
        "`keras.ops`.",
    ),
    (
        "requires inputs with matching shapes",
        "features to be concatenated may differ on the last axis only. What makes a "
        "vector of an image's features?",
    ),
    (
        "All operation names should be unique",
        "two layers have one name; each input and each layer needs its own.",
    ),
    (
        "incompatible shapes",
        "features that are added or multiplied need the same width.",
    ),
    (
        "Lambda` layer",
        "Python code in a `Lambda` isn't loaded, for safety. `keras.ops` on tensors, "
        "or a layer of your own with `get_config`, is.",
    ),
    SHRUNK,
)

PARTS = multi_input.part, two_halves.part, tolerant.part
question = Question(3, *PARTS, hints=HINTS)
check = question.check
