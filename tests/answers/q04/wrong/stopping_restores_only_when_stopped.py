"""The best weights come back only if patience ran out."""

FAULT = "however it ended"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            best_weights, wait = model.get_weights(), 0
        else:
            wait += 1
        if wait == patience:
            model.set_weights(best_weights)
            break
    return losses
