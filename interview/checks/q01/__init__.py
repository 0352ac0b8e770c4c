"""Question 1: the convolutional classifier, and its bug hunt, preparing the data.

Judged by behaviour: what the model returns for digits, what its loss says about these
scores, whether it can memorise 64 digits, whether other sizes work. How it is built,
which loss and optimizer it has and what it measures are free.
"""

from interview.checks.classifiers import SHRUNK
from interview.checks.machinery import Question
from interview.checks.q01 import network, preparation

HINTS = (
    (
        "build_cnn() got an unexpected keyword argument",
        "the signature is build_cnn(input_shape=(28, 28, 1), num_classes=10).",
    ),
    SHRUNK,
)

question = Question(1, network.part, preparation.part, hints=HINTS)
check = question.check
