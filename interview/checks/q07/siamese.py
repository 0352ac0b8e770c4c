"""`build_siamese`, on four easy kinds of picture.

A probability of "different" is accepted as a distance, because it can serve as one.
"""

import keras
import numpy as np
import tensorflow as tf
from sklearn.metrics import roc_auc_score

from interview.checks.claims import AnswerClaims, need, once
from interview.checks.classifiers import rescued_logits
from interview.checks.kit import as_numbers, close, shaped, steady
from interview.checks.models import (
    build_metrics,
    claim_own_models,
    keras_model,
    overrides,
    same_from_file,
)
from interview.checks.q07.pictures import sound_pairs
from interview.checks.training import build_optimizer

part = AnswerClaims("build_siamese")

# A distance, or a probability or logit; as a column or flat.
ONE_NUMBER = "the distance, or the probability that the digit is the same."


class Built:
    """The two models that the learner's function returns, for images of one shape."""

    def __init__(self, returned) -> None:
        models = returned if isinstance(returned, tuple | list) else (returned,)
        need(
            len(models) == 2 and all(isinstance(m, keras.Model) for m in models),
            expected="two models: encoder, siamese",
            got=", ".join(type(m).__name__ for m in models),
            hint="the encoder is returned too: with it alone new digits are embedded.",
        )
        self.encoder, self.siamese = models
        need(
            len(getattr(self.encoder, "inputs", None) or ()) != 2,
            expected="encoder, siamese",
            got="a model of two inputs first: the two come the other way round",
            hint="which of the two does the task name first?",
        )

    def outputs(self, left, right, training: bool = False) -> np.ndarray:
        """(n,) numbers, one for each pair."""
        return as_numbers(self.siamese([left, right], training=training)).ravel()

    def slopes(self, left, right) -> np.ndarray:
        """The gradient of the outputs' sum with respect to the encoder's weights."""
        weights = [w.value for w in self.encoder.trainable_weights]
        with tf.GradientTape() as tape:
            total = tf.reduce_sum(self.siamese([left, right], training=False))
        zero = tf.UnconnectedGradients.ZERO
        gradients = tape.gradient(total, weights, unconnected_gradients=zero)
        return np.concatenate(
            [np.zeros(1), *(as_numbers(g).ravel() for g in gradients)]
        )

    def unheard(self, left, right, same) -> np.ndarray:
        """Outputs outside [0, 1] at which the loss has no slope for either label.

        A loss of probabilities clips such outputs; a loss of distances or of logits has
        a slope there. Outputs in [0, 1] are left out because a probability may have
        saturated, and large outputs because any loss may clip them. A training step or
        loss function of the learner's own isn't judged.
        """
        own = overrides(self.siamese, "train_step", "compute_loss")
        if own or not self.siamese.loss:
            return np.zeros(0)
        output, slopes = self.siamese([left, right], training=False), []
        for labels in (same, 1 - same):
            with tf.GradientTape() as tape:
                tape.watch(output)
                loss = self.siamese.compute_loss([left, right], labels, output)
            slope = tape.gradient(loss, output, unconnected_gradients="zero")
            slopes.append(as_numbers(slope).ravel())
        values = as_numbers(output).ravel()
        judged = (np.abs(values - 0.5) > 0.501) & (np.abs(values) < 3)
        return values[judged & ~np.any(slopes, axis=0)]


@once
def built(build) -> Built:
    """The models that the answer builds by default."""
    keras.utils.set_random_seed(1)
    return Built(build())


@part.claim("encoder gives one vector per image, siamese one number per pair")
def shapes(build) -> None:
    other = (32, 24, 3)
    by_name, by_place = build(input_shape=other), build(other)
    for models, shape in (
        (built(build), (28, 28, 1)),
        (Built(by_name), other),
        (Built(by_place), other),
    ):
        images = np.random.default_rng(0).random((6, *shape)).astype("float32")
        codes = as_numbers(models.encoder(images, training=False))
        need(
            codes.ndim == 2 and len(codes) == 6 and codes.shape[1] > 1,
            expected="an embedding (6, features) of 6 images",
            got=f"{codes.shape}",
            hint="a vector for each image: flatten or pool before the last layer.",
        )
        output = models.siamese([images, images[::-1]], training=False)
        what = "one number for each of 6 pairs"
        shaped(output, (6, 1), (6,), what=what, hint=ONE_NUMBER)


@part.claim("siamese is compiled, with a loss")
def compiled(build) -> None:
    keras_model(built(build).siamese, name="build_siamese")


