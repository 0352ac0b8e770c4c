"""A drill: which card comes next, what is asked, and what a grade changes."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from interview import questions, study_notebooks
from interview.practising import record_file
from interview.practising.dialogue import (
    Block,
    Dialogue,
    Step,
    ask_card,
    comes_back,
    utc_now,
)
from interview.practising.record_models import GRADES, Memory
from interview.remembering import spacing
from interview.remembering.cards import Card

NEW_A_DAY = 20
# A card that is being learnt comes a little early, if nothing else is left.
EARLY = timedelta(minutes=20)
_LEARNT = 2


class Drill(Dialogue):
    """One sitting. The record is read before each card and written after each grade.

    A crash therefore loses no grade, and a second terminal doesn't ask again what the
    first one has asked.

    Attributes:
        grades: how often each grade was given.
    """

    def __init__(
        self,
        cards: Sequence[Card],
        *,
        new: int = NEW_A_DAY,
        minutes: float | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Begin.

        Of the cards, at most `new` a day are ones that were never seen; they come in
        this order. No card comes after so many minutes.
        """
        self.cards = cards
        self.new = new
        self.now = now
        self.end = now() + timedelta(minutes=minutes) if minutes else None
        self.grades: Counter[int] = Counter()
        # The reason why the last grade couldn't be recorded; None if it was.
        self._trouble: str | None = None
        # Reviews that couldn't be recorded count for this sitting.
        self._unsaved: dict[str, Memory] = {}
        self._last: str | None = None
        self._asked: Card | None = None
        self._is_open = False

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.end is not None and self.now() >= self.end

    def next(self) -> Card | None:
        """The card to ask; None if the time is up or nothing is left for now.

        Due cards come first: those still being learnt, then those that were learnt.
        New cards follow in their order.
        """
        if self.is_over:
            return None
        record, known = self._load()
        now = self.now()
        learnt = {name for name, memory in known.items() if memory.state == _LEARNT}
        seen = [c for c in self.cards if c.id in known]
        seen.sort(key=lambda c: (c.id in learnt, known[c.id].due))
        due = [c for c in seen if known[c.id].due <= now]
        new = [c for c in self.cards if c.id not in known]
        if not due and new and self._new_left(record) > 0:
            return new[0]
        early = [c for c in seen if known[c.id].due <= now + EARLY]
        return self._other(due or [c for c in early if c.id not in learnt])

    def grade(self, card: Card, grade: int) -> Memory:
        """Grade a card, 1 (again) to 4 (easy), and record it.

        If the record can't be written, the learner is told so once.
        """
        now = self.now()
        try:
            with record_file.changing() as (record, aside):
                known = record.question(card.number).cards
                # Another program may have graded it in between.
                after = spacing.review(known.get(card.key), grade, now)
                known[card.key] = after
            self._unsaved.pop(card.id, None)
            self._trouble = None
            if aside:
                self.say(aside)
        except record_file.ProgressError as error:
            before = self._load()[1].get(card.id)
            after = self._unsaved[card.id] = spacing.review(before, grade, now)
            if self._trouble != str(error):
                self.say(str(error))
            self._trouble = str(error)
        self.grades[grade] += 1
        self._last = card.id
        return after

    def summary(self) -> str:
        """The grades of this sitting and what is left, in a few lines."""
        (_, known), now = self._load(), self.now()
        due = spacing.due(known.values(), now)
        later = min((m.due for m in known.values() if m.due > now), default=None)
        lines = ["The time is up."] if self.is_over else []
        if total := sum(self.grades.values()):
            names = enumerate(GRADES, start=1)
            counts = ", ".join(
                f"{self.grades[n]} {name}" for n, name in names if self.grades[n]
            )
            lines.append(f"{_counted(total)}: {counts}.")
        rest = f"{_counted(due)} due" if due else "Nothing is due"
        if later and not due:
            rest += f" until {later.astimezone():%d %b, %H:%M}"
        new = len(self.cards) - len(known)
        lines.append(f"{rest}; {new} still new (up to {self.new} a day: --new).")
        return "\n".join(lines)

    # A dialogue's methods.

    def step(self) -> Step:
        """The card that is asked; the summary once there is none."""
        if self._asked is None:
            self._asked = self.next()
        card = self._asked
        if card is None:
            return Step("", (Block("output", self.summary()),))
        title = questions.read(card.number).title
        study = study_notebooks.path_of(card.number)
        section = card.section.replace("`", "")
        place = self.link(f"{study.name}, “{section}”", study, section)
        return ask_card(
            f"{card.number} · {title} · {card.kind} · {card.level}",
            card.front,
            f"{card.back}\n\n{place}",
            is_open=self._is_open,
            reveal=self._open,
            grade=self._grade,
        )

    def leave(self) -> str:
        """The summary, for a learner who leaves."""
        return self.summary()

    def _open(self) -> None:
        self._is_open = True

    def _grade(self, grade: int) -> None:
        after = self.grade(self._asked, grade)
        self._asked, self._is_open = None, False
        self.say(comes_back(after.due, self.now()))

    def _load(self) -> tuple[record_file.Record, dict[str, Memory]]:
        record, _ = record_file.load()
        return record, {**spacing.known(record, self.cards), **self._unsaved}

    def _new_left(self, record: record_file.Record) -> int:
        """How many new cards of any question may still come today."""
        today = self.now().astimezone().date()
        saved = [m.first for n in record.questions for m in record.of(n).cards.values()]
        firsts = [*saved, *(m.first for m in self._unsaved.values())]
        return self.new - sum(f.astimezone().date() == today for f in firsts)

    def _other(self, cards: list[Card]) -> Card | None:
        """The first card that isn't the one just asked, if there is another."""
        others = [card for card in cards if card.id != self._last]
        return next(iter(others or cards), None)


def _counted(count: int) -> str:
    return f"{count} card{'' if count == 1 else 's'}"
