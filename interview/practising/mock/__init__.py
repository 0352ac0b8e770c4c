"""A whole mock interview: from the question to the debrief."""

import importlib


def __getattr__(name: str) -> object:
    """The module that some notebooks with buttons still import from here.

    Raises:
        AttributeError: they import no other.
    """
    if name == "notebook":
        return importlib.import_module("interview.mock")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
