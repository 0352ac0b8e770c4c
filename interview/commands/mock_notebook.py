"""A mock in a notebook: the same phases and the same record, with buttons."""

import asyncio
import contextlib
import html
import os
from collections.abc import Callable, Iterator

import ipywidgets

from interview import folders, markdown, study_notebooks
from interview.judging import judge
from interview.practising import record_file
from interview.practising.mock import debrief
from interview.practising.mock import start as starting
from interview.practising.mock.debrief_text import markdown_of
from interview.practising.mock.session import (
    MARKS,
    PHASES,
    TITLES,
    Judge,
    Moved,
    Session,
)
from interview.practising.mock.timing import CODING, face
from interview.practising.record import GRADES
from interview.publishing import debrief_page as page
from interview.remembering.cards import Block, Card
from interview.remembering.follow_ups import FollowUps

# Seconds between two looks at the clock and at the copy.
LOOK = 1.0
# What can't be read or written; it's said, and the mock goes on where it can.
TROUBLE = record_file.ProgressError, study_notebooks.NotebookError, OSError


class Mock:
    """What `start` shows: a clock, what is asked, and what can be done."""

    def __init__(self, session: Session, judged: Judge = judge.judge) -> None:
        """Take up a session where it stands."""
        self.session, self._judge = session, judged
        self.clock = ipywidgets.HTML()
        self.screen = ipywidgets.Output()
        self.lines = ipywidgets.Output()
        self.controls = ipywidgets.VBox()
        self.says = ipywidgets.HTML()
        self.pause = _button("Pause", self.toggle_pause)
        self.quit = _button("Give up", self.ask_to_give_up)
        top = ipywidgets.HBox([self.clock, self.pause, self.quit])
        parts = top, self.screen, self.controls, self.says, self.lines
        self.box = ipywidgets.VBox(parts)
        session.go_on()
        self.show()

    def look(self) -> None:
        """Look after the clock and the copy; go on if it's time. Once a second."""
        session, phase = self.session, self._phase
        if session.is_over and phase == "debrief":
            return
        try:
            if phase in CODING:
                if came := session.look(phase):
                    self.leave(came)
            else:
                session.refresh()
                session.tick()
        except Moved:
            pass
        except TROUBLE as error:
            self._say(str(error))
        if session.state.phase != self._phase:
            self.show()
        self._show_clock()

    def show(self) -> None:
        """Show the phase that the mock is in."""
        phases = {
            "question": self._question,
            "answer": self._code,
            "second round": self._code,
            "follow-ups": self._follow_up,
            "rubric": self._rubric,
            "debrief": self._debrief,
        }
        self._phase = self.session.state.phase
        self._show_clock()
        phases[self._phase]()

    def toggle_pause(self) -> None:
        """Let the clock stand still, or run again."""
        session = self.session
        session.refresh()
        session.go_on() if session.is_paused else session.pause()
        self._show_clock()

    def ask_to_give_up(self) -> None:
        """Ask once more before the interview ends."""
        self._do(_button("Yes, give up", self.give_up), _button("No", self.show))

    def give_up(self) -> None:
        """End the interview; what is written is judged first."""
        if self.session.state.phase in CODING:
            self.check()
        self.session.give_up()
        self.show()

    # 1: the question, asked back.

    def _question(self) -> None:
        session = self.session
        signatures = "\n".join(p.signature for p in session.question.parts if p.asked)
        notes = [f"You noted: {note}" for note in session.state.notes]
        self._show(
            f"> {session.question.spoken}",
            f"You write:\n\n```python\n{signatures}\n```",
            *notes,
        )
        if session.state.is_told:
            self._table()
            return
        self.line = ipywidgets.Text(
            placeholder="What would you ask back? Enter keeps it.",
            continuous_update=False,
            layout=ipywidgets.Layout(width="36em"),
        )
        self.line.observe(self._note, names="value")
        self._do(self.line, _button("I have asked it all", self.tell))

    def _note(self, change: dict) -> None:
        if change["new"].strip():
            with self._told():
                self.session.note(change["new"])
            self.show()

    def tell(self) -> None:
        """Show the clarifying questions, to be ticked."""
        with self._told():
            self.session.tell()
        self.show()

    def _table(self) -> None:
        rows = self.session.question.clarifying
        self.boxes = [ipywidgets.Checkbox(indent=False) for _ in rows]
        lines = [
            ipywidgets.HBox([box, ipywidgets.HTMLMath(_line(asked, assumed))])
            for box, (asked, assumed) in zip(self.boxes, rows, strict=True)
        ]
        for box in self.boxes:
            box.layout.width = "2em"
        title = ipywidgets.HTML("Tick those that you asked:")
        self._do(title, *lines, _button("Go on to your answer", self.tick_off))

    def tick_off(self) -> None:
        """Keep what is ticked, and let the coding begin."""
        rows = {place for place, box in enumerate(self.boxes) if box.value}
        with self._told():
            self.session.tick_off(rows)
        self.show()

    # 2 and 3: coding.

    def _code(self) -> None:
        session = self.session
        name = session.copy.name
        task = "Write your answer in your copy; the answers assumed stand there, too."
        if session.state.phase == "second round":
            task = session.question.second_round
        self._show(
            task,
            f"**[{name}]({name})**",
            "Run the check below your answer, or save the copy and press *Check my "
            "copy*. Once it passes, or when the time is up, this goes on by itself.",
        )
        self._do(
            ipywidgets.HBox(
                [
                    _button("Check my copy", self.check),
                    _button("Hint", self.hint),
                    _button("Go on", lambda: self.leave("left")),
                ]
            )
        )

    def check(self) -> None:
        """Let the judge look at the copy as it was saved last."""
        self._say("The clock stands still while your copy is judged.")
        lines: list[str] = []
        trouble = self.session.check(self._judge, lines.append)
        self._print(Block("output", "\n".join(lines)))
        right = len(self.session.wanted) - len(self.session.left)
        self._say(f"{trouble} {right} of {len(self.session.wanted)} parts right.")

    def hint(self) -> None:
        """Show the next hint for what is left."""
        with self._told():
            if (opened := self.session.hint()) is None:
                self._say("There are no more hints for what is left.")
                return
            part, count = opened
            self._print(Block("text", part.hints[count - 1]))
            self._say(f"{part.name}, hint {count} of {len(part.hints)}")

    def leave(self, came: str) -> None:
        """Go on to the next phase; what hasn't passed is judged first."""
        phase = self._phase
        if came != "passed":
            self.check()
            came = came if self.session.left else "passed"
        with self._told():
            self.session.finish(phase, came)
        self.show()

    # 4 and 5: follow-ups and rubric.

    def _follow_up(self) -> None:
        card = self.session.card()
        if card is None:
            with self._told():
                self.session.finish("follow-ups")
            self.show()
            return
        self._show(*card.front)

        def answer() -> None:
            self._show(*card.front, "---", *card.back)
            grades = enumerate(GRADES, start=1)
            self._do(
                ipywidgets.HBox(
                    [
                        _button(name, lambda g=grade: self.grade(card, g))
                        for grade, name in grades
                    ]
                )
            )

        self._do(_button("Show the answer", answer))

    def grade(self, card: Card, grade: int) -> None:
        """Grade a follow-up, and ask the next."""
        with self._told():
            self.session.grade(card.key, grade)
        self.show()

    def _rubric(self) -> None:
        row = self.session.row()
        if row is None:
            with self._told():
                self.session.finish("rubric")
            self.show()
            return
        about, *words = row
        self._show(
            f"What would the interviewer write down?\n\n**{about}**\n\n"
            + "\n".join(f"- *{m}*: {w}" for m, w in zip(MARKS, words, strict=True))
        )
        marks = enumerate(MARKS, start=1)
        self._do(
            ipywidgets.HBox(
                [
                    _button(name, lambda m=mark: self.mark(about, m))
                    for mark, name in marks
                ]
            )
        )

    def mark(self, about: str, mark: int) -> None:
        """Mark a row of the rubric, and show the next."""
        with self._told():
            self.session.mark(about, mark)
        self.show()

    # 6: the debrief.

    def _debrief(self) -> None:
        found = debrief.make(
            record_file.load()[0], self.session.key, self.session.follow_ups.cards
        )
        text = markdown_of(found, lambda s: f"[{s.place}](../notebooks/{s.link})")
        self._show(text)
        self._do()
        self._print()
        self._say("")
        with self._told():
            target = page.write(found)
            place = os.path.relpath(target, folders.HERE.practice).replace(os.sep, "/")
            self._show(text, f"[As a page, with your earlier mocks]({place})")
        if not self.session.is_over:
            self.session.end()
        self._show_clock()

    # What is on the screen.

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What can't be done, or was done elsewhere, is said."""
        try:
            yield
        except Moved:
            self._say("This mock has gone on in another window.")
            self.session.refresh()
        except TROUBLE as error:
            self._say(str(error))

    def _show_clock(self) -> None:
        session, phase = self.session, self.session.state.phase
        place = f"{PHASES.index(phase) + 1} of {len(PHASES)} · {TITLES[phase]}"
        time = ""
        if phase != "debrief":
            allowed = f" of {face(session.allowed)}" if session.allowed else ""
            time = f" · {face(session.elapsed)}{allowed}"
        if phase in CODING:
            total = len(session.wanted)
            time += f" · {total - len(session.left)} of {total} parts right"
        still = " · the clock stands still" if session.is_paused and time else ""
        self.clock.value = f"<b>{place}</b>{time}{still}"
        self.pause.description = "Go on" if session.is_paused else "Pause"
        hidden = "none" if phase == "debrief" else ""
        self.pause.layout.display = self.quit.layout.display = hidden

    def _show(self, *shown: Block | str) -> None:
        blocks = [Block("text", b) if isinstance(b, str) else b for b in shown]
        self.screen.outputs = tuple(map(_output, blocks))

    def _print(self, *shown: Block) -> None:
        self.lines.outputs = tuple(map(_output, shown))

    def _do(self, *widgets: ipywidgets.Widget) -> None:
        self.controls.children = widgets

    def _say(self, line: str) -> None:
        self.says.value = html.escape(line)


