"""`one_shot_accuracy`, the bug hunt, with embeddings whose score is known."""

import numpy as np

from interview.checks.claims import Part, fail, need

part = Part("one_shot_accuracy")


def knows_classes(images) -> np.ndarray:
    return np.eye(20)[np.rint(np.asarray(images)[:, 0, 1, 0]).astype(int)]


def knows_images(images) -> np.ndarray:
    """An embedding that identifies each image and says nothing about its class."""
    codes = np.random.default_rng(0).standard_normal((400, 16))
    return codes[np.rint(np.asarray(images)[:, 0, 0, 0]).astype(int)]


def knows_nothing(images) -> np.ndarray:
    return np.zeros((len(images), 8))


def score(accuracy, embed, classes, each, ways, episodes=600, seed=0) -> float:
    """The answer's accuracy, on images whose first two pixels are number and class."""
    y = np.tile(np.arange(classes), each)
    x = np.zeros((len(y), 4, 4, 1), dtype="float32")
    x[:, 0, 0, 0], x[:, 0, 1, 0] = np.arange(len(y)), y
    value = accuracy(embed, x, y, ways, episodes, seed)
    try:
        value = float(value)
    except (TypeError, ValueError):
        fail(
            expected="one number, the share of right episodes",
            got=f"{type(value).__name__}",
            hint="count the episodes that came out right, and divide.",
        )
    need(
        0 <= value <= 1,
        expected="a share between 0 and 1",
        got=f"{value:g}",
        hint="divide by the number of episodes.",
    )
    return value


@part.claim("the ways of an episode are different classes")
def classes(accuracy) -> None:
    # With two classes and two ways, drawing classes with replacement often draws the
    # same class twice.
    blind = score(accuracy, knows_images, classes=2, each=100, ways=2)
    need(
        blind < 0.6,
        expected="about 0.50 for two ways and an embedding that knows nothing of "
        "classes",
        got=f"{blind:.2f}: some episodes hold the same class twice, and can't fail",
        hint="`choice` draws with replacement unless told otherwise.",
    )
    perfect = score(accuracy, knows_classes, classes=5, each=10, ways=5)
    need(
        perfect >= 0.999,
        expected="1.0 for an embedding that knows the classes",
        got=f"{perfect:.2f}",
        hint="the nearest support image gives the class; each class must be there "
        "once.",
    )


@part.claim("the query is never one of the support images")
def query(accuracy) -> None:
    # Each class has two images: if the query may also be the support image, it is in
    # half of the episodes.
    got = score(accuracy, knows_images, classes=10, each=2, ways=5)
    need(
        got <= 0.3,
        expected="about 0.20 for five ways and an embedding that tells images apart "
        "and knows nothing of classes",
        got=f"{got:.2f}: the query is sometimes its own support image",
        hint="draw support and query of a class together, without replacement.",
    )


@part.claim("an embedding that maps everything to one point scores chance")
def collapse(accuracy) -> None:
    got = score(accuracy, knows_nothing, classes=10, each=4, ways=5)
    need(
        got <= 0.3,
        expected="at most chance, 0.20, when all distances are equal",
        got=f"{got:.2f}: ties go to the right answer",
        hint="`argmin` takes the first of equals. Where does the right class stand? "
        "Let it stand anywhere.",
    )


@part.claim("the same seed gives the same share")
def seed(accuracy) -> None:
    scores = [
        score(accuracy, knows_images, 10, 6, ways=3, episodes=200, seed=seed)
        for seed in (1, 1, 2, 3, 4)
    ]
    need(
        scores[0] == scores[1] and len(set(scores)) > 1,
        expected="the same episodes from the same seed, others from another",
        got=f"{scores}",
        hint="every draw comes from one generator, started from `seed`.",
    )
