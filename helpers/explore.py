"""A slider to play with where a kernel runs, a still picture where none does."""

import base64
import io
from collections.abc import Callable
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure


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
        data, metadata = _bundle(figure, alt)
        display(data, raw=True, metadata=metadata)

    widget = ipywidgets.interactive(show, **controls)
    still = draw(**widget.kwargs)
    data, metadata = _bundle(still, alt)
    display({**widget._repr_mimebundle_(), **data}, raw=True, metadata=metadata)


def _bundle(figure: Figure, alt: str) -> tuple[dict, dict]:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100, bbox_inches="tight")
    plt.close(figure)
    image = base64.b64encode(buffer.getvalue()).decode()
    return {"image/png": image, "text/plain": alt}, {"image/png": {"alt": alt}}
