"""Markdown as HTML for slides and cards, with formulas in the form MathJax reads."""

import html
import re

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer


class Renderer(IPythonRenderer):
    """Renders Markdown as HTML, and notes in `math` whether there was a formula."""

    def __init__(self, escape: bool = False) -> None:
        """Choose whether HTML in the Markdown is kept or escaped."""
        super().__init__(escape=escape, exclude_anchor_links=True)
        self.math = False

    def inline_math(self, body: str) -> str:
        self.math = True
        return f'<span class="math">\\({html.escape(body, quote=False)}\\)</span>'

    def block_math(self, body: str) -> str:
        self.math = True
        return f'<div class="math">\\[{html.escape(body, quote=False)}\\]</div>'


def inline(text: str) -> Markup:
    """A line of Markdown as HTML: code and emphasis alone; HTML in it is escaped."""
    pieces = []
    for place, piece in enumerate(re.split(r"`([^`]+)`", text)):
        safe = escape(piece)
        if place % 2:
            pieces.append(f"<code>{safe}</code>")
        else:
            pieces.append(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", safe))
    return Markup("".join(pieces))
