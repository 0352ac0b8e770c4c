"""An equal loss counts as none, and its weights are kept all the same."""

FAULT = "for the weights neither"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, wait, best_loss, best = [], 0, float("inf"), model.get_weights()
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < best_loss:
            best_loss, best, wait = losses[-1], model.get_weights(), 0
        else:
            if losses[-1] == best_loss:
                best = model.get_weights()
            wait += 1
        if wait >= patience:
            break
    model.set_weights(best)
    return losses
