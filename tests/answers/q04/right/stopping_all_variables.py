"""Early stopping that puts back every variable, the random generators' state too."""

import numpy as np


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, kept = [], []
    for epoch in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        best_epoch = int(np.argmin(losses))
        if best_epoch == epoch:
            kept = [variable.numpy() for variable in model.variables]
        elif epoch - best_epoch >= patience:
            break
    for variable, value in zip(model.variables, kept, strict=True):
        variable.assign(value)
    return losses
