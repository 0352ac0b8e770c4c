"""Question 5: the autoencoder, anomalies, and what makes it variational."""

from interview.checks.claims import QuestionCheck
from interview.checks.q05 import anomalies, autoencoder, variational

HINTS = (
    (
        "call `compile()` before",
        "`evaluate` needs a compiled model, and gives one number for all pictures; a "
        "call, or `predict`, gives their reconstructions.",
    ),
    (
        "only supports singleton tf.Variables",
        "a layer makes what it keeps, a seed generator too, once, in `__init__`: a "
        "graph can't make a new one at each call.",
    ),
    (
        "could not be deserialized",
        "a layer is made again with what `get_config` says, its name among that: "
        "`__init__` takes `**kwargs` and hands them on.",
    ),
    (
        "'NoneType' object cannot be interpreted",
        "the size of a batch isn't known while a graph is traced; `keras.ops.shape` "
        "gives it when the graph runs.",
    ),
    (
        "unexpected keyword argument",
        "the signature is build_autoencoder(input_dim=784, latent_dim=32).",
    ),
    (
        "named input(s)",
        "encoder, decoder and autoencoder take one tensor each: the decoder sees the "
        "code and nothing besides.",
    ),
    (
        "is incompatible with the layer",
        "a size is written into a layer. The input has `input_dim` numbers, the code "
        "has `latent_dim`.",
    ),
    (
        "must have rank",
        "the target is the input itself, of the same shape as the output. Which loss "
        "compares two pictures?",
    ),
)

question = QuestionCheck(
    5,
    autoencoder.part,
    anomalies.part,
    variational.divergence,
    variational.sampling,
    hints=HINTS,
)
check = question.check
