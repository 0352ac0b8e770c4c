"""The cards for Anki, as a deck, and for other programs, as CSV."""

import csv
import functools
import html
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import genanki
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from pygments.formatters import HtmlFormatter

from interview import files, questions
from interview.markdown import Renderer
from interview.remembering.cards import Card

# Anki recognises the deck, the kind of note and each card by these, so that cards keep
# their history in a new edition. Never change them.
DECK_ID = 1_764_111_804
MODEL_ID = 1_764_111_805
GUID_SALT = "keras-interview-notebooks"

COLUMNS = ("id", "question", "kind", "level", "front", "back", "place", "tags")
_CARD = Path(__file__).parent / "anki_card"


def write_deck(cards: Sequence[Card], target: Path, address: str = "") -> None:
    """Write the cards as a package that Anki imports.

    Args:
        cards: at least one.
        target: the .apkg file; an existing one is replaced as a whole or not at all.
        address: where on the web the notebooks' folder is; the cards link there.

    Raises:
        OSError: it can't be written.
    """
    deck = genanki.Deck(DECK_ID, "Keras interview")
    for card in cards:
        deck.add_note(
            genanki.Note(
                model=_model(),
                fields=fields(card, address),
                guid=genanki.guid_for(GUID_SALT, card.id),
                tags=tags(card),
            )
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".cards-") as scratch:
        package = Path(scratch, "cards.apkg")
        genanki.Package(deck).write_to_file(package)
        os.replace(package, target)


def fields(card: Card, address: str = "") -> list[str]:
    """A note's fields: id, heading, front, back, and the place in the notebook."""
    place = html.escape(f"{card.place.partition('#')[0]}, “{card.section}”")
    place = place.replace("`", "")
    if address:
        url = html.escape(f"{address.rstrip('/')}/{card.place}")
        place = f'<a href="{url}">{place}</a>'
    title = questions.read(card.number).title
    above = f"{card.number} · {title} · {card.kind} · {card.level}"
    return [card.id, html.escape(above), _html(card.front), _html(card.back), place]


def tags(card: Card) -> list[str]:
    """What a deck is filtered by: question, level, kind; Anki's tags have no spaces."""
    return [
        f"question-{card.number:02d}",
        card.level,
        card.kind.replace(" ", "-"),
    ]


def csv_of(cards: Iterable[Card]) -> str:
    """The cards as CSV; front and back are Markdown."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for card in cards:
        what = (card.id, card.number, card.kind, card.level, card.front, card.back)
        writer.writerow([*what, card.place, " ".join(tags(card))])
    return file.getvalue()


def template(name: str) -> str:
    """A file of the card's design: front.html, back.html, or card.css with colours."""
    text = (_CARD / name).read_text("utf-8")
    if name == "card.css":
        text += HtmlFormatter(style="default").get_style_defs(".highlight") + "\n"
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


def _html(text: str) -> str:
    """Markdown as HTML, with formulas in the form that Anki's MathJax reads."""
    return MarkdownWithMath(renderer=Renderer()).render(text).strip()


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
