"""`fit_with_early_stopping`, the bug hunt, with scripted validation losses.

No scripted loss is NaN.
"""

from collections.abc import Callable, Sequence

import helpers.quiet  # isort: skip
import keras
import numpy as np

from interview.checks.claims import AnswerClaims, Fault, need
from interview.checks.kit import agree, close

part = AnswerClaims("fit_with_early_stopping")


class _Scripted:
    """Reports scripted validation losses; epoch n sets all weights to n."""

    def __init__(self, fit: Callable, losses: Sequence[float], patience: int) -> None:
        # Dropout has a random generator, whose state isn't among the model's weights.
        normalise, drop = keras.layers.BatchNormalization(), keras.layers.Dropout(0.5)
        self.model = keras.Sequential([keras.Input((3,)), normalise, drop])
        self.losses, self.epoch, self.validations = losses, 0, 0
        self.validated_first = False
        self.returned = fit(
            self.model, self._train_epoch, self._validate, patience, len(losses)
        )

    def _train_epoch(self, model) -> None:
        need(
            self.epoch < len(self.losses),
            expected=f"at most {len(self.losses)} epochs",
            got="one more",
            hint="`max_epochs` is a limit too.",
        )
        self.epoch += 1
        for weight in model.weights:
            weight.assign(np.full(weight.shape, float(self.epoch)))

    def _validate(self, model) -> float:
        self.validations += 1
        if self.epoch == 0:
            # This loss is better than any epoch's, but mustn't count, because it comes
            # before the first epoch.
            self.validated_first = True
            return min(self.losses) - 1
        return self.losses[self.epoch - 1]

    def kept(self, kind: str = "weights") -> set[float]:
        """The epochs that the model's weights come from."""
        weights = getattr(self.model, kind)
        return {float(value) for w in weights for value in np.ravel(w.numpy())}


@part.claim("stops after `patience` epochs in a row without a new best")
def stops_after_patience(fit) -> None:
    losses = [5.0, 4.0, 4.5, 3.0, 3.5, 3.2, 3.1, 3.3, 1.0]
    scripted = _Scripted(fit, losses, patience=3)
    need(
        scripted.epoch == 7
        or not scripted.validated_first
        or scripted.validations == scripted.epoch,
        expected=f"7 epochs for the losses {losses} and patience 3",
        got=f"{scripted.epoch}: the loss of the untrained model counts as a best one",
        hint="the best is sought among the epochs, and no epoch has run yet.",
    )
    need(
        scripted.epoch == 7 or not scripted.validated_first,
        expected="an epoch of training, then its validation loss",
        got="validation before the first epoch: each number belongs to the weights of "
        "an epoch ago",
        hint="in which order do the two calls stand?",
    )
    agree(
        scripted.epoch,
        7,
        expected=f"7 epochs for the losses {losses} and patience 3",
        shown=f"{scripted.epoch}",
        hint="the best loss is that of epoch 4; three epochs without a new best "
        "follow it.",
        faults=(
            Fault(
                6,
                "bad epochs from before the best one still counted",
                "what should a new best do to the count of bad epochs?",
            ),
            Fault(
                8,
                "one epoch too late",
                "patience 3 means: three epochs in a row without a new best.",
            ),
        ),
    )
    returned = scripted.returned
    need(
        isinstance(returned, Sequence | np.ndarray) and close(returned, losses[:7]),
        expected=f"the validation losses seen, {losses[:7]}",
        got=f"{returned}",
        hint="one number per epoch that ran.",
    )
    level = _Scripted(fit, [1.0, 1.0, 1.0, 1.0, 1.0], patience=2)
    need(
        level.epoch == 3,
        expected="3 epochs when the loss stays equal and patience is 2",
        got=f"{level.epoch}",
        hint="an equal loss isn't a better one.",
    )
    losses = [3.0, 2.0, 2.5, 1.0]
    at_once = _Scripted(fit, losses, patience=0)
    agree(
        at_once.epoch,
        3,
        expected=f"3 epochs for the losses {losses} and patience 0, which means the "
        "same as 1",
        shown=f"{at_once.epoch}",
        hint="the first epoch without a new best is the last.",
        faults=(
            Fault(
                1,
                "it ended with an epoch that was a new best",
                "only an epoch without a new best can use patience up.",
            ),
            Fault(
                4,
                "a patience of 0 is never used up",
                "the first bad epoch makes the count 1, which is past 0 already.",
            ),
        ),
    )
    # Each loss is a new best by less than a `min_delta` or rounding would accept, and
    # by more than float32's precision.
    little = [1 - n * 1e-6 for n in range(5)]
    slowly = _Scripted(fit, little, patience=2)
    agree(
        slowly.epoch,
        5,
        expected="all 5 epochs that `max_epochs` allows for the losses "
        f"{', '.join(f'{loss:.6f}' for loss in little)} and patience 2",
        shown=f"{slowly.epoch}",
        hint="each of them is a new best; how many epochs may there be?",
        faults=(
            Fault(
                4,
                "one epoch too few",
                "where each epoch is a new best, as many run as `max_epochs` says.",
            ),
            Fault(
                3,
                "a loss that is lower by little doesn't count as a new best",
                "any lower loss is a new best: compare the numbers as they come.",
            ),
        ),
    )


@part.claim("leaves the model with the weights of its best epoch")
def best_weights(fit) -> None:
    scripted = _Scripted(fit, [5.0, 2.0, 3.0, 4.0, 5.0], patience=2)
    kept = scripted.kept("trainable_weights")
    agree(
        kept,
        {2.0},
        expected="the weights of epoch 2, the best",
        shown=f"those of epoch {', '.join(f'{n:g}' for n in sorted(kept))}",
        hint="keep the weights at each new best, put them back at the end.",
        same=set.__eq__,
        faults=[
            Fault(
                {4.0},
                "nothing was put back, or what was kept has changed along with the "
                "model",
                "a variable is a reference. When is a copy of its numbers taken?",
            )
        ],
    )
    need(
        scripted.kept("non_trainable_weights") == {2.0},
        expected="batch normalisation's moving averages of epoch 2, the best",
        got="those of another epoch: the non-trainable weights weren't restored",
        hint="a model is more than its trainable variables.",
    )
    need(
        _Scripted(fit, [1.0] * 4, patience=2).kept() == {1.0},
        expected="the weights of the first of several epochs with an equal loss",
        got="those of a later one",
        hint="an equal loss is no new best, for the weights neither.",
    )
    need(
        _Scripted(fit, [3.0, 2.0, 1.0], patience=1).kept() == {3.0},
        expected="the last epoch's weights where every epoch was a new best",
        got="others",
        hint="the last epoch can be the best one.",
    )
    need(
        _Scripted(fit, [3.0, 1.0, 2.0], patience=5).kept() == {2.0},
        expected="the best epoch's weights also when `max_epochs` ends it",
        got="others",
        hint="restore after the loop, however it ended.",
    )
