"""The drill in a notebook: the same cards and the same record, with buttons."""

import base64
from collections.abc import Iterable

import ipywidgets
from IPython.display import Image, Markdown, display

from interview import questions, study_notebooks
from interview.practising import record_file
from interview.practising.record import GRADES
from interview.remembering import cards, drill
from interview.remembering.cards import Block, Card


class Drill:
    """What `start` shows: a card, and the buttons below it."""

    def __init__(self, sitting: drill.Drill) -> None:
        """Show the first card of a sitting."""
        self.sitting = sitting
        self.card: Card | None = None
        self.screen = ipywidgets.Output()
        self.says = ipywidgets.HTML()
        self.answer = ipywidgets.Button(description="Show the answer")
        self.answer.on_click(lambda _: self.show_answer())
        self.grades = [ipywidgets.Button(description=name) for name in GRADES]
        for grade, button in enumerate(self.grades, start=1):
            button.on_click(lambda _, grade=grade: self.grade(grade))
        self.buttons = ipywidgets.HBox()
        self.box = ipywidgets.VBox([self.screen, self.buttons, self.says])
        self.ask()

    def ask(self) -> None:
        """Show the next card's question, or what is left if there is none."""
        self.card = self.sitting.next()
        if self.card is None:
            self.buttons.children = ()
            self._show(Block("text", self.sitting.summary().replace("\n", "  \n")))
            return
        self._show(self._head(), *self.card.front)
        self.buttons.children = (self.answer,)

    def show_answer(self) -> None:
        """Show the answer below the question."""
        study = study_notebooks.path_of(self.card.number).name
        place = f"[{study}, “{self.card.section}”](../notebooks/{self.card.place})"
        line = Block("text", "---")
        front = self._head(), *self.card.front
        self._show(*front, line, *self.card.back, Block("text", place))
        self.buttons.children = tuple(self.grades)

    def grade(self, grade: int) -> None:
        """Record a grade, say when the card comes back, and ask the next."""
        after = self.sitting.grade(self.card, grade)
        says = [self.sitting.trouble, self.sitting.aside]
        says.append(f"That one comes back {self.sitting.back(after)}.")
        self.says.value = " ".join(filter(None, says))
        self.ask()

    def _head(self) -> Block:
        number, kind, level = self.card.number, self.card.kind, self.card.level
        title = questions.read(number).title
        return Block("text", f"**{number} · {title}** · {kind} · {level}")

    def _show(self, *blocks: Block) -> None:
        self.screen.outputs = ()
        with self.screen:
            _display(blocks)


def _display(blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.kind == "text":
            display(Markdown(block.text))
        elif block.kind == "code":
            display(Markdown(f"```python\n{block.text}\n```"))
        elif block.kind == "output":
            print(block.text)
        else:
            png = base64.b64decode(block.png)
            display(Image(data=png, format="png", alt=block.text))


def start(
    *numbers: int,
    new: int = drill.NEW_A_DAY,
    minutes: float | None = None,
    level: str | None = None,
) -> ipywidgets.Widget:
    """A drill with buttons, as `interview drill` is one in a terminal.

    Args:
        numbers: the questions; all if none is named.
        new: how many new cards a day.
        minutes: after how long no further card comes.
        level: only the cards of "screen", "onsite" or "staff".
    """
    _, trouble = record_file.load()
    if trouble:
        print(trouble)
    asked = [c for c in cards.read_all(numbers) if level in (None, c.level)]
    return Drill(drill.Drill(asked, new=new, minutes=minutes)).box
