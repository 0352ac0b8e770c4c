"""Train the generators whose weights are bundled for notebook 10.

`python -m tools.recorded_gan --data full` trains a convolutional GAN that is told each
image's digit, with R1 and averaged weights, and writes the averaged generator: twelve
minutes of CPU. The networks' convolutional layers stand in the notebook alone. With
`--program` the notebook's whole program is run instead, as `interview answer 10` prints
it, and its generator is written: one minute.
"""

import argparse
import ast
import time
from pathlib import Path

import helpers.quiet  # isort: skip
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

from helpers import data
from interview import notebook_json, questions, study_notebooks

SAMPLES = Path(data.__file__).parent / "samples"
TARGET, PROGRAM = SAMPLES / "recorded_generator.npz", SAMPLES / "recorded_program.npz"
LATENT_DIM, BATCH, STEPS, RATE, GAMMA, DECAY = 64, 64, 12_000, 1e-3, 0.2, 0.999


def networks_of_notebook() -> tuple[keras.Model, keras.Model]:
    """Notebook 10's convolutional networks, and how each is told the digit."""
    cells = notebook_json.read(study_notebooks.path_of(10)).cells
    names = {"keras": keras, "layers": layers}
    for source in [cell.source for cell in cells if "def conv_" in cell.source]:
        # The function alone: the rest of its cell needs what the notebook trained.
        body = ast.parse(source).body
        function = next(node for node in body if isinstance(node, ast.FunctionDef))
        exec(ast.unparse(function), names)
    noise, digit = keras.Input((LATENT_DIM,)), keras.Input((), dtype="int32")
    z = layers.Concatenate()([noise, layers.Embedding(10, 10)(digit)])
    images = names["conv_generator"](LATENT_DIM + 10)(z)
    image = keras.Input((28, 28, 1))
    logits = names["conv_discriminator"](outputs=10)(image)
    own = ops.sum(logits * ops.one_hot(digit, 10), axis=1)
    return keras.Model([noise, digit], images), keras.Model([image, digit], own)


class Training:
    """Both networks, their optimizers, and the generator with averaged weights."""

    def __init__(self) -> None:
        self.generator, self.discriminator = networks_of_notebook()
        self.average = keras.models.clone_model(self.generator)
        self.average.set_weights(self.generator.get_weights())
        rate = keras.optimizers.schedules.CosineDecay(RATE, STEPS)
        self.optimizers = []
        for network in (self.generator, self.discriminator):
            self.optimizers.append(keras.optimizers.Adam(rate, beta_1=0.5))
            self.optimizers[-1].build(network.trainable_variables)

    def draw(self, digits: tf.Tensor) -> tf.Tensor:
        noise = keras.random.normal((BATCH, LATENT_DIM))
        return self.generator([noise, digits], training=True)

    @tf.function
    def step(self, images: tf.Tensor, digits: tf.Tensor) -> tuple:
        generator_optimizer, discriminator_optimizer = self.optimizers
        fake = self.draw(digits)
        with tf.GradientTape() as tape:
            with tf.GradientTape() as inner:
                inner.watch(images)
                on_real = self.discriminator([images, digits], training=True)
            slopes = inner.gradient(on_real, images)
            on_fake = self.discriminator([fake, digits], training=True)
            d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
            penalty = ops.mean(ops.sum(ops.square(slopes), axis=(1, 2, 3)))
            penalised = d_loss + GAMMA / 2 * penalty
        weights = self.discriminator.trainable_variables
        discriminator_optimizer.apply(tape.gradient(penalised, weights), weights)
        with tf.GradientTape() as tape:
            on_fake = self.discriminator([self.draw(digits), digits], training=True)
            g_loss = ops.mean(ops.softplus(-on_fake))
        weights = self.generator.trainable_variables
        generator_optimizer.apply(tape.gradient(g_loss, weights), weights)
        for mean, weight in zip(
            self.average.weights, self.generator.weights, strict=True
        ):
            mean.assign(DECAY * mean + (1 - DECAY) * weight)
        return d_loss, g_loss


def write(path: Path, generator: keras.Model, steps: int, seconds: float) -> None:
    arrays = [weight.astype("float16") for weight in generator.get_weights()]
    np.savez_compressed(path, *arrays, steps=steps, seconds=round(seconds))


def run_program(digits: data.Digits) -> None:
    """Run the notebook's whole program with its defaults, and write its generator."""
    names = {"__name__": "program"}
    exec(questions.program(10), names)
    arrays = (digits.x_train, digits.y_train), (digits.x_test, digits.y_test)
    start = time.process_time()
    gan = names["main"](lambda: arrays)
    seconds = time.process_time() - start
    print(f"{seconds:.0f} s of CPU")
    write(PROGRAM, gan.generator, int(gan.g_opt.iterations), seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default="full", help="as `load_mnist` takes it")
    parser.add_argument("--program", action="store_true", help="run `main`")
    options = parser.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(0)
    digits = data.load_mnist(options.data)
    if options.program:
        run_program(digits)
        return
    images = (digits.x_train[..., None] / 255).astype("float32")
    rows = tf.data.Dataset.from_tensor_slices((images, digits.y_train.astype("int32")))
    batches = rows.shuffle(len(images)).repeat().batch(BATCH).take(STEPS)
    training, start = Training(), time.process_time()
    for number, batch in enumerate(batches, 1):
        d_loss, g_loss = training.step(*batch)
        if number % 1000 == 0:
            seconds = time.process_time() - start
            print(f"{number} steps: {d_loss:.3f} {g_loss:.3f} {seconds:.0f} s of CPU")
            write(TARGET, training.average, number, seconds)


if __name__ == "__main__":
    main()
