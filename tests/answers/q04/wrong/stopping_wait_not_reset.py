"""Bad epochs are counted over the whole run."""

FAULT = "still counted"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            best_weights = model.get_weights()
        else:
            wait += 1
        if wait == patience:
            break
    model.set_weights(best_weights)
    return losses
