"""Each epoch is judged as the next begins; nobody judges the last one."""

FAULT = "last epoch can be the best"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, wait, best_loss, best = [], 0, float("inf"), model.get_weights()
    for _ in range(max_epochs):
        if losses and losses[-1] < best_loss:
            best_loss, best, wait = losses[-1], model.get_weights(), 0
        elif losses:
            wait += 1
        if wait == patience:
            break
        train_epoch(model)
        losses.append(float(validate(model)))
    model.set_weights(best)
    return losses
