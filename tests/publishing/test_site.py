"""The website is complete and readable: offline, on a phone, in the dark, on paper.

It is built once for all tests; two workers share it.
"""

import itertools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
import yaml
from filelock import FileLock
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from interview import files, folders, notebook_json, questions
from interview.checks import registry
from interview.practising import copy_cells
from interview.practising.mock.debrief import WeakSpot
from interview.practising.record_models import GRADES
from interview.publishing import debrief_page, execution, site, study_page
from interview.publishing.libraries import Libraries, web_address
from interview.remembering import cards, spacing
from tests.support import PATHS, ROOT, move, pictures_in

LIBRARIES = Libraries(folders.HERE.libraries)
# A script that measures a page in the browser.
MEASURE = (Path(__file__).parent / "measure_page.js").read_text("utf-8")
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
SCREENS = (("light", PHONE), ("dark", PHONE), ("dark", LAPTOP))
SMALLEST = 11  # pixels of a letter on a phone
THEME_IS = "mode => document.documentElement.dataset.theme === mode"
LOUD = ("error", "warning")
GUIDES = [f"{Path(name).with_suffix('')}.html" for name in site.GUIDES]
MEGABYTE = 1e6


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of the website, and beside it what Sphinx complained about."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    target = shared / "site"
    with FileLock(shared / "site.lock"):
        if not target.exists():
            complaints = site.write_site(target, LIBRARIES)
            (shared / "site.json").write_text(json.dumps(complaints))
    return target


@pytest.fixture
def open_tab(built, new_context):
    """Opens pages without a network; requests to one and errors fail the test."""
    if LIBRARIES.trouble:
        pytest.skip(f"{LIBRARIES.trouble}: the site would load them from the web")
    requests, errors = [], []

    def open_one():
        tab = new_context(offline=True, has_touch=True).new_page()
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda m: m.type in LOUD and errors.append(m.text))
        return tab

    yield open_one
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert errors == []


def reads_well(tab, page) -> dict:
    """Open a page and measure it on each screen; return the first measurement."""
    looks = []
    for mode, size in SCREENS:
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=mode)
        if not looks:
            tab.goto(page.as_uri())
        if tab.locator("article .math").count():
            tab.wait_for_selector("mjx-container svg", state="attached")
            # While MathJax works, a container for measuring stands on the page, too.
            tab.evaluate("() => MathJax.startup.promise.then(() => true)")
        tab.wait_for_function(THEME_IS, arg=mode)
        seen = tab.evaluate(MEASURE)
        looks.append(seen)
        where = f"{page.name}, {mode}, {size['width']} px"
        assert seen["wide"] <= 0, where
        if size == PHONE:
            assert seen["cut"] == [], where
            assert seen["smallest"] >= SMALLEST, where
        assert seen["pale"] == [], where
        assert seen["rendered"] == seen["math"], where
        assert seen["failed"] == 0, where
        assert not seen["raw"], where
        levels = seen["levels"]
        assert levels[0] == 1, where
        assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), where
        for alt, width in seen["pictures"]:
            assert len(alt) > 30, where
            assert width > 0, where
    return looks[0]


def test_sphinx_has_no_complaints(built):
    assert json.loads(built.with_suffix(".json").read_text()) == []


def test_study_page_in_a_browser(path, notebook, built, open_tab, record_property):
    tab = open_tab()
    seen = reads_well(tab, built / "notebooks" / f"{path.stem}.html")
    record_property("first_paint_ms", seen["painted"])
    assert len(seen["pictures"]) == len(pictures_in(notebook.cells))
    assert seen["closed"] == seen["folded"] > 10
    answers = sum("answer" in notebook_json.tags(cell) for cell in notebook.cells)
    titles = tab.locator("details.hide p.collapsed").all_text_contents()
    assert titles.count("The answer") == answers
    assert {"Parameters", "Set-up", "Results"} <= set(titles)
    # The measurement opened all folded answers.
    tab.get_by_role("button", name="Open all folded answers").click()
    tab.get_by_role("button", name="Close all folded answers").click()
    assert tab.locator("article details[open]").count() == 0
    tab.get_by_role("button", name="Open all folded answers").click()
    assert tab.locator("article details:not([open])").count() == 0


