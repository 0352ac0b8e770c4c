"""The cards: each can be asked and answered alone, in the order of an interview."""

import ast
import re
import tomllib
from collections import Counter

import pytest

from interview import formulas, questions, study_notebooks
from interview.checks import registry
from interview.remembering import cards
from tests.support import PATHS, number_of

LONGEST_BACK = 60


@pytest.fixture
def number(path):
    return number_of(path)


def of_kind(found, kind):
    return [card for card in found if card.kind == kind]


def headings(number) -> set[str]:
    notebook = questions.notebook_json.read(study_notebooks.path_of(number))
    text = "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    return set(re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE))


def test_a_back_is_short(number):
    for card in cards.read(number):
        assert len(card.back.split()) <= LONGEST_BACK, card.id


# A card is read alone: no figure, no other section, no "above".
ELSEWHERE = re.compile(
    r"\b(figure|next cell|this notebook|go deeper|see traps)\b|\b(above|below)[.,:;)]",
    re.IGNORECASE,
)


def test_a_card_needs_nothing_else(number):
    for card in cards.read(number):
        assert not ELSEWHERE.search(card.front + card.back), card.id


def test_no_two_cards_have_one_back():
    backs = Counter(card.back for card in cards.read_all())
    assert [back for back, count in backs.items() if count > 1] == []


def test_every_kind_is_there(number):
    found = cards.read(number)
    kinds = Counter(card.kind for card in found)
    assert set(kinds) == set(cards.KINDS)
    assert kinds["follow-up"] in (5, 6)
    assert {card.level for card in of_kind(found, "follow-up")} == set(cards.LEVELS)
    assert 8 <= kinds["term"] <= 12
    assert kinds["trap"] >= 5


def test_every_follow_up_and_trap_of_the_notebook_has_its_card(number):
    question, found = questions.read(number), cards.read(number)
    asked = {re.sub(r"^\(\w+\) ", "", title) for title in question.follow_ups}
    assert {card.title for card in of_kind(found, "follow-up")} == asked
    assert {card.section for card in of_kind(found, "trap")} == set(question.traps)
    for kind in ("bug hunt", "second round"):
        names = {part.name for part in question.parts if part.kind == kind}
        titles = [card.title for card in of_kind(found, kind)]
        assert {name for title in titles for name in title.split(", ")} == names


def test_a_card_leads_to_its_section(number):
    known = headings(number)
    assert {card.section for card in cards.read(number)} <= known


def test_a_trap_has_its_code_in_sight(number):
    traps = of_kind(cards.read(number), "trap")
    with_code = [card for card in traps if "```python" in card.front]
    assert len(with_code) >= len(traps) - 2
    for card in traps:
        assert "?" in card.front
        assert card.section not in card.front
        # On a sheet the title stands alone.
        assert card.title != "The tutorial's answer"


def test_code_on_cards_is_python(number):
    for card in cards.read(number):
        for code in re.findall(r"```python\n(.*?)```", card.front + card.back, re.S):
            ast.parse(code)


def test_keys_are_unique_and_plain(path):
    counts = Counter(card.key for card in cards.read(number_of(path)))
    assert max(counts.values()) == 1
    assert all(re.fullmatch(r"[\w-]+/[\w-]+", key) for key in counts)


@pytest.mark.parametrize(
    "key",
    [
        "04/follow-up/what-does-tf-function-do-to-your-step",
        "04/trap/training-forgotten",
        "04/bug-hunt/fit-with-early-stopping",
        "07/second-round/info-nce",
        "07/trap/two-encoders-instead-of-one",
    ],
)
def test_grades_of_earlier_editions_belong_to_the_same_cards(key):
    assert key in {card.id for card in cards.read_all()}


def test_cards_come_in_the_order_of_an_interview():
    every = cards.read_all()
    ranks = [(cards.KINDS.index(c.kind), cards.LEVELS.index(c.level)) for c in every]
    assert ranks == sorted(ranks)
    first = [card.number for card in every[: len(PATHS)]]
    assert first == cards.by_frequency(map(number_of, PATHS))
    assert first[:4] == [1, 2, 4, 9]


def test_cards_can_be_chosen():
    few = cards.read_all([7, 4], level="onsite", kind="follow-up")
    assert {(c.level, c.kind) for c in few} == {("onsite", "follow-up")}
    assert [card.number for card in few] == [4, 7, 4, 7]


def test_terms_are_asked_as_questions(number):
    for card in of_kind(cards.read(number), "term"):
        assert card.front.endswith(("?", ".")), card.id
        assert "mean here" not in card.front


def test_a_file_that_is_no_file_of_cards_is_named(monkeypatch, tmp_path):
    (tmp_path / "q04").mkdir()
    file = tmp_path / "q04/cards.toml"
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    with pytest.raises(registry.ManifestError, match="can't be read"):
        cards.read(4)
    for text, says in (("[[card]", "cards.toml"), ('[[card]]\nkind = "term"', "no ")):
        file.write_text(text)
        with pytest.raises(registry.ManifestError, match=says):
            cards.read(4)


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\mathrm{softmax}(QK^\top/\sqrt{d})\,V", "softmax(QKᵀ/√(d)) V"),
        (r"d^2 + 10^{-8}", "d² + 10⁻⁸"),
        (r"h_{t-1} = \tanh(W x_t)", "hₜ₋₁ = tanh(W xₜ)"),
        (r"\frac{1}{M} \sum_m p_m(y \mid x)", "1/M ∑ₘ pₘ(y | x)"),
        (r"\sum_{x \in S} x", "∑_(x ∈S) x"),
        (r"\|a - b\|_2", "‖a - b‖₂"),
    ],
)
def test_formulas_are_readable_in_a_terminal(latex, text):
    assert formulas.unicode_of(latex) == text


def test_only_formulas_are_replaced():
    text = "`$x$` costs $d^2$, and $5 and $6.\n\n```python\nprint('$y$')\n```"
    assert formulas.in_unicode(text) == text.replace("$d^2$", "d²")


def test_every_formula_on_a_card_becomes_plain_text():
    for card in cards.read_all():
        for side in (card.front, card.back):
            text = formulas.in_unicode(side)
            plain = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
            assert "$" not in plain, card.id
            assert not re.search(r"\\[a-zA-Z{]", plain), card.id


def test_files_of_cards_have_only_known_fields(number):
    path = registry.FOLDER / f"q{number:02d}/cards.toml"
    known = {"kind", "section", "level", "front", "back", "name", "title"}
    for table in tomllib.loads(path.read_text("utf-8"))["card"]:
        assert set(table) <= known
        assert ("level" in table) == (table["kind"] == "follow-up")
