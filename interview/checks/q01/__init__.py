"""Question 1: a convolutional classifier, its data, and a convolution by hand."""

from interview.checks.claims import Question
from interview.checks.classifiers import SHRUNK
from interview.checks.q01 import convolution, network, preparation

HINTS = (
    (
        "build_cnn() got an unexpected keyword argument",
        "the signature is build_cnn(input_shape=(28, 28, 1), num_classes=10).",
    ),
    SHRUNK,
    (
        "dtype='string'",
        "a text came where numbers belong. By place `compile` takes an optimizer, a "
        "loss and weights for losses; what is measured is handed over by name.",
    ),
    (
        "elements of (None",
        "`fit` compiles the step, and how many rows a batch has is known only while it "
        "runs. `Flatten` needn't know; `ops.shape(x)[0]` finds out.",
    ),
    (
        "index can't contain negative values",
        "a kernel smaller than the stride lacks no pixel at the end: the number of "
        "zeros is never below 0.",
    ),
)

question = Question(1, network.part, preparation.part, convolution.part, hints=HINTS)
check = question.check
