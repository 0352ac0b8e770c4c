"""How long our answer and the tutorial's way take to the same quality.

A faster epoch gains nothing if more epochs are needed. So each race names a score on
data that neither side trains on, and the value to reach; both sides get the same data,
batch size and largest number of epochs.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
from scipy import linalg
from sklearn.metrics import roc_auc_score

from helpers import tasks
from tools import tutorial
from tools.ways import answers, apples, digits, our_gan, sentences, wear_model

# A pair of functions: the first takes an epoch's number and trains it; the second
# returns the score.
Runner = tuple[Callable[[int], object], Callable[[], float]]


@dataclass(frozen=True)
class Race:
    """One comparison.

    Attributes:
        score: what is reached, in words.
        target: the value to reach.
        ours, tutorial: make a fresh runner; they are called after the seed is set.
        epochs: a side that hasn't reached the target by then doesn't reach it.
        lower: whether a lower score is better.
    """

    score: str
    target: float
    ours: Callable[[], Runner]
    tutorial: Callable[[], Runner]
    epochs: int
    lower: bool = False

    def is_reached(self, score: float) -> bool:
        return score <= self.target if self.lower else score >= self.target


def run(number: int, seeds: int) -> dict:
    """Seconds of training to the target, for both sides and each seed.

    They are None if the target isn't reached. Tracing counts, scoring doesn't. The two
    sides take turns.
    """
    race = globals()[f"question_{number}"]()
    found = {"score": race.score, "target": race.target, "epochs": race.epochs}
    found["lower"] = race.lower
    sides = {"ours": race.ours, "tutorial": race.tutorial}
    for name in sides:
        found[name] = {"seconds": [], "best": []}
    for seed in range(seeds):
        for name, start in sides.items():
            keras.utils.clear_session()
            keras.utils.set_random_seed(seed)
            seconds, best = _to_target(race, *start())
            found[name]["seconds"].append(seconds)
            found[name]["best"].append(best)
    return found


def _to_target(race: Race, train, score) -> tuple[float | None, float]:
    seconds, scores = 0.0, []
    for epoch in range(race.epochs):
        start = time.perf_counter()
        train(epoch)
        seconds += time.perf_counter() - start
        scores.append(float(score()))
        if race.is_reached(scores[-1]):
            return seconds, scores[-1]
    return None, (min if race.lower else max)(scores)


def _fitted(model: keras.Model, x, y, score, batch_size: int = 64, callbacks=()):
    """A runner by `fit`; `score` takes the model."""

    def train(epoch: int) -> None:
        model.fit(
            x,
            y,
            batch_size=batch_size,
            initial_epoch=epoch,
            epochs=epoch + 1,
            callbacks=list(callbacks),
            verbose=0,
        )

    return train, lambda: score(model)


def _accuracy(x, y) -> Callable[[keras.Model], float]:
    """The share of right classes, of a model with probabilities or with logits."""

    def score(model: keras.Model) -> float:
        outputs = np.asarray(model.predict(x, verbose=0), "float32")
        if outputs.shape[-1] > 1:
            return np.mean(outputs.argmax(axis=-1) == y)
        is_probability = outputs.min() >= 0 and outputs.max() <= 1
        return np.mean((outputs.ravel() > (0.5 if is_probability else 0)) == y)

    return score


def question_1() -> Race:
    ours = answers(1)
    x, y = digits(10_000)
    score = _accuracy(x[8000:], y[8000:])
    return Race(
        "validation accuracy on 2,000 digits",
        0.98,
        lambda: _fitted(ours.build_cnn(), x[:8000], y[:8000], score),
        lambda: _fitted(tutorial.cnn(), x[:8000], y[:8000], score),
        epochs=12,
    )


def question_2() -> Race:
    ours = answers(2)
    return _sentence_race(
        lambda: ours.build_lstm(8000), lambda: tutorial.lstm(8000), target=0.77
    )


def _sentence_race(our_model, their_model, target: float) -> Race:
    """Ours is padded behind the words and masked; theirs in front, as Keras pads."""
    behind, front = (sentences(8070, padding) for padding in ("post", "pre"))

    def runner(build, x, y):
        score = _accuracy(x[6500:], y[6500:])
        return _fitted(build(), x[:6500], y[:6500], score, batch_size=128)

    return Race(
        "validation accuracy on 1,570 sentences",
        target,
        lambda: runner(our_model, *behind),
        lambda: runner(their_model, *front),
        epochs=8,
    )


def question_3() -> Race:
    ours = answers(3)
    x, y, x_test, y_test = apples(3000, 1000)
    score = _accuracy(x_test, y_test)
    return Race(
        "accuracy on 1,000 apples held out",
        0.90,
        lambda: _fitted(ours.build_multi_input(), x, y, score),
        lambda: _fitted(tutorial.multi_input(), x, y, score),
        epochs=25,
    )


def question_5() -> Race:
    ours = answers(5)
    x = digits(10_000)[0].reshape(-1, 784)

    def score(model):
        return np.mean(np.square(model.predict(x[9000:], verbose=0) - x[9000:]))

    return Race(
        "mean squared error on 1,000 digits held out",
        0.0125,
        lambda: _fitted(ours.build_autoencoder()[-1], x[:9000], x[:9000], score),
        lambda: _fitted(tutorial.autoencoder(), x[:9000], x[:9000], score),
        epochs=40,
        lower=True,
    )


def question_6() -> Race:
    ours = answers(6)
    task = tasks.make_wear_task()
    x, y = task.x_train, task.y_train
    epochs, batch_size = 16, 100
    steps = epochs * len(x) // batch_size

    def score(model):
        return np.mean(np.square(model.predict(task.x_val, verbose=0) - task.y_val))

    def by_step():
        model = wear_model(ours.WarmupDecay(0.02, steps // 10, steps), x.shape[1])
        return _fitted(model, x, y, score, batch_size)

    def by_epoch():
        callback = keras.callbacks.LearningRateScheduler(ours.schedule)
        model = wear_model(0.02, x.shape[1])
        return _fitted(model, x, y, score, batch_size, [callback])

    return Race(
        "validation loss: rate by step, or kept for ten epochs by callback",
        0.13,
        by_step,
        by_epoch,
        epochs=epochs,
        lower=True,
    )


def question_7() -> Race:
    ours = answers(7)
    x, y = digits(10_000)
    pairs, same = ours.make_pairs(x[:8000], y[:8000], 8000, seed=0)
    held, right = ours.make_pairs(x[8000:], y[8000:], 2000, seed=1)
    pairs, held = list(pairs), list(held)
    same, right = np.asarray(same, "float32"), np.asarray(right)

    def score(model):
        outputs = model.predict(held, verbose=0).ravel()
        area = roc_auc_score(right, outputs)
        # A distance is small for equal digits, so its area is below one half.
        return max(area, 1 - area)

    return Race(
        "area under the curve on 2,000 pairs of other digits' images",
        0.95,
        lambda: _fitted(ours.build_siamese()[1], pairs, same, score),
        lambda: _fitted(tutorial.siamese(), pairs, same, score),
        epochs=15,
    )


def question_9() -> Race:
    ours = answers(9)
    return _sentence_race(
        lambda: tutorial.attention(8000, ours.AttentionPooling(64), True),
        lambda: tutorial.attention(8000, tutorial.AttentionPooling(), False),
        target=0.77,
    )


def question_10() -> Race:
    ours = answers(10)
    x, y = digits(10_000)
    judge = tutorial.cnn()
    judge.fit(x[:8000], y[:8000], batch_size=64, epochs=3, verbose=0)
    features = keras.Model(judge.inputs, judge.layers[-3].output)
    real = features.predict(x[8000:], verbose=0)
    noise = np.random.default_rng(0).standard_normal((2000, 100)).astype("float32")
    blank = features.predict(np.zeros_like(x[8000:]), verbose=0)
    # A distance depends on its judge, so it is divided by the distance of blank images.
    unit = _frechet(real, blank)

    def scored(generator):
        images = np.asarray(generator.predict(noise, verbose=0)).reshape(-1, 28, 28, 1)
        return _frechet(real, features.predict(images, verbose=0)) / unit

    def ours_runs():
        gan = our_gan(ours)
        return (
            lambda epoch: gan.fit(x[:8000], batch_size=64, verbose=0),
            lambda: scored(gan.generator),
        )

    def loop_runs():
        generator, train = tutorial.gan_loop(x[:8000])
        return lambda epoch: train(len(x[:8000]) // 64), lambda: scored(generator)

    return Race(
        "Fréchet distance to 2,000 digits, empty pictures having 1",
        0.5,
        ours_runs,
        loop_runs,
        epochs=12,
        lower=True,
    )


def _frechet(a: np.ndarray, b: np.ndarray) -> float:
    """Squared Fréchet distance of Gaussians fitted to features."""
    gap = a.mean(axis=0) - b.mean(axis=0)
    a, b = (np.cov(f, rowvar=False) + 1e-6 * np.eye(f.shape[1]) for f in (a, b))
    return float(gap @ gap + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real))
