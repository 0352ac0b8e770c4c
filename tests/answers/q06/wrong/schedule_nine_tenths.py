"""Takes exp(-0.1) for a tenth off."""

FAULT = "a tenth off"


def schedule(epoch, lr):
    return lr if epoch < 10 else lr * 0.9
