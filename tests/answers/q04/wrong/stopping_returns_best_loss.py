"""The best loss comes back, not the losses seen."""

FAULT = "one number per epoch that ran"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    best_loss, best, wait = float("inf"), model.get_weights(), 0
    for _ in range(max_epochs):
        train_epoch(model)
        loss = float(validate(model))
        if loss < best_loss:
            best_loss, best, wait = loss, model.get_weights(), 0
        else:
            wait += 1
        if wait == patience:
            break
    model.set_weights(best)
    return best_loss