def test_other_pages_in_a_browser(built, open_tab):
    tab = open_tab()
    for page in ["index.html", "drill.html", "follow-ups.html", *GUIDES]:
        reads_well(tab, built / page)


def test_study_page_has_the_whole_notebook(path, notebook, built):
    html = (built / "notebooks" / f"{path.stem}.html").read_text("utf-8")
    assert "SOLUTION" not in html
    explorers = sum("explore.explore(" in cell.source for cell in notebook.cells)
    assert html.count("Here this is a still picture.") == explorers
    for kind in ("h1", "h2"):
        wanted = re.findall(
            rf"^{'#' * int(kind[1])} (.+)$",
            "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"),
            re.MULTILINE,
        )
        assert len(re.findall(f"<{kind}>", html)) >= len(wanted)


def test_what_belongs_to_a_question_is_there(path, notebook, built):
    html = (built / "notebooks" / f"{path.stem}.html").read_text("utf-8")
    for address in (
        f"../practice/{path.name}",
        f"../slides/{path.stem}.html",
        f"../sheets/{path.stem}.html",
    ):
        assert f'href="{address}"' in html
        assert (built / "notebooks" / address).resolve().is_file()
    copy = nbformat.writes(copy_cells.make_copy(notebook, path.name)) + "\n"
    assert (built / "practice" / path.name).read_text("utf-8") == copy


def test_weight(built):
    weights = {p: p.stat().st_size for p in built.rglob("*") if p.is_file()}
    assert sum(weights.values()) < 30 * MEGABYTE
    for path in PATHS:
        page = built / "notebooks" / f"{path.stem}.html"
        shown = re.findall(r'src="\.\./(pictures/\w+\.png)"', page.read_text("utf-8"))
        weight = weights[page] + sum(weights[built / name] for name in set(shown))
        assert weight < 2 * MEGABYTE, path.stem


