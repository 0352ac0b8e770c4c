"""Question 10: a generator, a discriminator, the GAN's step, a penalty, labels."""

from interview.checks.claims import QuestionCheck
from interview.checks.q10 import (
    conditional,
    discriminator,
    gan,
    generator,
    penalty,
    together,
)

IMAGES_ALONE = (
    "`fit` gets images alone: what `train_step` receives is one batch of them."
)
SHAPES = "images come as (batch, 28, 28, 1), latent vectors as (batch, latent_dim)."
HINTS = (
    (
        "Unknown variable",
        "an optimizer has met variables that it wasn't built for. Each network has "
        "an optimizer of its own, for its own variables.",
    ),
    ("Iterating over", IMAGES_ALONE),
    (
        "Incompatible shapes",
        "the last batch may be smaller. Take the size from the images that came.",
    ),
    (
        "inside a `tf.function`",
        "`predict` is a loop of its own. In a step, call the network: "
        "`self.generator(noise, training=True)`.",
    ),
    (
        "elements of (None",
        "`train_step` is compiled; the batch size is known while it runs: "
        "`tf.shape(images)[0]` or `keras.ops.shape(images)[0]`.",
    ),
    (
        "cannot mix tensors and non-tensors",
        "labels may come as a NumPy array: make a tensor of them before they go beside "
        "the noise.",
    ),
    (
        "No gradients provided",
        "does a path lead from this loss to these variables inside the tape?",
    ),
    (
        "required positional argument",
        "a size that isn't given is 100: the task's signatures have defaults.",
    ),
    ("incompatible shape", SHAPES),
    ("is incompatible with the layer", SHAPES),
    ("expected axis -1", SHAPES),
)

question = QuestionCheck(
    10,
    generator.part,
    discriminator.part,
    gan.part,
    together.part,
    penalty.part,
    conditional.part,
    hints=HINTS,
)
check = question.check
