"""Data for the notebooks: bundled samples and full data sets.

Importing this module doesn't import TensorFlow.
"""

import hashlib
import io
import json
import pickle
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

SAMPLES = Path(__file__).parent / "samples"
MNIST_SAMPLE_SHA256 = "97cd55a2e8693df082529562d820316b8d60fddc463777f818a72f80c03cb261"
REVIEWS_SAMPLE_SHA256 = (
    "f396b87a9fdc54422829853f899fc187e1f5a4e29867be9560897452516d7457"
)
# The integers below 4 in keras.datasets.imdb.
SPECIAL = ("<pad>", "<start>", "<unknown>", "<unused>")
UNKNOWN = 2


class DataError(Exception):
    """The data can't be loaded; the message says what to do.

    A notebook shows the message without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"DataError: {self}"]


@dataclass(frozen=True)
class Digits:
    """Handwritten digits in Keras's own layout.

    Attributes:
        x_train, x_test: (n, 28, 28) uint8, from 0, background, to 255, ink.
        y_train, y_test: (n,) int64, the digit 0 to 9.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@dataclass(frozen=True)
class Reviews:
    """Film reviews as integer sequences, in the convention of `keras.datasets.imdb`.

    Attributes:
        x_train, x_test: (n,) arrays of lists of int, none of them empty: 1 is the
            start, 2 an unknown word, and from 4 on come words, the most frequent first.
            0 is kept for padding.
        y_train, y_test: (n,) int64, 1 is a favourable review.
        vocabulary: the text of each integer.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    vocabulary: tuple[str, ...]

    def decode(self, sequence: Iterable[int]) -> str:
        """The words of a sequence, without padding and start."""
        return " ".join(self.vocabulary[i] for i in sequence if i > 1)


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


def load_reviews(
    source: str | Path = "sample", num_words: int | None = None
) -> Reviews:
    """Load film reviews with their sentiment, and say in one line what was loaded.

    Args:
        source: `"sample"`, 10,070 rated sentences bundled with this package (no
            network); `"full"`, the 50,000 reviews of `keras.datasets.imdb`, which
            downloads and caches them; or the path of an `imdb.npz` as Keras caches
            it, with `imdb_word_index.json` beside it.
        num_words: integers from here on become "unknown"; None keeps all.

    Returns:
        The reviews as `Reviews`. The vocabulary of the sample is that of its training
        part alone.

    Raises:
        DataError: missing, damaged or malformed file, or failed download.

    Source: Hutto and Gilbert, "VADER", ICWSM 2014, from reviews collected by Pang and
    Lee; in full Maas et al., "Learning Word Vectors for Sentiment Analysis", ACL 2011.
    """
    if source == "sample":
        path = SAMPLES / "reviews_sample.npz"
        _verify(path, REVIEWS_SAMPLE_SHA256)
        parts, words = _unpack_reviews(_read_npz(path))
        origin = "bundled sample"
    elif source == "full":
        parts, words = _download_imdb()
        origin = "full data set"
    else:
        path = Path(source).expanduser()
        parts = _read_imdb(path)
        words = _read_word_index(path.with_name("imdb_word_index.json"))
        origin = path.name
    limit = min(num_words or len(SPECIAL) + len(words), len(SPECIAL) + len(words))
    arrays = {}
    for part, (sequences, labels) in parts.items():
        x = np.empty(len(sequences), dtype=object)
        x[:] = [[i if i < limit else UNKNOWN for i in row] for row in sequences]
        arrays[f"x_{part}"], arrays[f"y_{part}"] = x, labels.astype("int64")
    print(
        f"Film reviews, {origin}: {len(arrays['x_train']):,} for training and "
        f"{len(arrays['x_test']):,} for the test, {limit:,} integers in use."
    )
    return Reviews(**arrays, vocabulary=(*SPECIAL, *words)[:limit])


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


def _require(path: Path) -> None:
    if not path.exists():
        raise DataError(
            f'There is no file {path}. Give "sample", "full" or the path of an .npz '
            f"as Keras caches it; a relative path starts from {Path.cwd().name}/."
        )


def _read_npz(path: Path) -> dict[str, np.ndarray]:
    _require(path)
    try:
        with np.load(path, allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except Exception as error:
        raise DataError(
            f"{path} can't be read as an .npz of plain arrays ({error}). If it was "
            f"downloaded, it may be cut short: fetch it again."
        ) from error


def _unpack_reviews(arrays: dict[str, np.ndarray]) -> tuple[dict, list[str]]:
    """Sequences and labels by part, and the words; the sample joins all sequences."""
    parts = {}
    for part in ("train", "test"):
        ends = np.cumsum(arrays[f"lengths_{part}"], dtype="int64")[:-1]
        rows = np.split(arrays[f"x_{part}"].astype("int64"), ends)
        parts[part] = [row.tolist() for row in rows], arrays[f"y_{part}"]
    return parts, arrays["words"].tobytes().decode().split("\n")


def _download_imdb() -> tuple[dict, list[str]]:
    (train, test), ranks = _fetch(
        "IMDB reviews",
        lambda datasets: (datasets.imdb.load_data(), datasets.imdb.get_word_index()),
    )
    return {"train": train, "test": test}, sorted(ranks, key=ranks.__getitem__)


def _download_mnist() -> dict[str, np.ndarray]:
    (x_train, y_train), (x_test, y_test) = _fetch(
        "MNIST", lambda datasets: datasets.mnist.load_data()
    )
    return {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}


def _fetch(what: str, load: Callable[[Any], Any]) -> Any:
    """The data that `load` gets from `keras.datasets`, which downloads and caches them.

    Keras is imported here because the bundled samples don't need it.
    """
    import helpers.quiet  # noqa: I001
    import keras

    try:
        return load(keras.datasets)
    except Exception as error:
        raise DataError(
            f"The full {what} couldn't be fetched ({error}). Without a network use "
            f'"sample", or give the path of a file in Keras\'s layout.'
        ) from error


class _PlainUnpickler(pickle.Unpickler):
    """Reads arrays of lists of numbers, and refuses pickles that could run code."""

    def find_class(self, module: str, name: str) -> object:
        modules = ("numpy", "numpy.core.multiarray", "numpy._core.multiarray")
        if module in modules and name in ("_reconstruct", "ndarray", "dtype", "scalar"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a data file")


def _read_object_array(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    """Read one array, of numbers or of lists, from an .npz that Keras wrote."""
    stream = io.BytesIO(archive.read(f"{name}.npy"))
    version = np.lib.format.read_magic(stream)
    read_header = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }[version]
    shape, _, kind = read_header(stream)
    if kind.hasobject:
        return np.asarray(_PlainUnpickler(stream).load(), dtype=object).reshape(shape)
    stream.seek(0)
    return np.lib.format.read_array(stream, allow_pickle=False)


def _read_imdb(path: Path) -> dict[str, tuple[list[list[int]], np.ndarray]]:
    """Read `imdb.npz` as Keras caches it; integers are those of `load_data()`."""
    _require(path)
    parts = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for part in ("train", "test"):
                x = _read_object_array(archive, f"x_{part}")
                y = _read_object_array(archive, f"y_{part}").astype("int64")
                shifted = [[1, *(int(i) + 3 for i in row)] for row in x]
                parts[part] = shifted, y
    except Exception as error:
        raise DataError(
            f"{path} can't be read as Keras's imdb.npz ({error}). If it was "
            f"downloaded, it may be cut short: fetch it again."
        ) from error
    for part, (sequences, labels) in parts.items():
        if len(sequences) != len(labels) or not np.isin(labels, (0, 1)).all():
            raise DataError(
                f"{path.name} has {len(sequences):,} reviews and {len(labels):,} "
                f"labels in x_{part} and y_{part}; expected a label 0 or 1 for each."
            )
    return parts


def _read_word_index(path: Path) -> list[str]:
    """Words by rank, from Keras's `imdb_word_index.json`."""
    try:
        ranks = json.loads(path.read_text(encoding="utf-8"))
        return sorted(ranks, key=ranks.__getitem__)
    except FileNotFoundError:
        raise DataError(
            f"{path.name} has to lie beside the reviews, so that they can be decoded; "
            f"`keras.datasets.imdb.get_word_index()` fetches it."
        ) from None
    except (ValueError, AttributeError, TypeError) as error:
        raise DataError(f"{path.name} isn't a word index ({error}).") from error


def _digits(arrays: dict[str, np.ndarray], origin: str) -> Digits:
    """Arrays from a file as `Digits`; a `DataError` says what is wrong with them."""
    names = ("x_train", "y_train", "x_test", "y_test")
    missing = [name for name in names if name not in arrays]
    if missing:
        raise DataError(
            f"{origin} has no {', '.join(missing)}; it holds "
            f"{', '.join(sorted(arrays)) or 'nothing'}. Expected {', '.join(names)}, "
            f"as in Keras's mnist.npz."
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
