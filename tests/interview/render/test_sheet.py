"""Recall sheets: all that is asked, nothing of the answers, one page."""

import re
import shutil
import subprocess

import pytest

from interview import questions
from interview.render import sheet

CHROMIUM = shutil.which("chromium")


@pytest.fixture
def page(path, tmp_path):
    return sheet.write(int(path.name[:2]), tmp_path)


def test_asks_and_does_not_tell(path, notebook, page):
    html = page.read_text("utf-8")
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


@pytest.mark.skipif(not CHROMIUM, reason="Chromium isn't installed")
def test_is_one_printed_page(page, tmp_path):
    pdf = tmp_path / "sheet.pdf"
    subprocess.run(
        [
            CHROMIUM,
            *["--headless", "--no-sandbox", "--disable-gpu", "--disable-sync"],
            "--disable-background-networking",
            "--disable-component-update",
            "--no-pdf-header-footer",
            f"--user-data-dir={tmp_path}/profile",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes())) == 1
