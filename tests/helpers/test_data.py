"""Loaders: what they return, and one clear error for each thing that goes wrong."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from click.testing import CliRunner

from helpers import data
from tools import samples


def fake_mnist(train: int = 500, test: int = 100) -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)
    return {
        "x_train": random.integers(0, 256, (train, 28, 28), dtype=np.uint8),
        "y_train": random.choice(10, train, p=np.arange(1, 11) / 55).astype("uint8"),
        "x_test": random.integers(0, 256, (test, 28, 28), dtype=np.uint8),
        "y_test": random.integers(0, 10, test, dtype=np.uint8),
    }


def test_sample_is_as_described(capsys):
    digits = data.load_mnist()
    assert capsys.readouterr().out.count("\n") == 1
    for part, size in (("train", 10_000), ("test", 2_000)):
        x, y = getattr(digits, f"x_{part}"), getattr(digits, f"y_{part}")
        assert x.shape == (size, 28, 28)
        assert x.dtype == np.uint8
        assert y.shape == (size,)
        assert y.dtype == np.int64
        # Each digit's share is MNIST's: between 8.9% (fives) and 11.4% (ones).
        assert np.bincount(y).min() / size > 0.08
        assert np.bincount(y).argmax() == 1
        # The order is random, so that a slice is a sample too.
        assert len(set(y[:50])) == 10
    assert len(np.unique(digits.x_train.reshape(10_000, -1), axis=0)) == 10_000
    with pytest.raises(AttributeError):
        digits.x_train = None


def test_loading_needs_no_tensorflow():
    code = (
        "import sys, helpers.data; helpers.data.load_mnist(); "
        "sys.exit('tensorflow' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_path_in_keras_layout(tmp_path, capsys):
    arrays = fake_mnist()
    np.savez(tmp_path / "mnist.npz", **arrays)
    digits = data.load_mnist(tmp_path / "mnist.npz")
    assert np.array_equal(digits.x_train, arrays["x_train"])
    assert np.array_equal(digits.y_test, arrays["y_test"])
    assert "500 training and 100 test" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, r"no file .*\"full\""),
        (b"", "can't be read"),
        (b"PK\x03\x04 cut short", "can't be read"),
        (b"<html>404</html>", "can't be read"),
    ],
)
def test_no_file_or_a_damaged_one(tmp_path, content, complaint):
    if content is not None:
        (tmp_path / "mnist.npz").write_bytes(content)
    with pytest.raises(data.DataError, match=complaint):
        data.load_mnist(str(tmp_path / "mnist.npz"))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"y_test": None}, "has no y_test"),
        ({"x_train": np.zeros((5, 28, 28))}, "float64"),
        ({"x_train": np.zeros((5, 32, 32), "uint8")}, r"\(5, 32, 32\)"),
        ({"x_test": np.zeros((0, 28, 28), "uint8")}, r"\(0, 28, 28\)"),
        ({"y_train": np.zeros(3, "uint8")}, "expected 500 digits"),
        ({"y_train": np.full(500, 10)}, r"\[10\]"),
        ({"y_train": np.zeros(0)}, "expected 500 digits"),
    ],
)
def test_malformed_file(tmp_path, change, complaint):
    arrays = {k: v for k, v in {**fake_mnist(), **change}.items() if v is not None}
    np.savez(tmp_path / "mnist.npz", **arrays)
    with pytest.raises(data.DataError, match=complaint):
        data.load_mnist(tmp_path / "mnist.npz")


def test_pickled_objects_are_refused(tmp_path):
    arrays = {**fake_mnist(), "y_test": np.array([{"a": 1}], dtype=object)}
    np.savez(tmp_path / "mnist.npz", **arrays)
    with pytest.raises(data.DataError, match="can't be read"):
        data.load_mnist(tmp_path / "mnist.npz")


def test_changed_sample(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "SAMPLES", tmp_path)
    with pytest.raises(data.DataError, match="git checkout"):
        data.load_mnist()
    np.savez(tmp_path / "mnist_sample.npz", **fake_mnist())
    with pytest.raises(data.DataError, match="sha256 differs"):
        data.load_mnist()


def test_no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise Exception("URL fetch failure: Temporary failure in name resolution")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", refuse)
    with pytest.raises(data.DataError, match=r"couldn't be fetched.*\"sample\""):
        data.load_mnist("full")


def test_full_goes_through_keras(monkeypatch, capsys):
    arrays = fake_mnist()
    both = (
        (arrays["x_train"], arrays["y_train"]),
        (arrays["x_test"], arrays["y_test"]),
    )
    monkeypatch.setattr(keras.datasets.mnist, "load_data", lambda: both)
    assert len(data.load_mnist("full").x_train) == 500
    assert "full data set" in capsys.readouterr().out


def test_data_error_is_shown_alone():
    assert data.DataError("no")._render_traceback_() == ["DataError: no"]


def test_sample_is_drawn_by_class_and_the_same_each_time():
    labels = fake_mnist()["y_train"]
    chosen = samples.stratified_indices(labels, 100, seed=3)
    assert len(set(chosen)) == 100
    shares = np.bincount(labels, minlength=10) / 5
    assert np.abs(np.bincount(labels[chosen], minlength=10) - shares).max() < 1
    assert np.array_equal(chosen, samples.stratified_indices(labels, 100, seed=3))
    assert not np.array_equal(chosen, samples.stratified_indices(labels, 100, seed=4))


def build(kind: str, source: Path, output: Path):
    """Run the tool that draws a sample."""
    arguments = [kind, str(source), "--output", str(output)]
    return CliRunner().invoke(samples.main, arguments)


def built_twice(kind: str, source: Path) -> dict[str, np.ndarray]:
    """The arrays of a sample that is the same bytes each time."""
    one, two = (source.with_name(name) for name in ("one.npz", "two.npz"))
    for output in (one, two):
        done = build(kind, source, output)
        assert done.exit_code == 0, done.output
    assert one.read_bytes() == two.read_bytes()
    return dict(np.load(one))


def test_build_is_the_same_bytes_each_time(tmp_path, monkeypatch):
    full = fake_mnist(train=20_000, test=4_000)
    np.savez(tmp_path / "full.npz", **full)
    refused = build("mnist", tmp_path / "full.npz", tmp_path / "no.npz")
    assert refused.exit_code == 1
    assert "doesn't hold MNIST" in refused.output
    assert not (tmp_path / "no.npz").exists()
    monkeypatch.setattr(samples, "MNIST_FULL_SHA256", samples.arrays_sha256(full))
    sample = built_twice("mnist", tmp_path / "full.npz")
    sizes = {"x_train": 10_000, "y_train": 10_000, "x_test": 2_000, "y_test": 2_000}
    assert {name: len(array) for name, array in sample.items()} == sizes


@pytest.mark.parametrize(
    ("name", "sha256", "full"),
    [
        ("mnist", data.MNIST_SAMPLE_SHA256, samples.MNIST_FULL_SHA256),
        ("reviews", data.REVIEWS_SAMPLE_SHA256, samples.REVIEWS_FULL_SHA256),
    ],
)
def test_data_card_names_the_samples(name, sha256, full):
    card = (data.SAMPLES / "README.md").read_text("utf-8")
    sample = (data.SAMPLES / f"{name}_sample.npz").read_bytes()
    assert hashlib.sha256(sample).hexdigest() == sha256
    assert sha256 in card
    assert full in card


WORDS = ["the", "film", "is", "good", "bad"]


def write_imdb(folder, **change):
    """A small imdb.npz and its word index, as Keras caches them: pickled lists."""
    x = np.empty(3, dtype=object)
    x[:] = [[1, 2, 3, 4], [5], [1, 2]]
    arrays = {"x_train": x, "y_train": np.array([1, 0, 1]), "x_test": x[:2]}
    arrays = {**arrays, "y_test": np.array([1, 0]), **change}
    np.savez(folder / "imdb.npz", **arrays)
    ranks = {word: rank for rank, word in enumerate(WORDS, start=1)}
    (folder / "imdb_word_index.json").write_text(json.dumps(ranks))
    return folder / "imdb.npz"


def test_reviews_are_as_described(capsys):
    reviews = data.load_reviews()
    assert capsys.readouterr().out.count("\n") == 1
    assert len(reviews.x_test) == len(reviews.y_test) == 2_000
    assert len(reviews.x_train) == len(reviews.y_train) == 8_070
    for x, y in (
        (reviews.x_train, reviews.y_train),
        (reviews.x_test, reviews.y_test),
    ):
        assert all(row[0] == 1 and len(row) > 1 for row in x)
        assert min(i for row in x for i in row) == 1
        assert set(y) == {0, 1}
        assert 0.48 < y.mean() < 0.52
    assert reviews.vocabulary[:5] == (*data.SPECIAL, "the")
    assert reviews.decode([1, 4, 2, 0]) == "the <unknown>"


def test_vocabulary_is_the_training_parts_alone():
    """All words occur in the training part, sorted by frequency.

    Words that occur only in the test part are unknown.
    """
    reviews = data.load_reviews()
    counts = np.bincount([i for row in reviews.x_train for i in row])
    assert counts[2] == counts[3] == 0
    assert len(counts) == len(reviews.vocabulary)
    assert counts[4:].min() >= 1
    assert (np.diff(counts[4:]) <= 0).all()
    assert any(2 in row for row in reviews.x_test)
    assert max(i for row in reviews.x_test for i in row) < len(reviews.vocabulary)


def test_no_sentence_is_in_both_parts():
    reviews = data.load_reviews()
    train = {tuple(row) for row in reviews.x_train}
    assert len(train) == len(reviews.x_train)
    assert not train & {tuple(row) for row in reviews.x_test if 2 not in row}


def test_num_words_makes_rare_words_unknown():
    reviews = data.load_reviews(num_words=100)
    assert len(reviews.vocabulary) == 100
    full = data.load_reviews()
    for short, long in zip(reviews.x_test, full.x_test, strict=True):
        assert short == [i if i < 100 else 2 for i in long]


def test_reviews_from_a_path_in_keras_layout(tmp_path):
    reviews = data.load_reviews(write_imdb(tmp_path))
    assert list(reviews.x_train) == [[1, 4, 5, 6, 7], [1, 8], [1, 4, 5]]
    assert reviews.decode(reviews.x_train[0]) == "the film is good"
    assert list(reviews.y_test) == [1, 0]


def test_reviews_in_full_go_through_keras(monkeypatch):
    x = np.empty(2, dtype=object)
    x[:] = [[1, 4, 8], [1, 7]]
    both = ((x, np.array([0, 1])), (x, np.array([0, 1])))
    monkeypatch.setattr(keras.datasets.imdb, "load_data", lambda: both)
    ranks = {word: rank for rank, word in enumerate(WORDS, start=1)}
    monkeypatch.setattr(keras.datasets.imdb, "get_word_index", lambda: ranks)
    reviews = data.load_reviews("full")
    assert reviews.decode(reviews.x_train[0]) == "the bad"

    def refuse():
        raise Exception("URL fetch failure")

    monkeypatch.setattr(keras.datasets.imdb, "get_word_index", refuse)
    with pytest.raises(data.DataError, match=r"couldn't be fetched.*\"sample\""):
        data.load_reviews("full")


class Harmful:
    """Runs code when it is unpickled."""

    def __reduce__(self):
        return print, ("harm done",)


def test_reviews_that_would_run_code_are_refused(tmp_path, capsys):
    x = np.empty(3, dtype=object)
    x[:] = [Harmful(), [1], [2]]
    path = write_imdb(tmp_path, x_train=x)
    with pytest.raises(data.DataError, match="no place in a data file"):
        data.load_reviews(path)
    assert "harm done" not in capsys.readouterr().out


def test_reviews_that_cannot_be_read(tmp_path):
    with pytest.raises(data.DataError, match=r"no file .*\"full\""):
        data.load_reviews(tmp_path / "nowhere.npz")
    path = write_imdb(tmp_path, y_train=np.array([1, 0]))
    with pytest.raises(data.DataError, match="3 reviews and 2 labels"):
        data.load_reviews(path)
    path = write_imdb(tmp_path)
    (tmp_path / "imdb_word_index.json").write_text("[1")
    with pytest.raises(data.DataError, match="isn't a word index"):
        data.load_reviews(path)
    (tmp_path / "imdb_word_index.json").unlink()
    with pytest.raises(data.DataError, match="beside the reviews"):
        data.load_reviews(path)
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(data.DataError, match="can't be read"):
        data.load_reviews(path)


def test_reviews_build_is_the_same_bytes_each_time(tmp_path, monkeypatch):
    random = np.random.default_rng(0)
    lines = [
        f"{n}\t{random.uniform(-4, 4):.2f}\t{' '.join(random.choice(WORDS, 12))}"
        for n in range(3_000)
    ]
    lines += ["9\t3.0\tNever seen", "10\t3.0\tnever SEEN!", "11\t0.2\tlukewarm"]
    table = "\n".join(lines).encode()
    (tmp_path / "table.tsv").write_bytes(table)
    refused = build("reviews", tmp_path / "table.tsv", tmp_path / "no.npz")
    assert refused.exit_code == 1
    assert "doesn't hold the sentences" in refused.output
    monkeypatch.setattr(
        samples, "REVIEWS_FULL_SHA256", hashlib.sha256(table).hexdigest()
    )
    sample = built_twice("reviews", tmp_path / "table.tsv")
    assert "lukewarm" not in sample["words"].tobytes().decode().split("\n")


def test_words_keep_their_apostrophes():
    words = samples.tokenize("It's a 'feel-good' Film, isn’t it?")
    assert words == ["it's", "a", "feel", "good", "film", "isn’t", "it"]