class Links(HTMLParser):
    """The links of a page, the files that it loads, and the anchors in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.leads, self.loads, self.ids = set(), set(), set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids |= {given[key] for key in ("id", "name") if given.get(key)}
        for key in ("href", "src"):
            if given.get(key):
                (self.leads if tag == "a" else self.loads).add(given[key])


def test_no_link_is_broken_and_nothing_is_loaded_from_elsewhere(built):
    pages = {path: Links(path) for path in built.rglob("*.html")}
    pages = {p: found for p, found in pages.items() if "_static" not in p.parts}
    # And the front page, search, drill, follow-ups, and the sheet with answers.
    assert len(pages) == 3 * len(PATHS) + len(GUIDES) + 5
    for page, found in pages.items():
        name = page.relative_to(built)
        if not LIBRARIES.trouble:
            assert not [url for url in found.loads if url.startswith("http")], name
        for url in found.leads | found.loads:
            parts = urlsplit(url)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "data"), (name, url)
                continue
            target = page
            if parts.path:
                target = Path(os.path.normpath(page.parent / unquote(parts.path)))
            assert target.is_file(), (name, url)
            if parts.fragment and target in pages:
                assert unquote(parts.fragment) in pages[target].ids, (name, url)


def test_every_page_is_reached_from_the_front_page(built):
    reached, left = set(), [built / "index.html"]
    while left:
        page = left.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.suffix == ".html":
            for url in Links(page).leads:
                parts = urlsplit(url)
                if parts.path and not parts.scheme:
                    left.append(Path(os.path.normpath(page.parent / parts.path)))
    for kind in ("notebooks", "slides", "sheets", "practice", "docs"):
        for page in (built / kind).iterdir():
            assert page in reached, page.name


def test_front_page_has_all_questions(built):
    html = (built / "index.html").read_text("utf-8")
    shown = re.split(r"(?=<p><strong>)", html.partition('<div class="cards">')[2])[1:]
    assert len(shown) == len(PATHS)
    for path, row in zip(PATHS, shown, strict=True):
        question = questions.read(int(path.name[:2]))
        # Sphinx writes a curly apostrophe where the source has a straight one.
        text = re.sub(r"<[^>]+>", "", row).replace("’", "'")
        assert question.title in text
        afterwards = registry.of(question.number).afterwards.replace("`", "")
        assert afterwards in text
        assert re.search(rf"{question.minutes} min to code, \d\.\d min of CPU", text)
        for kind in ("slides", "sheets", "practice"):
            assert f'href="{kind}/{path.stem}.' in row


@pytest.fixture
def phone(open_tab):
    tab = open_tab()
    tab.set_viewport_size(PHONE)
    return tab


@pytest.mark.parametrize(
    ("query", "page", "words"),
    [
        ("learning rate", "06_learning_rate_schedules", ("learning", "rate")),
        ("bottleneck", "05_autoencoder", ("bottleneck",)),
        ("mask", "09_attention", ("mask",)),
        ("contrastive loss", "07_siamese_network", ("contrastive", "loss", "losses")),
        ("bottlenekc", "05_autoencoder", ("bottleneck",)),
    ],
)
def test_search_leads_to_a_section(query, page, words, built, phone):
    phone.goto((built / "notebooks" / f"{PATHS[0].stem}.html").as_uri())
    phone.goto(f"{(built / 'search.html').as_uri()}?q={query}")
    first = phone.locator(".hit").first
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert first.locator("mark").count()
    for mark in first.locator("mark").all_text_contents():
        assert mark.lower() in words
    assert (
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
        in first.locator("a").inner_text()
    )
    first.locator("a").click()
    url = urlsplit(phone.url)
    assert page in url.path
    heading = phone.locator(f"[id='{unquote(url.fragment)}'] > :is(h1, h2, h3)")
    box = heading.first.bounding_box()
    assert 0 <= box["y"] < PHONE["height"] / 2
    phone.wait_for_selector("span.highlighted", state="attached")


def test_search_says_so_if_nothing_is_found(built, phone):
    phone.goto(f"{(built / 'search.html').as_uri()}?q=zzzzzzzz")
    assert phone.locator("#search-results").inner_text() == "Nothing was found."


def test_a_figure_opens_at_a_tap(built, phone):
    phone.goto((built / "notebooks" / f"{PATHS[3].stem}.html").as_uri())
    figure = phone.locator("a.figure").first
    width = figure.locator("img").evaluate("picture => picture.naturalWidth")
    figure.tap()
    opened = phone.locator("dialog.figure img")
    assert opened.bounding_box()["width"] == width > PHONE["width"]
    phone.locator("dialog.figure button").tap()
    opened.wait_for(state="detached")


def test_an_answer_opens_at_a_tap(built, phone):
    phone.goto((built / "notebooks" / f"{PATHS[3].stem}.html").as_uri())
    code = phone.locator("pre", has_text="def run_training_loop").first
    assert not code.is_visible()
    phone.locator("details.hide", has=code).locator("summary").tap()
    assert code.is_visible()


def test_the_drill_asks_the_cards_and_keeps_its_record(built, phone):
    wanted = [card.id for card in cards.read_all()]
    phone.goto((built / "drill.html").as_uri())
    found = phone.locator("template.drill-card").evaluate_all(
        "e => e.map(t => t.dataset.id)"
    )
    assert found == wanted
    about = phone.locator("#stage .about")
    first = about.inner_text()
    assert phone.locator("#stage details, #stage button").all_inner_texts() == [
        "Show the answer"
    ]
    phone.get_by_role("button", name="Show the answer").tap()
    assert phone.locator("#stage button").all_inner_texts() == list(GRADES)
    phone.get_by_role("button", name="easy").tap()
    phone.get_by_text("It comes back on").wait_for()
    phone.get_by_role("button", name="Show the answer").tap()
    phone.get_by_role("button", name="again").tap()
    phone.get_by_text("It comes back in 1 min").wait_for()
    record = phone.evaluate("localStorage.getItem('keras-interview-drill')")
    phone.reload()
    assert list(json.loads(record)) == wanted[:2]
    assert phone.evaluate("localStorage.getItem('keras-interview-drill')") == record
    # Neither of the two is asked again now; the third is.
    shown = phone.locator("template.drill-card").nth(2).get_attribute("data-about")
    assert phone.locator("#stage .about").inner_text() == shown
    assert first == phone.locator("template.drill-card").nth(0).get_attribute(
        "data-about"
    )


def test_a_drill_without_storage_says_so_and_goes_on(built, phone):
    phone.add_init_script("""
        const keep = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (key.includes("drill")) throw new Error("full");
          keep.call(this, key, value);
        };
    """)
    phone.goto((built / "drill.html").as_uri())
    phone.get_by_role("button", name="Show the answer").tap()
    phone.get_by_role("button", name="good").tap()
    phone.get_by_text("This browser keeps no record").wait_for()
    second = phone.locator("template.drill-card").nth(1).get_attribute("data-about")
    assert phone.locator("#stage .about").inner_text() == second


def test_the_drill_forgets_as_the_library_fsrs_does(built, phone):
    """Both libraries say of the same grades how stable and how difficult a card is."""
    phone.goto((built / "drill.html").as_uri())
    for grades in ([3, 3, 3, 3], [1, 3, 2, 4], [4, 1, 4, 3]):
        now, memory = datetime(2027, 1, 1, 12, tzinfo=UTC), None
        moments = []
        for grade in grades:
            moments.append(now.isoformat())
            memory = spacing.review(memory, grade, now)
            now = memory.due
        found = phone.evaluate(
            """([grades, moments]) => {
              let card = FSRS.createEmptyCard(new Date(moments[0]));
              grades.forEach((grade, i) => {
                card = scheduler.next(card, new Date(moments[i]), grade).card;
              });
              return [card.stability, card.difficulty];
            }""",
            [grades, moments],
        )
        wanted = [memory.stability, memory.difficulty]
        assert found == pytest.approx(wanted, rel=1e-3)


def test_all_follow_ups_are_on_one_page(built, phone):
    phone.goto((built / "follow-ups.html").as_uri())
    wanted = Counter(c.level for c in cards.read_all() if c.kind == "follow-up")
    assert phone.locator(".follow-up").count() == sum(wanted.values())
    assert phone.locator(".follow-up details[open]").count() == 0
    for level, count in wanted.items():
        phone.locator(".levels").get_by_text(level).click()
        assert phone.locator(".follow-up:visible").count() == count


def test_decks_share_their_libraries(built, open_tab):
    tab = open_tab()
    tab.goto((built / "slides" / f"{PATHS[3].stem}.html").as_uri())
    tab.wait_for_function("window.Reveal && Reveal.isReady()")
    assert tab.evaluate("Reveal.getTotalSlides()") >= 12
    if tab.locator(".math").count():
        tab.wait_for_selector("mjx-container svg", state="attached")


def test_on_paper_there_is_the_page_and_nothing_around_it(built, open_tab):
    tab = open_tab()
    tab.emulate_media(color_scheme="dark")
    tab.goto((built / "notebooks" / f"{PATHS[3].stem}.html").as_uri())
    tab.set_viewport_size({"width": 690, "height": 1000})  # A4 less its margins
    tab.emulate_media(media="print", color_scheme="dark")
    for around in ("#answers", ".ways", ".bd-sidebar-primary", ".prev-next-footer"):
        assert not tab.locator(around).first.is_visible(), around
    # Its title stands once, above the contents.
    assert tab.locator("h1:visible").all_inner_texts() == ["4 · Custom training loop"]
    tab.wait_for_function(THEME_IS, arg="light")
    assert tab.evaluate(MEASURE)["pale"] == []
    cut = "e => e.filter(p => p.scrollWidth > p.clientWidth + 1).length"
    assert tab.locator("article pre:visible").evaluate_all(cut) == 0
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.wait_for_function(THEME_IS, arg="dark")


def test_workflow_publishes_what_make_writes():
    text = (ROOT / ".github/workflows/pages.yml").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["site"]["steps"]
    assert "make site" in [step.get("run") for step in steps]
    (folder,) = [s["with"]["path"] for s in steps if "path" in s.get("with", {})]
    assert folder == str((folders.HERE.runs / "site").relative_to(ROOT))
    assert "site:" in (ROOT / "Makefile").read_text("utf-8")


def small(*outputs):
    """A page's cells made of a notebook with these outputs of one cell."""
    source = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"
    return new_notebook(
        cells=[
            new_markdown_cell("# 5 · Small\n\nA root: $\\sqrt{x}$. It costs $5."),
            new_code_cell(source, outputs=list(outputs)),
        ]
    )