def _button(name: str, do: Callable[[], None]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=name)
    button.layout.width, button.layout.align_self = "auto", "flex-start"
    button.on_click(lambda _: do())
    return button


def _line(asked: str, assumed: str) -> str:
    return f"{markdown.inline(asked)} <i>{markdown.inline(assumed)}</i>"


def _output(block: Block) -> dict:
    """A block as an output of a cell.

    Set as such, not displayed: the clock goes on while no cell runs, and what is
    displayed then would have no place.
    """
    if block.kind == "output":
        return {"output_type": "stream", "name": "stdout", "text": block.text}
    text = f"```python\n{block.text}\n```" if block.kind == "code" else block.text
    data, metadata = {"text/plain": text, "text/markdown": text}, {}
    if block.kind == "figure":
        data = {"text/plain": text, "image/png": block.png}
        metadata = {"image/png": {"alt": text}}
    return {"output_type": "display_data", "data": data, "metadata": metadata}


_polling: asyncio.Task | None = None


async def _poll(board: Mock) -> None:
    while not board.session.is_over:
        await asyncio.sleep(LOOK)
        board.look()


def start(number: int | None = None, level: str = "onsite") -> ipywidgets.Widget:
    """A whole mock with buttons, as `interview mock --full` is one in a terminal.

    The mock that was left is taken up.

    Args:
        number: the question; one that you haven't passed yet if none is named.
        level: whose follow-ups are asked: "screen", "onsite" or "staff".
    """
    global _polling
    record, trouble = record_file.load()
    if trouble:
        print(trouble)
    if left := starting.unfinished(record, number):
        board = Mock(Session(left[-1], FollowUps))
    else:
        board = Mock(starting.begin(number or starting.draw(record), level, FollowUps))
    if _polling:
        _polling.cancel()
    # A cell runs in the kernel's loop, and the clock goes on in it when the cell ends.
    _polling = asyncio.get_running_loop().create_task(_poll(board))
    return board.box