@part.claim("both images go through the encoder that is returned")
def one_encoder(build) -> None:
    models = built(build)
    left, right, _ = sound_pairs(0, 12)
    before = steady(lambda: models.outputs(left, right), what="output")
    need(
        np.ptp(before) > 1e-7,
        expected="outputs that depend on the images",
        got="the same output for every pair",
        hint="does the network compare, or is one side compared with itself?",
    )
    weights = models.encoder.get_weights()
    models.encoder.set_weights([np.zeros_like(w) for w in weights])
    after, codes = models.outputs(left, right), as_numbers(models.encoder(left))
    models.encoder.set_weights(weights)
    need(
        not close(after, before, atol=1e-6),
        expected="siamese changes when the encoder's weights do",
        got="the same output: the encoder that is returned isn't the one inside",
        hint="return the very model that siamese calls.",
    )
    # With weights of 0, most encoders give every image the same code.
    blind = np.ptp(codes, axis=0).max() < 1e-6
    need(
        not (blind and np.ptp(after) > 1e-4),
        expected="the same output for every pair while the encoder's weights are 0",
        got="outputs that differ: two encoders instead of one that is shared",
        hint="build it once, call it twice.",
    )


@part.claim("swapping left and right changes nothing")
def sides(build) -> None:
    left, right, _ = sound_pairs(0, 12)
    models = built(build)
    one, other = models.outputs(left, right), models.outputs(right, left)
    need(
        close(one, other),
        expected="the same output for (a, b) and (b, a)",
        got=f"outputs up to {np.abs(one - other).max():.3f} apart",
        hint="a comparison that doesn't mind the order, such as a distance.",
    )
    one, other = models.slopes(left, right), models.slopes(right, left)
    need(
        close(one, other, atol=0.01 * np.abs(one).max() + 1e-6),
        expected="the same gradient for (a, b) and (b, a)",
        got=f"gradients up to {np.abs(one - other).max():.3f} apart",
        hint="both sides train the encoder. Which step lets no gradient through?",
    )


@part.claim("learns to tell same pairs from different ones")
def learning(build) -> None:
    models = built(build)
    before = [w.copy() for w in models.encoder.get_weights()]
    left, right, same = sound_pairs(1, 640)
    # Mislabelled duplicates push distances away from 0.
    left[:4], same[:4] = right[:4], 0.0
    build_optimizer(models.siamese)
    build_metrics(models.siamese, [left, right], same)
    untrained = _easy_pairs_told(models)
    models.siamese.fit([left, right], same, epochs=4, batch_size=32, verbose=0)
    after = models.encoder.get_weights()
    need(
        all(np.isfinite(w).all() for w in after),
        expected="finite weights after training",
        got="NaN; four of the 640 pairs hold an image twice, labelled different",
        hint="the root of 0 has no finite slope. Keep what is under it above a tiny "
        "number.",
    )
    need(
        not all(np.array_equal(a, b) for a, b in zip(before, after, strict=True)),
        expected="an encoder that training moves",
        got="its weights are as before",
        hint="is it part of siamese, and trainable?",
    )
    best = _easy_pairs_told(models)
    need(
        best >= 0.9 and best > untrained - 0.04,
        expected="a ROC AUC of at least 0.9 on four easy kinds of picture, and no less "
        "than without training",
        got=f"{best:.2f} after 80 steps, {untrained:.2f} before them",
        hint="labels are 1 for same: does the loss pull those together? And do loss "
        "and output agree? A contrastive loss wants distances, not similarities; a "
        "cross-entropy wants probabilities of `same`.",
    )
    unheard = models.unheard(*sound_pairs(2, 200))
    need(
        not len(unheard),
        expected="a loss with a slope at every output that siamese gives",
        got="a loss that is flat, whatever the label, at outputs such as "
        f"{unheard[:3].round(2)}",
        hint="a cross-entropy takes probabilities, from 0 to 1, or logits, if it is "
        "told so. Which does siamese give?",
    )


def _easy_pairs_told(models: Built) -> float:
    """The ROC AUC on new pairs, for distances or similarities; the better mode counts.

    Inference is worse than training mode where batch normalisation's averages lag.
    """
    left, right, same = sound_pairs(2, 200)
    scores = [
        roc_auc_score(same, models.outputs(left, right, training))
        for training in (False, True)
    ]
    return max(max(s, 1 - s) for s in scores)


@part.claim("siamese can be saved and loaded, in safe mode")
def saves_and_loads(build) -> None:
    models = built(build)
    left, right, _ = sound_pairs(0, 12)
    # The loss is loaded too, because a saved model may be trained further.
    same_from_file(
        models.siamese,
        lambda siamese: siamese([left, right], training=False),
        hint="is every layer part of the model, and every setting in its config?",
        compiled=True,
    )


def few() -> tuple[list[np.ndarray], np.ndarray]:
    """Eight pairs, and their labels."""
    left, right, same = sound_pairs(0, 8)
    return [left, right], same


claim_own_models(part, few, place=1)


@part.note
def sigmoid_and_logits(build) -> str | None:
    """A note if a loss of logits gets probabilities, which Keras repairs."""
    return rescued_logits(built(build).siamese, *few())
