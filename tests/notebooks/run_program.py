"""Run a program as a file, with bundled samples in place of `keras.datasets`.

python -m tests.notebooks.run_program PROGRAM
"""

import runpy
import sys

import keras

from helpers import data

# Both numbers make whole batches, so that each step is traced once.
TRAINED, TESTED = 320, 192


def some(sample):
    """The first rows of a sample, as `keras.datasets` returns them all."""
    train = sample.x_train[:TRAINED], sample.y_train[:TRAINED]
    return train, (sample.x_test[:TESTED], sample.y_test[:TESTED])


def load_mnist(*_, **__):
    return some(data.load_mnist())


def load_reviews(*_, num_words=None, **__):
    return some(data.load_reviews(num_words=num_words))


keras.datasets.mnist.load_data = load_mnist
keras.datasets.imdb.load_data = load_reviews
runpy.run_path(sys.argv[1], run_name="__main__")
