"""Run in a notebook's kernel before its first cell: moves every explorer's controls.

From now on `helpers.explore.explore` shows what it shows a reader, then moves each
control to both of its ends and draws the picture there. For each explorer and control,
`moved` has whether the two ends give different pictures. The other controls keep their
first values. If a control matters only for some of their choices, one of those is set.
"""

import hashlib
from itertools import chain

import ipywidgets
import matplotlib.pyplot as plt

from helpers import explore

_show = explore.explore
moved = []


def explore_and_move(draw, *, alt, **controls):
    _show(draw, alt=alt, **controls)
    widget = ipywidgets.interactive(lambda **values: None, **controls)
    found = dict(zip(widget.kwargs, widget.kwargs_widgets, strict=True))

    def gives_two_pictures(name, values):
        low, high = (_picture(draw, {**values, name: e}) for e in _ends(found[name]))
        return low != high

    choices = [
        {**widget.kwargs, other: value}
        for other, control in found.items()
        if hasattr(control, "options")
        for value in _options(control)
    ]
    moved.append(
        {
            name: any(
                gives_two_pictures(name, values)
                for values in chain([widget.kwargs], choices)
            )
            for name in found
        }
    )


def _picture(draw, values) -> str:
    figure = draw(**values)
    figure.canvas.draw()
    picture = hashlib.sha256(figure.canvas.buffer_rgba()).hexdigest()
    plt.close(figure)
    return picture


def _options(control) -> list:
    # Pairs of a label and a value, or values alone, or a mapping.
    return [value for _, value in control._options_full]


def _ends(control) -> list:
    """The values at both ends of a control; for a text, two that readers may type."""
    if hasattr(control, "options"):
        options = _options(control)
        return [options[0], options[-1]]
    if hasattr(control, "min"):
        return [control.min, control.max]
    if isinstance(control.value, bool):
        return [False, True]
    return ["", f"{control.value} and a fine cast"]


explore.explore = explore_and_move
