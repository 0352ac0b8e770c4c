"""Dialogues in a notebook: what is shown, and what is pressed."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import ipywidgets

from interview import folders, markdown, notebook_json
from interview.practising.dialogue import Block, Choice, Dialogue, Step

# Seconds between two looks at the clock.
LOOK = 1.0


class Board:
    """A dialogue with buttons; `box` is what a cell displays."""

    def __init__(self, dialogue: Dialogue) -> None:
        """Show where a dialogue stands."""
        self._dialogue = dialogue
        self._step: Step | None = None
        self._said: list[Block] = []
        self._work: tuple[Future, Callable[[Any], None]] | None = None
        self._is_closed = False
        self.clock = ipywidgets.HTML()
        self.controls = ipywidgets.HBox()
        self.screen = ipywidgets.Output()
        self.answers = ipywidgets.VBox()
        self.lines = ipywidgets.Output()
        top = ipywidgets.HBox([self.clock, self.controls])
        self.box = ipywidgets.VBox([top, self.screen, self.answers, self.lines])
        dialogue.say, dialogue.link, dialogue.aside = self._say, link, self._aside
        self._try(self._show)

    @property
    def is_busy(self) -> bool:
        """Whether something takes long in the background."""
        return self._work is not None

    def do(self, act: Callable[[], None]) -> None:
        """Do what was chosen; what can't be done is said, whatever it is."""
        self._said.clear()
        self._try(lambda: self._dialogue.do(act))
        self._try(self._show)

    def look(self) -> None:
        """Look after the clock, and go on if it's time. Once a second."""
        if self._work and self._work[0].done():
            (future, done), self._work = self._work, None
            self._try(lambda: self._dialogue.do(lambda: done(future.result())))
        else:
            self._try(self._look)
        self._try(self._show)

    async def keep_looking(self) -> None:
        """Look once a second, until the dialogue is over."""
        while not self._is_closed:
            await asyncio.sleep(LOOK)
            self.look()

    def _look(self) -> None:
        if act := self._dialogue.look():
            self._dialogue.do(act)

    def _try(self, act: Callable[[], None]) -> None:
        """A button or a clock that raises would do nothing, or stop for good."""
        try:
            act()
        except Exception as error:
            told = Block("output", str(error) or repr(error))
            if told not in self._said:
                self._say(told)
            self._show_lines()

    def _say(self, said: Block | str) -> None:
        # Shown later: a thread that judges says something, too.
        self._said.append(Block("output", said) if isinstance(said, str) else said)

    def _aside(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        with_one = ThreadPoolExecutor(1)
        self._work = with_one.submit(work), done
        with_one.shutdown(wait=False)

    def _show(self) -> None:
        """Show what has changed; where somebody is typing nothing is put anew."""
        dialogue = self._dialogue
        step = dialogue.step()
        place, _, time = dialogue.clock.partition(" · ")
        self.clock.value = f"<b>{place}</b> {time}"
        if step != self._step:
            self._step = step
            self.controls.children = tuple(map(self._button, dialogue.controls))
            # Where a clock runs, the line above says it.
            heading = "" if dialogue.clock else f"**{step.heading}**"
            blocks = [Block("text", heading), *step.shown, Block("text", step.prompt)]
            shown = [block for block in blocks if block.text.strip("*")]
            self.screen.outputs = tuple(map(_output, shown))
            self.answers.children = tuple(self._answers(step))
        self._show_lines()
        if step.is_last and not self._is_closed:
            self._is_closed = True
            dialogue.close()

    def _show_lines(self) -> None:
        outputs = tuple(map(_output, list(self._said)))
        if outputs != self.lines.outputs:
            self.lines.outputs = outputs

    def _answers(self, step: Step) -> list[ipywidgets.Widget]:
        if step.rows:
            boxes = [ipywidgets.Checkbox(indent=False) for _ in step.rows]
            lines = []
            for box, (asked, assumed) in zip(boxes, step.rows, strict=True):
                box.layout.width = "2em"
                words = f"{markdown.inline(asked)} <i>{markdown.inline(assumed)}</i>"
                lines.append(ipywidgets.HBox([box, ipywidgets.HTMLMath(words)]))

            def take() -> None:
                step.take({place for place, box in enumerate(boxes) if box.value})

            return [*lines, self._button(Choice("Go on", take))]
        buttons = ipywidgets.HBox([*map(self._button, step.choices)])
        if step.take is None:
            return [buttons]
        line = ipywidgets.Text(
            placeholder="Enter keeps it.",
            continuous_update=False,
            layout=ipywidgets.Layout(width="36em"),
        )
        line.observe(lambda change: self._take(step, change["new"]), names="value")
        return [line, buttons]

    def _take(self, step: Step, text: str) -> None:
        if text.strip():
            self.do(partial(step.take, text))

    def _button(self, choice: Choice) -> ipywidgets.Button:
        button = ipywidgets.Button(description=choice.name)
        button.layout.width = "auto"
        button.on_click(lambda _: self.do(choice.act))
        return button


def link(words: str, path: Path, heading: str = "") -> str:
    """Words that lead to a file, or to a heading of a notebook, in JupyterLab.

    The link names the heading's cell: JupyterLab finds no heading in a notebook that
    isn't open yet, and none with a quotation mark at all.
    """
    place = os.path.relpath(path, folders.HERE.practice).replace(os.sep, "/")
    cell = heading and notebook_json.cell_of(notebook_json.read(path), heading)
    return f"[{words}](<{quote(place)}{f'#cell-id={cell}' if cell else ''}>)"


def _output(block: Block) -> dict:
    """A block as an output of a cell.

    Set as such, not displayed: the clock goes on while no cell runs, and what is
    displayed then would have no place.
    """
    if block.kind == "output":
        return {"output_type": "stream", "name": "stdout", "text": f"{block.text}\n"}
    text = f"```python\n{block.text}\n```" if block.kind == "code" else block.text
    data = {"text/plain": text, "text/markdown": text}
    return {"output_type": "display_data", "data": data, "metadata": {}}


_looking: asyncio.Task | None = None


def start(dialogue: Dialogue) -> ipywidgets.Widget:
    """Show a dialogue, and look after it; one that this kernel showed before rests."""
    global _looking
    board = Board(dialogue)
    if not dialogue.clock:
        return board.box
    if _looking:
        _looking.cancel()
    # A cell runs in the kernel's loop, and the clock goes on in it when the cell ends.
    _looking = asyncio.get_running_loop().create_task(board.keep_looking())
    return board.box
