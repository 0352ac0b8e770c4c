"""The losses are rounded, so close ones are equal."""

FAULT = "lower by little"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, wait, best_loss, best = [], 0, float("inf"), model.get_weights()
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(round(float(validate(model)), 4))
        if losses[-1] < best_loss:
            best_loss, best, wait = losses[-1], model.get_weights(), 0
        else:
            wait += 1
        if wait >= patience:
            break
    model.set_weights(best)
    return losses
