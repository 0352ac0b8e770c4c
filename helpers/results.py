"""The measured numbers of a notebook: a table for people, JSON for programs."""

import html
import math
from collections.abc import Mapping
from numbers import Real

from IPython.display import display


def show(results: Mapping[str, float]) -> None:
    """Display a notebook's results: one table, and one `application/json` bundle.

    Args:
        results: names that end in their unit where they have one (`train_seconds`,
            `steps_per_second`), and the number that a cell above measured.

    Raises:
        TypeError: a value isn't a number.
        ValueError: a value isn't finite.
    """
    numbers = {}
    for name, value in results.items():
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError(f"{name} is {type(value).__name__}; results are numbers.")
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}; results are finite numbers.")
        numbers[name] = value if isinstance(value, int) else float(value)
    width = max(map(len, numbers), default=0)
    head = "<tr><th>measured</th><th>value</th></tr>"
    rows = "".join(
        f"<tr><td>{html.escape(name)}</td>"
        f'<td style="text-align:right">{_format(value)}</td></tr>'
        for name, value in numbers.items()
    )
    display(
        {
            "text/html": f"<table>{head}{rows}</table>",
            "text/plain": "\n".join(
                f"{name:<{width}}  {_format(value)}" for name, value in numbers.items()
            ),
        },
        raw=True,
    )
    display(
        {
            "application/json": numbers,
            "text/plain": "The same as JSON, for programs.",
        },
        raw=True,
    )


def _format(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if value != 0 and abs(value) < 1e-3:
        return f"{value:.1e}"
    return f"{value:,.4f}" if abs(value) < 10 else f"{value:,.1f}"
