"""Cards, the drill, the deck for Anki, and the plan until an interview."""

import importlib


def __getattr__(name: str) -> object:
    """The drill's module, which notebooks of an earlier edition import from here.

    Raises:
        AttributeError: any other name is asked for.
    """
    if name == "drill_notebook":
        return importlib.import_module("interview.drill")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
