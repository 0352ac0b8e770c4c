"""The exported cards: a deck in Anki's own importer, on a phone, and as CSV."""

import csv
import io
import re
import sqlite3
import zipfile
from dataclasses import replace

import pytest
from click.testing import CliRunner

from interview.commands.cli import main
from interview.remembering import anki, cards
from interview.remembering.cards import Card
from tests.support import move, number_of

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def every():
    return cards.read_all()


@pytest.fixture(scope="module")
def deck(every, tmp_path_factory):
    target = tmp_path_factory.mktemp("deck") / "cards.apkg"
    anki.write_deck(every, target)
    assert [path.name for path in target.parent.iterdir()] == ["cards.apkg"]
    return target


def notes_of(deck, folder) -> dict[str, tuple]:
    """The notes in a package, by their guid: fields and tags."""
    with zipfile.ZipFile(deck) as package:
        package.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as base:
        rows = base.execute("select guid, flds, tags from notes").fetchall()
    return {guid: (fields.split("\x1f"), tags.split()) for guid, fields, tags in rows}


def test_each_card_is_a_note_with_tags(deck, every, tmp_path):
    notes = notes_of(deck, tmp_path)
    by_id = {fields[0]: (fields, tags) for fields, tags in notes.values()}
    assert set(by_id) == {card.id for card in every}
    for card in every:
        fields, tags = by_id[card.id]
        assert tags == [
            f"question-{card.number:02d}",
            card.level,
            card.kind.replace(" ", "-"),
        ]
        assert "$" not in re.sub(r"<(pre|code).*?</\1>", "", fields[3], flags=re.S)


def test_ids_are_the_same_in_the_next_edition(deck, every, tmp_path):
    """A card's id doesn't depend on its answer."""
    changed = [replace(card, back="Another answer.") for card in every]
    later = tmp_path / "later.apkg"
    anki.write_deck(changed, later)
    after, before = (set(notes_of(package, tmp_path)) for package in (later, deck))
    assert after == before
    assert (anki.DECK_ID, anki.MODEL_ID) == (1_764_111_804, 1_764_111_805)


@pytest.fixture
def importer():
    """Anki's own collections and importer."""
    return pytest.importorskip(
        "anki.collection",
        reason="it isn't installed: pip install -r requirements-anki.txt",
    )


@pytest.fixture
def collection(importer, tmp_path):
    """An empty collection."""
    opened = importer.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


@pytest.fixture
def take(importer, collection):
    """Imports a package as Anki's window does it by default; counts the notes."""

    def take(package):
        request = importer.ImportAnkiPackageRequest(
            package_path=str(package), options=importer.ImportAnkiPackageOptions()
        )
        log = collection.import_anki_package(request).log
        return len(log.new), len(log.updated), len(log.duplicate)

    return take


def test_anki_imports_it_and_doubles_nothing(collection, take, deck, every):
    assert take(deck) == (len(every), 0, 0)
    assert take(deck) == (0, 0, len(every))
    assert collection.note_count() == collection.card_count() == len(every)
    assert collection.find_notes("tag:question-04 tag:staff")


def test_a_new_edition_updates_a_card_and_keeps_its_history(
    collection, take, every, tmp_path, monkeypatch
):
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    first, later = tmp_path / "first.apkg", tmp_path / "later.apkg"
    anki.write_deck(every[:3], first)
    monkeypatch.setattr("time.time", lambda: 1_800_000_100.0)
    changed = replace(every[0], back="Another answer.")
    anki.write_deck([changed, *every[1:3]], later)
    monkeypatch.undo()
    take(first)
    (note,) = collection.find_notes(f'"Id:{every[0].id}"')
    (card,) = collection.get_note(note).cards()
    card.reps, card.ivl, card.type, card.queue = 7, 30, 2, 2
    collection.update_card(card)
    new, updated, _ = take(later)
    assert (new, updated) == (0, 3)
    (again,) = collection.get_note(note).cards()
    assert (again.id, again.reps, again.ivl) == (card.id, 7, 30)
    assert "Another answer." in collection.get_note(note)["Back"]


def page_of(card: Card) -> str:
    """A card as Anki shows it: question and answer, with its own style."""
    names = ("Id", "Above", "Front", "Back", "Place")
    fields = dict(zip(names, anki.fields(card), strict=True))
    front = _filled(anki.template("front.html"), fields)
    back = _filled(anki.template("back.html"), {**fields, "FrontSide": front})
    return (
        '<!doctype html><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{anki.template('card.css')}</style>"
        f'<body class="card" style="margin: 0">{back}'
    )


def _filled(text: str, fields: dict[str, str]) -> str:
    return re.sub(r"\{\{(\w+)\}\}", lambda found: fields[found[1]], text)


MEASURE = """() => ({
  wide: document.documentElement.scrollWidth - window.innerWidth,
  front: document.querySelector('#answer').offsetTop,
  whole: document.documentElement.scrollHeight,
  coloured: document.querySelectorAll('.highlight span[class]').length,
})"""


def test_cards_read_on_a_phone(path, new_context):
    """At 390 pixels nothing is wider than the screen, and a card is a few screens."""
    tab = new_context(viewport=PHONE, offline=True).new_page()
    trouble = []
    tab.on("console", lambda message: trouble.append(message.text))
    tab.on("pageerror", lambda error: trouble.append(str(error)))
    for card in cards.read(number_of(path)):
        tab.set_content(page_of(card))
        seen = tab.evaluate(MEASURE)
        assert seen["wide"] <= 0, card.id
        assert seen["front"] <= 2 * PHONE["height"], card.id
        assert seen["whole"] - seen["front"] <= 3.5 * PHONE["height"], card.id
        has_code = "```python" in card.front + card.back
        assert bool(seen["coloured"]) == has_code, card.id
    assert trouble == []


def test_what_is_no_html_is_escaped():
    front = "```python\na < b\n```\n\n$x < y$, `<mask>` & more"
    back = "`<b>&`"
    card = Card(4, "trap/t", "trap", "onsite", "t", "`A` <b>", front, back)
    _, above, asked, answer, place = anki.fields(card, "https://example.org/notebooks/")
    assert above == "4 · Custom training loop · trap · onsite"
    assert "<mask>" not in asked
    assert "\\(x &lt; y\\)" in asked
    assert "<b>" not in answer
    assert place.startswith(
        '<a href="https://example.org/notebooks/04_custom_training_loop.ipynb#'
    )
    assert anki.fields(card)[4] == "04_custom_training_loop.ipynb, “A &lt;b&gt;”"


def test_csv_has_every_card(every):
    rows = list(csv.DictReader(io.StringIO(anki.csv_of(every))))
    assert [row["id"] for row in rows] == [card.id for card in every]
    assert tuple(rows[0]) == anki.COLUMNS
    for row, card in zip(rows, every, strict=True):
        assert row["level"] == card.level
        assert row["place"] == card.place
        assert (row["front"], row["back"]) == (card.front, card.back)


def test_the_command_writes_both(tmp_path, monkeypatch):
    move(monkeypatch, runs=tmp_path / "runs")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["cards", "4"])
    assert done.exit_code == 0, done.output
    count = len(cards.read(4))
    assert done.output.splitlines() == [
        f"runs/cards/keras-interview.apkg: {count} cards",
        f"runs/cards/keras-interview.csv: {count} cards",
    ]
    assert len(list((tmp_path / "runs/cards").iterdir())) == 2
