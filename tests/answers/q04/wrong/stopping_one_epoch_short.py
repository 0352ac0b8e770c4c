"""One epoch fewer than `max_epochs`."""

FAULT = "one epoch too few"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, wait, best_loss, best = [], 0, float("inf"), model.get_weights()
    for _ in range(1, max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < best_loss:
            best_loss, best, wait = losses[-1], model.get_weights(), 0
        else:
            wait += 1
        if wait >= patience:
            break
    model.set_weights(best)
    return losses
