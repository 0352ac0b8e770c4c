"""The debrief of a mock in a terminal: tables of text, at most 80 columns wide."""

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from interview import clock
from interview.mock.debrief import Debrief, Past
from interview.mock.session import TITLES


def show(screen: Console, found: Debrief) -> None:
    """Show a debrief."""
    question = found.question
    title = f"Question {question.number} · {question.title}: {found.came_to}"
    screen.print(Text(title, style="bold"))
    _times(screen, found)
    _parts(screen, found)
    _crosses(screen, found)
    _asked_back(screen, found)
    if found.follow_ups:
        _head(screen, "Follow-ups")
        for follow_up in found.follow_ups:
            line = f"{follow_up.grade or 'not answered'}: {follow_up.title}"
            screen.print(Markdown(line))
    if found.marks:
        _head(screen, "Your own marks")
        for about, mark, words in found.marks:
            screen.print(Markdown(f"{about}: **{mark}** ({words})"))
    _spots(screen, found)
    _past(screen, found.past)


def _head(screen: Console, title: str) -> None:
    screen.print()
    screen.print(Text(title, style="bold underline"))


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in columns:
        # A number is right-aligned, as its title says by a leading space.
        justify = "right" if title.startswith(" ") else "left"
        table.add_column(title.strip(), justify=justify)
    return table


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else clock.minutes(seconds)


def _times(screen: Console, found: Debrief) -> None:
    table = _table("Phase", " Taken", " Allowed", "")
    for time in found.times:
        allowed = "" if time.allowed is None else f"{time.allowed / 60:g} min"
        row = TITLES[time.phase], _minutes(time.taken), allowed, time.ended
        table.add_row(*row)
    screen.print(table)


def _parts(screen: Console, found: Debrief) -> None:
    _head(screen, "Parts")
    table = _table("Part", "At the end", " Hints opened")
    for part in found.parts:
        name = f"{part.name} ({part.kind})" if part.kind else part.name
        table.add_row(Text(name), part.says, f"{part.hints} of {part.of_hints}")
    screen.print(table)


def _crosses(screen: Console, found: Debrief) -> None:
    if not found.crosses:
        return
    _head(screen, "✗ on the way, in order")
    table = _table(" Tries", "Claim", "Then")
    for cross in found.crosses:
        claim = Text(f"{cross.part}: {cross.claim}")
        table.add_row(str(cross.tries), claim, cross.then)
    screen.print(table)


def _asked_back(screen: Console, found: Debrief) -> None:
    if not any(had for _, had in found.asked_back) and not found.notes:
        return
    had = sum(had for _, had in found.asked_back)
    _head(screen, f"Asked back: {had} of {len(found.asked_back)}")
    for note in found.notes:
        screen.print(Text(f"You noted: {note}"))
    for asked, was in found.asked_back:
        screen.print(Markdown(f"{'✓' if was else '·'} {asked}"))


def _spots(screen: Console, found: Debrief) -> None:
    if not found.spots:
        return
    _head(screen, "Read next")
    for spot in found.spots:
        screen.print(Text(f"“{spot.heading}”"))
        screen.print(Text(f"  {spot.what}"), style="dim")
    name = found.spots[0].link.partition("#")[0]
    screen.print(Text(f"All in notebooks/{name}."))


def _past(screen: Console, past: tuple[Past, ...]) -> None:
    _head(screen, "Your mocks so far" if len(past) > 1 else "Your first mock")
    table = _table("Begun", " #", "Level", " Answer", " Of", " ✗", " Hints", "")
    for one in past:
        table.add_row(
            f"{one.started.astimezone():%d %b, %H:%M}",
            str(one.question),
            one.level,
            _minutes(one.taken),
            f"{one.allowed / 60:g} min",
            str(one.tries),
            str(one.hints),
            one.came_to,
        )
    screen.print(table)
