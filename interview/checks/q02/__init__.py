"""Question 2: two LSTM classifiers, words to integers, and one step by hand.

The check doesn't cover how well a model does on real sentences or with its own learning
rate. It can't tell either whether a model that averages over all steps also reads
backwards, since both ends of a sentence count in the average.
"""

from interview.checks.claims import Question
from interview.checks.q02 import classifiers, encode, step

HINTS = (
    (
        "expected ndim=3, found ndim=2",
        "an LSTM returns its last state unless told otherwise. What does a second "
        "recurrent layer need to read?",
    ),
    (
        "is not in [0,",
        "integers go from 0, the padding, to `vocab_size - 1`, and each needs a row "
        "in the embedding.",
    ),
    (
        "stateful",
        "a stateful layer carries its state from one batch to the next. What has one "
        "sentence to do with another?",
    ),
    (
        "batch_input_shape",
        "Keras 3 begins with `keras.Input`, whose length may be None.",
    ),
    (
        "incompatible with the layer",
        "some layer has fixed the number of steps. What does it do to a sentence of "
        "another length?",
    ),
)

PARTS = classifiers.lstm, classifiers.bilstm, encode.part, step.part
question = Question(2, *PARTS, hints=HINTS)
check = question.check
