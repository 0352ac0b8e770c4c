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

from interview import folders, notebook_json, questions, study_notebooks
from interview.commands import cli
from interview.markdown import Renderer
from interview.publishing import slides, talk
from interview.publishing.libraries import Libraries, web_address
from tests.support import PATHS, move, number_of

# A sentence with one of these speaks of something that isn't on its slide.
OFF_THE_SLIDE = re.compile(
    r"\b(?:the slider|slide to \d|still picture|in jupyterlab|hint \d|parameters? cell"
    r"|(?:this|the|the next|the last) cell|cells? (?:above|below)"
    r"|the next (?:figure|section|trap)"
    r"|(?:above|below) (?:the|its|this) (?:check|hints?|cell)"
    r"|the (?:code|loop|function|table|figure|picture|check) (?:above|below)"
    r"|as above|see (?:above|below|the idea|traps|references)|under go deeper"
    r"|answer aloud before)\b",
    re.IGNORECASE,
)
# A script that shows all fragments, then lists what is on a slide and what overflows.
MEASURE = (Path(__file__).parent / "measure_slide.js").read_text("utf-8")
LIBRARIES = Libraries(folders.HERE.libraries)
PROJECTOR = {"width": 1280, "height": 720}


def show(page, deck: Path) -> None:
    page.goto(deck.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")


@functools.cache
def deck(path, folder, browser) -> dict:
    """One notebook's deck in Chromium without a network: what is on each slide."""
    if LIBRARIES.trouble:
        pytest.skip(LIBRARIES.trouble)
    target = folder / f"{path.stem}.html"
    slides.write_slides(nbformat.read(path, as_version=4), target, LIBRARIES)
    left, errors = [], []
    # Reduced motion, so that fragments are measured as they end up.
    context = browser.new_context(
        viewport=PROJECTOR, reduced_motion="reduce", offline=True
    )
    page = context.new_page()
    page.on("request", lambda request: left.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: m.type == "error" and errors.append(m.text))
    show(page, target)
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


def test_deck_in_a_browser(shown):
    """A talk of 12 to 20 slides that fits, reads well and needs no network."""
    assert 12 <= len(shown["slides"]) <= 20
    assert shown["requests"] == []
    assert shown["errors"] == []
    for slide in shown["slides"]:
        for what in ("outside", "scrolls", "overlap", "pale", "small"):
            assert not slide[what], (what, slide["text"])
        assert slide["blocks"], slide["text"]
        assert all(size >= 15 for size in slide["code"])
    levels = [level for slide in shown["slides"] for level in slide["headings"]]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert all(slide["headings"] for slide in shown["slides"])


def test_deck_pictures_are_large_and_described(path, shown):
    pictures = [p for slide in shown["slides"] for p in slide["pictures"]]
    assert len(pictures) >= 1
    for picture in pictures:
        assert picture["loaded"]
        assert len(picture["alt"]) > 30
        assert picture["width"] * picture["height"] > 0.15 * 1280 * 720, picture["alt"]


def test_one_thought_on_a_slide_that_reads_from_the_last_row(shown):
    for slide in shown["slides"]:
        title = slide["text"][:40]
        assert slide["words"] <= talk.WORDS, title
        assert slide["lines"] <= talk.LINES, title
        assert slide["rows"] <= 8, title
        assert slide["headless"] == 0, title
        assert min(slide["letters"], slide["around"]) >= 24, title
        assert not (slide["pictures"] and slide["lines"]), title


def test_a_slide_names_nothing_that_isnt_on_it(shown):
    for slide in shown["slides"]:
        assert not OFF_THE_SLIDE.search(slide["text"]), slide["text"]


def test_the_class_writes_before_it_sees_the_plan(shown):
    titles = [slide["text"].strip().splitlines()[0] for slide in shown["slides"]]
    order = ["What do you ask", "Write now", "The short answer", "The answer"]
    order += ["Bug hunt", "Second round"]
    places = [
        next(i for i, title in enumerate(titles) if title.startswith(words))
        for words in order
    ]
    assert places == sorted(places)
    assert shown["html"].count('<button class="clock"') == 3


def test_each_slide_has_its_minutes(shown):
    minutes = [
        int(re.match(r"(\d+) minutes?\b", slide["notes"])[1])
        for slide in shown["slides"]
    ]
    assert 45 <= sum(minutes) <= 100


def test_follow_ups_are_asked_and_answered_in_the_notes(path, notebook, shown):
    def plain(text):
        return re.sub(r"[\W_]+", "", re.sub(r"\$.*?\$", "", text))

    asked = questions.from_notebook(notebook_json.read(path), number_of(path))
    text = plain(" ".join(slide["text"] for slide in shown["slides"]))
    notes = plain(" ".join(slide["notes"] for slide in shown["slides"]))
    answers = re.findall(
        r"^### \(\w+\) .+\s+<details><summary>.*?</summary>\s+(.+)",
        "\n".join(cell.source for cell in notebook.cells),
        re.MULTILINE,
    )
    assert len(answers) == len(asked.follow_ups) >= 5
    for question in asked.follow_ups:
        assert plain(question.partition(") ")[2]) in text, question
    for answer in answers:
        first, *_ = re.split(r"[`$\[]", answer)
        assert plain(first) in notes, answer


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
        assert "Hint 1" not in slide["html"]
    assert "SOLUTION" not in shown["html"]


@pytest.fixture
def lesson(folder, browser, new_context):
    """A page with the deck of question 4, without a network."""
    path = study_notebooks.path_of(4)
    deck(path, folder, browser)
    page = new_context(viewport=PROJECTOR, offline=True).new_page()
    show(page, folder / f"{path.stem}.html")
    return page


def test_answers_come_one_by_one_and_notes_need_no_network(lesson):
    page = lesson
    answer = page.locator("section:has(.part) .text.fragment").first
    assert "compute_loss" in answer.text_content()
    answer.evaluate(
        "e => Reveal.slide(Reveal.getIndices(e.closest('section')).h, 0, -1)"
    )
    assert not answer.is_visible()
    page.keyboard.press("ArrowRight")
    answer.wait_for(state="visible", timeout=5000)
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    speaker = opened.value
    speaker.wait_for_function(
        "document.querySelector('.speaker-controls-notes .value')"
        "?.textContent.trim().startsWith('2 minutes')"
    )
    inside = [f for f in speaker.frames if f.url.startswith("file:")]
    assert len(inside) == 2  # this slide and the next


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_deck_on_a_phone_held_upright(path, folder, browser, new_context, scheme):
    """All of it fits, contrasts, and has arrows and a way back for a finger."""
    if LIBRARIES.trouble:
        pytest.skip(LIBRARIES.trouble)
    target = folder / f"{path.stem}-linked.html"
    notebook = nbformat.read(path, as_version=4)
    slides.write_slides(notebook, target, LIBRARIES, page="page.html")
    context = new_context(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    show(page, target)
    for index in range(page.evaluate("Reveal.getTotalSlides()")):
        found = page.evaluate(MEASURE, index)
        for what in ("outside", "scrolls", "overlap", "pale"):
            assert not found[what], (what, found["text"])
        # A slide is laid out 720 wide.
        assert found["letters"] * 390 / 720 >= 11, found["text"]
        assert found["around"] >= 11
    page.evaluate("Reveal.slide(0)")
    page.locator(".navigate-right").tap()
    assert page.evaluate("Reveal.getIndices().h") == 1
    assert page.locator("a.page").get_attribute("href") == "page.html"


def test_the_guide_to_a_lesson_has_the_minutes_of_the_slides():
    guide = (folders.HERE.root / "docs" / "teach-lesson.md").read_text("utf-8")
    rows = sum(map(int, re.findall(r"^\| (\d+) \|", guide, re.MULTILINE)))
    said = int(re.search(r"the sum is (\d+) minutes", guide)[1])
    for number, minutes in ((4, rows), (7, said)):
        notebook = nbformat.read(study_notebooks.path_of(number), as_version=4)
        found = talk.slides_of(notebook, Renderer())
        assert sum(slide.minutes for slide in found) == minutes


def test_the_clock_of_a_task_runs(lesson):
    clock = lesson.locator(".clock").first
    assert clock.text_content() == "9:00"
    clock.evaluate("e => Reveal.slide(Reveal.getIndices(e.closest('section')).h)")
    clock.click()
    lesson.wait_for_function("document.querySelector('.clock').textContent < '9:00'")


def text(source, **metadata):
    return new_markdown_cell(source, metadata=metadata)


def code(source, outputs=(), **metadata):
    return new_code_cell(source, outputs=list(outputs), metadata=metadata)


def printed(words):
    return new_output("stream", name="stdout", text=words)


def html_of(slide):
    return "".join(block.html for block in slide.blocks)


SOLVED = '''def {name}(x):
    """Returns x.

    More.
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION'''
FOLLOW_UP = """### (staff) Why?

<details><summary>Model answer</summary>

Because it is so. And more.

</details>"""


def talk_of(*answers):
    """The slides of a small notebook with a cell of each kind, by their headings."""
    cells = [
        new_markdown_cell("# 1 · T\n\nThe aim.", metadata={"slide": {}}),
        text(
            "## The question\n\n> Write it.\n\n| You ask | Assume |\n|-|-|\n| N? | 3 |"
        ),
        text("## The short answer\n\nThe plan.", slide={"text": "In short."}),
        text("## The answer\n\n**Task.** Write it.", slide={"text": "Do."}),
        *answers,
        text("## Bug hunt\n\nThree faults."),
        new_code_cell("broken = 1\nfixed = 0", metadata={"tags": ["bughunt"]}),
        code(SOLVED.format(name="repair"), tags=["answer"]),
        text("## Follow-ups"),
        text(FOLLOW_UP),
    ]
    found = talk.slides_of(new_notebook(cells=cells), Renderer())
    return {re.sub("<.*?>", "", slide.heading): slide for slide in found}


def test_a_talk_asks_before_it_answers():
    found = talk_of(code(SOLVED.format(name="f"), tags=["answer"]))
    assert list(found) == [
        "1 · T",
        "What do you ask back?",
        "Write now: 9 minutes",
        "The short answer",
        "The answer: f",
        "Bug hunt: 6 minutes",
        "Why?",
    ]
    assert "return" not in html_of(found["Write now: 9 minutes"])
    assert "Do." in html_of(found["Write now: 9 minutes"])
    assert "More" not in html_of(found["The answer: f"])
    assert "In short." in html_of(found["The short answer"])
    assert "The plan." in "".join(found["The short answer"].notes)
    assert "fixed" in html_of(found["Bug hunt: 6 minutes"])
    assert "return x" in "".join(found["Bug hunt: 6 minutes"].notes)
    assert found["Why?"].section == "Follow-up, staff"
    assert "Because it is so." in html_of(found["Why?"])


def test_answers_share_a_slide_and_long_ones_are_cut():
    f, g = (code(SOLVED.format(name=name), tags=["answer"]) for name in "fg")
    assert "The answer: f, g" in talk_of(f, g)
    f.metadata["slide"] = False
    assert "The answer: g" in talk_of(f, g)
    long = "\n\n".join("\n".join(f"x{i} = {n}" for n in range(6)) for i in range(4))
    found = talk_of(code(f"def long():\n    pass\n\n{long}", tags=["answer"]), g)
    places = [f"The answer: long ({place} of 2)" for place in (1, 2)]
    assert "x1" in html_of(found[places[0]])
    assert "x2" in html_of(found[places[1]])
    assert "The answer: g" in found


@pytest.mark.parametrize(
    ("slide", "shown"),
    [
        ({}, [("output", "1\n2")]),
        ({"show": "output", "lines": [2, 2]}, [("output", "2")]),
        ({"show": "source", "lines": [1, 1]}, [("code", "first")]),
        ({"show": "both"}, [("code", "firstsecond"), ("output", "1\n2")]),
        ({"show": "figure"}, []),
        ({"text": "Look."}, [("text", "Look."), ("output", "1\n2")]),
    ],
)
def test_metadata_say_what_a_cell_shows(slide, shown):
    cell = code(
        "first\nsecond", outputs=[printed("1\n2")], slide={"title": "Own"} | slide
    )
    blocks = talk_of(cell)["Own"].blocks
    plain = [(b.kind, re.sub("<.*?>", "", b.html).strip()) for b in blocks]
    assert plain == shown


def test_math_is_noticed():
    renderer = Renderer()
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# 1 · T"),
            text("## The idea", slide={"text": "Costs `$5` and $10."}),
        ]
    )
    talk.slides_of(notebook, renderer)
    assert not renderer.math
    notebook.cells.append(text("More.", slide={"text": "$k$ by $k$"}))
    talk.slides_of(notebook, renderer)
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
