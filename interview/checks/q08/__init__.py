"""Question 8: ensembling, a report on an ensemble, and the calibration error.

The check doesn't cover how good the members are, how fast predicting is, whether a
subclassed ensemble can be loaded, or members whose inputs differ.
"""

from interview.checks.claims import Question
from interview.checks.q08 import average, calibration, ensemble, report, training, vote

HINTS = (
    (
        "All operation names should be unique",
        "two members bear the same name, and inside one model each needs its own.",
    ),
    (
        "build() got an unexpected keyword",
        "`build()` takes nothing. What does Keras draw its first weights from?",
    ),
    (
        "build() takes 0 positional arguments",
        "`build()` takes nothing. What does Keras draw its first weights from?",
    ),
    (
        "incompatible with the layer",
        "members know the shape of their input; ask them for it.",
    ),
    (
        "Invalid input shape for input",
        "members know the shape of their input, all of its axes; ask them for it.",
    ),
    (
        "KerasTensor",
        "while a model is put together there are no numbers yet: inside it, use Keras "
        "layers or `keras.ops`.",
    ),
)

question = Question(
    8,
    training.part,
    average.part,
    vote.part,
    ensemble.part,
    report.part,
    calibration.part,
    hints=HINTS,
)
check = question.check
