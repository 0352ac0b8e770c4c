"""Not written yet."""

FAULT = "not written yet"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    raise NotImplementedError("write run_training_loop")
