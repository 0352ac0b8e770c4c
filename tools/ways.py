"""For each question the same work done by our answer and by the textbook's way.

The textbook's architectures and loops, set up so that they run on today's Keras, in our
own words. Both sides get the same data, batch size and number of passes.
"""

from collections.abc import Callable
from types import SimpleNamespace

import keras
import nbformat
import numpy as np
import tensorflow as tf
from keras import layers

import helpers.quiet  # noqa: F401
from helpers import data, tasks
from interview import practice, questions

Ways = tuple[str, Callable[[], object], Callable[[], object]]


def answers(number: int) -> SimpleNamespace:
    """What the answer cells of a study notebook define."""
    notebook = nbformat.read(practice.notebook_path(number), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    imports = [line for cell in code for line in questions.imports(cell.source)]
    defined = {}
    exec("\n".join(imports), defined)
    for cell in code:
        if "answer" in cell.metadata.get("tags", []):
            exec(cell.source, defined)
    return SimpleNamespace(**defined)


def ways(number: int) -> Ways:
    """What the work is, and two functions that do it once: ours, the textbook's."""
    keras.utils.set_random_seed(0)
    return globals()[f"question_{number}"](answers(number))


def _digits(count: int) -> tuple[np.ndarray, np.ndarray]:
    digits = data.load_mnist()
    images = digits.x_train[:count, ..., np.newaxis].astype("float32") / 255
    return images, digits.y_train[:count]


def _sentences(count: int, length: int = 40) -> tuple[np.ndarray, np.ndarray]:
    reviews = data.load_reviews(num_words=8000)
    padded = keras.utils.pad_sequences(
        reviews.x_train[:count], length, padding="post", truncating="post"
    )
    return padded, reviews.y_train[:count]


def _epoch(model: keras.Model, x, y, batch_size: int = 64) -> Callable[[], object]:
    return lambda: model.fit(x, y, batch_size=batch_size, verbose=0)


def question_1(ours: SimpleNamespace) -> Ways:
    x, y = _digits(4000)
    textbook = keras.Sequential([keras.Input((28, 28, 1))])
    for filters, pooled in ((32, True), (64, True), (64, False)):
        textbook.add(layers.Conv2D(filters, 3, activation="relu"))
        textbook.add(layers.BatchNormalization())
        if pooled:
            textbook.add(layers.MaxPooling2D())
    for layer in (layers.Flatten(), layers.Dense(128, activation="relu")):
        textbook.add(layer)
    textbook.add(layers.Dropout(0.5))
    textbook.add(layers.Dense(10, activation="softmax"))
    textbook.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return (
        "an epoch of 4,000 digits",
        _epoch(ours.build_cnn(), x, y),
        _epoch(textbook, x, y),
    )


def question_2(ours: SimpleNamespace) -> Ways:
    x, y = _sentences(4000)
    textbook = keras.Sequential([layers.Embedding(8000, 128)])
    for units, sequences in ((64, True), (32, False)):
        textbook.add(layers.LSTM(units, return_sequences=sequences))
        textbook.add(layers.Dropout(0.2))
    textbook.add(layers.Dense(64, activation="relu"))
    textbook.add(layers.Dense(1, activation="sigmoid"))
    textbook.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    work = "an epoch of 4,000 sentences of 40 words"
    return work, _epoch(ours.build_lstm(8000), x, y), _epoch(textbook, x, y)


def question_3(ours: SimpleNamespace) -> Ways:
    task = tasks.make_multi_input_task(train_size=1000, test_size=10)
    x = {
        "image": task.image_train.astype("float32") / 255,
        "metadata": task.metadata_train.astype("float32"),
    }
    image, metadata = keras.Input((64, 64, 3)), keras.Input((10,))
    seen = layers.Conv2D(32, 3, activation="relu")(image)
    seen = layers.Conv2D(64, 3, activation="relu")(layers.MaxPooling2D()(seen))
    told = layers.Dense(32, activation="relu")(metadata)
    told = layers.Dense(16, activation="relu")(told)
    merged = layers.Concatenate()([layers.GlobalAveragePooling2D()(seen), told])
    merged = layers.Dropout(0.3)(layers.Dense(64, activation="relu")(merged))
    textbook = keras.Model(
        {"image": image, "metadata": metadata},
        layers.Dense(5, activation="softmax")(merged),
    )
    textbook.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model = ours.build_multi_input()
    work = "an epoch of 1,000 pictures with metadata"
    return work, _epoch(model, x, task.y_train), _epoch(textbook, x, task.y_train)


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
        return model, keras.optimizers.Adam(), keras.losses.BinaryCrossentropy()

    def textbook():
        model, optimizer, loss_fn = setting()
        means = [keras.metrics.Mean() for _ in range(2)]
        scores = [keras.metrics.BinaryAccuracy() for _ in range(2)]

        @tf.function
        def train_step(x, y):
            with tf.GradientTape() as tape:
                predictions = model(x, training=True)
                loss = loss_fn(y, predictions)
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(
                zip(gradients, model.trainable_variables, strict=True)
            )
            means[0].update_state(loss)
            scores[0].update_state(y, predictions)

        @tf.function
        def val_step(x, y):
            predictions = model(x, training=False)
            means[1].update_state(loss_fn(y, predictions))
            scores[1].update_state(y, predictions)

        for _ in range(10):
            for metric in (*means, *scores):
                metric.reset_state()
            for x, y in train:
                train_step(x, y[:, None])
            for x, y in val:
                val_step(x, y[:, None])

    work = "ten epochs of 4,008 rows, tracing included"
    return work, lambda: ours.run_training_loop(*setting(), train, val, 10), textbook


def question_5(ours: SimpleNamespace) -> Ways:
    x = _digits(10_000)[0].reshape(-1, 784)
    textbook = keras.Sequential([keras.Input((784,))])
    for units in (256, 128, 32, 128, 256):
        textbook.add(layers.Dense(units, activation="relu"))
    textbook.add(layers.Dense(784, activation="sigmoid"))
    textbook.compile("adam", "mse")
    model = ours.build_autoencoder()[-1]
    work = "an epoch of 10,000 digits"
    return work, _epoch(model, x, x, 256), _epoch(textbook, x, x, 256)


def question_6(ours: SimpleNamespace) -> Ways:
    task = tasks.make_wear_task()
    x, y = task.x_train, task.y_train

    def model(rate):
        found = keras.Sequential([keras.Input(x.shape[1:])])
        found.add(layers.Dense(64, activation="relu"))
        found.add(layers.Dense(1))
        found.compile(keras.optimizers.Adam(rate), "mse")
        return found

    scheduled, plain = model(ours.WarmupDecay(0.01, 100, 10_000)), model(0.01)

    def textbook():
        callback = keras.callbacks.LearningRateScheduler(ours.schedule)
        plain.fit(x, y, epochs=5, verbose=0, callbacks=[callback])

    work = "five epochs of 4,000 rows: schedule in the optimizer, or by callback"
    return work, lambda: scheduled.fit(x, y, epochs=5, verbose=0), textbook


def question_7(ours: SimpleNamespace) -> Ways:
    x, y = _digits(4000)
    pairs, same = ours.make_pairs(x, y, 2000, seed=0)
    image = keras.Input((28, 28, 1))
    found = layers.MaxPooling2D()(layers.Conv2D(32, 3, activation="relu")(image))
    found = layers.Conv2D(64, 3, activation="relu")(found)
    found = layers.GlobalAveragePooling2D()(found)
    encoder = keras.Model(image, layers.Dense(128, activation="relu")(found))
    left, right = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    apart = keras.ops.abs(encoder(left) - encoder(right))
    textbook = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(apart))
    textbook.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    _, siamese = ours.build_siamese()
    same = np.asarray(same, "float32")
    work = "an epoch of 2,000 pairs of digits"
    return work, _epoch(siamese, list(pairs), same), _epoch(textbook, list(pairs), same)


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

    def textbook():
        predicted = [model.predict(x, verbose=0) for model in models]
        return np.argmax(np.mean(predicted, axis=0), axis=1)

    def answer():
        return np.argmax(ensemble.predict(x, verbose=0), axis=1)

    return "the classes of 4,000 grains from five members", answer, textbook


