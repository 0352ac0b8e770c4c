"""A notebook as a deck of slides: one HTML file that needs no network.

What stands on the slides comes from the notebook's headings, tags and `slide`
metadata, see `talk`. How a deck looks is in templates/deck.
"""

import re
from pathlib import Path

from nbformat import NotebookNode

from interview import files
from interview.markdown import Renderer
from interview.publishing import pages, talk
from interview.publishing.libraries import FILES, Libraries, web_address


def write_slides(
    notebook: NotebookNode,
    target: Path,
    libraries: Libraries,
    beside: str = "",
    page: str = "",
) -> None:
    """Write the deck of a notebook.

    Args:
        notebook: with its outputs; it isn't changed.
        target: the HTML file.
        libraries: where they can't be had, the deck loads them from the web.
        beside: the address, from the file, of a folder that holds the libraries;
            without one they go into the file.
        page: the address, from the file, of the notebook's page, if there is one.
    """
    renderer = Renderer()
    slides = talk.slides_of(notebook, renderer)
    texts = {} if beside else libraries.texts
    text = pages.template("deck/index.html.j2").render(
        title=re.sub(r"<.*?>", "", slides[0].heading),
        slides=slides,
        page=page,
        math=renderer.math,
        css=(pages.TEMPLATES / "deck" / "deck.css").read_text("utf-8"),
        js=(pages.TEMPLATES / "deck" / "deck.js").read_text("utf-8"),
        inline={name: inlined(text) for name, text in texts.items()},
        beside={
            name: libraries.address(name, beside) if beside else web_address(name)
            for name in FILES
        },
    )
    files.write(target, text)


def inlined(text: str) -> str:
    """JavaScript for a page, changed so that no end tag in it ends the script."""
    text = re.sub("</(script)", r"<\\/\1", text, flags=re.IGNORECASE)
    return text.replace("<!--", r"<\!--")
