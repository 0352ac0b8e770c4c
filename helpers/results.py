"""The measured numbers of a notebook: tables for people, JSON for programs."""

import html
import math
import re
import time
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

import numpy as np
from IPython.display import display

from helpers.stats import Estimate, mean_error


def show(results: Mapping[str, float]) -> None:
    """Display a notebook's results: a folded table, and one `application/json` bundle.

    `notebook_seconds` is added: the CPU time of this kernel so far, so that other
    programs on the machine don't count.

    Args:
        results: names that end in their unit where they have one (`train_seconds`,
            `steps_per_second`), and the number that a cell above measured.

    Raises:
        TypeError: a value isn't a number.
        ValueError: a value isn't finite.
    """
    numbers = {}
    for name, value in {**results, "notebook_seconds": time.process_time()}.items():
        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError(f"{name} is {type(value).__name__}; results are numbers.")
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}; results are finite numbers.")
        numbers[name] = value if isinstance(value, int) else float(value)
    head = "<tr><th>measured</th><th>value</th></tr>"
    rows = "".join(
        f"<tr><td>{html.escape(name)}</td>"
        f'<td style="text-align:right">{_format(value)}</td></tr>'
        for name, value in numbers.items()
    )
    folded = f"The {len(numbers)} numbers of this run"
    display(
        {
            "text/html": f"<details><summary>{folded}</summary>"
            f"<table>{head}{rows}</table></details>",
            "text/plain": f"{folded}.",
        },
        raw=True,
    )
    display({"application/json": numbers, "text/plain": "The same as JSON."}, raw=True)


def show_table(
    columns: Sequence[str], rows: Mapping[str, Sequence[Any]], digits: int = 3
) -> None:
    """Print numbers in rows, under the names of their columns.

    Args:
        columns: their names, with units.
        rows: for each name its cells: texts, numbers, `Estimate`s, or the numbers of
            replicates (n,), of which mean and standard error are shown.
        digits: the number of decimals; integers have none.
    """

    def shown(value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, Estimate) or np.ndim(value):
            estimate = value if isinstance(value, Estimate) else mean_error(value)
            return f"{estimate:.{digits}f}"
        # With `z`, a negative number that rounds to 0 is 0.00 and not -0.00.
        return f"{value:,}" if isinstance(value, int) else f"{value:z.{digits}f}"

    lines = [["", *columns]]
    lines += [[name, *map(shown, row)] for name, row in rows.items()]
    first, *widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for name, *cells in lines:
        padded = map(str.rjust, cells, widths)
        print("   ".join([name.ljust(first), *padded]).rstrip())


def slug(name: str) -> str:
    """A name as part of a result's name: `_` for all but letters, digits and `_`."""
    return re.sub(r"\W+", "_", name)


def _format(value: float) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if value != 0 and abs(value) < 1e-3:
        return f"{value:.1e}"
    return f"{value:,.4f}" if abs(value) < 10 else f"{value:,.1f}"
