"""Tables as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet takes a text that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOTHING = "-"


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """One line a row; an apostrophe in front of a text that would be a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([_plain(cell) for cell in row] for row in (columns, *rows))
    return file.getvalue()


def _plain(cell: object) -> object:
    is_text = isinstance(cell, str) and cell != NOTHING
    return f"'{cell}" if is_text and cell.startswith(_FORMULA) else cell
