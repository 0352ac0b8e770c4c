"""Cards from the notebooks: none is lost or stale, and each fits a phone."""

import re
from collections import Counter

import nbformat
import pytest

from interview import notebook_json, questions
from interview.remembering import cards
from tests.support import PATHS, number_of

LEVELLED = re.compile(r"^### \((screen|onsite|staff)\) (.+)$", re.MULTILINE)


@pytest.fixture
def found(path):
    return cards.read(number_of(path))


def of_kind(found, kind):
    return [card for card in found if card.kind == kind]


def text_of(blocks) -> str:
    return "\n\n".join(block.text for block in blocks)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def section(notebook, heading) -> list:
    """The cells of a section, found another way than the cards'."""
    cells, inside = [], False
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            inside = cell.source.splitlines()[0] == f"## {heading}"
        if inside and not notebook_json.is_note(cell):
            cells.append(cell)
    return cells


def prose(cells) -> str:
    return "\n\n".join(c.source for c in cells if c.cell_type == "markdown")


def test_every_follow_up_is_a_card_with_its_whole_answer(found, notebook):
    text = prose(section(notebook, "Follow-ups"))
    asked = LEVELLED.findall(text)
    mine = of_kind(found, "follow-up")
    assert [(c.level, c.title) for c in mine] == asked
    answers = re.findall(r"<summary>Model answer</summary>(.*?)</details>", text, re.S)
    assert len(answers) == len(asked)
    for card, answer in zip(mine, answers, strict=True):
        assert card.front[0].text == card.title
        assert squeezed(answer).strip() in squeezed(text_of(card.back))


def test_every_trap_is_a_card_with_code_and_what_happens(found, notebook):
    text = prose(section(notebook, "Traps"))
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    mine = of_kind(found, "trap")
    code = [cell for cell in section(notebook, "Traps") if cell.cell_type == "code"]
    rendered = all(cell.execution_count for cell in code)
    assert [card.title for card in mine] == headings
    for card in mine:
        kinds = {block.kind for block in card.back}
        assert "code" in {block.kind for block in card.front}, card.id
        # A notebook that has yet to be rendered has cells without outputs.
        assert kinds & {"output", "figure"} or not rendered, card.id
        assert card.title not in text_of(card.front)
        assert not re.search(r"^\s*assert ", text_of(card.front), re.M), card.id


def test_every_task_is_a_card_with_its_hints(found, notebook):
    question = questions.from_notebook(notebook, found[0].number)
    for kind in ("bug hunt", "second round"):
        parts = [part for part in question.parts if part.kind == kind]
        mine = of_kind(found, kind)
        names = [name for card in mine for name in card.title.split(", ")]
        assert sorted(names) == sorted(part.name for part in parts)
        for part in parts:
            (card,) = (c for c in mine if part.name in c.title.split(", "))
            back = squeezed(text_of(card.back))
            assert squeezed(part.task)[:60] in squeezed(text_of(card.front))
            assert part.name in back or kind == "second round"
            if kind == "second round":
                assert all(squeezed(hint) in back for hint in part.hints)


def test_every_term_has_its_definition(found, notebook):
    cells = section(notebook, "The idea")
    text = re.sub(r"`[^`]*`|\$[^$]*\$", "", prose(cells))
    emphasised = set(re.findall(r"(?<![\w*])\*{1,2}([^*\n|]+?)\*{1,2}(?![\w*])", text))
    known = {
        *(term.strip(" .,:;").casefold() for term in emphasised),
        *(card.title.casefold() for card in of_kind(found, "term")),
    }
    headings = re.findall(r"^## (.+)$", prose(notebook.cells), re.MULTILINE)
    known -= {*cards.STRESSED, *(heading.casefold() for heading in headings)}
    mine = {card.title.casefold() for card in of_kind(found, "term")}
    assert {cards.slug(t) for t in known} == {cards.slug(t) for t in mine}
    for card in of_kind(found, "term"):
        assert card.title in card.back[0].text
        assert len(card.back[0].text) > 40


def test_terms_come_with_the_picture():
    """A term's card has the picture below the term's paragraph."""
    found = cards.read_all()
    terms = of_kind(found, "term")
    pictured = [card for card in terms if card.back[-1].kind == "figure"]
    assert len(pictured) > len(terms) / 4
    assert all(len(card.back[-1].text) > 30 for card in pictured)


def test_cards_are_short_enough_for_a_phone(found):
    for card in found:
        front, back = map(cards.height, (card.front, card.back))
        assert front <= 44, card.id
        assert back <= cards.BACK_LINES + 2, card.id


