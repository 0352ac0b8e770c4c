"""The practice tool: the command `interview`, and the check cells of the notebooks."""

import importlib

# Practice notebooks that an earlier release wrote import these from here.
_EARLIER = {
    "buttons": "interview.remembering.drill_notebook",
    "clock": "interview.practising.clock",
}


def __getattr__(name: str) -> object:
    """A module that stood here once.

    Raises:
        AttributeError: none of this name did.
    """
    if name in _EARLIER:
        return importlib.import_module(_EARLIER[name])
    raise AttributeError(f"module 'interview' has no attribute {name!r}")
