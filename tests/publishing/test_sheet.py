"""Recall sheets have everything that is asked, no answers, and fit on one page."""

import re

import pytest

from interview import questions
from interview.publishing import sheet


@pytest.fixture
def sheet_file(notebook, tmp_path):
    target = tmp_path / "sheet.html"
    sheet.write_sheet(notebook, target)
    return target


def test_asks_and_does_not_tell(path, notebook, sheet_file):
    html = sheet_file.read_text("utf-8")
    question = questions.read(int(path.name[:2]))
    text = re.sub(r"<[^>]+>", "", html)
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


def test_is_one_printed_page(sheet_file, page):
    page.goto(sheet_file.as_uri())
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
