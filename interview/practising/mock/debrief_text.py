"""The debrief of a mock as Markdown: a terminal shows it, and so does a notebook."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from interview.practising import clock
from interview.practising.mock.debrief import Debrief, Spot
from interview.practising.mock.session import TITLES


def markdown_of(found: Debrief, place: Callable[[Spot], str]) -> str:
    """A debrief as Markdown.

    Args:
        found: the debrief.
        place: how a weak spot's section is named, with a link where links work.
    """
    question = found.question
    title = f"**Question {question.number} · {question.title}: {found.came_to}**"
    sections = [
        title,
        _times(found),
        _parts(found),
        _crosses(found),
        _asked_back(found),
        _follow_ups(found),
        _marks(found),
        _spots(found, place),
        _past(found),
    ]
    return "\n\n".join(section for section in sections if section)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a column whose title begins with a space holds numbers."""
    rows = list(rows)
    if not rows:
        return ""
    lines = [
        [title.strip() for title in columns],
        ["--:" if title.startswith(" ") else "---" for title in columns],
        *([str(cell).replace("|", "\\|") for cell in row] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _titled(title: str, text: str) -> str:
    return f"**{title}**\n\n{text}" if text else ""


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def minutes(seconds: float | None) -> str:
    """A time as people say it, a dash where there is none."""
    return "–" if seconds is None else clock.minutes(seconds)


def _allowed(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:g} min"


def _times(found: Debrief) -> str:
    rows = [
        (TITLES[time.phase], minutes(time.taken), _allowed(time.allowed), time.ended)
        for time in found.times
    ]
    return _table(("Phase", " Taken", " Allowed", "Ended"), rows)


def _parts(found: Debrief) -> str:
    rows = [
        (
            f"`{part.name}`" + (f" ({part.kind})" if part.kind else ""),
            part.says,
            f"{part.hints} of {part.of_hints}",
        )
        for part in found.parts
    ]
    return _table(("Part", "At the end", " Hints opened"), rows)


def _crosses(found: Debrief) -> str:
    rows = [(c.tries, f"`{c.part}`: {c.says}", c.then) for c in found.crosses]
    return _titled("✗ on the way, in order", _table((" Tries", "Claim", "Then"), rows))


def _asked_back(found: Debrief) -> str:
    had = sum(was for _, was in found.asked_back)
    lines = [f"You noted: {note}" for note in found.notes]
    lines += [f"{'✓' if was else '–'} {asked}" for asked, was in found.asked_back]
    return _titled(f"Asked back: {had} of {len(found.asked_back)}", _list(lines))


def _follow_ups(found: Debrief) -> str:
    lines = (f"{f.grade or 'not answered'}: {f.title}" for f in found.follow_ups)
    return _titled("Follow-ups", _list(lines))


def _marks(found: Debrief) -> str:
    lines = (f"{about}: **{mark}**, {words}" for about, mark, words in found.marks)
    return _titled("Your own marks", _list(lines))


def _spots(found: Debrief, place: Callable[[Spot], str]) -> str:
    lines = (f"{place(spot)}: {spot.what}" for spot in found.spots)
    return _titled("Read next", _list(lines)) or "Nothing was weak."


def _past(found: Debrief) -> str:
    rows: Iterator[Sequence[object]] = (
        (
            f"{one.started.astimezone():%d %b, %H:%M}",
            one.question,
            f"{minutes(one.taken)} of {_allowed(one.allowed)}",
            one.tries,
            one.hints,
            one.came_to,
        )
        for one in found.past
    )
    columns = ("Begun", " Question", " Answer", " ✗", " Hints", "Came to")
    title = "Your mocks so far" if len(found.past) > 1 else "Your first mock"
    return _titled(title, _table(columns, rows))
