"""Question 5: the autoencoder, and its bug hunt, finding anomalies with one.

Judged by behaviour: shapes for several sizes, the range of what comes out, whether
autoencoder and decoder(encoder) are one and the same before and after training, whether
32 digits can be memorised. Layers, code activation, loss and optimizer are free. Each
part's module says which claim covers which sentence of its task.
"""

from interview.checks.machinery import Question
from interview.checks.q05 import anomalies, autoencoder

HINTS = (
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

question = Question(5, autoencoder.part, anomalies.part, hints=HINTS)
check = question.check
