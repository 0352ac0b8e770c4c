"""Batch normalisation's moving averages stay those of the last epoch."""

FAULT = "non-trainable weights"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            best_weights, wait = [w.numpy() for w in model.trainable_weights], 0
        else:
            wait += 1
        if wait == patience:
            break
    for weight, best in zip(model.trainable_weights, best_weights, strict=True):
        weight.assign(best)
    return losses
