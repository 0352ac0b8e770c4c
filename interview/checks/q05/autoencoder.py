"""`build_autoencoder`, judged on 32 digits.

Any activation of the code is accepted, and any loss that is lower for the digit itself
than for other pictures. A network with a slow loss is trained again with squared error.
The notebook measures how good the reconstructions of unseen digits are.
"""

from collections.abc import Callable

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, fail, need
from interview.checks.kit import judge_places, shaped, steady
from interview.checks.models import claim_own_models, keras_model
from interview.checks.q05.trial import (
    INPUT,
    MEMORISED,
    NAMES,
    call,
    complaint,
    digits,
    squared_error,
    tried,
    with_squared_error,
)
from interview.checks.training import learning_rate

part = AnswerClaims("build_autoencoder")

LATENT = 32
# Neither size is a default or a multiple of a number that could be hard-coded.
OTHER_SIZES = (100, 7)
# The error to reach, as a share of the mean picture's error.
ENOUGH = 0.6


@part.claim("returns encoder, decoder and autoencoder, and the last one is compiled")
def returns_three_models(build: Callable) -> None:
    returned = tried(build).returned
    expected = "three Keras models: encoder, decoder, autoencoder"
    need(
        not isinstance(returned, keras.Model),
        expected=expected,
        got="one model",
        hint="to code pictures one needs the encoder by itself, and to draw new ones "
        "the decoder.",
    )
    need(
        isinstance(returned, tuple | list) and len(returned) == 3,
        expected=expected,
        got="None: nothing was returned" if returned is None else f"{returned!r:.80}",
        hint="end with a return of the three, in this order.",
    )
    others = [type(m).__name__ for m in returned if not isinstance(m, keras.Model)]
    need(
        not others,
        expected=expected,
        got=f"among the three: {', '.join(others)}",
        hint="a symbolic tensor or a list of layers becomes a model by "
        "`keras.Model(inputs, outputs)` or `keras.Sequential`.",
    )
    need(
        returned[2].compiled or not any(model.compiled for model in returned),
        expected="encoder, decoder, autoencoder, the last one compiled",
        got="another of the three is compiled, the last one isn't",
        hint="are the three returned in order?",
    )
    keras_model(returned[2], name="build_autoencoder")


@part.claim("784 pixels become 32 numbers, and 32 numbers become 784 pixels")
def has_shapes(build: Callable) -> None:
    judge_shapes(tried(build).returned, INPUT, LATENT)


@part.claim("takes other sizes: 100 numbers in, 7 in the code")
def takes_other_sizes(build: Callable) -> None:
    inputs, latent = OTHER_SIZES
    models = build(input_dim=inputs, latent_dim=latent)
    judge_shapes(models, inputs, latent)

    def sizes() -> list[int]:
        others = build(inputs, latent)
        judge_shapes(others, inputs, latent)
        return [model.count_params() for model in others]

    counts = [model.count_params() for model in models]
    judge_places(sizes, counts, "input_dim", "latent_dim")


def judge_shapes(models, inputs: int, latent: int) -> None:
    encoder, decoder, autoencoder = models
    count = 5
    random = np.random.default_rng(inputs)
    x = random.uniform(size=(count, inputs)).astype("float32")
    codes = random.uniform(size=(count, latent)).astype("float32")
    shaped(
        encoder(x, training=False),
        (count, latent),
        what=f"for {count} rows of {inputs}, codes",
        faults=(
            Fault(
                (count, inputs),
                "that is the decoder's or the autoencoder's job",
                "are the three returned in order?",
            ),
            Fault(
                (count, LATENT),
                f"{LATENT} is hard-coded",
                "the code has `latent_dim` numbers.",
            ),
            Fault(
                None,
                "more than one tensor",
                "a variational encoder gives its mean as the code; the rest stays "
                "inside.",
            ),
        ),
        hint="the encoder, the first of the three, ends in the bottleneck: "
        "`latent_dim` numbers for each picture.",
    )
    shaped(
        decoder(codes, training=False),
        (count, inputs),
        what=f"from {count} codes of {latent}, pictures",
        hint="the decoder, the second of the three, gives `input_dim` pixels for each "
        "code.",
    )
    shaped(
        autoencoder(x, training=False),
        (count, inputs),
        what="as the input has it, reconstructions",
        hint="the autoencoder, the third of the three, is the encoder with the "
        "decoder behind it.",
    )


@part.claim("whatever the code, the pixels that come out lie in [0, 1]")
def keeps_to_the_range(build: Callable) -> None:
    trial = tried(build)
    random = np.random.default_rng(0)
    codes = random.standard_normal((64, LATENT)) * np.repeat((1, 20), 32)[:, None]
    pixels = np.concatenate([trial.decoded(codes), trial.reconstructed()])
    low, high = float(pixels.min()), float(pixels.max())
    if low >= -1 and high <= 1:
        shape = "a tanh's range"
    elif low >= 0:
        shape = "a ReLU's range, open at the top"
    else:
        shape = "no activation, or logits"
    need(
        low > -1e-5 and high < 1 + 1e-5,
        expected="pixels between 0 and 1, as those that go in",
        got=f"pixels from {low:.2f} to {high:.2f}: {shape}",
        hint="which activation on the decoder's last layer has the pixels' range? "
        "With logits and `from_logits=True` the loss is right and the picture isn't "
        "one.",
    )
    need(
        not np.allclose(pixels.sum(axis=1), 1, atol=1e-2),
        expected="each pixel has its own value between 0 and 1",
        got="the 784 pixels sum to 1: a softmax over the picture",
        hint="pixels don't compete for one unit of ink. Which activation takes each "
        "by itself?",
    )


