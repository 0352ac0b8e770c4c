"""The debrief of a mock as a page that needs no network, with small pictures."""

import html
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

import nbformat
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup, escape

from interview import files, folders, markdown
from interview.practising.mock.debrief import Debrief, Past, Spot
from interview.practising.mock.debrief_text import minutes
from interview.practising.mock.session import TITLES
from interview.publishing import site
from interview.publishing.libraries import Libraries
from interview.remembering.cards import slug

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = "mocks"
# Of a picture: its width, the height of the bars, and the room for numbers above them
# and for the questions' numbers below.
_WIDTH, _BARS, _ABOVE, _BELOW = 300, 60, 16, 18
_WIDEST = 34
_SECTION = re.compile(r'<section [^>]*?id="([^"]+)">\s*<h\d>(.*?)<a class="headerlink"')


@dataclass(frozen=True)
class Picture:
    """A row of bars, one for each mock, and what is above it."""

    title: str
    svg: Markup


def write(found: Debrief) -> Path:
    """Write a debrief into runs/mocks, in place of what it was before.

    Raises:
        OSError: the folder can't be written to.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
    )
    environment.filters |= {
        "minutes": minutes,
        "day": lambda time: f"{time.astimezone():%d %b %Y}",
        "hour": lambda time: f"{time.astimezone():%H:%M}",
        "inline": markdown.inline,
    }
    folder = folders.HERE.runs / FOLDER
    text = environment.get_template("mock.html.j2").render(
        it=found,
        addresses=_addresses(folder, found.spots),
        titles=TITLES,
        had=sum(was for _, was in found.asked_back),
        pictures=pictures(found.past),
    )
    target = folder / f"{found.key}.html"
    files.write(target, text)
    return target


def pictures(past: Sequence[Past]) -> list[Picture]:
    """What the latest mocks took: time, tries and hints."""
    return [
        _bars(
            "Minutes for the answer",
            past,
            [one.taken / 60 for one in past],
            [one.allowed / 60 for one in past],
        ),
        _bars("Tries that weren't right", past, [one.tries for one in past]),
        _bars("Hints opened", past, [one.hints for one in past]),
    ]


def _bars(
    title: str,
    past: Sequence[Past],
    values: Sequence[float],
    limits: Sequence[float] = (),
) -> Picture:
    """A bar for each mock, with its number; where there are limits a line for each."""
    most = max([*values, *limits, 1])
    step = min(_WIDEST, _WIDTH / len(past))
    shapes, says = [], []
    for place, (one, value) in enumerate(zip(past, values, strict=True)):
        left, middle = place * step, (place + 0.5) * step
        height = _BARS * value / most
        top = _ABOVE + _BARS - height
        is_now = place == len(past) - 1
        shapes.append(
            f'<rect class="{"now" if is_now else "bar"}" x="{left + 3:.1f}" '
            f'y="{top:.1f}" width="{step - 6:.1f}" height="{height:.1f}"/>'
        )
        said = f"question {one.question} on {one.started.astimezone():%d %b}: "
        said += _number(value)
        highest = top
        if limits:
            line = _ABOVE + _BARS * (1 - limits[place] / most)
            # The number stands on its bar, where the line leaves room for it.
            highest = min(top, line) if top - line < _ABOVE else top
            shapes.append(
                f'<line class="limit" x1="{left + 1:.1f}" x2="{left + step - 1:.1f}" '
                f'y1="{line:.1f}" y2="{line:.1f}"/>'
            )
            said += f" of {_number(limits[place])} allowed"
        shapes.append(_text(middle, highest - 4, _number(value)))
        below = f"Q{one.question}"
        shapes.append(_text(middle, _ABOVE + _BARS + 13, below))
        says.append(said + (", this mock" if is_now else ""))
    base = _ABOVE + _BARS
    height = base + _BELOW
    words = f"{title}. {'; '.join(says)}."
    svg = (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height}" '
        f'aria-label="{escape(words)}"><title>{escape(words)}</title>'
        f'<line class="base" x1="0" x2="{_WIDTH}" y1="{base}" y2="{base}"/>'
        f"{''.join(shapes)}</svg>"
    )
    return Picture(title, Markup(svg))


def _number(value: float) -> str:
    """With a decimal only where it tells something."""
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle">{escape(words)}</text>'


def _addresses(folder: Path, spots: Iterable[Spot]) -> dict[str, str]:
    """Where the spots' sections are, from a page in a folder.

    That's a study page: a browser shows a notebook as the text that it's stored in.
    Where none can be made it's the notebook.
    """
    found = {}
    for name, there in groupby(spots, key=lambda spot: spot.link.partition("#")[0]):
        notebook = folders.HERE.notebooks / name
        page = _study_page(notebook)
        anchors = _anchors(page) if page else {}
        place = os.path.relpath(page or notebook, folder).replace(os.sep, "/")
        for spot in there:
            anchor = anchors.get(slug(spot.heading))
            found[spot.link] = quote(place) + (f"#{anchor}" if anchor else "")
    return found


def _study_page(notebook: Path) -> Path | None:
    """The page of a study notebook: the website's, or one that is made here."""
    stem = notebook.stem
    made = folders.HERE.runs / FOLDER / "pages" / stem
    for page in (
        folders.HERE.runs / "site" / "notebooks" / f"{stem}.html",
        made / f"{stem}.html",
    ):
        if page.exists() and page.stat().st_mtime >= notebook.stat().st_mtime:
            return page
    try:
        read = nbformat.read(notebook, as_version=4)
        site.write_pages({stem: read}, made, Libraries(folders.HERE.libraries))
    except (site.SiteError, OSError):
        return None
    return made / f"{stem}.html"


def _anchors(page: Path) -> dict[str, str]:
    """What leads to the headings of a page; the headings without signs and code."""
    return {
        slug(html.unescape(re.sub(r"<[^>]+>", "", heading))): anchor
        for anchor, heading in _SECTION.findall(page.read_text(encoding="utf-8"))
    }
