"""Checks of a model's inputs that several parts of question 3 share."""

import keras

from interview.checks.claims import need


def input_names(model: keras.Model) -> list[str] | None:
    """The input names of a functional model, in its order; None for other models."""
    inputs = getattr(model, "inputs", None)
    return [tensor.name for tensor in inputs] if inputs else None


def judge_inputs(model: keras.Model, wanted: tuple[str, ...]) -> None:
    """End the proof unless a functional model has the inputs wanted, in any order."""
    names = input_names(model)
    if names is None:
        return
    quoted = " and ".join(", ".join(f"`{n}`" for n in wanted).rsplit(", ", 1))
    need(
        len(names) == len(wanted),
        expected=f"{len(wanted)} inputs, {quoted}",
        got=f"{len(names)}: {', '.join(names)}",
        hint="each kind of input has its own `keras.Input`, and the model is told of "
        "all of them.",
    )
    need(
        set(names) == set(wanted),
        expected=f"inputs named {quoted}",
        got=f"inputs named {', '.join(names)}",
        hint="a name that isn't given is made up, and no caller knows it.",
    )
