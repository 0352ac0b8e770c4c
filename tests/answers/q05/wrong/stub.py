"""Not written yet."""

FAULT = "not written yet"


def build_autoencoder(input_dim=784, latent_dim=32):
    raise NotImplementedError("write build_autoencoder")