def shown(**data):
    return new_output("display_data", data=data)


def test_an_output_is_shown_in_its_best_form(tmp_path):
    notebook = small(
        shown(**{"text/plain": "x", "text/html": "<b>y</b>"}),
        shown(**{"text/plain": "z", "application/json": {}}),
        shown(**{"application/json": {}}),
        new_output("stream", name="stdout", text="said"),
        new_output("error", ename="E", evalue="v", traceback=["went wrong"]),
    )
    before = nbformat.writes(notebook)
    page = study_page.for_readers(notebook, tmp_path, "pictures/")
    assert nbformat.writes(notebook) == before
    _, code = page.cells
    assert code.source == "def f():\n    return 1\n"
    html, plain, stream, error = code.outputs
    assert list(html.data) == ["text/html"]
    assert plain.data == {"text/plain": "z"}
    assert stream.text == "said"
    assert error.traceback == ["went wrong"]


def test_a_picture_is_a_file_with_its_description(tmp_path):
    figure, *_ = pictures_in(nbformat.read(PATHS[0], as_version=4).cells)
    figure.metadata["image/png"]["alt"] = 'Two curves, "a" and <b>'
    figure.data[execution.WIDGET_VIEW] = {"model_id": "1"}
    page = study_page.for_readers(small(figure), tmp_path / "new", "../pictures/")
    (file,) = (tmp_path / "new").iterdir()
    html = page.cells[1].outputs[0].data["text/html"]
    assert f'src="../pictures/{file.name}"' in html
    assert 'alt="Two curves, &quot;a&quot; and &lt;b&gt;"' in html
    # A picture in place of a live widget says that it is still.
    assert "still picture" in page.cells[2].source


