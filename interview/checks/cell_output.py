"""What a check shows below its cell: coloured for a person, plain text otherwise.

A front end that a person uses, such as JupyterLab, lets cells ask for input. nbval and
nbclient (and so papermill, nbconvert and nbgrader) don't, which tells the two apart.
So outputs that are committed, compared or graded are plain text. The HTML output
carries the same text beside it.
"""

import sys
from collections.abc import Mapping
from html import escape

# JupyterLab's colours, then VS Code's, then ones that are legible on light and on dark.
GREEN = "var(--jp-success-color1, var(--vscode-testing-iconPassed, #2e8b57))"
RED = "var(--jp-error-color1, var(--vscode-testing-iconFailed, #d9534f))"
QUIET = "var(--jp-content-font-color2, var(--vscode-descriptionForeground, #808080))"
MONOSPACE = "var(--jp-code-font-family, ui-monospace, Menlo, Consolas, monospace)"

# Long words may break anywhere; rows of numbers keep their line breaks and columns.
_TEXT = "white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal"
_CELL = "padding: 2px 12px 2px 0; text-align: left; vertical-align: top; border: none"


def is_watched() -> bool:
    """Whether a person started the running cell and sees its output."""
    # If IPython isn't imported this is no notebook, so importing it would waste time.
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    parent = getattr(getattr(shell, "kernel", None), "get_parent", None)
    return bool(parent and parent("shell").get("content", {}).get("allow_stdin"))


def show_line(line: str) -> None:
    """Show a ✓ line or a note: in colour for a person, printed otherwise."""
    if not is_watched():
        print(line)
        return
    colour = QUIET if line.startswith("·") else GREEN
    _display(_paragraph(line, colour), line)


def show_failure(title: str, rows: Mapping[str, str], text: str) -> None:
    """Show a ✗ line with a table of what was expected, what came, and a hint.

    Args:
        title: the ✗ line.
        rows: a text for each label.
        text: the line and the table as plain text, for front ends without HTML.
    """
    cells = "".join(
        f'<tr style="background: none"><th scope="row" style="{_CELL}; color: {QUIET}; '
        f'font-weight: normal">{escape(label)}</th><td style="{_CELL}; {_TEXT}; '
        f'font-family: {MONOSPACE}">{escape(value)}</td></tr>'
        for label, value in rows.items()
    )
    table = f'<table style="margin: 4px 0 4px 1.2em">{cells}</table>'
    _display(_paragraph(title, RED) + table, text)


def _paragraph(line: str, colour: str) -> str:
    return f'<div style="color: {colour}; {_TEXT}">{escape(line)}</div>'


def _display(html: str, text: str) -> None:
    from IPython.display import display

    display({"text/html": html, "text/plain": text}, raw=True)
