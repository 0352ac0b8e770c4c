"""The debrief as a page that needs no network."""

import re

import pytest

from interview import files, folders, study_notebooks
from interview.practising import record_file
from interview.practising.mock import debrief
from interview.publishing import debrief_page
from tests.acting import reach

pytestmark = pytest.mark.usefixtures("folder")


def tags(text) -> set[str]:
    return set(re.findall(r"<(\w+)", text))


def written(session):
    record, cards = record_file.load()[0], session.follow_ups.cards
    return debrief_page.write_debrief(debrief.make_debrief(record, session.key, cards))


def test_the_page_needs_no_network(clock):
    session = reach("debrief", clock, 8)
    target = written(session)
    assert target == folders.HERE.runs / "mocks" / f"{session.key}.html"
    text = target.read_text("utf-8")
    assert not re.search(r"\s(src|data|srcset)=", text)
    assert not {"script", "link", "iframe", "img"} & tags(text)
    assert "://" not in text
    assert "url(" not in text
    assert "<h1>8 · Model ensembling: 0 of 4 parts right</h1>" in text
    assert "<h2>Read next</h2>" in text
    # A link to a notebook opens as JSON in a browser; there is no better target.
    links = re.findall('href="([^"]+)"', text)
    assert len(links) > 1
    for link in links:
        assert (target.parent / link).resolve() == study_notebooks.path_of(8)
    assert re.findall('<svg[^>]* aria-label="([^"]+)"', text) == [
        "Minutes for the answer. question 8 on 26 Nov: 1 of 20 allowed, this mock.",
        "Tries that weren&#39;t right. question 8 on 26 Nov: 0, this mock.",
        "Hints opened. question 8 on 26 Nov: 0, this mock.",
    ]


def test_earlier_mocks_are_bars_beside_it(clock):
    for number in (4, 9):
        session = reach("answer", clock, number)
        session.give_up()
        session.end()
        clock.wait(86400)
    text = written(session).read_text("utf-8")
    assert text.count("<rect") == 6
    assert "question 4 on 26 Nov: 0 of 25 allowed; question 9 on 27 Nov" in text


def test_nothing_from_the_record_becomes_html(clock):
    session = reach("question", clock)
    hostile = "<script>alert(1)</script>`<b>`"
    session.note(hostile)
    session.tell()
    session.tick_off(set())
    record_file.record_failures(
        4, session.state.attempt, {"<i>": f"{hostile}\x1b[2J\n|"}
    )
    session.give_up()
    text = written(session).read_text("utf-8")
    assert not {"script", "i", "b"} & tags(text)
    assert "&lt;script&gt;" in text
    assert "\x1b" not in text


def test_links_lead_into_the_website_if_it_is_there(clock):
    stem = study_notebooks.path_of(8).stem
    there = folders.HERE.runs / "site" / "notebooks" / f"{stem}.html"
    files.write(there, '<h2>The question<a class="headerlink" href="#q">#</a></h2>')
    text = written(reach("debrief", clock, 8)).read_text("utf-8")
    assert f'href="../site/notebooks/{stem}.html#q"' in text
    # A heading that isn't there leads to the page.
    assert f'href="../site/notebooks/{stem}.html"' in text
