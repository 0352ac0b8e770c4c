"""A plain class with a `fit` of its own."""


class GAN:
    def __init__(self, generator, discriminator, latent_dim=100):
        self.generator, self.discriminator = generator, discriminator

    def compile(self, generator_optimizer, discriminator_optimizer):
        self.optimizers = generator_optimizer, discriminator_optimizer

    def fit(self, images, **settings):
        raise RuntimeError("later")


FAULT = "`GAN` is a `keras.Model`"
