"""Sheets to print: one page without answers, two with them, made of what is taught."""

import re

import pytest

from interview import questions, study_notebooks
from interview.publishing import sheet
from interview.remembering import cards
from tests.support import number_of


@pytest.fixture
def number(path):
    return number_of(path)


def printed_pages(page, file) -> int:
    """The pages of A4 that Chromium prints."""
    page.goto(file.as_uri())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_asks_and_does_not_tell(number, notebook, tmp_path, page):
    target = tmp_path / "sheet.html"
    sheet.write_sheet(number, target)
    assert printed_pages(page, target) == 1
    html, text = target.read_text("utf-8"), page.text_content("body")
    question = questions.read(number)
    assert html.count("<h1>") == 1
    for part in question.parts:
        if part.asked:
            assert part.name in text
    assert len(re.findall('class="level"', html)) == len(question.follow_ups)
    folded = [c for c in notebook.cells if "<details>" in c.source]
    for cell in folded:
        for line in re.sub(r"<[^>]+>", "", cell.source).splitlines():
            if len(line) > 60:
                assert line not in html
    assert "http" not in html.replace("http-equiv", "")
    # Traps have the titles of their cards, which stand alone.
    for card in cards.read(number):
        if card.kind == "trap":
            assert card.title.replace("`", "") in text


def test_with_answers_a_question_has_two_pages(number, tmp_path, page):
    target = tmp_path / "answers.html"
    sheet.write_answers([number], target)
    assert printed_pages(page, target) == 2
    html = target.read_text("utf-8")
    assert "<script" not in html
    assert "### BEGIN" not in html
    assert '"""' not in html
    text = page.text_content("body")
    # No formula is left in LaTeX, no MathML is shown as text.
    assert "$" not in text
    assert "<m" not in text
    for part in questions.read(number).parts:
        if part.kind in ("asked", "second round"):
            assert part.name in text
    for card in cards.read(number):
        if card.kind in ("follow-up", "trap"):
            assert card.title.replace("`", "").split("$")[0].strip() in text


def test_all_questions_have_two_pages_each(tmp_path, page):
    target = tmp_path / "answers.html"
    numbers = study_notebooks.numbers()
    sheet.write_answers(numbers, target)
    assert printed_pages(page, target) == 2 * len(numbers) == 20
    assert page.evaluate("document.querySelectorAll('math').length") > 10
    wide = "document.documentElement.scrollWidth - window.innerWidth"
    assert page.evaluate(wide) <= 0
