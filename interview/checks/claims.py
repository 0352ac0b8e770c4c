"""Claims and their proofs: every check is made of them and prints ✓ and ✗ lines.

A question's check is a list of parts. A part is the list of claims about one asked
name. A claim is a sentence and its proof: a function that takes the learner's answer
and calls `fail` or `need` if the sentence doesn't hold. Any other error that a proof
raises is reported as an error in the learner's code, with the line if there is one.
Nothing here imports TensorFlow.
"""

import contextlib
import functools
import logging
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

from interview.checks import cell_output, errors

Proof = Callable[..., None]
Note = Callable[..., str | None]
Hints = Sequence[tuple[str, str]]

# `tell` shows a ✓ line. Observers get the outcome of each name, too: in a practice copy
# the clock is one, and records it.
tell: Callable[[str], None] = cell_output.show_line
observers: list[Callable[["Outcome"], None]] = []

_LOOK = "the line above is where to look."
_NO_LINE = (
    "no line of yours raised this: the framework did, with what your code gave it."
)
SHOWS_TRACEBACK = "`interview.checks.why()` shows the whole traceback."
_caches: list = []
_last_error: BaseException | None = None


class CheckFailed(AssertionError):
    """An answer isn't right yet; the message says what was expected and what came.

    Jupyter shows the message alone; papermill, nbval and nbgrader see a failed cell.

    Attributes:
        title: the ✗ line.
        message: the whole text. `str` adds to it how to see the error behind it.
        claim: the id of the claim that doesn't hold; empty if the answer isn't written
            yet or lacks a name, since no claim was decided then.
        rows: what was expected, what came and a hint, by these labels.
        cause: the error that the learner's code raised; None if it raised none.
        is_unwritten: whether the answer is still the stub.
        is_shown: whether the cell's output already has the message.
    """

    def __init__(
        self,
        title: str,
        claim: str = "",
        *,
        rows: Mapping[str, str] | None = None,
        cause: BaseException | None = None,
        is_unwritten: bool = False,
    ) -> None:
        self.title, self.claim, self.cause = title, claim, cause
        self.rows, self.is_unwritten, self.is_shown = (
            dict(rows or {}),
            is_unwritten,
            False,
        )
        table = [f"{label + ':':<10}{text}" for label, text in self.rows.items()]
        self.message = "\n".join([title, *table] if title else table)
        super().__init__(f"{self.message} {SHOWS_TRACEBACK}" if cause else self.message)

    def _render_traceback_(self) -> list[str]:
        return [self.title.partition(":")[0] if self.is_shown else str(self)]


class Claim(NamedTuple):
    """A sentence about an answer, and the function that proves it.

    The function's name is the claim's id, unique within its part. Learners' records and
    `question.toml` refer to it, so it stays when the sentence is reworded.
    """

    says: str
    proof: Proof

    @property
    def id(self) -> str:
        return self.proof.__name__


class Outcome(NamedTuple):
    """The result for one name: the failure that ended its claims, or None."""

    question: int
    name: str
    failure: CheckFailed | None


@dataclass(frozen=True)
class Fault:
    """A known mistake: the numbers that it gives, its name, and where to look."""

    value: Any
    says: str
    hint: str


def fail(
    *, expected: str, got: str, hint: str, cause: BaseException | None = None
) -> NoReturn:
    """End a proof: say what was expected, what came, and which way to look.

    Args:
        expected: in words.
        got: in words.
        hint: which way to look.
        cause: the error in the learner's code that ended the proof. Its message and
            line are shown as well, and `why()` prints its traceback.
    """
    if cause:
        got = f"{got}: {_told(cause)}"
    rows = {"expected": expected, "got": got, "hint": hint}
    raise CheckFailed("", rows=rows, cause=cause) from None


def need(holds: object, *, expected: str, got: str, hint: str) -> None:
    """End a proof unless something holds."""
    if not holds:
        fail(expected=expected, got=got, hint=hint)


def once(build: Callable) -> Callable:
    """Decorator: build something from an answer once for all claims of a check.

    The next check builds it again, because the functions that the answer calls may have
    changed in the meantime.
    """
    cached = functools.lru_cache(maxsize=1)(build)
    _caches.append(cached)
    return cached


class Part:
    """The claims about one asked name, in the order in which they are proved.

    A part with several names is about how the answers fit together. Its claims take all
    of these answers, in the order of the names. They are proved after each name has
    passed alone, and count for the last name.
    """

    def __init__(self, *names: str) -> None:
        self.names = names
        self.claims: list[Claim] = []
        self.notes: list[Note] = []

    def claim(self, says: str) -> Callable[[Proof], Proof]:
        """Decorator: the function proves the sentence; its name is the claim's id."""

        def add(proof: Proof) -> Proof:
            self.claims.append(Claim(says, proof))
            return proof

        return add

    def note(self, remark: Note) -> Note:
        """Decorator: the function may return a sentence, shown after the last ✓.

        A note is for something that the task asks for and behaviour can't prove. An
        interviewer would ask about it, so the note mentions it, but it never fails an
        answer.
        """
        self.notes.append(remark)
        return remark