@part.claim(
    "in inference the same digit gives the same code and the same reconstruction"
)
def is_steady(build: Callable) -> None:
    trial = tried(build)
    for what, again in (("code", trial.codes), ("picture", trial.reconstructed)):
        steady(again, what=what)
    # A model that uses statistics of the batch reconstructs the palest digit alone
    # otherwise than it does among the others.
    pale = digits() * np.linspace(0.2, 1, MEMORISED)[:, None]
    for what, model in (("code", trial.returned[0]), ("picture", trial.returned[2])):
        together, alone = call(model, pale), call(model, pale[:1])
        gap = np.abs(alone - together[:1]).mean()
        spread = np.abs(together - together.mean(axis=0)).mean()
        need(
            gap <= 0.1 * spread + 1e-5,
            expected=f"the same {what} for a digit alone and among others",
            got=f"numbers that differ by {gap:.2g} on average",
            hint="which step looks at the whole batch? Each row goes its own way.",
        )


@part.claim("autoencoder(x) is decoder(encoder(x)), before training and after it")
def is_one_network(build: Callable) -> None:
    trial = tried(build)
    before, moved = trial.gap(), trial.moved
    gap = max(before, trial.gap())
    stuck = [
        name
        for name, model in zip(NAMES[:2], trial.returned, strict=False)
        if name not in moved and model.trainable_weights
    ]
    expected = "after training, decoder(encoder(x)) equal to autoencoder(x)"
    need(
        gap < 1e-4 or not stuck or "autoencoder" not in moved,
        expected=expected,
        got=f"they differ by up to {gap:.2g}, and training the autoencoder moved no "
        f"weight of the {' nor of the '.join(stuck)} returned: it doesn't share its "
        "weights",
        hint="a layer that is called twice shares its weights; a layer that is built "
        "twice doesn't. What is the autoencoder made of?",
    )
    need(
        gap < 1e-4,
        expected=expected,
        got=f"they differ by up to {gap:.2g}: the autoencoder is more than the encoder "
        "with the decoder behind it, so something goes around the bottleneck, or "
        "stands between",
        hint="the decoder may see the code and nothing else: no skip from the input.",
    )


@part.claim("training the autoencoder trains the encoder and the decoder")
def all_learn(build: Callable) -> None:
    trial = tried(build)
    frozen = [
        name
        for name, model in zip(NAMES, trial.returned, strict=True)
        if not model.trainable_weights
    ]
    need(
        not frozen,
        expected="trainable weights in encoder and decoder",
        got=f"none in the {frozen[0] if frozen else ''}: it's frozen",
        hint="`trainable` says whether the optimizer may touch a layer.",
    )
    need(
        trial.moved,
        expected="weights that differ after one epoch",
        got="the same, to the last digit, at a learning rate of "
        f"{learning_rate(trial.returned[2]):g}",
        hint="does the loss depend on the output, and is the rate above zero?",
    )
    stuck = [name for name in NAMES if name not in trial.moved]
    need(
        not stuck,
        expected="weights of encoder and decoder that differ after one epoch",
        got=f"the {stuck[0] if stuck else ''} didn't move: no gradient reaches it",
        hint="the gradient has to pass from the loss through the code to the first "
        "layer. What stops it?",
    )


@part.claim("can memorise 32 digits, better than any one picture could stand for them")
def can_memorise(build: Callable) -> None:
    trial = tried(build)
    mean_picture = squared_error(digits().mean(axis=0))
    enough = ENOUGH * mean_picture
    autoencoder = trial.returned[2]
    error = trial.memorise(enough)
    if error <= enough:
        return
    wrong = complaint(autoencoder)
    again = None if wrong else with_squared_error(build, autoencoder)
    if again and again.memorise(enough) <= enough:
        return
    expected = (
        f"a squared error below {enough:.3f} on 32 digits; their mean picture alone "
        f"has {mean_picture:.3f}"
    )
    got = f"{error:.3f} after training"
    need(
        trial.codes().std(axis=0).max() > 1e-6,
        expected=expected,
        got=f"{got}: every digit gets the same code",
        hint="look at the codes. Which layer makes all of them equal?",
    )
    need(
        not wrong,
        expected=expected,
        got=f"{got}: {wrong}",
        hint="which loss is smallest when each pixel has its own value?",
    )
    fail(
        expected=expected,
        got=f"{got}, at a learning rate of {learning_rate(autoencoder):.2g}",
        hint="is the learning rate sensible, and does the information reach the "
        "decoder?",
    )


claim_own_models(part, lambda: (digits()[:4],) * 2, place=2)


@part.note
def cuts_off(build: Callable) -> str | None:
    keras.utils.set_random_seed(0)
    codes = call(build()[0], digits())
    if codes.min() < 0 or (codes == 0).mean() < 0.1:
        return None
    return (
        "the code is cut off at 0, as by a ReLU. A unit that is 0 for every digit gets "
        "no gradient: count such units after training."
    )
