"""A slider to play with where a kernel runs, a still picture where none does."""

from collections.abc import Callable
from typing import Any

import ipywidgets
from IPython.display import display
from matplotlib.figure import Figure

from helpers.plots import picture


def explore(draw: Callable[..., Figure], *, alt: str, **controls: Any) -> None:
    """Show `draw(**values)` under a control for each of its arguments.

    The output holds the live controls and a picture for their first values. A static
    page, or a notebook that hasn't been run, shows the picture.

    Args:
        draw: takes the controls' values by name and returns a figure.
        alt: the still picture in words, for readers who can't see it.
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
