"""A mock in a terminal: asked, coded against the clock, marked and debriefed."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.markdown import Markdown
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from interview import files
from interview.commands import drill_terminal
from interview.judging import judge
from interview.practising import clock, record_file
from interview.practising.keys import Keys
from interview.practising.mock import debrief
from interview.practising.mock.debrief_text import markdown_of
from interview.practising.mock.session import (
    MARKS,
    PHASES,
    TITLES,
    Judge,
    Moved,
    Session,
)
from interview.practising.mock.timing import HEARTBEAT, face
from interview.remembering import drill

# Seconds between two looks at the copy.
LOOK = 1.0
_KEYS = "Enter checks · h hint · n goes on · p pauses · g gives up · q leaves"
_MARKS = {
    word: mark
    for mark, name in enumerate(MARKS, start=1)
    for word in (str(mark), name, name[0])
}

QUIT = ("q", "quit", "exit")
_YES_OR_NO = {"y": 1, "yes": 1, "n": 0, "no": 0, "": 0}

Ask = Callable[[str], str]


class Leave(Exception):
    """The learner leaves, and comes back another time."""


class Front:
    """One mock on a screen; what a learner types comes from `ask` and `keys`."""

    def __init__(
        self,
        session: Session,
        screen: Console,
        ask: Ask = input,
        keys: Callable[[], Keys] = Keys,
        judged: Judge = judge.judge,
    ) -> None:
        """Show a session on a screen."""
        self.session, self.screen = session, screen
        self._ask, self._keys, self._judge = ask, keys, judged
        # Whoever comes back to the answer hears the question again.
        self._is_asked = False

    def run(self) -> None:
        """Go through the phases to the end; leave where the learner does.

        Raises:
            ProgressError: the record can't be read or written any more.
        """
        phases = {
            "question": self._question,
            "answer": self._code,
            "second round": self._code,
            "follow-ups": self._follow_ups,
            "rubric": self._rubric,
            "debrief": self._debrief,
        }
        session = self.session
        try:
            session.go_on()
            with _looked_after(session):
                while not session.is_over:
                    with contextlib.suppress(Moved):
                        phases[session.state.phase]()
                        continue
                    session.refresh()
                    self._says("This mock has gone on in another window.")
        except (Leave, EOFError, KeyboardInterrupt):
            self.screen.print()
            if not session.is_over:
                session.pause()
                self._says(
                    "The clock of this mock stands still. `interview mock --full` "
                    "takes it up again."
                )

    @property
    def _is_live(self) -> bool:
        return self.screen.is_terminal and not self.screen.is_dumb_terminal

    # What is asked and said.

    def _says(self, line: str) -> None:
        self.screen.print(Text(line))

    def _head(self, phase: str) -> None:
        minutes = self.session.state.allowed.get(phase)
        place = PHASES.index(phase) + 1
        title = f"{place} of {len(PHASES)} · {TITLES[phase]}"
        if minutes:
            title += f" · {minutes:g} minutes"
        self.screen.print()
        self.screen.rule(Text(title), characters="─")

    def _answer(self, prompt: str) -> str:
        """A line that the learner types; "q" leaves, "p" pauses until Enter."""
        while True:
            said = self._ask(prompt).strip()
            if said.casefold() in QUIT:
                raise Leave
            if said.casefold() != "p":
                return said
            self._pause()

    def _word(self, prompt: str, words: dict[str, int]) -> int:
        while True:
            if (said := self._answer(prompt).casefold()) in words:
                return words[said]

    def _pause(self) -> None:
        self.session.pause()
        stands = face(self.session.elapsed)
        said = self._ask(f"The clock stands at {stands}. Enter goes on, q leaves. ")
        if said.strip().casefold() in QUIT:
            raise Leave
        self.session.go_on()

    # 1: the question, asked back.

    def _question(self) -> None:
        session = self.session
        self._head("question")
        self._ask_aloud()
        for note in session.state.notes:
            self._says(f"You noted: {note}")
        if not session.state.is_told:
            self._says(
                "\nWhat would you ask back? A line for each question; an empty line "
                "when you have asked them all."
            )
            while note := self._answer("> "):
                session.note(note)
            session.tell()
        self._tick_off()

    def _ask_aloud(self) -> None:
        question = self.session.question
        self.screen.print(Markdown(f"> {question.spoken}"))
        self._says("You write:")
        for part in question.parts:
            if part.asked:
                self._says(f"  {part.signature}")
        self._is_asked = True

    def _tick_off(self) -> None:
        table = self.session.question.clarifying
        shown = Table(expand=True, show_lines=True)
        for title, options in (
            ("", {"justify": "right"}),
            ("A strong candidate asks", {"ratio": 2}),
            ("Assume", {"ratio": 3}),
        ):
            shown.add_column(title, **options)
        for place, (asked, assumed) in enumerate(table, start=1):
            shown.add_row(str(place), Markdown(asked), Markdown(assumed))
        self.screen.print(shown)
        while True:
            said = self._answer("Which did you ask? Their numbers, Enter for none: ")
            words = said.replace(",", " ").split()
            rows = {int(word) - 1 for word in words if word.isdecimal()}
            if len(rows) == len(set(words)) and rows <= set(range(len(table))):
                break
            self._says(f"Numbers from 1 to {len(table)}, as in: 1 3")
        self.session.tick_off(rows)

    # 2 and 3: coding.

    def _code(self) -> None:
        phase = self.session.state.phase
        self._set_task(phase)
        while True:
            came = self._wait(phase)
            if came in ("passed", "time"):
                break
            if came == "":
                self._check()
            elif came == "h":
                self._hint()
            elif came == "p":
                self._pause()
            elif came == "q":
                raise Leave
            elif came == "n":
                came = "left"
                break
            elif came == "g" and self._word("Give this mock up? y or n: ", _YES_OR_NO):
                self._check()
                self.session.give_up()
                return
        self.screen.bell()
        if came == "time":
            self._says("The time is up.")
        if came != "passed":
            self._check()
            came = came if self.session.left else "passed"
        if came == "passed":
            after = clock.minutes(self.session.elapsed)
            self._says(f"✓ All that is asked for has passed, after {after}.")
        self.session.finish(phase, came)

    def _set_task(self, phase: str) -> None:
        session = self.session
        self._head(phase)
        if phase == "second round":
            self.screen.print(Markdown(session.question.second_round))
            self._says("\nIt's near the end of the same copy:")
        else:
            if not self._is_asked:
                self._ask_aloud()
            self._says("Write it in your copy; the answers assumed stand there, too:")
        self._says(f"\n  {files.shown(session.copy)}\n")
        self._says(
            "Open it in JupyterLab (`make lab`). Run the check below your answer, or "
            "save and press Enter here. Once it passes, or when the time is up, this "
            "goes on by itself."
        )
        if not self._is_live:
            self._says(_KEYS)

    def _wait(self, phase: str) -> str:
        """Show the clock until a key is pressed, all has passed or the time is up."""
        session = self.session
        minute = None
        with contextlib.ExitStack() as stack:
            if self._is_live:
                show = Live(console=self.screen, auto_refresh=False, transient=True)
                stack.enter_context(show)
            keys = stack.enter_context(self._keys())
            while True:
                if came := session.look(phase):
                    return came
                if self._is_live:
                    show.update(_clock(session), refresh=True)
                elif minute != (minute := int(session.elapsed // 60)):
                    self._says(_plain_clock(session))
                if (key := keys.get(LOOK)) is not None and key in "hnpgq":
                    return key

    def _check(self) -> None:
        session = self.session
        self._says("The clock stands still while your copy is judged, part by part.")
        # What is typed meanwhile isn't shown, and isn't meant for what comes after.
        with self._keys():
            trouble = session.check(self._judge, self._says)
        if trouble:
            self._says(trouble)
        right = len(session.wanted) - len(session.left)
        self._says(f"{right} of {len(session.wanted)} parts right.")

    def _hint(self) -> None:
        if (opened := self.session.hint()) is None:
            self._says("There are no more hints for what is left.")
            return
        part, count = opened
        self._says(f"\n{part.name}, hint {count} of {len(part.hints)}")
        self.screen.print(Markdown(part.hints[count - 1]))

    # 4 and 5: follow-ups and rubric.

    def _follow_ups(self) -> None:
        session = self.session
        self._head("follow-ups")
        while card := session.card():
            self.screen.print()
            drill_terminal.show(self.screen, card.front)
            self.screen.print()
            self._answer("Answer aloud, then press Enter (p pauses, q leaves). ")
            self.screen.print()
            drill_terminal.show(self.screen, card.back)
            self.screen.print()
            grade = self._word(drill_terminal.GRADE, drill_terminal.GRADE_WORDS)
            after = session.grade(card.key, grade)
            self._says(f"It comes back {drill.away(after.due, session.now())}.")
        session.finish("follow-ups")

    def _rubric(self) -> None:
        session = self.session
        self._head("rubric")
        self._says("What would the interviewer write down? A mark for each row.")
        while row := session.row():
            about, *words = row
            self.screen.print()
            self.screen.print(Text(about, style="bold"))
            shown = Table.grid(padding=(0, 1))
            for mark, name in enumerate(MARKS, start=1):
                shown.add_row(f"  {mark}", name, Markdown(words[mark - 1]))
            self.screen.print(shown)
            session.mark(about, self._word("1 weak  2 good  3 strong: ", _MARKS))
        session.finish("rubric")

    # 6: the debrief.

    def _debrief(self) -> None:
        session = self.session
        self._head("debrief")
        found = debrief.make(
            record_file.load()[0], session.key, session.follow_ups.cards
        )
        text = markdown_of(found, lambda spot: spot.place)
        self.screen.print(Markdown(text))
        self._says(f"As a page, with links: {files.shown(write_page(session))}")
        session.end()


@contextlib.contextmanager
def _looked_after(session: Session) -> Iterator[None]:
    """Look after the clock in the background, whatever the learner does meanwhile."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(HEARTBEAT.total_seconds()):
            # What can't be recorded is said where the learner does something.
            with contextlib.suppress(record_file.ProgressError):
                session.tick()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _clock(session: Session) -> Table:
    """The clock, a bar of the minutes gone, and what the keys do."""
    gone, allowed = session.elapsed, session.allowed
    shown = Table.grid(padding=(0, 1))
    shown.add_row(
        Text(face(gone), style="bold"),
        ProgressBar(total=allowed, completed=min(gone, allowed), width=24),
        Text(f"of {face(allowed)} · {_how_far(session)}"),
    )
    whole = Table.grid()
    whole.add_row(shown)
    whole.add_row(Text(_KEYS, style="dim"))
    return whole


def _plain_clock(session: Session) -> str:
    gone, allowed = face(session.elapsed), face(session.allowed)
    return f"{gone} of {allowed} · {_how_far(session)}"


def _how_far(session: Session) -> str:
    if session.is_paused:
        return "paused in another window, p goes on"
    total = len(session.wanted)
    return f"{total - len(session.left)} of {total} parts right"


def write_page(session: Session) -> Path:
    """Write the debrief as a page; where it is."""
    # Late: templates are slow to import.
    from interview.publishing import debrief_page as page

    return page.write(
        debrief.make(record_file.load()[0], session.key, session.follow_ups.cards)
    )
