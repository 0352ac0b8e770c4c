"""Compiles the model and calls `fit`: right numbers, and not what was asked."""

FAULT = "loop of your own"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    model.compile(optimizer, loss_fn, metrics=["binary_accuracy"])
    fitted = model.fit(
        train_data, validation_data=val_data, epochs=epochs, shuffle=False, verbose=0
    )
    return {
        key.replace("binary_", ""): [float(value) for value in values]
        for key, values in fitted.history.items()
    }
