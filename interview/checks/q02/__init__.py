"""Question 2: two LSTM classifiers, words to integers, and one step by hand.

Judged by behaviour, on a vocabulary of twenty words: scores under padding and in
another order, and a rule that order alone decides, learnt with the answer's own loss
(and an optimizer of the check's, so that a small learning rate isn't a fault). Each
module says which claim covers which sentence of its task.

What these checks can't see: how well the model does on real sentences, whether its own
optimizer and learning rate would get there, how fast it trains, and whether a model
whose both ends count because it averages over all steps reads backwards as well. In
`encode_sentences`: numbers, dashes and letters beyond English, and the other
apostrophe.
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
