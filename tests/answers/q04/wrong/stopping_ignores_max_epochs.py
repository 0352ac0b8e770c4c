"""Only patience ends it."""

FAULT = "is a limit too"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best, wait = [], model.get_weights(), 0
    while wait < patience:
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] == min(losses) and losses[-1] not in losses[:-1]:
            best, wait = model.get_weights(), 0
        else:
            wait += 1
    model.set_weights(best)
    return losses
