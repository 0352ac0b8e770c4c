"""Cards of a question without a file of its own, made from its notebook."""

import re

import pytest

from interview import notebook_json, questions
from interview.remembering import notebook_cards
from tests.support import number_of


@pytest.fixture
def found(path):
    return notebook_cards.of(notebook_json.read(path), number_of(path))


def test_follow_ups_have_their_whole_answers(found, notebook):
    question = questions.from_notebook(notebook, number_of_title(notebook))
    mine = [card for card in found if card["kind"] == "follow-up"]
    assert [card["section"] for card in mine] == list(question.follow_ups)
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    for card in mine:
        assert re.sub(r"\s+", " ", card["back"])[:80] in re.sub(r"\s+", " ", text)


def test_traps_show_code_and_don_t_tell(found):
    traps = [card for card in found if card["kind"] == "trap"]
    assert len(traps) >= 5
    for card in traps:
        assert card["section"] in card["back"]
        if "```python" in card["front"]:
            assert card["section"] not in card["front"]
            assert not re.search(r"^assert ", card["front"], re.MULTILINE)


def test_tasks_show_the_answer_on_the_back(found):
    for kind in ("bug hunt", "second round"):
        mine = [card for card in found if card["kind"] == kind]
        assert mine
        for card in mine:
            assert "### BEGIN" not in card["back"]
            assert card["section"] == kind.capitalize()


def test_sides_are_short_enough_for_a_phone(found):
    for card in found:
        longest = notebook_cards.LONGEST_BACK + len(notebook_cards.MORE) + 2
        assert len(card["back"]) <= longest, card["section"]
        assert len(card["front"]) <= 2600, card["section"]


def number_of_title(notebook) -> int:
    return questions.number_of(notebook)
