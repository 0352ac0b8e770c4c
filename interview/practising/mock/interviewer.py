"""What is asked and said in a mock interview, phase by phase, whatever draws it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from interview import files, study_notebooks
from interview.judging import judge
from interview.judging.judge import Verdict
from interview.practising import record_file
from interview.practising.dialogue import (
    Block,
    Choice,
    Dialogue,
    Step,
    ask_card,
    comes_back,
)
from interview.practising.mock import debrief
from interview.practising.mock.debrief import Debrief
from interview.practising.mock.session import (
    MARKS,
    PHASES,
    TITLES,
    MockSession,
    Moved,
)
from interview.practising.mock.timing import CODING, face

_BUSY = "Your copy is being judged; wait for the verdict."


class Interviewer(Dialogue):
    """A mock interview as a dialogue."""

    def __init__(
        self,
        session: MockSession,
        write_page: Callable[[Debrief], Path],
        judge: Callable[..., Verdict] = judge.judge,
    ) -> None:
        """Take up a mock where it stands; its clock runs on, unless the copy is closed.

        Args:
            session: the mock.
            write_page: writes the debrief as a page, and says where.
            judge: `judge.judge`, or what stands in for it.
        """
        self.session = session
        self._judge, self._write_page = judge, write_page
        self._is_judging = self._is_open = self._is_giving_up = False
        self._debrief: tuple[Block, ...] = ()
        if not session.is_waiting:
            session.go_on()
        self._skip_what_is_done()

    # What a front asks for.

    @property
    def clock(self) -> str:
        """The phase, its time against the time allowed, and how far the parts are."""
        session, phase = self.session, self.session.state.phase
        said = [f"{PHASES.index(phase) + 1} of {len(PHASES)} · {TITLES[phase]}"]
        if phase == "debrief":
            return said[0]
        allowed = f" of {face(session.allowed)}" if session.allowed else ""
        said.append(f"{face(session.elapsed)}{allowed}")
        if phase in CODING:
            said.append(session.how_far)
        if session.is_paused:
            said.append("the clock stands still")
        return " · ".join(said)

    @property
    def controls(self) -> tuple[Choice, ...]:
        """To pause and to give up, as long as the clock runs."""
        is_over = self.session.state.phase == "debrief"
        if is_over or self._is_paused or self._is_giving_up:
            return ()
        return (
            Choice("Pause", self._unless_judging(self.session.pause), "p"),
            Choice("Give up", self._unless_judging(self._ask_to_give_up), "g"),
        )

    def step(self) -> Step:
        """Where the mock stands."""
        phase = self.session.state.phase
        asked = {
            "question": self._question,
            "answer": self._coding,
            "second round": self._coding,
            "follow-ups": self._follow_up,
            "rubric": self._rubric,
            "debrief": self._last,
        }[phase]()
        if phase == "debrief":
            return asked
        if self.session.is_waiting:
            prompt = "The clock starts when you begin, or with the copy's first cell."
            choices = (Choice("Begin", self.session.begin_answer),)
        elif self._is_paused:
            prompt = f"The clock stands at {face(self.session.elapsed)}."
            choices = (Choice("Go on", self.session.go_on),)
        elif self._is_giving_up:
            prompt = "Give this mock up?"
            choices = (
                Choice("Yes, give up", self._give_up, "y"),
                Choice("No", self._ask_to_give_up, "n"),
            )
        else:
            return asked
        return Step(asked.heading, asked.shown, prompt, choices)

    def do(self, act: Callable[[], None]) -> None:
        """Do what was chosen, unless another window has gone on with the mock."""
        try:
            act()
            self._skip_what_is_done()
        except Moved:
            self._say_moved()

    def look(self) -> Callable[[], None] | None:
        """Look after the clock and the copy; what ends the phase if it's time."""
        session, phase = self.session, self.session.state.phase
        if session.is_over or self._is_judging:
            return None
        try:
            if phase not in CODING:
                session.refresh()
                session.tick()
                return None
            came = session.look(phase)
        except Moved:
            self._say_moved()
            return None
        return partial(self._end_coding, phase, came) if came else None

    def leave(self) -> str:
        """Stop the clock; the mock can be taken up again."""
        if self.session.is_over:
            return ""
        self.session.pause()
        return (
            "The clock of this mock stands still. `interview mock --full` takes it up "
            "again."
        )

    def close(self) -> None:
        """Note that the debrief was given."""
        if not self.session.is_over:
            self.session.end()

    # The phases.

    @property
    def _is_paused(self) -> bool:
        return self.session.is_paused and not self._is_judging

    def _step(self, *shown: str | Block, **asked: Any) -> Step:
        phase, allowed = self.session.state.phase, self.session.allowed
        heading = f"{PHASES.index(phase) + 1} of {len(PHASES)} · {TITLES[phase]}"
        if allowed:
            heading += f" · {allowed / 60:g} minutes"
        blocks = [Block("text", b) if isinstance(b, str) else b for b in shown]
        return Step(heading, tuple(blocks), **asked)

    def _spoken(self) -> tuple[str | Block, ...]:
        question = self.session.question
        signatures = "\n".join(p.signature for p in question.parts if p.asked)
        return f"> {question.spoken}", "You write:", Block("code", signatures)

    def _question(self) -> Step:
        session = self.session
        notes = [Block("output", f"You noted: {n}") for n in session.state.notes]
        shown = *self._spoken(), *notes
        if session.state.is_told:
            return self._step(
                *shown,
                prompt="Which of these did you ask?",
                take=session.tick_off,
                rows=session.question.clarifying,
            )
        return self._step(
            *shown,
            prompt="What would you ask back? A line for each question.",
            choices=(Choice("That's all", session.tell),),
            take=session.note,
        )

    def _coding(self) -> Step:
        session = self.session
        if session.state.phase == "answer":
            task = *self._spoken(), "The answers assumed stand in your copy, folded."
        else:
            task = session.question.second_round, "It's near the end of the same copy."
        go_on = partial(self._end_coding, session.state.phase, "left")
        return self._step(
            *task,
            f"Write it in {self.link(files.shown(session.copy), session.copy)}. Run "
            "the check below your answer, or save the copy and have it checked from "
            "here. Once it passes, or when the time is up, this goes on by itself.",
            choices=(
                Choice("Check my copy", self._unless_judging(self._check)),
                Choice("Hint", self._hint, "h"),
                Choice("Next part", self._unless_judging(go_on), "n"),
            ),
            is_timed=True,
        )

    def _unless_judging(self, act: Callable[[], None]) -> Callable[[], None]:
        return lambda: self.say(_BUSY) if self._is_judging else act()

    def _check(self, then: Callable[[], None] = lambda: None) -> None:
        """Have the copy judged, beside what else goes on, and then go on."""
        session = self.session
        if nothing := session.begin_judging():
            self.say(nothing)
            self._say_how_far(then)
            return
        self.say("The clock stands still while your copy is judged, part by part.")
        self._is_judging = True

        def work() -> Verdict:
            try:
                return self._judge(
                    session.state.question,
                    session.copy,
                    lambda line: self.say(Block("output", line)),
                    only=session.to_judge,
                )
            except OSError as error:
                return Verdict(trouble=f"The copy can't be read: {error.strerror}.")
            except Exception as error:  # or the thread ends silently
                return Verdict(trouble=f"The copy couldn't be judged: {error!r}.")

        def done(verdict: Verdict) -> None:
            self._is_judging = False
            if trouble := session.end_judging(verdict):
                self.say(trouble)
            self._say_how_far(then)

        self.aside(work, done)

    def _say_how_far(self, then: Callable[[], None]) -> None:
        self.say(f"{self.session.how_far}.")
        then()

    def _hint(self) -> None:
        if (opened := self.session.hint()) is None:
            self.say("There are no more hints for what is left.")
            return
        part, count = opened
        self.say(f"{part.name}, hint {count} of {len(part.hints)}")
        self.say(Block("text", part.hints[count - 1]))

    def _end_coding(self, phase: str, came: str) -> None:
        """Go on to the next phase; what hasn't passed is judged first."""

        def finish() -> None:
            outcome = came if self.session.left else "passed"
            if outcome == "passed":
                self.say("✓ All that is asked for has passed.")
            self.session.finish(phase, outcome)

        if came == "time":
            self.say("The time is up.")
        finish() if came == "passed" else self._check(finish)

    def _ask_to_give_up(self) -> None:
        self._is_giving_up = not self._is_giving_up

    def _give_up(self) -> None:
        """End the interview; what is written is judged first."""
        self._is_giving_up = False
        if self.session.state.phase in CODING:
            self._check(self.session.give_up)
        else:
            self.session.give_up()

    def _follow_up(self) -> Step:
        card = self.session.card()
        return ask_card(
            self._step().heading,
            card.front,
            card.back,
            is_open=self._is_open,
            reveal=self._open,
            grade=partial(self._grade, card.key),
        )

    def _open(self) -> None:
        self._is_open = True

    def _grade(self, key: str, grade: int) -> None:
        self._is_open = False
        after = self.session.grade(key, grade)
        self.say(comes_back(after.due, self.session.now()))

    def _rubric(self) -> Step:
        about, *words = self.session.row()
        lines = [f"- *{m}*: {w}" for m, w in zip(MARKS, words, strict=True)]
        mark = self.session.mark
        return self._step(
            f"**{about}**",
            "\n".join(lines),
            prompt="What would the interviewer write down?",
            choices=tuple(
                Choice(name, partial(mark, about, n), str(n))
                for n, name in enumerate(MARKS, start=1)
            ),
        )

    def _skip_what_is_done(self) -> None:
        """Go on where nothing is left to ask."""
        if self.session.state.phase == "follow-ups" and self.session.card() is None:
            self.session.finish("follow-ups")
        if self.session.state.phase == "rubric" and self.session.row() is None:
            self.session.finish("rubric")

    def _last(self) -> Step:
        """The debrief; it's written as a page, too, when it's first shown."""
        if not self._debrief:
            session = self.session
            record, cards = record_file.load()[0], session.follow_ups.cards
            found = debrief.make_debrief(record, session.key, cards)
            notebook = study_notebooks.path_of(found.question.number)
            text = found.markdown(lambda s: self.link(s.place, notebook, s.heading))
            self._debrief = (Block("text", f"# {found.title}\n\n{text}"),)
            try:
                page = self._write_page(found)
                says = f"As a page: {self.link(files.shown(page), page)}"
            except OSError as error:
                says = f"The page can't be written: {error}"
            self._debrief += (Block("text", says),)
        return self._step(*self._debrief)

    def _say_moved(self) -> None:
        self.say("This mock has gone on in another window.")
        self.session.refresh()
