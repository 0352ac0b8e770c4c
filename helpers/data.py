"""Data for the notebooks: bundled samples, full data sets, generated tasks.

Importing this module doesn't import TensorFlow.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SAMPLES = Path(__file__).parent / "samples"
MNIST_SAMPLE_SHA256 = "97cd55a2e8693df082529562d820316b8d60fddc463777f818a72f80c03cb261"


class DataError(Exception):
    """The data can't be had; the message, shown alone, says how to get it."""

    def _render_traceback_(self) -> list[str]:
        return [f"DataError: {self}"]


@dataclass(frozen=True)
class Digits:
    """Handwritten digits in Keras's own layout.

    Attributes:
        x_train, x_test: (n, 28, 28) uint8, 0 is background and 255 is ink.
        y_train, y_test: (n,) int64, the digit 0 to 9.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@dataclass(frozen=True)
class Table:
    """A generated classification task on plain numbers.

    Attributes:
        x_train, x_val: (n, features) float32.
        y_train, y_val: (n,) int64, the class.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray


def load_mnist(source: str | Path = "sample") -> Digits:
    """Load handwritten digits and say in one line what was loaded.

    Args:
        source: `"sample"`, 10,000 training and 2,000 test digits bundled with this
            package (no network); `"full"`, all 70,000 through
            `keras.datasets.mnist`, which downloads and caches them; or the path of
            an `.npz` with `x_train`, `y_train`, `x_test` and `y_test`.

    Returns:
        The digits as `Digits`.

    Raises:
        DataError: missing, damaged or malformed file, or failed download.

    Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
    """
    if source == "sample":
        path = SAMPLES / "mnist_sample.npz"
        _verify(path, MNIST_SAMPLE_SHA256)
        arrays, origin = _read_npz(path), "bundled sample"
    elif source == "full":
        arrays, origin = _download_mnist(), "full data set"
    else:
        arrays, origin = _read_npz(Path(source).expanduser()), str(Path(source).name)
    digits = _digits(arrays, origin)
    print(
        f"MNIST, {origin}: {len(digits.x_train):,} training and "
        f"{len(digits.x_test):,} test digits of 28×28 pixels."
    )
    return digits


def make_sensor_task(
    train_size: int = 4_008, val_size: int = 1_000, seed: int = 0
) -> Table:
    """Ten standardised sensor readings of a machine; class 1 is "outside normal".

    No reading alone tells the class, nor does any weighted sum of them: a machine is
    outside normal when its readings together are far from their usual values,
    whichever way. The boundary is the median of the chi-squared distribution of the
    squared distance, so that each class has half of the machines.

    Args:
        train_size: machines to train on.
        val_size: machines to validate on.
        seed: of the generator; the same seed gives the same machines.

    Returns:
        A `Table` with 10 features and 2 classes.
    """
    from scipy.stats import chi2

    random = np.random.default_rng(seed)
    x = random.standard_normal((train_size + val_size, 10)).astype("float32")
    y = (np.square(x).sum(axis=1) > chi2.median(df=10)).astype("int64")
    print(
        f"Sensor task: {train_size:,} training and {val_size:,} validation machines, "
        f"10 readings each."
    )
    return Table(x[:train_size], y[:train_size], x[train_size:], y[train_size:])


def _verify(path: Path, expected: str) -> None:
    if not path.exists():
        raise DataError(
            f"{path.name} isn't in helpers/samples/. Fetch it again with "
            f"`git checkout helpers/samples/{path.name}`."
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise DataError(
            f"{path.name} in helpers/samples/ isn't the file that belongs there "
            f"(its sha256 differs). Fetch it again with "
            f"`git checkout helpers/samples/{path.name}`; if that changes nothing, "
            f"Git LFS or a line-ending setting has rewritten it."
        )


def _read_npz(path: Path) -> dict[str, np.ndarray]:
    if not path.exists():
        raise DataError(
            f'There is no file {path}. Give "sample", "full" or the path of an .npz '
            f"file; a relative path starts from {Path.cwd().name}/."
        )
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:
        raise DataError(
            f"{path} can't be read as an .npz of plain arrays ({error}). If it was "
            f"downloaded, it may be cut short: fetch it again."
        ) from error


def _download_mnist() -> dict[str, np.ndarray]:
    import helpers.quiet  # noqa: F401, I001
    import keras

    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
    except Exception as error:
        raise DataError(
            f"The full MNIST couldn't be fetched ({error}). Without a network use "
            f'"sample", or give the path of an mnist.npz that you already have.'
        ) from error
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _digits(arrays: dict[str, np.ndarray], origin: str) -> Digits:
    """Arrays from outside as `Digits`, or one sentence on what's wrong with them."""
    expected = "x_train, y_train, x_test, y_test, as in Keras's mnist.npz"
    missing = [
        name
        for name in ("x_train", "y_train", "x_test", "y_test")
        if name not in arrays
    ]
    if missing:
        raise DataError(
            f"{origin} has no {', '.join(missing)}; it holds "
            f"{', '.join(sorted(arrays)) or 'nothing'}. Expected {expected}."
        )
    for part in ("train", "test"):
        x, y = arrays[f"x_{part}"], arrays[f"y_{part}"]
        if x.shape[1:] != (28, 28) or x.dtype != np.uint8 or len(x) == 0:
            raise DataError(
                f"x_{part} of {origin} is {x.dtype} of shape {x.shape}; "
                f"expected uint8 of shape (n, 28, 28)."
            )
        if y.shape != (len(x),) or not np.isin(y, np.arange(10)).all():
            raise DataError(
                f"y_{part} of {origin} has shape {y.shape} and the values "
                f"{np.unique(y)[:12].tolist()}; expected {len(x):,} digits from 0 to 9."
            )
    return Digits(
        arrays["x_train"],
        arrays["y_train"].astype("int64"),
        arrays["x_test"],
        arrays["y_test"].astype("int64"),
    )
