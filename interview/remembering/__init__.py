"""Cards, the drill, the deck for Anki, and the plan until an interview."""

import importlib


def __getattr__(name: str) -> object:
    """The module that some notebooks with buttons still import from here.

    Raises:
        AttributeError: they import no other.
    """
    if name == "drill_notebook":
        return importlib.import_module("interview.drill")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
