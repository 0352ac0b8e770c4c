"""For each question the same work done by our answer and by the tutorial's way.

Both sides get the same data, batch size and number of passes; races.py asks how long
each takes to the same quality.
"""

import ast
from collections.abc import Callable
from types import SimpleNamespace

import keras
import nbformat
import numpy as np
import tensorflow as tf
from keras import layers

from helpers import data, tasks
from interview import study_notebooks
from tools import tutorial

Ways = tuple[str, Callable[[], object], Callable[[], object]]


def answers(number: int) -> SimpleNamespace:
    """What the answer cells of a study notebook define."""
    notebook = nbformat.read(study_notebooks.path_of(number), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    statements = [node for cell in code for node in ast.parse(cell.source).body]
    imports = [s for s in statements if isinstance(s, ast.Import | ast.ImportFrom)]
    defined = {}
    exec("\n".join(map(ast.unparse, imports)), defined)
    for cell in code:
        if "answer" in cell.metadata.get("tags", []):
            exec(cell.source, defined)
    return SimpleNamespace(**defined)


def ways(number: int) -> Ways:
    """A description of the work, and two functions that do it: ours, the tutorial's."""
    keras.utils.set_random_seed(0)
    return globals()[f"question_{number}"](answers(number))


def digits(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Images in [0, 1] with a channel, and their labels."""
    found = data.load_mnist()
    images = found.x_train[:count, ..., np.newaxis].astype("float32") / 255
    return images, found.y_train[:count]


def sentences(count: int, padding: str) -> tuple[np.ndarray, np.ndarray]:
    """Sentences of 40 words, padded "pre" or "post", and their labels."""
    reviews = data.load_reviews(num_words=8000)
    padded = keras.utils.pad_sequences(
        reviews.x_train[:count], 40, padding=padding, truncating="post"
    )
    return padded, reviews.y_train[:count]


def apples(
    train_size: int, test_size: int
) -> tuple[dict, np.ndarray, dict, np.ndarray]:
    """Photographs in [0, 1], measurements of mean 0 and deviation 1, and grades."""
    task = tasks.make_multi_input_task(train_size=train_size, test_size=test_size)
    mean, deviation = task.metadata_train.mean(axis=0), task.metadata_train.std(axis=0)

    def prepared(images, metadata):
        scaled = (metadata - mean) / deviation
        return {
            "image": images.astype("float32") / 255,
            "metadata": scaled.astype("float32"),
        }

    train = prepared(task.image_train, task.metadata_train)
    test = prepared(task.image_test, task.metadata_test)
    return train, task.y_train, test, task.y_test


def _epoch(model: keras.Model, x, y, batch_size: int = 64) -> Callable[[], object]:
    return lambda: model.fit(x, y, batch_size=batch_size, verbose=0)


def question_1(ours: SimpleNamespace) -> Ways:
    x, y = digits(4000)
    work = "an epoch of 4,000 digits"
    return work, _epoch(ours.build_cnn(), x, y), _epoch(tutorial.cnn(), x, y)


def question_2(ours: SimpleNamespace) -> Ways:
    masked, unmasked = (sentences(4000, padding) for padding in ("post", "pre"))
    work = "an epoch of 4,000 sentences of 40 words, with and without the mask"
    return (
        work,
        _epoch(ours.build_lstm(8000), *masked),
        _epoch(tutorial.lstm(8000), *unmasked),
    )


def question_3(ours: SimpleNamespace) -> Ways:
    x, y, *_ = apples(1000, 10)
    work = "an epoch of 1,000 pictures with metadata"
    return (
        work,
        _epoch(ours.build_multi_input(), x, y),
        _epoch(tutorial.multi_input(), x, y),
    )


def question_4(ours: SimpleNamespace) -> Ways:
    task = tasks.make_sensor_task()
    pairs = (task.x_train.astype("float32"), task.y_train.astype("float32"))
    train = tf.data.Dataset.from_tensor_slices(pairs).shuffle(4008).batch(32)
    pairs = (task.x_val.astype("float32"), task.y_val.astype("float32"))
    val = tf.data.Dataset.from_tensor_slices(pairs).batch(32)
    features = task.x_train.shape[1]

    def setting():
        model = keras.Sequential([keras.Input((features,))])
        for units in (64, 32):
            model.add(layers.Dense(units, activation="relu"))
        model.add(layers.Dense(1, activation="sigmoid"))
        arguments = model, keras.optimizers.Adam(), keras.losses.BinaryCrossentropy()
        return *arguments, train, val, 10

    return (
        "ten epochs of 4,008 rows, tracing included",
        lambda: ours.run_training_loop(*setting()),
        lambda: tutorial.training_loop(*setting()),
    )


def question_5(ours: SimpleNamespace) -> Ways:
    x = digits(10_000)[0].reshape(-1, 784)
    model = ours.build_autoencoder()[-1]
    work = "an epoch of 10,000 digits"
    return work, _epoch(model, x, x, 256), _epoch(tutorial.autoencoder(), x, x, 256)


def wear_model(rate, features: int) -> keras.Model:
    """Question 6's network, with a rate or a schedule."""
    model = keras.Sequential([keras.Input((features,))])
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(1))
    model.compile(keras.optimizers.Adam(rate), "mse")
    return model


def question_6(ours: SimpleNamespace) -> Ways:
    task = tasks.make_wear_task()
    x, y = task.x_train, task.y_train
    scheduled = wear_model(ours.WarmupDecay(0.01, 100, 10_000), x.shape[1])
    plain = wear_model(0.01, x.shape[1])

    def by_callback():
        callback = keras.callbacks.LearningRateScheduler(ours.schedule)
        plain.fit(x, y, epochs=5, verbose=0, callbacks=[callback])

    work = "five epochs of 4,000 rows: schedule in the optimizer, or by callback"
    return work, lambda: scheduled.fit(x, y, epochs=5, verbose=0), by_callback


def question_7(ours: SimpleNamespace) -> Ways:
    pairs, same = ours.make_pairs(*digits(4000), 2000, seed=0)
    pairs, same = list(pairs), np.asarray(same, "float32")
    _, siamese = ours.build_siamese()
    work = "an epoch of 2,000 pairs of digits"
    return work, _epoch(siamese, pairs, same), _epoch(tutorial.siamese(), pairs, same)


def question_8(ours: SimpleNamespace) -> Ways:
    grains = tasks.make_grain_task()

    def build():
        model = keras.Sequential([keras.Input((10,))])
        model.add(layers.Dense(64, activation="relu"))
        model.add(layers.Dropout(0.3))
        model.add(layers.Dense(32, activation="relu"))
        model.add(layers.Dense(3, activation="softmax"))
        model.compile("adam", "sparse_categorical_crossentropy")
        return model

    models = ours.train_members(build, grains.x_train, grains.y_train, range(5), 1)
    ensemble = ours.build_ensemble(models)
    x = grains.x_test

    def one_by_one():
        predicted = [model.predict(x, verbose=0) for model in models]
        return np.argmax(np.mean(predicted, axis=0), axis=1)

    def together():
        return np.argmax(ensemble.predict(x, verbose=0), axis=1)

    return "the classes of 4,000 grains from five members", together, one_by_one


def question_9(ours: SimpleNamespace) -> Ways:
    masked, unmasked = (sentences(4000, padding) for padding in ("post", "pre"))
    our_model = tutorial.attention(8000, ours.AttentionPooling(64), True)
    their_model = tutorial.attention(8000, tutorial.AttentionPooling(), False)
    work = "an epoch of 4,000 sentences of 40 words, with and without the mask"
    return work, _epoch(our_model, *masked), _epoch(their_model, *unmasked)


def our_gan(ours: SimpleNamespace) -> keras.Model:
    """Our GAN, compiled as the tutorial's loop is."""
    gan = ours.GAN(ours.build_generator(100), ours.build_discriminator(), 100)
    gan.compile(
        generator_optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5),
        discriminator_optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5),
    )
    return gan


def question_10(ours: SimpleNamespace) -> Ways:
    x, _ = digits(6400)
    gan = our_gan(ours)
    _, loop = tutorial.gan_loop(x)
    work = "a hundred steps of 64 digits"
    return work, lambda: gan.fit(x, batch_size=64, verbose=0), lambda: loop(100)