def test_without_npm_libraries_come_from_the_web(tmp_path, monkeypatch):
    commands = []

    def run(command, **rest):
        commands.append(command)
        Path(command[-1]).mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("subprocess.run", run)
    site.write_site(tmp_path / "site", Libraries(tmp_path / "kept"))
    assert f"mathjax_path={web_address('mathjax_js')}" in commands[0]
    deck = (tmp_path / "site/slides" / f"{PATHS[0].stem}.html").read_text("utf-8")
    assert web_address("reveal_js") in deck


def test_what_sphinx_refuses_is_told_and_nothing_is_lost(tmp_path, monkeypatch):
    refusing = [sys.executable, "-c", "import sys; sys.exit('no theme')"]
    run = subprocess.run
    monkeypatch.setattr("subprocess.run", lambda _, **rest: run(refusing, **rest))
    target = tmp_path / "pages"
    target.mkdir()
    with pytest.raises(site.SiteError, match="no theme"):
        site.write_pages({"small": small()}, target, LIBRARIES)
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_site_that_cannot_take_its_place_leaves_the_old_one(tmp_path, monkeypatch):
    old, new = tmp_path / "site", tmp_path / "scratch" / "built"
    files.write(old / "index.html", "old")
    files.write(new / "index.html", "new")
    rename = Path.rename

    def full(path, target):
        if path == new:
            raise OSError("no room")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="no room"):
        site.replace(new, old)
    assert (old / "index.html").read_text() == "old"
    monkeypatch.undo()
    site.replace(new, old)
    assert (old / "index.html").read_text() == "new"


def test_a_debrief_leads_to_every_heading(path, notebook, built, monkeypatch):
    """Also to those with an apostrophe, a formula or a quotation mark."""
    move(monkeypatch, runs=built.parent)
    page = (built / "notebooks" / f"{path.stem}.html").read_text("utf-8")
    place = debrief_page.places(folders.HERE.runs / "mocks", path)
    headings = Counter(
        heading
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for heading in re.findall(r"^##+ (.+)$", cell.source, re.MULTILINE)
    )
    for heading in [heading for heading, count in headings.items() if count == 1]:
        link = place(WeakSpot("", "Traps", heading.replace("`", "")))
        _, name, anchor = re.split(r"\(<\.\./site/notebooks/|#", link)
        assert name == f"{path.stem}.html"
        assert f'id="{anchor[:-2]}"' in page, heading
