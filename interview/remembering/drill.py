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

        Args:
            cards: those that may be asked; new ones are asked in this order.
            new: how many cards a day may be ones that were never seen before.
            minutes: no further card comes after so many minutes; None for no end.
            now: the clock.
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
        self._asked_at = self.now()
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
        due = [c for c in self.cards if c.id in known and known[c.id].due <= now]
        if due:
            due.sort(key=lambda c: (known[c.id].state == _LEARNT, known[c.id].due))
            return self._other(due)
        if self._new_left(record) > 0:
            unseen = [c for c in self.cards if c.id not in known]
            if unseen:
                return unseen[0]
        soon = [
            c
            for c in self.cards
            if c.id in known
            and known[c.id].state != _LEARNT
            and known[c.id].due <= now + EARLY
        ]
        soon.sort(key=lambda c: known[c.id].due)
        return self._other(soon)

    def grade(self, card: Card, grade: int, seconds: float | None = None) -> Memory:
        """Grade a card, 1 (again) to 4 (easy), and record it.

        If the record can't be written, the learner is told so once.

        Args:
            card: the card.
            grade: how well it was known.
            seconds: the time from question to grade, where it was measured.

        Returns:
            The card's memory after this review.
        """
        now, told = self.now(), self._trouble

        def reviewed(before: Memory | None) -> Memory:
            return spacing.review(before, grade, now, seconds)

        try:
            after, aside = record_file.record_review(card.number, card.key, reviewed)
            self._unsaved.pop(card.id, None)
            self._trouble = None
            if aside:
                self.say(aside)
        except record_file.ProgressError as error:
            before = self._load()[1].get(card.id)
            after = self._unsaved[card.id] = reviewed(before)
            self._trouble = str(error)
            if self._trouble != told:
                self.say(self._trouble)
        self.grades[grade] += 1
        self._last = card.id
        return after

    def left(self) -> tuple[int, int, datetime | None]:
        """How many cards are due now, how many are new, and when the next is due."""
        _, known = self._load()
        now = self.now()
        later = [m.due for m in known.values() if m.due > now]
        unseen = len(self.cards) - len(known)
        return spacing.due(known.values(), now), unseen, min(later, default=None)

    def summary(self) -> str:
        """The grades of this sitting and what is left, in a few lines."""
        due, new, later = self.left()
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
        lines.append(f"{rest}; {new} still new (up to {self.new} a day: --new).")
        return "\n".join(lines)

    # A dialogue's methods.

    def step(self) -> Step:
        """The card that is asked; the summary once there is none."""
        if self._asked is None:
            self._asked, self._asked_at = self.next(), self.now()
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
        seconds = (self.now() - self._asked_at).total_seconds()
        after = self.grade(self._asked, grade, max(0.0, seconds))
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
