"""The decks: the contents of slides, and how they look in a browser, offline."""

import functools
import itertools
import os
import re
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from interview import folders
from interview.checks import registry
from interview.commands import cli
from interview.publishing import slides
from interview.publishing.libraries import Libraries, web_address
from tests.support import PATHS, move, number_of

WORDS = """one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen twenty"""
NUMBERS = {word: number for number, word in enumerate(WORDS.split(), 1)}
NUMBERS["thirty"] = 30


def spelt(words: str) -> int:
    """The number that is written out: "nine", "twenty-five"."""
    return sum(NUMBERS[word] for word in words.lower().split("-"))


# A script that shows all fragments, then lists what is on a slide and what overflows.
MEASURE = (Path(__file__).parent / "measure_slide.js").read_text("utf-8")
LIBRARIES = Libraries(folders.HERE.libraries)


@functools.cache
def deck(path, folder, browser) -> dict:
    """One notebook's deck in Chromium without a network: what is on each slide."""
    if LIBRARIES.trouble:
        pytest.skip(LIBRARIES.trouble)
    target = folder / f"{path.stem}.html"
    slides.write_slides(nbformat.read(path, as_version=4), target, LIBRARIES)
    left, errors = [], []
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.set_offline(True)
    page = context.new_page()
    page.on("request", lambda request: left.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: m.type == "error" and errors.append(m.text))
    page.goto(target.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    shown = page.evaluate("Reveal.getTotalSlides()")
    measured = [page.evaluate(MEASURE, index) for index in range(shown)]
    context.close()
    return {
        "slides": measured,
        "errors": errors,
        "requests": [url for url in left if not url.startswith(("file:", "data:"))],
        "html": target.read_text("utf-8"),
    }


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("decks")


@pytest.fixture
def shown(path, folder, browser):
    return deck(path, folder, browser)


def every(shown, what: str) -> dict[int, list]:
    """The items of one kind by slide number, for slides that have any."""
    return {i: s[what] for i, s in enumerate(shown["slides"], 1) if s[what]}


def test_deck_in_a_browser(shown):
    """A talk of 12 to 20 slides that fits, reads well and needs no network."""
    assert 12 <= len(shown["slides"]) <= 20
    assert shown["requests"] == []
    assert shown["errors"] == []
    for what in ("outside", "scrolls", "overlap", "pale", "small"):
        assert every(shown, what) == {}, what
    for slide in shown["slides"]:
        assert slide["blocks"], slide["text"]
        assert all(size >= 15 for size in slide["code"])
    levels = [level for slide in shown["slides"] for level in slide["headings"]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert all(slide["headings"] for slide in shown["slides"])


def test_deck_pictures_are_large_and_described(shown):
    pictures = [p for slide in shown["slides"] for p in slide["pictures"]]
    assert len(pictures) >= 4
    for picture in pictures:
        assert picture["loaded"]
        assert len(picture["alt"]) > 30
        assert picture["width"] * picture["height"] > 0.15 * 1280 * 720, picture["alt"]


def test_deck_math_is_rendered(shown):
    for slide in shown["slides"]:
        assert slide["rendered"] == slide["math"]
        assert slide["failed"] == 0
    has_math = any(slide["math"] for slide in shown["slides"])
    assert ("MathJax" in shown["html"]) >= has_math
    assert not any(re.search(r"\$[^$\n]+\$|\\\(", s["text"]) for s in shown["slides"])


def test_deck_shows_no_plumbing_and_no_model_answer(shown, notebook):
    for slide in shown["slides"]:
        assert "SOLUTION" not in slide["html"]
        assert "<details" not in slide["html"]
        assert "Teaching note" not in slide["html"]
    assert "SOLUTION" not in shown["html"]
    assert "Hint 1" not in shown["html"]


def test_deck_has_notes_for_the_speaker(shown):
    silent = [i for i, s in enumerate(shown["slides"], 1) if not s["notes"]]
    assert len(silent) <= 0.4 * len(shown["slides"]), silent
    notes = " ".join(slide["notes"] for slide in shown["slides"])
    assert notes.count("Teaching note") >= 6


def test_teaching_notes_fill_the_lesson(path, notebook):
    """Each note has its minutes, which add up to about the length of the lesson."""
    if registry.of(number_of(path)).edition == 3:
        pytest.skip("the third edition's table names no lesson")
    notes = [
        cell.source
        for cell in notebook.cells
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes"
    ]
    minutes = []
    for note in notes:
        found = re.search(r"([\w-]+) minutes?\b", note)
        assert found, note
        minutes.append(spelt(found[1]))
        assert len(note) < 500
    lesson = int(re.search(r"lesson *\| *(\d+) min", notebook.cells[0].source)[1])
    assert 0.8 * lesson <= sum(minutes) <= lesson


def test_answers_come_one_by_one_and_notes_need_no_network(
    folder, browser, new_context
):
    path = next(path for path in PATHS if path.name.startswith("04"))
    deck(path, folder, browser)
    context = new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    page.goto((folder / f"{path.stem}.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    answer = page.locator("pre.code span.fragment").first
    assert "GradientTape" in answer.text_content()
    answer.evaluate(
        "e => Reveal.slide(Reveal.getIndices(e.closest('section')).h, 0, -1)"
    )
    assert not answer.is_visible()
    page.keyboard.press("ArrowRight")
    answer.wait_for(state="visible", timeout=5000)
    with context.expect_page() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    speaker.wait_for_function(
        "document.querySelector('.speaker-controls-notes .value')"
        "?.textContent.includes('Teaching note')"
    )
    inside = [f for f in speaker.frames if f.url.startswith("file:")]
    assert len(inside) == 2  # this slide and the next


def small(*cells):
    """Slides of a notebook of these cells, after a title."""
    title = new_markdown_cell(
        "# 1 · T", metadata={"slideshow": {"slide_type": "slide"}}
    )
    notebook = new_notebook(cells=[title, *cells])
    return slides.slides_of(notebook, slides.Renderer())


def text(source, kind="-", **metadata):
    metadata["slideshow"] = {"slide_type": kind}
    return new_markdown_cell(source, metadata=metadata)


def code(source, kind="-", outputs=(), show=None, **metadata):
    metadata["slideshow"] = {"slide_type": kind} | ({"show": show} if show else {})
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def printed(words, name="stdout"):
    return new_output("stream", name=name, text=words)


def html_of(slide):
    return "".join(block.html for block in slide.blocks)


def test_what_reads_a_cell_is_said_and_not_shown():
    _, one, two = small(
        text("## A\n\nShown.", "slide"),
        text("Read aloud.\n\n### B", "skip"),
        code("x = 1", "subslide"),
        text(
            "**Q**\n\n<details><summary>Model answer</summary>\n\nFolded.\n\n</details>"
        ),
    )
    assert "Shown." in html_of(one)
    assert "Read aloud." in "".join(one.notes)
    assert (two.section, two.heading) == ("A", "B")
    assert "Folded." not in html_of(two)
    assert "Folded." in "".join(two.notes)


def test_a_skipped_cell_after_a_skipped_one_isnt_said():
    *_, slide = small(
        text("## A\n\nShown.", "slide"),
        code("hidden()", "skip"),
        text("Reads what isn't shown.", "skip"),
    )
    assert slide.notes == []


def test_solutions_are_fragments_and_markers_go():
    source = '''def f(x):
    """First.

    More.
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION'''
    *_, slide = small(
        text("## A", "slide"), code(source, outputs=[printed("9")], tags=["answer"])
    )
    shown = html_of(slide)
    assert "SOLUTION" not in shown
    assert "First." in shown
    assert "More." not in shown
    before, after = shown.split('<span class="fragment" data-fragment-index="0">')
    assert "First." in before
    assert "return" in after
    assert [block.fragment for block in slide.blocks] == [None, 1]


def test_code_that_is_too_long_takes_two_slides():
    source = "\n\n".join(f"def f{i}():\n    return {i}" for i in range(15))
    _, one, two = small(code(source, "slide"), text("Say this.", "notes"))
    assert (one.heading[-8:], two.heading[-8:]) == ("(1 of 2)", "(2 of 2)")
    assert one.notes == two.notes != []
    for name in ("f0", "f14"):
        assert (name in html_of(one)) != (name in html_of(two))


@pytest.mark.parametrize(
    ("show", "kinds"),
    [(None, ["code", "output"]), ("output", ["output"]), ("code", ["code"])],
)
def test_show_chooses_code_or_output(show, kinds):
    outputs = [printed("1"), printed("a warning", "stderr")]
    *_, slide = small(code("print(1)", "slide", outputs, show))
    assert [block.kind for block in slide.blocks] == kinds
    assert "warning" not in html_of(slide)


def test_a_picture_stands_without_the_code_that_draws_it():
    path = PATHS[0]
    drawn = next(
        output
        for cell in nbformat.read(path, as_version=4).cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    )
    *_, slide = small(code("draw()", "slide", [drawn]))
    (figure,) = slide.blocks
    assert (figure.kind, figure.fragment) == ("figure", None)
    assert re.search(r'alt="[^"]{30,}" width="\d+" height="\d+"', figure.html)


def test_math_is_noticed():
    renderer = slides.Renderer()
    notebook = new_notebook(cells=[text("# 1 · T\n\nCosts `$5` and $10.", "slide")])
    slides.slides_of(notebook, renderer)
    assert not renderer.math
    notebook.cells.append(text("$k$ by $k$"))
    slides.slides_of(notebook, renderer)
    assert renderer.math


def test_no_end_tag_in_a_library_ends_its_script():
    inlined = slides.inlined("a = '</script>' + '</SCRIPT>'")
    assert "</script" not in inlined.lower()


def test_without_npm_it_says_so_and_loads_from_the_web(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    move(monkeypatch, root=tmp_path, runs=tmp_path / "runs")
    done = CliRunner().invoke(cli.main, ["slides", PATHS[0].name[:2].lstrip("0")])
    assert done.exit_code == 0, done.output
    assert "npm isn't installed" in done.output
    (target,) = (tmp_path / "runs" / "slides").glob("*.html")
    loaded = re.findall(r'(?:src|href)="(https://[^"]+)"', target.read_text("utf-8"))
    for name in ("reveal_css", "reveal_js", "notes_js"):
        assert web_address(name) in loaded


@pytest.mark.skipif(os.name == "nt", reason="stands in for npm with a shell script")
def test_unfetchable_libraries_leave_nothing_behind(tmp_path, monkeypatch):
    failing = tmp_path / "npm"
    failing.write_text("#!/bin/sh\necho no network >&2\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(failing))
    libraries = Libraries(tmp_path / "kept")
    assert libraries.texts == {}
    assert "couldn't fetch" in libraries.trouble
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_folder_for_libraries_that_cannot_be_used(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: "npm")
    (tmp_path / "kept").write_text("a file where the folder should be")
    assert "can't be used" in Libraries(tmp_path / "kept").trouble
