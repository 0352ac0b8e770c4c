"""Run in a notebook's kernel before its first cell: moves every explorer's controls.

Whatever calls `helpers.explore.explore` from now on shows what it shows a reader; then
each of its controls is moved to both of its ends, and the picture drawn there. `moved`
is a list for each explorer: what was moved, where to, and a hash of the picture.
"""

import hashlib

import ipywidgets
import matplotlib.pyplot as plt

from helpers import explore

_show = explore.explore
moved = []


def explore_and_move(draw, *, alt, **controls):
    _show(draw, alt=alt, **controls)
    widget = ipywidgets.interactive(lambda **values: None, **controls)
    pictures = []
    for name, control in zip(widget.kwargs, widget.kwargs_widgets, strict=True):
        for end in _ends(control):
            figure = draw(**{**widget.kwargs, name: end})
            figure.canvas.draw()
            drawn = hashlib.sha256(figure.canvas.buffer_rgba()).hexdigest()
            plt.close(figure)
            pictures.append([name, end, drawn])
    moved.append(pictures)


def _ends(control) -> list:
    """The values at both ends of a control; of a text two that readers may type."""
    if hasattr(control, "options"):
        values = [value for _, value in control._options_full]
        return [values[0], values[-1]]
    if hasattr(control, "min"):
        return [control.min, control.max]
    if isinstance(control.value, bool):
        return [False, True]
    return ["", f"{control.value} and a fine cast"]


explore.explore = explore_and_move
