"""The loop keeps the last member only."""

FAULT = "the last member alone"


def average_predict(models, x):
    for model in models:
        p = model.predict(x, verbose=0)
    return p.argmax(axis=1)
