"""The practice tool: the command `interview`, and the check cells of the notebooks."""

import importlib

# What learners' notebooks import from here, under every name that it has had.
_IN_NOTEBOOKS = {
    "clock": "interview.practising.clock",
    "drill": "interview.commands.drill_notebook",
    "buttons": "interview.commands.drill_notebook",
}


def __getattr__(name: str) -> object:
    """A module that learners' notebooks import, loaded when it's first asked for.

    Raises:
        AttributeError: there is none of this name.
    """
    if name in _IN_NOTEBOOKS:
        return importlib.import_module(_IN_NOTEBOOKS[name])
    raise AttributeError(f"module 'interview' has no attribute {name!r}")