def test_nothing_on_a_card_is_stale(found, notebook):
    """Every line of a card's code, text and output stands in the notebook."""
    pieces = []
    for cell in notebook.cells:
        pieces.append(cell.source)
        for output in cell.get("outputs", []):
            pieces.append(output.get("text", ""))
            pieces.append(output.get("data", {}).get("text/plain", ""))
    whole = squeezed("\n".join(pieces))
    ours = ("What happens, and why?", "Which faults are in it", "What is your plan?")
    for card in found:
        blocks = [*card.front[card.kind == "term" :], *card.back]
        for line in text_of(blocks).splitlines():
            bare = squeezed(re.sub(r"^\*\*(.+)\*\*$", r"\1", line.strip()))
            if (
                bare
                and bare != "…"
                and line != cards.MORE
                and not bare.startswith(ours)
            ):
                assert bare in whole, f"{card.id}: {line}"


def test_keys_are_unique_and_plain(found):
    counts = Counter(card.key for card in found)
    assert max(counts.values()) == 1
    assert all(re.fullmatch(r"[\w-]+/[\w-]+", key) for key in counts)


def test_a_card_leads_to_its_section(found, notebook):
    headings = {
        heading
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for heading in re.findall(r"^#{2,3} (.+)$", cell.source, re.MULTILINE)
    }
    for card in found:
        assert card.section in headings
        assert card.place.startswith(f"{card.number:02d}_")
        assert " " not in card.place


def test_all_have_a_kind_and_a_level():
    found = cards.read_all()
    assert {card.kind for card in found} == set(cards.KINDS)
    assert {card.level for card in found} == set(cards.LEVELS)
    assert {card.number for card in found} == {number_of(path) for path in PATHS}
    assert cards.read_all([4, 9]) == [*cards.read(4), *cards.read(9)]


def small(*cells):
    """A notebook of Markdown texts, and (source, printed) for code."""
    made = []
    for cell in cells:
        if isinstance(cell, str):
            made.append(nbformat.v4.new_markdown_cell(cell))
            continue
        source, printed = cell
        outputs = [nbformat.v4.new_output("stream", text=printed)] if printed else []
        made.append(nbformat.v4.new_code_cell(source, outputs=outputs))
    return notebook_json.parse(nbformat.writes(nbformat.v4.new_notebook(cells=made)))


def test_a_heading_that_stays_keeps_its_key():
    """An answer may change, since a card's key depends only on its question."""
    first = small("## Follow-ups\n\n### (screen) Why `x`?\n\nOld.")
    second = small(
        "## Follow-ups\n\n### (onsite) First of all?\n\nYes.",
        "### (staff) Why `x`?\n\nNew.",
    )
    (old,) = cards.from_notebook(first, 4)
    _, new = cards.from_notebook(second, 4)
    assert old.id == new.id == "04/follow-up/why-x"
    assert (old.back, new.level) != (new.back, old.level)


def test_what_stands_before_a_heading_belongs_to_the_one_above():
    notebook = small(
        "## Traps\n\nEach is run.\n\n### One",
        ("x = 1\nprint(x)\nassert x", "1\n"),
        "So much for one.\n\n### Two\n\nPrepare.",
        ("def f():\n    return 2", ""),
        ("print(f())", "2\n"),
        ("f = None", ""),
    )
    one, two = cards.from_notebook(notebook, 4)
    assert [b.text for b in one.front] == ["x = 1\nprint(x)", "What happens, and why?"]
    assert [b.text for b in one.back] == ["**One**", "1", "So much for one."]
    assert [b.kind for b in two.front] == ["code", "code", "text"]
    assert [b.text for b in two.back] == ["**Two**", "Prepare.", "2", "f = None"]


def test_terms_are_those_of_the_text():
    notebook = small(
        "## The idea\n\nA *unit* is `2 * x * y`, $a*b*c$; **two words** aren't 3 * 4 * "
        "5. See *Traps*.\n\n- **Gate**: a share.\n- *Same* here.\n\n"
        "| *cell* | b |\n|---|---|\n\nThe *unit* again, and the *sum*:\n\n"
        "- one\n- two",
        "## Traps",
    )
    found = cards.from_notebook(notebook, 4)
    assert [card.title for card in found] == ["unit", "two words", "Gate", "sum"]
    assert found[2].back[0].text == "**Gate**: a share."
    assert found[3].back[0].text.endswith("- one\n- two")


def test_long_answers_end_with_a_pointer():
    long = "\n\n".join(["word " * 200] * 3)
    notebook = small("## Traps\n\n### One", ("x", "1\n"), long, ("y = 2\n" * 90, "3\n"))
    (card,) = cards.from_notebook(notebook, 4)
    assert card.back[-1].text == cards.MORE


def test_assertions_go_and_blocks_stay():
    source = (
        "for x in y:\n    print(x)\n    assert x\nif z:\n    assert z\n"
        "assert (\n    x\n    == y\n)"
    )
    assert cards.without_assertions(source) == (
        "for x in y:\n    print(x)\nif z:\n    assert z"
    )
    assert cards.without_assertions("%magic\nassert x") == "%magic\nassert x"
