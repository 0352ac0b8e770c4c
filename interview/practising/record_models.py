"""What the record of progress is made of; `record_file` reads and writes it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, PlainSerializer, PlainValidator


def _when(text: object) -> datetime:
    if not isinstance(text, str):
        raise ValueError("a time was expected")
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


Time = Annotated[datetime, PlainValidator(_when), PlainSerializer(datetime.isoformat)]
Counting = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
# Far more than any part or claim of ours has: a record may come from anybody.
LONGEST_NAME, LONGEST_CLAIM = 100, 300
_Text = Annotated[str, Field(max_length=500)]

Phase = Literal["question", "answer", "second round", "follow-ups", "rubric", "debrief"]
Level = Literal["screen", "onsite", "staff"]
# How well a card was remembered, from grade 1 to grade 4.
GRADES = ("again", "hard", "good", "easy")
# How a phase ended: everything was right, its minutes were over, the learner went on
# with something missing, or there was nothing to get right.
PhaseEnd = Literal["passed", "time", "left", "done"]
# What the judge said of a part when it looked last.
Judged = Literal["passed", "failed", "unwritten", "missing"]


class Pass(BaseModel):
    """When a part passed, and the seconds on the clock; None without a clock."""

    seconds: Seconds | None
    at: Time


class Failure(BaseModel):
    """A claim that a part didn't meet: in how many checks, in which first and last.

    The claim is its id. Records that earlier editions wrote have its sentence instead;
    `record_file` reads them with ids.

    Of the answer itself nothing is kept.
    """

    part: Annotated[str, Field(max_length=LONGEST_NAME)]
    claim: Annotated[str, Field(max_length=LONGEST_CLAIM)]
    count: Counting
    first: Time
    last: Time


class Attempt(BaseModel):
    """One attempt at a question: when its clock started, what passed and what failed.

    `failed` is in the order in which the claims were first met.
    """

    started: Time | None = None
    passed: dict[str, Pass] = {}
    failed: Annotated[list[Failure], Field(max_length=1000)] = []

    def seconds_of(self, names: Iterable[str]) -> float | None:
        """The clock when the last of these parts passed; None if that isn't known."""
        passes = [self.passed.get(name) for name in names]
        if not passes or any(p is None or p.seconds is None for p in passes):
            return None
        return max(p.seconds for p in passes)


class Memory(BaseModel):
    """How well a card is remembered.

    Attributes:
        state: 1 while the card is being learnt, 2 once it is, 3 while it is learnt
            again. With `step`, `stability`, `difficulty` and the dates it is what the
            scheduler needs.
        grades: a digit for each review, 1 (again), 2 (hard), 3 (good) or 4 (easy).
        seconds: how long the reviews took, from question to grade; records of earlier
            editions, and a mock's follow-ups, have none.
    """

    state: Literal[1, 2, 3]
    step: Annotated[int, Field(ge=0)] | None = None
    stability: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    difficulty: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    due: Time
    last_review: Time
    first: Time
    grades: Annotated[str, Field(pattern=r"^[1-4]+$")]
    seconds: list[Seconds] = []


class Attempts(BaseModel):
    """All attempts at a question, its hints opened, by part, and its cards, by key."""

    attempts: dict[Counting, Attempt] = {}
    hints: dict[str, Annotated[int, Field(ge=0, strict=True)]] = {}
    cards: dict[str, Memory] = {}


class Asked(BaseModel):
    """A card that a mock asks, and its grade, 1 to 4, once it was answered."""

    key: _Text
    grade: Annotated[int, Field(ge=1, le=4)] | None = None


class Mock(BaseModel):
    """One whole mock interview.

    Attributes:
        question: its number.
        level: whose follow-ups are asked.
        started: when it began.
        phase: where it stands.
        attempt: the practice copy; None until the question was asked back.
        seen: when its clock ran last; None while it's paused.
        seconds: for each phase, how long the clock ran.
        allowed: for each phase, the minutes that it has.
        notes: what the learner would ask back.
        is_told: whether the clarifying questions were shown.
        had: those of them that the learner ticked.
        hints: how many hints it opened, by part.
        hints_before: how many were open when it began.
        judged: what the judge said of each part.
        outcomes: how the phases ended.
        cards: the follow-ups.
        marks: of each row of the rubric 1 (weak), 2 (good) or 3 (strong).
        given_up: in which phase the learner gave up.
        ended: when it was over.
    """

    question: Counting
    level: Level = "onsite"
    started: Time
    phase: Phase = "question"
    attempt: Counting | None = None
    seen: Time | None = None
    seconds: dict[Phase, Seconds] = {}
    allowed: dict[Phase, Seconds] = {}
    notes: Annotated[list[_Text], Field(max_length=100)] = []
    is_told: bool = False
    had: Annotated[list[_Text], Field(max_length=100)] = []
    hints: dict[str, Annotated[int, Field(ge=0)]] = {}
    hints_before: dict[str, Annotated[int, Field(ge=0)]] = {}
    judged: dict[str, Judged] = {}
    outcomes: dict[Phase, PhaseEnd] = {}
    cards: Annotated[list[Asked], Field(max_length=20)] = []
    marks: dict[str, Annotated[int, Field(ge=1, le=3)]] = {}
    given_up: Phase | None = None
    ended: Time | None = None

    def opened(self, open_now: dict[str, int]) -> dict[str, int]:
        """How many hints it opened, by part, those of `interview hint` meanwhile too.

        Args:
            open_now: how many are open by now, by part.
        """
        found = dict(self.hints)
        if self.ended:  # hints that were opened later aren't this mock's
            return found
        for part, shown in open_now.items():
            if shown > self.hints_before.get(part, 0):
                found[part] = max(shown, found.get(part, 0))
        return found


class Record(BaseModel):
    """All that is known of a learner, by question; and the whole mocks, by key."""

    version: Literal[1]
    questions: dict[Counting, Attempts]
    mocks: dict[str, Mock] = {}

    def of(self, number: int) -> Attempts:
        """What is known of one question; nothing is added."""
        return self.questions.get(number, Attempts())
