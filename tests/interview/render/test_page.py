"""The HTML of `interview run`: offline, described figures, folded answers, a phone."""

import itertools
import re

import nbformat
import pytest

from interview import folders, running
from interview.render import page
from interview.render.libraries import Libraries, web_address
from tests.support import PATHS

# What the page is, measured in the page itself.
MEASURE = """() => ({
  wide: document.documentElement.scrollWidth - window.innerWidth,
  levels: [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]),
  pictures: [...document.images].map(i => [i.alt.length, i.naturalWidth]),
  closed: [...document.querySelectorAll('details')].filter(d => !d.open).length,
  folded: document.querySelectorAll('details').length,
  math: document.querySelectorAll('mjx-container svg').length,
})"""


def test_reads_offline_on_a_phone(path, notebook, tmp_path, new_context):
    figures = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    running.clean(notebook)
    libraries = Libraries(folders.HERE.libraries)
    if page.has_math(notebook) and libraries.trouble:
        pytest.skip(f"{libraries.trouble}: the page would load MathJax from the web")
    target = tmp_path / "page.html"
    page.write(notebook, target, libraries)
    tab = new_context(viewport={"width": 390, "height": 844}, offline=True).new_page()
    requests, errors = [], []
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("console", lambda message: errors.append(message.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(target.as_uri())
    if page.has_math(notebook):
        tab.wait_for_selector("mjx-container svg")
    seen = tab.evaluate(MEASURE)
    left = [u for u in requests if not u.startswith(("file:", "data:"))]
    assert left == []
    assert errors == []
    assert seen["wide"] <= 0
    assert seen["levels"][0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(seen["levels"]))
    assert len(seen["pictures"]) == len(figures)
    assert all(alt > 30 and width > 0 for alt, width in seen["pictures"])
    assert seen["closed"] == seen["folded"] > 10
    tab.get_by_role("button", name="Open all folded answers").click()
    assert tab.evaluate(MEASURE)["closed"] == 0
    tab.get_by_role("button", name="Close all folded answers").click()
    assert tab.evaluate(MEASURE)["closed"] == seen["folded"]


def test_without_npm_math_comes_from_the_web(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    cells = [nbformat.v4.new_markdown_cell("# Sums\n\n$a + b$")]
    target = tmp_path / "page.html"
    notebook = nbformat.v4.new_notebook(cells=cells)
    page.write(notebook, target, Libraries(tmp_path / "kept"))
    assert web_address("mathjax_js") in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "math"),
    [
        ("$a + b$", True),
        (r"\(a\)", True),
        ("`$a$` is a name, as is ```\n$b$\n```", False),
        ("it costs $5", False),
    ],
)
def test_math_is_found(text, math):
    cells = [nbformat.v4.new_markdown_cell(text)]
    assert page.has_math(nbformat.v4.new_notebook(cells=cells)) is math


def test_there_is_a_notebook_with_math():
    texts = [path.read_text("utf-8") for path in PATHS]
    assert any(re.search(r"\$[^$]+\$", text) for text in texts)
