"""What the pages share: templates, a notebook's pictures, and coloured code."""

import base64
import html
import struct
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

TEMPLATES = Path(__file__).parent / "templates"


def template(name: str, **filters) -> Template:
    """A template in `templates`: of HTML, which escapes its values, or of Markdown."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    return environment.get_template(name)


def picture_of(output: NotebookNode) -> tuple[bytes, str]:
    """An output's PNG, and the attributes of the `<img>` that shows it."""
    data = base64.b64decode(output.data["image/png"])
    alt = html.escape(output.metadata.get("image/png", {}).get("alt", ""))
    width, height = struct.unpack(">II", data[16:24])
    return data, f'alt="{alt}" width="{width}" height="{height}"'


def coloured(code: str) -> str:
    """Python as HTML, line by line as it stands."""
    lexer, formatter = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)
    return highlight(code, lexer, formatter).rstrip("\n")
