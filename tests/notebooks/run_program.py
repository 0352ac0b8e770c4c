"""Run a program as a file, `keras.datasets` giving the bundled samples.

python -P run_program.py PROGRAM
"""

import runpy
import sys

import keras

from helpers import data


def load_mnist(*_, **__):
    digits = data.load_mnist()
    return (digits.x_train, digits.y_train), (digits.x_test, digits.y_test)


def load_reviews(*_, num_words=None, **__):
    reviews = data.load_reviews(num_words=num_words)
    return (reviews.x_train, reviews.y_train), (reviews.x_test, reviews.y_test)


keras.datasets.mnist.load_data = load_mnist
keras.datasets.imdb.load_data = load_reviews
runpy.run_path(sys.argv[1], run_name="__main__")
