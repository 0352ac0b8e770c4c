"""A slider to play with where a kernel runs, a still picture where none does."""

from collections.abc import Callable
from typing import Any

import ipywidgets
from IPython.display import display
from matplotlib.figure import Figure

from helpers.plots import picture


def explore(draw: Callable[..., Figure], *, alt: str, **controls: Any) -> None:
    """Show `draw(**values)` under a control for each of its arguments.

    The output holds both the live controls and the picture for the controls' first
    values, so a static page, or a notebook that hasn't been run, shows the picture.

    Args:
        draw: takes the controls' values by name and returns a figure.
        alt: the still picture in words, for whoever can't see it.
        controls: anything `ipywidgets.interactive` takes: widgets, ranges, lists.
    """

    def show(**values: Any) -> None:
        figure = draw(**values)
        data, metadata = picture(figure, alt)
        display(data, raw=True, metadata=metadata)

    widget = ipywidgets.interactive(show, **controls)
    still = draw(**widget.kwargs)
    data, metadata = picture(still, alt)
    display({**widget._repr_mimebundle_(), **data}, raw=True, metadata=metadata)
