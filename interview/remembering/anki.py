"""The cards for Anki, as a deck, and for other programs, as CSV."""

import base64
import csv
import functools
import hashlib
import html
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import genanki
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from interview import files, questions
from interview.markdown import Renderer
from interview.remembering.cards import Block, Card

# Never to be changed: by these Anki knows the deck, the kind of note and each card
# again, so that a new edition's cards keep their history.
DECK_ID = 1_764_111_804
MODEL_ID = 1_764_111_805
GUID_SALT = "keras-interview-notebooks"

COLUMNS = ("id", "question", "kind", "level", "front", "back", "place", "tags")
_CARD = Path(__file__).parent / "anki_card"


def write_deck(cards: Sequence[Card], target: Path, address: str = "") -> None:
    """Write the cards as a package that Anki imports, figures included.

    Args:
        cards: at least one.
        target: the .apkg file; one that is there is replaced, whole or not at all.
        address: where on the web the notebooks' folder is; the cards link there.

    Raises:
        OSError: it can't be written.
    """
    deck = genanki.Deck(DECK_ID, "Keras interview")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".cards-") as scratch:
        pictures = {}
        for card in cards:
            for block in (*card.front, *card.back):
                if block.png:
                    path = Path(scratch, picture_name(block))
                    path.write_bytes(base64.b64decode(block.png))
                    pictures[path.name] = path
            deck.add_note(
                genanki.Note(
                    model=_model(),
                    fields=fields(card, address),
                    guid=genanki.guid_for(GUID_SALT, card.id),
                    tags=tags(card),
                )
            )
        whole = Path(scratch, "whole.apkg")
        genanki.Package(
            deck, media_files=list(map(str, pictures.values()))
        ).write_to_file(whole)
        os.replace(whole, target)


def fields(card: Card, address: str = "") -> list[str]:
    """A note's fields: its id, the line above, front, back, and where it's from."""
    place = html.escape(f"{card.place.partition('#')[0]}, “{card.section}”")
    place = place.replace("`", "")
    if address:
        url = html.escape(f"{address.rstrip('/')}/{card.place}")
        place = f'<a href="{url}">{place}</a>'
    title = questions.read(card.number).title
    above = f"{card.number} · {title} · {card.kind} · {card.level}"
    front, back = (_html(blocks) for blocks in (card.front, card.back))
    return [card.id, html.escape(above), front, back, place]


def tags(card: Card) -> list[str]:
    """As a deck is filtered by: question, level, kind; Anki's tags have no spaces."""
    return [
        f"question-{card.number:02d}",
        card.level,
        card.kind.replace(" ", "-"),
    ]


def picture_name(block: Block) -> str:
    """A figure's file in Anki's folder of media: another name for another picture."""
    return f"keras-{hashlib.sha256(block.png.encode()).hexdigest()[:16]}.png"


def csv_of(cards: Iterable[Card]) -> str:
    """The cards as CSV, in Markdown; a figure is its description."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for card in cards:
        sides = map(_markdown, (card.front, card.back))
        what = (card.id, card.number, card.kind, card.level)
        writer.writerow([*what, *sides, card.place, " ".join(tags(card))])
    return file.getvalue()


def template(name: str) -> str:
    """One of the card's own files: front.html, back.html, or card.css with colours."""
    text = (_CARD / name).read_text("utf-8")
    if name == "card.css":
        text += HtmlFormatter(style="default").get_style_defs(".code") + "\n"
    return text


@functools.cache
def _model() -> genanki.Model:
    return genanki.Model(
        MODEL_ID,
        "Keras interview",
        fields=[{"name": n} for n in ("Id", "Above", "Front", "Back", "Place")],
        templates=[
            {
                "name": "Card",
                "qfmt": template("front.html"),
                "afmt": template("back.html"),
            }
        ],
        css=template("card.css"),
    )


def _html(blocks: Iterable[Block]) -> str:
    return "\n".join(map(_block_html, blocks))


def _block_html(block: Block) -> str:
    if block.kind == "text":
        markdown = MarkdownWithMath(renderer=Renderer())
        return f'<div class="text">{markdown.render(block.text).strip()}</div>'
    if block.kind == "code":
        code = highlight(block.text, PythonLexer(), HtmlFormatter(nowrap=True))
        return f'<pre class="code">{code.rstrip()}</pre>'
    if block.kind == "output":
        return f'<pre class="output">{html.escape(block.text)}</pre>'
    return f'<img src="{picture_name(block)}" alt="{html.escape(block.text)}">'


def _markdown(blocks: Iterable[Block]) -> str:
    texts = {
        "text": "{}",
        "code": "```python\n{}\n```",
        "output": "```\n{}\n```",
        "figure": "[Figure: {}]",
    }
    return "\n\n".join(texts[block.kind].format(block.text) for block in blocks)


def write_cards(
    cards: Sequence[Card], folder: Path, address: str = ""
) -> tuple[Path, Path]:
    """Write deck and CSV into a folder, and say where they are.

    Raises:
        OSError: they can't be written.
    """
    deck, table = folder / "keras-interview.apkg", folder / "keras-interview.csv"
    write_deck(cards, deck, address)
    files.write(table, csv_of(cards))
    return deck, table
