"""The practice tool: the command `interview`, and the check cells of the notebooks."""

import importlib

# What learners' notebooks import from here, beside `drill` and `mock`.
_IN_NOTEBOOKS = {
    "clock": "interview.practising.clock",
    # As the drill was called in earlier releases.
    "buttons": "interview.drill",
}


def __getattr__(name: str) -> object:
    """A module that learners' notebooks import, loaded when it's first asked for.

    Raises:
        AttributeError: there is none of this name.
    """
    if name in _IN_NOTEBOOKS:
        return importlib.import_module(_IN_NOTEBOOKS[name])
    raise AttributeError(f"module 'interview' has no attribute {name!r}")
