"""Draw the bundled samples from the full data sets, byte for byte the same each time.

    python -m helpers.samples.build mnist PATH/TO/mnist.npz

The full file is MNIST in Keras's own layout (`x_train`, `y_train`, `x_test`,
`y_test`), as `keras.datasets.mnist.load_data()` leaves it in `~/.keras/datasets`.
"""

import hashlib
from pathlib import Path

import click
import numpy as np

FOLDER = Path(__file__).parent
MNIST_KEYS = ("x_train", "y_train", "x_test", "y_test")
# Of the full file's arrays, not of the file: two archives of the same digits differ.
MNIST_FULL_SHA256 = "51ea33bae9f51e6756a3648edb97929917a6645bdcda51a9229a2a37956685cd"


def arrays_sha256(arrays: dict[str, np.ndarray]) -> str:
    """Hash of names, shapes, types and contents, whatever archive they came in."""
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
        size: how many indices to draw; what rounding leaves over goes to the
            classes with the largest remainders.
        seed: of `numpy.random.RandomState`.

    Returns:
        (size,) distinct indices into `labels`.
    """
    # RandomState's stream is frozen for good; default_rng's may change with a
    # release of NumPy, and then the sample couldn't be rebuilt.
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


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--output",
    default=FOLDER / "mnist_sample.npz",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
def mnist(source: Path, output: Path) -> None:
    """The digits: 10,000 for training and 2,000 for the test."""
    with np.load(source, allow_pickle=False) as archive:
        full = {name: archive[name] for name in MNIST_KEYS}
    found = arrays_sha256(full)
    if found != MNIST_FULL_SHA256:
        raise click.ClickException(
            f"{source} doesn't hold MNIST as expected (its arrays hash to {found})."
        )
    np.savez_compressed(output, **sample_mnist(full))
    click.echo(f"{hashlib.sha256(output.read_bytes()).hexdigest()}  {output}")


if __name__ == "__main__":
    main()
