"""The page of a class has both tables, and runs nothing that a learner wrote."""

import json
import re
from datetime import date

import pytest

from interview.publishing import class_page
from interview.teaching import class_failures, class_results
from interview.teaching.class_failures import FailedClaim
from tests.teaching import a_class

DAY = date(2026, 11, 26)
SCRIPT = "<script>document.title = 'run'</script>"


def write(folder, target):
    handed = class_results.read_class(folder)
    rows = class_failures.rows_by_claim(handed.failed)
    target.write_text(class_page.class_html(handed, rows, DAY), encoding="utf-8")
    return handed, rows


@pytest.fixture
def thirty(tmp_path):
    (tmp_path / "in").mkdir()
    a_class.hand_in(tmp_path / "in")
    return write(tmp_path / "in", tmp_path / "class.html")


def table(page, caption: str) -> list[list[str]]:
    """The cells of the table that a heading names, row by row, as they are read."""
    return page.locator(f"[aria-labelledby={caption}] tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText))"
    )


def test_the_heat_map_says_in_numbers_who_met_what(thirty, tmp_path, page):
    handed, rows = thirty
    begun = {(result.learner, result.question) for result in handed.results}
    page.goto((tmp_path / "class.html").as_uri())
    head, *body = table(page, "claims")
    assert head == ["claim", "learners", "checks", "explained in", *handed.learners]
    for row, cells in zip(rows, body, strict=True):
        says = row.says.replace("`", "")
        assert cells[0] == f"{row.number} · {row.part}: {says}"
        assert cells[1:3] == [str(row.learners), str(row.checks)]
        assert cells[3] == f"“{row.place.title}”"
        for learner, cell in zip(handed.learners, cells[4:], strict=True):
            nothing = "–" if (learner, row.number) in begun else ""
            assert cell == str(row.times.get(learner, nothing))
    shades = page.locator("[aria-labelledby=claims] td.n").evaluate_all(
        "cells => cells.map(cell => [cell.innerText, cell.className])"
    )
    of_times = {text: name[-2:] for text, name in shades if name[-2:-1] == "s"}
    assert of_times["1"] == "s1"
    assert of_times["3"] == "s2"


def test_what_has_passed_by_learner_and_question(thirty, tmp_path, page):
    handed, _ = thirty
    page.goto((tmp_path / "class.html").as_uri())
    head, *body = table(page, "passed")
    assert [cells[0] for cells in body] == handed.learners
    parts = {}
    for result in handed.results:
        parts.setdefault((result.learner, result.question), []).append(result.passed)
    numbers = [int(title.split(" · ")[0]) for title in head[1:]]
    for learner, *cells in body:
        for number, cell in zip(numbers, cells, strict=True):
            there = parts.get((learner, number))
            count = f"{sum(there)} of {len(there)}" if there else ""
            assert cell.splitlines()[-1:] == ([count] if count else [])
            if there and all(there):
                assert re.match(r"✓ \d+ min\n", cell)


def test_who_handed_in_what_can_t_be_read_is_named(tmp_path, page):
    a_class.hand_in(tmp_path, count=2)
    (tmp_path / "zoe.json").write_text("{")
    write(tmp_path, tmp_path / "class.html")
    page.goto((tmp_path / "class.html").as_uri())
    assert table(page, "passed")[-1] == ["zoe", "no result, see below"]
    assert table(page, "unread")[-1][0] == "zoe"
    assert "zoe" not in table(page, "claims")[0]


@pytest.mark.parametrize("width", [390, 1280])
def test_only_the_tables_scroll(thirty, tmp_path, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((tmp_path / "class.html").as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    # The tables scroll with the arrow keys, for readers without a mouse.
    assert page.locator(".scroll[tabindex='0'][role=region]").count() == 2


def test_it_needs_no_network(thirty, tmp_path):
    html = (tmp_path / "class.html").read_text("utf-8")
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", html)


def test_what_a_learner_wrote_is_text(tmp_path, page):
    """A name, a part, a claim and an unreadable file's message may hold HTML."""
    folder = tmp_path / "in"
    failed = {"part": SCRIPT, "claim": f"{SCRIPT}\"'&amp; `{SCRIPT}` `", "count": 1}
    when = dict.fromkeys(("first", "last"), "2026-11-25T09:00:00+00:00")
    attempts = {"1": {"failed": [{**failed, **when}]}}
    record = {"version": 1, "questions": {"4": {"attempts": attempts}}}
    # A name can't hold a slash.
    name = "<img src=x onerror=document.title='run'>"
    (folder / name).mkdir(parents=True)
    (folder / name / "progress.json").write_text(json.dumps(record))
    broken = {"version": 1, "questions": {SCRIPT: {}}}
    (folder / name / "other.json").write_text(json.dumps(broken))
    write(folder, tmp_path / "class.html")
    page.goto((tmp_path / "class.html").as_uri())
    assert page.title() == "A class, 26 November 2026"
    assert page.locator("script, img").count() == 0
    _, (claim, *_) = table(page, "claims")
    assert claim == f"4 · {SCRIPT}: {SCRIPT}\"'&amp; {SCRIPT} `"
    _, (learner, _, why) = table(page, "unread")
    assert learner == name
    assert SCRIPT in why


def test_what_floods_the_page_is_counted():
    met = [FailedClaim("ada", 4, "part", f"claim {n:03d}", 1) for n in range(250)]
    results = [class_results.PartResult("ada", 4, "run_training_loop", False, None)]
    handed = class_results.HandedIn(results, met, [])
    html = class_page.class_html(handed, class_failures.rows_by_claim(met), DAY)
    assert html.count("<code>part</code>") == class_page.MOST_ROWS
    assert "50 more claims aren't shown" in html


def test_a_class_without_claims_has_a_page():
    result = class_results.PartResult("ada", 8, "vote_predict", True, None)
    html = class_page.class_html(class_results.HandedIn([result], [], []), [], DAY)
    assert "No failed claim is in what was handed in." in html
    assert "1 of 1" in html
    empty = class_page.class_html(class_results.HandedIn([], [], []), [], DAY)
    assert "0 learners have handed in" in empty
