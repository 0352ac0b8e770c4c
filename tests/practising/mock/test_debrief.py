"""The debrief: what happened, where to read on, and a page that needs no network."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import nbformat
import pytest

from interview import files, folders, study_notebooks
from interview.practising import record_file, weak_spots
from interview.practising.mock import debrief
from interview.practising.mock.debrief_text import markdown_of
from interview.practising.mock.session import PHASES
from interview.publishing import debrief_page as page
from interview.publishing import site
from tests.acting import (
    judging,
    pass_parts,
    reach,
    spend,
    write_something,
)

PLAIN = "learns a task that needs its hidden layer"

pytestmark = pytest.mark.usefixtures("folder")


def made(session):
    return debrief.make(record_file.load()[0], session.key, session.follow_ups.cards)


def text_of(found):
    return markdown_of(found, lambda spot: spot.place)


@pytest.fixture
def without_pages(monkeypatch):
    monkeypatch.setattr(page, "_study_page", lambda notebook: None)


@pytest.fixture
def wrong(clock):
    """A mock of question 8 with something wrong in every phase, at its debrief."""
    session = reach("answer", clock, 8)
    write_something(session)
    pass_parts(session, "vote_predict")
    claims = {"train_members": "one", "average_predict": PLAIN}
    for _ in range(2):
        session.check(judging(claims=claims), print)
    claims = {"train_members": "two"}
    session.check(judging("average_predict", claims=claims), print)
    session.hint()
    spend(session, clock, 20)
    session.finish("answer", "time")
    session.finish("second round", "left")
    for grade in (1, 4, 2):
        session.grade(session.card().key, grade)
    session.finish("follow-ups")
    for mark in (1, 2, 3, 1, 2):
        session.mark(session.row()[0], mark)
    session.finish("rubric")
    return session


def test_times_against_those_allowed(wrong):
    times = {time.phase: time for time in made(wrong).times}
    assert list(times) == list(PHASES[:-1])
    answer = times["answer"]
    assert (round(answer.taken), answer.allowed) == (1200, 1200)
    assert answer.ended == "time up"
    assert times["second round"].ended == "gone on"
    assert times["rubric"].allowed is None
    assert "| Your answer | 20 min 0" in text_of(made(wrong))


def test_each_cross_in_order_until_it_was_gone(wrong, monkeypatch):
    with record_file.changing() as (record, _):
        failed = record.of(8).attempts[1].failed
        # Later than the two of the first look, whatever the second is.
        failed[2].last += timedelta(seconds=5)
    crosses = [(c.part, c.says, c.tries, c.then) for c in made(wrong).crosses]
    assert crosses == [
        ("train_members", "one", 2, "not met again"),
        ("average_predict", PLAIN, 2, "gone"),
        ("train_members", "two", 1, "still there"),
    ]
    assert f"| 2 | `average_predict`: {PLAIN} | gone |" in text_of(made(wrong))


def test_parts_as_the_judge_left_them(wrong):
    says = {part.name: part.says for part in made(wrong).parts}
    assert says == {
        "train_members": "not right yet",
        "average_predict": "right",
        "vote_predict": "right",
        "build_ensemble": "not judged",
        "expected_calibration_error": "not judged",
    }
    hints = {part.name: part.hints for part in made(wrong).parts}
    assert hints["train_members"] == 1
    assert made(wrong).came_to == "2 of 4 parts right"


def test_weak_spots_have_one_section_each(wrong):
    found = made(wrong)
    notebook = study_notebooks.path_of(8)
    headings = {
        line.lstrip("# ").replace("`", "")
        for cell in nbformat.read(notebook, as_version=4).cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("#")
    }
    assert {spot.heading for spot in found.spots} <= headings
    assert len({spot.link for spot in found.spots}) == len(found.spots)
    assert all(spot.link.startswith(f"{notebook.name}#") for spot in found.spots)
    what = " / ".join(spot.what for spot in found.spots)
    assert "train_members: two" in what
    assert "6 of 6" in what or "not asked back" in what
    assert "weak by your own mark: Seeds, Evidence" in what
    assert what.count("graded “again”") == what.count("graded “hard”") == 1
    assert "easy" not in what
    place = weak_spots.place(8, "train_members", "two")
    assert place.link in [spot.link for spot in found.spots]


def test_what_was_never_reached_is_no_weakness(clock):
    session = reach("answer", clock, 8)
    session.give_up()
    what = [spot.what for spot in made(session).spots]
    assert any("build_ensemble: not judged" in w for w in what)
    assert not any("expected_calibration_error" in w for w in what)
    says = {part.name: part.says for part in made(session).parts}
    assert says["expected_calibration_error"] == "not reached"
    assert made(session).came_to == "given up"
    assert [time.taken for time in made(session).times][2:] == [None] * 3
    assert made(session).times[1].ended == "given up"
    assert not made(session).marks
    assert not made(session).follow_ups


def test_nothing_was_weak(clock):
    session = reach("answer", clock)
    with record_file.changing() as (record, _):
        kept = record.mocks[session.key]
        kept.had = [asked for asked, _ in session.question.clarifying]
    pass_parts(session)
    session.finish("answer", "passed")
    pass_parts(session)
    session.finish("second round", "passed")
    session.give_up()
    assert made(session).spots == ()
    assert "Nothing was weak." in text_of(made(session))
    assert made(session).came_to == "passed"


def test_a_follow_up_that_is_gone_is_left_out(wrong):
    with record_file.changing() as (record, _):
        record.mocks[wrong.key].cards[0].key = "follow-up/gone"
    assert [f.grade for f in made(wrong).follow_ups] == ["easy", "hard"]


def test_earlier_mocks_stand_beside_it(clock, wrong):
    wrong.end()
    for number in (4, 9):
        clock.wait(86400)
        later = reach("debrief", clock, number)
        later.end()
    left = reach("answer", clock, 3)
    past = made(later).past
    assert [(p.question, p.tries, p.hints) for p in past] == [
        (8, 5, 1),
        (4, 0, 0),
        (9, 0, 0),
    ]
    assert round(past[0].taken) == 1200
    # Each is told as of its own day; one that isn't over is told of itself alone.
    assert len(made(wrong).past) == 1
    assert [p.question for p in made(left).past] == [8, 4, 9, 3]
    assert "Your mocks so far" in text_of(made(later))


def test_no_more_than_a_dozen(clock):
    for _ in range(14):
        clock.wait(86400)
        session = reach("answer", clock)
        session.give_up()
        session.end()
    past = made(session).past
    assert len(past) == debrief.MOST_EARLIER
    assert past[-1].started == session.state.started
    (minutes, *_) = page.pictures(past)
    assert minutes.svg.count("<rect") == len(past)


class Page(HTMLParser):
    """What a page links to, what it loads, and what its pictures say."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loaded, self.pictures, self.tags = [], [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.add(tag)
        if tag == "a":
            self.links.append(attributes["href"])
        self.loaded += [
            attributes[k] for k in ("src", "data", "srcset") if k in attributes
        ]
        if tag in ("svg", "img"):
            self.pictures.append(attributes.get("aria-label") or attributes.get("alt"))


