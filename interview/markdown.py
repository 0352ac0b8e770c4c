"""Markdown as HTML for slides and cards, with its math as MathJax reads it anywhere."""

import html
import re

from markupsafe import Markup, escape
from nbconvert.filters.markdown_mistune import IPythonRenderer


class Renderer(IPythonRenderer):
    """Markdown to HTML; notices whether there was any math."""

    def __init__(self, escape: bool = False) -> None:
        """Render HTML in the Markdown as such, or escape it."""
        super().__init__(escape=escape, exclude_anchor_links=True)
        self.math = False

    def inline_math(self, body: str) -> str:
        self.math = True
        return f'<span class="math">\\({html.escape(body, quote=False)}\\)</span>'

    def block_math(self, body: str) -> str:
        self.math = True
        return f'<div class="math">\\[{html.escape(body, quote=False)}\\]</div>'


def inline(text: str) -> Markup:
    """A line from anywhere: code and emphasis are shown as such, HTML as it stands."""
    pieces = []
    for place, piece in enumerate(re.split(r"`([^`]+)`", text)):
        safe = escape(piece)
        if place % 2:
            pieces.append(f"<code>{safe}</code>")
        else:
            pieces.append(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", safe))
    return Markup("".join(pieces))
