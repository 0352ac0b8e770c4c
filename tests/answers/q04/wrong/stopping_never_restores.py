"""It stops in time, with the weights of the last epoch."""

FAULT = "nothing was put back"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, wait = [], 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            wait = 0
        else:
            wait += 1
        if wait == patience:
            break
    return losses