def test_the_page_needs_no_network(wrong, without_pages):
    target = page.write(made(wrong))
    assert target == folders.HERE.runs / "mocks" / f"{wrong.key}.html"
    text = target.read_text("utf-8")
    found = Page(text)
    assert not found.loaded
    assert not {"script", "link", "iframe", "img"} & found.tags
    assert "://" not in text
    assert "url(" not in text
    assert len(found.links) == len(made(wrong).spots) > 3
    for link in found.links:
        assert (target.parent / link).resolve() == study_notebooks.path_of(8)
    assert found.pictures[0].startswith(
        "Minutes for the answer. question 8 on 26 Nov: "
    )
    assert found.pictures[0].endswith("20 of 20 allowed, this mock.")
    assert found.pictures[1] == (
        "Tries that weren't right. question 8 on 26 Nov: 5, this mock."
    )
    assert found.pictures[2].startswith("Hints opened.")


def test_nothing_from_the_record_becomes_html(clock, without_pages):
    session = reach("question", clock)
    hostile = "<script>alert(1)</script>`<b>`"
    session.note(hostile)
    session.tell()
    session.tick_off(set())
    record_file.record_failures(
        4, session.state.attempt, {"<i>": f"{hostile}\x1b[2J\n|"}
    )
    session.give_up()
    text = page.write(made(session)).read_text("utf-8")
    assert not {"script", "i", "b"} & Page(text).tags
    assert "&lt;script&gt;" in text
    assert "\x1b" not in text + text_of(made(session))
    assert "[2J \\|" in text_of(made(session))


def test_links_open_a_study_page_at_the_section(wrong):
    """The page of question 8, made by Sphinx, once."""
    target = page.write(made(wrong))
    study = folders.HERE.runs / "mocks" / "pages" / study_notebooks.path_of(8).stem
    (study,) = study.glob("08_*.html")
    before = study.stat().st_mtime_ns
    text = study.read_text("utf-8")
    links = Page(target.read_text("utf-8")).links
    assert len(links) > 3
    for link in links:
        path, _, anchor = link.partition("#")
        assert (target.parent / path).resolve() == study
        assert f'id="{anchor}"' in text
    assert "#the-question" in links[-2] + links[-1]
    page.write(made(wrong))
    assert study.stat().st_mtime_ns == before


def test_the_website_s_pages_are_taken_if_they_are_there(wrong, monkeypatch):
    stem = study_notebooks.path_of(8).stem
    there = folders.HERE.runs / "site" / "notebooks" / f"{stem}.html"
    files.write(
        there, '<section id="q"><h2>The question<a class="headerlink"></a></h2>'
    )
    links = Page(page.write(made(wrong)).read_text("utf-8")).links
    assert f"../site/notebooks/{stem}.html#q" in links
    # A heading that isn't there leads to the page.
    assert f"../site/notebooks/{stem}.html" in links


def test_without_sphinx_links_lead_to_the_notebook(wrong, monkeypatch):
    def fail(*arguments):
        raise site.SiteError("no theme")

    monkeypatch.setattr(site, "write_pages", fail)
    links = Page(page.write(made(wrong)).read_text("utf-8")).links
    assert all(re.search(r"notebooks/08_model_ensembling.ipynb$", x) for x in links)
