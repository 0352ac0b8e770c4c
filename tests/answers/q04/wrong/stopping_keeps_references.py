"""The best weights are kept as variables, which go on changing."""

FAULT = "changed along with the model"


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            best_weights, wait = [*model.weights], 0
        else:
            wait += 1
        if wait == patience:
            break
    for weight, best in zip(model.weights, best_weights, strict=True):
        weight.assign(best)
    return losses