class Question:
    """Everything that is checked about one question."""

    def __init__(self, number: int, *parts: Part, hints: Hints = ()) -> None:
        """Collect the parts of a question.

        Args:
            number: the question.
            parts: one for each name, in the order in which they are checked, and parts
                about how several answers fit together.
            hints: pairs of a text and a hint. If the learner's code raises an error
                whose message contains the text, the hint is added.

        Raises:
            ValueError: two claims about one name have the same id.
        """
        self.number, self.parts, self.hints = number, parts, hints
        self.names = tuple(dict.fromkeys(part.names[-1] for part in parts))
        ids = [(part.names[-1], claim.id) for part in parts for claim in part.claims]
        if twice := {id for id in ids if ids.count(id) > 1}:
            raise ValueError(f"two claims have the same id: {sorted(twice)}")

    def check(self, **answers: Any) -> None:
        """Check the answers given: a ✓ line for each claim, and stop at the first ✗.

        Raises:
            CheckFailed: at the first claim that doesn't hold.
            TypeError: no answer, or a name that this question doesn't ask for.
        """
        unknown = [name for name in answers if name not in self.names]
        if unknown or not answers:
            raise TypeError(
                f"check() takes {', '.join(self.names)}; got "
                f"{', '.join(unknown) or 'nothing'}."
            )
        for outcome in self.outcomes(answers):
            for observer in observers:
                observer(outcome)
            if failure := outcome.failure:
                if failure.rows and cell_output.is_watched():
                    rows = dict(failure.rows)
                    if failure.cause:
                        rows["hint"] += f" {SHOWS_TRACEBACK}"
                    cell_output.show_failure(failure.title, rows, str(failure))
                    failure.is_shown = True
                raise failure from None

    def outcomes(self, answers: Mapping[str, Any]) -> Iterator[Outcome]:
        """Judge the answers name by name; the caller may stop at a failure or go on.

        Notebook cells, `interview check` and nbgrader all get their verdict from here.
        """
        for cache in _caches:
            cache.cache_clear()
        passed: set[str] = set()
        for name in self.names:
            if name not in answers:
                continue
            failure = None
            try:
                with _quiet():
                    self._prove(name, answers, passed)
            except CheckFailed as error:
                failure = error
            else:
                passed.add(name)
            yield Outcome(self.number, name, failure)

    def _prove(self, name: str, answers: Mapping[str, Any], passed: set[str]) -> None:
        ready = [
            part
            for part in self.parts
            if part.names[-1] == name and passed.issuperset(part.names[:-1])
        ]
        for part in sorted(ready, key=lambda part: len(part.names)):
            given = [answers[n] for n in part.names]
            for claim in part.claims:
                _prove(name, claim, given, self.hints)
                tell(f"✓ {name}: {claim.says}")
        for part in ready:
            for remark in _remarks(part, [answers[n] for n in part.names]):
                tell(f"· note: {name}: {remark}")


def _remarks(part: Part, given: Sequence[Any]) -> list[str]:
    """The sentences of a part's notes about these answers."""
    remarks = []
    for note in part.notes:
        # A note is a courtesy, so an error in it is ignored.
        with contextlib.suppress(Exception):
            remarks.append(note(*given))
    return [remark for remark in remarks if remark]


def last_traceback() -> str:
    """The traceback of the error that the last failed check met; empty if none."""
    if _last_error is None:
        return ""
    return "".join(traceback.format_exception(_last_error))


def why() -> None:
    """Print the traceback of the error that the last failed check met."""
    if _last_error is None:
        print("The last check met no error of its own in your code.")
    else:
        print(last_traceback(), file=sys.stderr)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence warnings while a check runs: the check causes them, not the answer.

    A check builds several small models, which TensorFlow takes for needless retracing,
    and saving a model copies tensors in a way that NumPy 2 warns about.
    """
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _prove(name: str, claim: Claim, given: Sequence[Any], hints: Hints) -> None:
    """Prove one claim.

    Raises:
        CheckFailed: the claim doesn't hold, or the learner's code raised an error.
    """
    global _last_error
    _last_error, title = None, f"✗ {name}: {claim.says}"
    try:
        claim.proof(*given)
    except CheckFailed as failure:
        # The error is kept for why() and not chained, because Jupyter shows a chain.
        _last_error = failure.cause
        raise CheckFailed(
            title, claim.id, rows=failure.rows, cause=failure.cause
        ) from None
    except (Exception, SystemExit) as error:
        # SystemExit counts too: an answer that exits mustn't look like one that passes.
        _last_error = error
        stub = isinstance(error, NotImplementedError)
        if stub and errors.is_raised_by_learner(error):
            unwritten = f"✗ {name}: not written yet"
            raise CheckFailed(unwritten, is_unwritten=True) from None
        # An undefined name says nothing about the claim whose proof it interrupted.
        of = "" if errors.met(error).kind == "NameError" else claim.id
        raise CheckFailed(title, of, rows=_rows(error, hints), cause=error) from None


def _rows(error: BaseException, hints: Hints) -> dict[str, str]:
    """The message rows for an error that no proof expects."""
    where = _LOOK if errors.met(error).line else _NO_LINE
    hint = hint_for(error, hints) or errors.advice(str(error)) or where
    return {"expected": "no error", "got": _told(error), "hint": hint}


def hint_for(error: BaseException, hints: Hints) -> str:
    """The first hint whose text is in an error's message; empty if there is none."""
    return next((hint for text, hint in hints if text in str(error)), "")


def _told(error: BaseException) -> str:
    """An error in one line: its kind, its message, the learner's own line."""
    met = errors.met(error)
    first = next((row.strip() for row in met.text.splitlines() if row.strip()), "")
    if len(first) > 300:
        first = first[:300] + "…"
    if not met.line:
        return f"{met.kind}: {first or 'no message'}"
    first = first.removesuffix(".") or "no message"
    return f"{met.kind}: {first}, from this line of yours: {met.line}"