def question_9(ours: SimpleNamespace) -> Ways:
    x, y = _sentences(4000)

    class Additive(layers.Layer):
        def build(self, shape):
            self.w = self.add_weight(shape=(shape[-1], 64))
            self.b = self.add_weight(shape=(64,), initializer="zeros")
            self.u = self.add_weight(shape=(64,))

        def call(self, x):
            score = tf.tanh(tf.tensordot(x, self.w, axes=1) + self.b)
            weights = tf.nn.softmax(tf.tensordot(score, self.u, axes=1), axis=1)
            return tf.reduce_sum(x * weights[..., None], axis=1)

    def model(pooling, mask_zero):
        found = keras.Sequential([layers.Embedding(8000, 128, mask_zero=mask_zero)])
        found.add(layers.LSTM(64, return_sequences=True))
        found.add(pooling)
        found.add(layers.Dense(64, activation="relu"))
        found.add(layers.Dense(1, activation="sigmoid"))
        found.compile("adam", "binary_crossentropy", metrics=["accuracy"])
        return found

    masked, unmasked = model(ours.AttentionPooling(64), True), model(Additive(), False)
    work = "an epoch of 4,000 sentences of 40 words, with and without the mask"
    return work, _epoch(masked, x, y), _epoch(unmasked, x, y)


def question_10(ours: SimpleNamespace) -> Ways:
    x, _ = _digits(6400)

    def adam():
        return keras.optimizers.Adam(2e-4, beta_1=0.5)

    gan = ours.GAN(ours.build_generator(100), ours.build_discriminator(), 100)
    gan.compile(generator_optimizer=adam(), discriminator_optimizer=adam())
    generator = keras.Sequential([keras.Input((100,))])
    for units in (256, 512):
        generator.add(layers.Dense(units, activation="relu"))
        generator.add(layers.BatchNormalization())
    generator.add(layers.Dense(784, activation="sigmoid"))
    generator.add(layers.Reshape((28, 28, 1)))
    discriminator = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten()])
    for units in (512, 256):
        discriminator.add(layers.Dense(units, activation="relu"))
        discriminator.add(layers.Dropout(0.3))
    discriminator.add(layers.Dense(1, activation="sigmoid"))
    discriminator.compile(adam(), "binary_crossentropy")
    discriminator.trainable = False
    latent = keras.Input((100,))
    combined = keras.Model(latent, discriminator(generator(latent)))
    combined.compile(adam(), "binary_crossentropy")
    ones, zeros = np.ones((64, 1)), np.zeros((64, 1))
    random = np.random.default_rng(0)

    def textbook():
        for step in range(100):
            noise = random.normal(size=(64, 100))
            fake = generator.predict(noise, verbose=0)
            discriminator.train_on_batch(x[64 * step : 64 * step + 64], ones)
            discriminator.train_on_batch(fake, zeros)
            combined.train_on_batch(random.normal(size=(64, 100)), ones)

    work = "a hundred steps of 64 digits"
    return work, lambda: gan.fit(x, batch_size=64, verbose=0), textbook
