"""The cards: questions that an interviewer or a colleague would ask, with answers.

A question's cards stand in `interview/checks/qNN/cards.toml`.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from interview import notebook_json, study_notebooks
from interview.checks import registry
from interview.practising.record_models import Level

# In the order in which an interview comes to them; nobody is asked for a definition
# before a question.
KINDS = ("follow-up", "trap", "bug hunt", "second round", "term")
LEVELS = get_args(Level)
# Follow-ups have a level of their own.
_LEVEL_OF = {
    "trap": "onsite",
    "bug hunt": "onsite",
    "second round": "onsite",
    "term": "screen",
}
_LEVELLED = re.compile(r"\((?:screen|onsite|staff)\) (.+)")


@dataclass(frozen=True)
class Card:
    """A question to answer aloud, and what a strong answer says.

    Attributes:
        number: the question that it belongs to.
        key: stays the same from edition to edition; unique within the question.
        kind: one of `KINDS`.
        level: one of `LEVELS`, the interview in which it is asked.
        title: what it is about, understandable without the notebook. It gives the
            answer of a trap away.
        section: the heading in the notebook.
        front: what is asked, in Markdown.
        back: the answer, in Markdown.
    """

    number: int
    key: str
    kind: str
    level: str
    title: str
    section: str
    front: str
    back: str

    @property
    def id(self) -> str:
        """A name that is unique among all cards, as `04/follow-up/…`."""
        return f"{self.number:02d}/{self.key}"

    @property
    def place(self) -> str:
        """The file of its notebook, and the section's anchor as JupyterLab has it."""
        notebook = study_notebooks.path_of(self.number).name
        return f"{notebook}#{notebook_json.anchor(self.section)}"


def read(number: int) -> list[Card]:
    """The cards of a question, in the order of its file.

    Raises:
        NotebookError: there is no such question.
        ManifestError: its `cards.toml` is missing or malformed.
    """
    study_notebooks.path_of(number)  # says which questions there are
    path = registry.FOLDER / f"q{number:02d}" / "cards.toml"
    try:
        return _cards(number, tomllib.loads(path.read_text("utf-8"))["card"])
    except OSError as error:
        raise registry.ManifestError(
            f"{path} can't be read: {error.strerror}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise registry.ManifestError(f"{path}: {error}.") from None
    except KeyError as error:
        raise registry.ManifestError(f"{path}: a card has no {error}.") from None


def read_all(
    numbers: Iterable[int] = (), level: str | None = None, kind: str | None = None
) -> list[Card]:
    """Cards in the order in which interviews ask.

    Follow-ups of all questions come first and terms last. Within a kind, questions
    take turns, those that interviews ask most before the others, so that a learner
    who stops early has seen some of each.

    Args:
        numbers: the questions; all if none is named.
        level: only the cards of this level.
        kind: only the cards of this kind.
    """
    ordered = []
    for place, number in enumerate(by_frequency(numbers or study_notebooks.numbers())):
        turns: dict[tuple[int, int], int] = {}
        for card in read(number):
            rank = KINDS.index(card.kind), LEVELS.index(card.level)
            turns[rank] = turns.get(rank, 0) + 1
            ordered.append((*rank, turns[rank], place, card))
    ordered.sort(key=lambda each: each[:-1])
    found = [card for *_, card in ordered]
    return [
        card
        for card in found
        if level in (None, card.level) and kind in (None, card.kind)
    ]


def by_frequency(numbers: Iterable[int]) -> list[int]:
    """Questions, those that interviews ask often first; see `registry.FREQUENCIES`."""
    ranks = registry.FREQUENCIES
    return sorted(numbers, key=lambda n: (ranks.index(registry.of(n).frequency), n))


def slug(text: str) -> str:
    """A text as a part of a key: words in small letters, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _cards(number: int, tables: Iterable[dict[str, Any]]) -> list[Card]:
    cards: dict[str, Card] = {}
    for table in tables:
        kind, section = table["kind"], table["section"]
        named_by = _named_by(number, table)
        key = f"{slug(kind)}/{slug(named_by)}"
        while key in cards:
            key += "-2"
        title = table.get("title", named_by)
        level = _LEVEL_OF.get(kind) or table["level"]
        front, back = table["front"].strip(), table["back"].strip()
        cards[key] = Card(number, key, kind, level, title, section, front, back)
    return list(cards.values())


def _named_by(number: int, table: dict[str, Any]) -> str:
    """The text that a card's key is made of; it stays when front and back change.

    A follow-up and a trap are named by their headings in the notebook, a bug hunt and
    a second round by the functions asked for, a term by its question.
    """
    kind, section = table["kind"], table["section"]
    if kind in ("bug hunt", "second round"):
        kinds = registry.of(number).kinds
        return table.get("name") or ", ".join(n for n in kinds if kinds[n] == kind)
    if kind == "trap":
        return section
    if kind == "follow-up" and (levelled := _LEVELLED.fullmatch(section)):
        return levelled[1]
    return table["front"].strip()
