"""The debrief of a mock as a page that needs no network, with small pictures."""

import html
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from interview import files, folders, study_notebooks
from interview.markdown import Renderer
from interview.practising.mock.debrief import Debrief, PastMock, WeakSpot
from interview.publishing import pages
from interview.remembering.cards import slug

FOLDER = "mocks"
_HEADING = re.compile(r'<h\d>(.*?)<a class="headerlink" href="#([^"]+)"')


def write_debrief(found: Debrief) -> Path:
    """Write a debrief into runs/mocks; a page of the same mock is replaced.

    Raises:
        OSError: the folder can't be written to.
    """
    folder = folders.HERE.runs / FOLDER
    body = MarkdownWithMath(renderer=Renderer(escape=True)).render(
        found.markdown(places(folder, study_notebooks.path_of(found.question.number)))
    )
    text = pages.template("mock.html.j2").render(
        it=found,
        started=f"{found.started.astimezone():%d %b %Y, %H:%M}",
        body=Markup(body),
        pictures=pictures(found.past),
    )
    target = folder / f"{found.key}.html"
    files.write(target, text)
    return target


def pictures(past: Sequence[PastMock]) -> dict[str, list[dict]]:
    """Three bar charts of the latest mocks: time, tries and hints."""
    return {
        "Minutes for the answer": [_bar(m, m.taken / 60, m.allowed / 60) for m in past],
        "Tries that weren't right": [_bar(m, m.tries) for m in past],
        "Hints opened": [_bar(m, m.hints) for m in past],
    }


def _bar(mock: PastMock, value: float, allowed: float | None = None) -> dict:
    """A bar; its value in words has a decimal only below ten."""
    words = f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
    return {"mock": mock, "value": value, "allowed": allowed, "words": words}


def places(folder: Path, notebook: Path) -> Callable[[WeakSpot], str]:
    """Makes links from a page in a folder to the sections of a notebook.

    A browser shows a notebook file as JSON. So the links lead to the study page where
    `interview site` has written it, and to the file elsewhere.
    """
    page = folders.HERE.runs / "site" / "notebooks" / f"{notebook.stem}.html"
    anchors = _anchors(page) if page.exists() else {}
    target = page if page.exists() else notebook
    address = quote(os.path.relpath(target, folder).replace(os.sep, "/"))

    def link(spot: WeakSpot) -> str:
        anchor = anchors.get(slug(spot.heading))
        return f"[{spot.place}](<{address}{f'#{anchor}' if anchor else ''}>)"

    return link


def _anchors(page: Path) -> dict[str, str]:
    """The anchors of a page's headings, by the headings as slugs."""
    return {
        slug(html.unescape(re.sub(r"<[^>]+>", "", heading))): anchor
        for heading, anchor in _HEADING.findall(page.read_text(encoding="utf-8"))
    }
