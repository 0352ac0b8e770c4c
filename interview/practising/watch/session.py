"""The state of a watched question, and the message for each event.

`interview.practising.watch.loop` calls this at each save, report and key, and a view
shows the messages. This module uses neither screen nor files, so that it is easy to
test.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from interview import files, study_notebooks
from interview.judging.judge import OPTION, Event, Verdict
from interview.practising import (
    check_summary,
    clock,
    hints,
    record_file,
)
from interview.questions import Part, Question

NOT_WRITTEN = "not written yet"
# The mark of a part by the kind of the judge's report.
MARKS = {"passed": "✓", "failed": "✗", "unwritten": "·", "missing": "·"}


class View(Protocol):
    """The output on which a session is shown."""

    # Whether the view always shows the parts and the keys. Then the session shows only
    # the first message, since marks say which other parts aren't right.
    has_panel: bool

    def say(self, line: str) -> None:
        """Show one or more lines below the earlier ones."""

    def clear(self) -> None:
        """Remove all lines, if the view can."""


class Session:
    """One question's file while it's watched.

    Attributes:
        question: the question.
        file: the file that is watched.
        marks: for each part of the question "✓", "✗", "·" where nothing is written
            yet, "…" while it's judged, and "" before that.
        status: what is happening, in a few words.
        is_second: whether the second round has been asked for.
        hints_opened: how many hints for this question were opened, today or before.
        traceback: the traceback of the error behind the shown message; may be empty.
    """

    def __init__(self, question: Question, file: Path, view: View) -> None:
        """Begin, and continue the question's clock or start it."""
        self.question, self.file, self._view = question, file, view
        self.marks = {part.name: "" for part in question.parts}
        self.status = ""
        self.is_second = False
        self.traceback = ""
        self._said: list[str] = []
        self._failed = self._hint = ""
        self._more: list[str] = []
        self._has_verdict = False
        self._hinted: Part | None = None
        self.hints_opened = sum(self._hints().values())
        self._attempt = clock.attempt_for(question.number, file)
        self._started: datetime | None = None
        self.repaint()
        self._start_clock()

    @property
    def is_passed(self) -> bool:
        """Whether all that the question asks for was right at the last check."""
        return all(self.marks[name] == "✓" for name in self.question.asked)

    @property
    def second(self) -> tuple[Part, ...]:
        """The parts of the second round."""
        return tuple(p for p in self.question.parts if p.kind == "second round")

    def time(self, now: datetime) -> str:
        """The clock and the minutes allowed; empty if no clock runs."""
        gone = now - self._started if self._started else record_file.LONGEST
        if not timedelta(0) <= gone < record_file.LONGEST:
            return ""
        minutes, seconds = divmod(int(gone.total_seconds()), 60)
        over = ", over time" if minutes >= self.question.minutes else ""
        return f"{minutes}:{seconds:02d} of {self.question.minutes} min{over}"

    def saved(self) -> None:
        """Note that the file was saved and is being judged."""
        self.status = "checking …"
        if self._has_verdict:
            self._said.clear()
        self._failed = self.traceback = ""
        self._more.clear()
        self.marks = dict.fromkeys(self.marks, "…")
        self.repaint()
        if not self._view.has_panel:
            self._say(f"\n{files.shown(self.file)}, {datetime.now():%H:%M:%S}")

    def heard(self, event: Event) -> None:
        """Handle a report of the judge."""
        name, has_panel = event.name, self._view.has_panel
        if event.kind in MARKS and name in self.marks:
            self.marks[name] = MARKS[event.kind]
        message = event.message("`w`" if has_panel else OPTION)
        if event.kind == "cannot_run":  # the verdict's `trouble` has the same text
            self.traceback = event.traceback
        elif event.kind == "failed" and has_panel and not self._comes_first(name):
            self._more.append(message)
        elif event.kind == "failed":
            self._failed, self.traceback = name, event.traceback
            self._say(message)
        elif message and not (has_panel and event.kind == "unwritten"):
            self._say(message)

    def judged(self, verdict: Verdict, seconds: float) -> None:
        """Handle the verdict, which came `seconds` after the file was read."""
        self._has_verdict = True
        for name, mark in self.marks.items():
            if mark == "…":
                self.marks[name] = "" if verdict.trouble else "·"
        if verdict.passed or verdict.failed or verdict.unwritten:
            lines, trouble = check_summary.sum_up(self.question, self.file, verdict)
            for line in filter(None, [*lines, trouble]):
                self._say(line)
        if verdict.trouble:
            self._say(f"✗ {verdict.trouble}")
        if self._more:
            count = len(self._more)
            self._say(f"· {count} more message{'s' * (count > 1)}: press m.")
        if self.is_passed:
            self._started = None  # its time is known
        if self._hinted and self.marks[self._hinted.name] == "✓":
            self._hinted, self._hint = None, ""
            self.repaint()
        for line in self._next():
            self._say(line)
        self.status = f"checked at {datetime.now():%H:%M:%S}, in {seconds:.1f} s"

    def unfinished(self, line: str) -> None:
        """Show that the file isn't valid Python yet; this doesn't count as a try."""
        for name, mark in self.marks.items():
            if mark == "…":
                self.marks[name] = ""
        self.status = f"not checked: {line}"
        if not self._view.has_panel:
            self._say(self.status)

    def gone(self) -> None:
        """Show that the file doesn't exist."""
        self.status = f"waiting for {files.shown(self.file)}"
        if not self._view.has_panel:
            self._say(f"{self.status} …")

    def hint(self) -> None:
        """Open the next hint for the first part that isn't right."""
        part = self._first_left()
        shown = self._hints().get(part.name, 0)
        self._hint, trouble = hints.open_next(self.question.number, part, shown)
        self._hinted, self.hints_opened = part, sum(self._hints().values())
        self.repaint()
        if trouble:
            self._say(trouble)

    def more(self) -> None:
        """Show the messages on the other parts, below the first."""
        for message in self._more or ["There is no other message."]:
            self._say(message)
        self._more.clear()

    def why(self) -> None:
        """Show the traceback behind the first message."""
        self._say(self.traceback or "No error in your code is behind this.")

    def second_round(self) -> None:
        """Show the task of the second round if the first is passed."""
        if not self.second:
            self._say(f"Question {self.question.number} has no second round.")
        elif not (self.is_passed or self.is_second):
            self._say("The second round comes once the question is passed.")
        else:
            self.is_second = True
            self._say("\n".join(self._task()))

    def say(self, line: str) -> None:
        """Show a line about the watching itself."""
        self._say(line)

    def repaint(self) -> None:
        """Show all lines since the last save again, and the open hint."""
        if not self._view.has_panel:
            return
        self._view.clear()
        if self._hint:
            self._view.say(f"{self._hint}\n")
        for line in self._said:
            self._view.say(line)

    def _say(self, line: str) -> None:
        self._said.append(line)
        self._view.say(line)

    def _hints(self) -> dict[str, int]:
        return record_file.load()[0].of(self.question.number).hints

    def _comes_first(self, name: str) -> bool:
        """Whether a part's message is shown: the first failure of the round that is on.

        In the second round a failure in it takes precedence over an earlier one.
        """
        second = {part.name for part in self.second}
        if self.is_second and name in second:
            return self._failed not in second
        return not self._failed

    def _first_left(self) -> Part:
        """The first part that isn't right, of the round that is on."""
        parts = self.question.parts
        if self.is_second:
            parts = (*self.second, *parts)
        return next((p for p in parts if self.marks[p.name] != "✓"), parts[0])

    def _start_clock(self) -> None:
        number = self.question.number
        if self._attempt is None:
            return
        entry = record_file.load()[0].of(number).attempts.get(self._attempt)
        if entry and set(self.question.asked) <= set(entry.passed):
            return  # its time is known
        self._started, lines = clock.start_and_say(self.question, self._attempt)
        for line in lines:
            self._say(line)

    def _next(self) -> Iterator[str]:
        """The lines on what to do next, when everything asked so far is right."""
        if not self.is_passed:
            return
        notebook = files.shown(study_notebooks.path_of(self.question.number))
        traps = f"the traps in {notebook} are what an interviewer asks next"
        left = [part for part in self.second if self.marks[part.name] != "✓"]
        if not left:
            rounds = "Both rounds are right" if self.second else "All is right"
            yield f"{rounds}: {traps}."
        elif not self.is_second:
            names = " and ".join(part.name for part in self.second)
            yield f"Next is the second round, {names}; {traps}."

    def _task(self) -> Iterator[str]:
        yield "The second round. Write it into the same file:"
        for part in self.second:
            yield ""
            yield part.task.replace("**", "")
            yield ""
            yield f"  {part.signature}"
