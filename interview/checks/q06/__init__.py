"""Question 6: schedules, the plateau callback, its bug hunt and its second round.

The check loads each saved class in the same process. It doesn't test whether another
process could, which would have to import the class or find it registered.
"""

from interview.checks.claims import Question
from interview.checks.q06 import by_epoch, optimizer, plateau, stable, warmup_decay

HINTS = (
    (
        "EagerTensor of dtype int",
        "a step is an integer, and TensorFlow doesn't mix integers and floats. What "
        "has to happen to `step` first?",
    ),
    (
        "expected to be a int32 tensor",
        "an integer meets a float, and TensorFlow mixes neither. Is each rate written "
        "as a float, zero as well, and is the step made one?",
    ),
    (
        "lowest value",
        "that is a metric which not every model has. Which number does each training "
        "with validation data report?",
    ),
    (
        "get_config",
        "saving a compiled model asks the schedule for its arguments: `get_config` "
        "returns them as a dict.",
    ),
    (
        "unexpected keyword argument",
        "the task names the arguments, and their order.",
    ),
    (
        "'SymbolicTensor'",
        "in a graph `step` has no value yet, so it can't be turned into a Python "
        "number. `keras.ops` computes with it as it is.",
    ),
    (
        "numpy() is only available",
        "in a graph `step` has no value yet, so NumPy can't compute with it. "
        "`keras.ops` has the same functions.",
    ),
    (
        "Using a symbolic",
        "in a graph `step` has no value yet, so a Python `if` can't ask for it. Which "
        "operation chooses, or takes the smaller of two?",
    ),
)

question = Question(
    6,
    by_epoch.part,
    warmup_decay.part,
    plateau.part,
    optimizer.part,
    stable.part,
    hints=HINTS,
)
check = question.check
