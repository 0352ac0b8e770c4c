"""Draw the bundled samples from the full data sets, byte for byte the same each time.

    python -m tools.samples mnist PATH/TO/mnist.npz
    python -m tools.samples reviews PATH/TO/movie_review_snippets.tsv

`mnist.npz` is MNIST in Keras's own layout (`x_train`, `y_train`, `x_test`, `y_test`),
as `keras.datasets.mnist.load_data()` leaves it in `~/.keras/datasets`. The sentences
are `movieReviewSnippets_GroundTruth.txt` of the VADER distribution: identifier, mean
rating, text, separated by tabs.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path

import click
import numpy as np

FOLDER = Path(__file__).parent.parent / "helpers" / "samples"
MNIST_KEYS = ("x_train", "y_train", "x_test", "y_test")
# A hash of the arrays in the file, since archives of the same arrays differ.
MNIST_FULL_SHA256 = "51ea33bae9f51e6756a3648edb97929917a6645bdcda51a9229a2a37956685cd"
REVIEWS_FULL_SHA256 = "c8293b0d942e90e223ea2c0955d969040d1a1be514a978b9af0698940bd13350"


def arrays_sha256(arrays: dict[str, np.ndarray]) -> str:
    """Hash of names, shapes, types and contents, the same for every archive of them."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(array.tobytes())
    return digest.hexdigest()


def stratified_indices(labels: np.ndarray, size: int, seed: int) -> np.ndarray:
    """Indices of a sample in which each class keeps its share, in random order.

    Args:
        labels: (n,) integer classes.
        size: how many indices to draw. Shares are rounded down; the classes with the
            largest remainders get one index more.
        seed: of `numpy.random.RandomState`.

    Returns:
        (size,) distinct indices into `labels`.
    """
    # NumPy never changes RandomState's stream. With default_rng, whose stream may
    # change in a release, the sample couldn't be rebuilt.
    random = np.random.RandomState(seed)
    classes, counts = np.unique(labels, return_counts=True)
    shares = counts * size / len(labels)
    take = np.floor(shares).astype(int)
    largest_remainders = np.argsort(take - shares, kind="stable")
    take[largest_remainders[: size - take.sum()]] += 1
    chosen = [
        random.permutation(np.flatnonzero(labels == label))[:count]
        for label, count in zip(classes, take, strict=True)
    ]
    return random.permutation(np.concatenate(chosen))


def sample_mnist(
    full: dict[str, np.ndarray], train_size: int = 10_000, test_size: int = 2_000
) -> dict[str, np.ndarray]:
    """Training digits from the training split, test digits from the test split."""
    train = stratified_indices(full["y_train"], train_size, seed=0)
    test = stratified_indices(full["y_test"], test_size, seed=1)
    return {
        "x_train": full["x_train"][train],
        "y_train": full["y_train"][train],
        "x_test": full["x_test"][test],
        "y_test": full["y_test"][test],
    }


def tokenize(text: str) -> list[str]:
    """Words in lower case; an apostrophe inside a word belongs to it."""
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())


def sample_reviews(table: str, test_size: int = 2_000) -> dict[str, np.ndarray]:
    """Sentences as integers in the convention of `keras.datasets.imdb`.

    0 is padding, 1 the start, 2 an unknown word; 3 is unused; from 4 on come the words
    of the training part, the most frequent first. The sentences lie end to end.
    """
    sentences: dict[tuple[str, ...], int] = {}
    for line in table.splitlines():
        _, rating, text = line.split("\t")
        words = tuple(tokenize(text))
        # A weak rating is no clear label; a repeated sentence could be in both parts.
        if abs(float(rating)) >= 0.5 and words:
            sentences.setdefault(words, int(float(rating) > 0))
    texts, labels = list(sentences), np.array(list(sentences.values()), dtype="uint8")
    test = stratified_indices(labels, test_size, seed=0)
    rest = np.setdiff1d(np.arange(len(labels)), test)
    train = rest[stratified_indices(labels[rest], len(rest), seed=1)]

    counts = Counter(word for index in train for word in texts[index])
    vocabulary = sorted(counts, key=lambda word: (-counts[word], word))
    number = {word: rank for rank, word in enumerate(vocabulary, start=4)}
    arrays = {"words": np.frombuffer("\n".join(vocabulary).encode(), dtype="uint8")}
    for part, chosen in (("train", train), ("test", test)):
        coded = [[1, *(number.get(w, 2) for w in texts[index])] for index in chosen]
        arrays[f"x_{part}"] = np.concatenate(coded).astype("uint16")
        arrays[f"lengths_{part}"] = np.array([len(c) for c in coded], dtype="uint8")
        arrays[f"y_{part}"] = labels[chosen]
    return arrays


def mnist(source: Path) -> dict[str, np.ndarray]:
    """10,000 digits for training and 2,000 for the test."""
    with np.load(source, allow_pickle=False) as archive:
        full = {name: archive[name] for name in MNIST_KEYS}
    if arrays_sha256(full) != MNIST_FULL_SHA256:
        raise click.ClickException(f"{source} doesn't hold MNIST as expected.")
    return sample_mnist(full)


def reviews(source: Path) -> dict[str, np.ndarray]:
    """2,000 film-review sentences for the test, the rest for training."""
    content = source.read_bytes()
    if hashlib.sha256(content).hexdigest() != REVIEWS_FULL_SHA256:
        raise click.ClickException(f"{source} doesn't hold the sentences as expected.")
    return sample_reviews(content.decode("utf-8"))


@click.command(help=__doc__)
@click.argument("kind", type=click.Choice(["mnist", "reviews"]))
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), help="Another file.")
def main(kind: str, source: Path, output: Path | None) -> None:
    output = output or FOLDER / f"{kind}_sample.npz"
    draw = {"mnist": mnist, "reviews": reviews}[kind]
    np.savez_compressed(output, **draw(source))
    click.echo(f"{hashlib.sha256(output.read_bytes()).hexdigest()}  {output}")


if __name__ == "__main__":
    main()
