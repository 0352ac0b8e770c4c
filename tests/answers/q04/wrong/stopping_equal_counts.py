"""An equal loss counts as a better one."""

FAULT = "isn't a better one"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] <= min(losses[:-1], default=float("inf")):
            best_weights, wait = model.get_weights(), 0
        else:
            wait += 1
        if wait == patience:
            break
    model.set_weights(best_weights)
    return losses
