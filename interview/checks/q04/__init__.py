"""Question 4: the custom training loop, early stopping, a step in pieces."""

from interview.checks.claims import Question
from interview.checks.q04 import accumulation, loop, stopping, trial

HINTS = (
    ("reset_states", "Keras 3 renamed it: a metric has `reset_state`."),
    (
        "on a non-first call",
        "a `tf.function` that outlives one call has met a second model or optimizer. "
        "Define the compiled steps where the model is known.",
    ),
    (
        "Invalid reduction dimension -1",
        "the last batch may hold one example, and a squeeze without an axis takes its "
        "only dimension away too.",
    ),
    (
        "Unknown variable",
        "one optimizer serves one model. Use the optimizer that was handed in, on "
        "the model that was handed in.",
    ),
    (
        "SymbolicTensor",
        "Python inside a `tf.function` runs once, while it is traced, and sees symbols "
        "there. Return what you need from the step.",
    ),
)

question = Question(4, loop.part, stopping.part, accumulation.part, hints=HINTS)
check = question.check
prepare = trial.prepare
