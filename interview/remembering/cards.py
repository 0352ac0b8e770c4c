"""Cards to remember a question by, made from its study notebook alone.

What a card is follows from headings, tags and folded texts, so that a card can't say
anything else than its notebook: each term of "The idea", each trap, each follow-up,
each second round and each bug hunt is one.
"""

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from interview import headings, notebook_json, questions, study_notebooks
from interview.checks import registry
from interview.notebook_json import Node, tags
from interview.practising.dialogue import Block
from interview.practising.record_models import Level

KINDS = ("term", "trap", "bug hunt", "second round", "follow-up")
LEVELS = get_args(Level)
# What has no level of its own in the notebook: what every interview takes for granted,
# and what a first answer leads to.
_LEVEL_OF = {
    "term": "screen",
    "trap": "onsite",
    "bug hunt": "onsite",
    "second round": "onsite",
}
# Emphasised in "The idea" as they'd be stressed aloud, without being terms.
STRESSED = {"find", "same", "different"}

# What fits on a few screens of a phone, in lines of about 45 letters.
FRONT_LINES = 34
BACK_LINES = 80
OUTPUT_LINES = 14
_FIGURE_LINES = 12
_LETTERS = 45
MORE = "*There is more in the notebook.*"

_DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
_FENCE = re.compile(r"```(?:python)?\n(.*?)```", re.DOTALL)
_LEVELLED = re.compile(r"\((\w+)\) (.+)")
_NO_WORDS = re.compile(r"```.*?```|`[^`]*`|\$[^$]*\$|^\|.*$", re.DOTALL | re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,2})(?=[^\s*])([^*]+?)(?<=\S)\1(?![*\w])")


@dataclass(frozen=True)
class Card:
    """A question to answer aloud, and what a strong answer says.

    Attributes:
        number: the question whose notebook it's from.
        key: stays the same from edition to edition, unique within the question.
        kind: one of `KINDS`.
        level: one of `LEVELS`: in which interview it's asked.
        title: what it's about; gives the answer away where it's a trap.
        section: the heading in the notebook.
        front: what is asked.
        back: the answer.
    """

    number: int
    key: str
    kind: str
    level: str
    title: str
    section: str
    front: tuple[Block, ...]
    back: tuple[Block, ...]

    @property
    def id(self) -> str:
        """Unique among all cards, as `04/follow-up/…`."""
        return f"{self.number:02d}/{self.key}"

    @property
    def place(self) -> str:
        """The file of its notebook, and the section's anchor as JupyterLab has it."""
        notebook = study_notebooks.path_of(self.number).name
        return f"{notebook}#{notebook_json.anchor(self.section)}"


def read(number: int) -> list[Card]:
    """The cards of a question, in its notebook's order.

    Raises:
        NotebookError: there is no such question.
    """
    path = study_notebooks.path_of(number)
    return from_notebook(notebook_json.read(path), number)


def read_all(numbers: Iterable[int] = (), level: str | None = None) -> list[Card]:
    """The cards of these questions, of all if there are none; of a level, or of all."""
    found = (c for n in numbers or study_notebooks.numbers() for c in read(n))
    return [card for card in found if level in (None, card.level)]


def from_notebook(notebook: Node, number: int) -> list[Card]:
    """The cards of a study notebook."""
    sections = questions.sections_of(notebook)
    found = [
        *_terms(sections.get(headings.IDEA, []), set(sections)),
        *_traps(sections.get(headings.TRAPS, [])),
        *_tasks(sections, headings.BUG_HUNT, number),
        *_tasks(sections, headings.SECOND_ROUND, number),
        *_follow_ups(sections.get(headings.FOLLOW_UPS, [])),
    ]
    cards: dict[str, Card] = {}
    for kind, level, name, title, section, front, back in found:
        key = f"{slug(kind)}/{slug(name)}"
        # A term that is emphasised once more isn't another term.
        if key not in cards or kind != "term":
            while key in cards:
                key += "-2"
            cards[key] = Card(
                number, key, kind, level, title, section, tuple(front), tuple(back)
            )
    return list(cards.values())


def slug(text: str) -> str:
    """A text as a part of a key: words in small letters, joined by hyphens."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _terms(cells: list[Node], sections: set[str]) -> Iterator[tuple]:
    """A card for each emphasised word, with its paragraph and the picture below."""
    for place, cell in enumerate(cells):
        if cell.cell_type != "markdown":
            continue
        pictures = []
        for below in cells[place + 1 :]:
            if below.cell_type == "markdown":
                break
            pictures += [b for b in _outputs(below) if b.kind == "figure"]
        for paragraph, whole in _paragraphs(re.sub(r"^## .+\n*", "", cell.source)):
            for term in _emphasised(paragraph):
                if term in sections or term.casefold() in STRESSED:
                    continue
                front = [Block("text", f"What does **{term}** mean here?")]
                back = [Block("text", whole), *pictures[:1]]
                yield "term", _LEVEL_OF["term"], term, term, headings.IDEA, front, back


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Paragraphs with words in them, and each with what it ends in a colon before.

    Each item of a list is one, tables are none.
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    for place, block in enumerate(blocks):
        if block.endswith(":") and place + 1 < len(blocks):
            yield block, f"{block}\n\n{blocks[place + 1]}"
            continue
        for item in re.split(r"^(?:[-*]|\d+\.) +", block, flags=re.MULTILINE):
            if item.strip() and not item.lstrip().startswith("|"):
                yield item.strip(), item.strip()


def _emphasised(text: str) -> list[str]:
    words = [found[2] for found in _EMPHASIS.finditer(_NO_WORDS.sub(" ", text))]
    words = [re.sub(r"\s+", " ", word).strip(" .,:;") for word in words]
    return [word for word in words if re.search(r"[^\W\d]{2}", word)]


def _traps(cells: list[Node]) -> Iterator[tuple]:
    for heading, inside in _headed(cells):
        blocks = [block for piece in inside for block in piece]
        shown = [i for i, b in enumerate(blocks) if b.kind in _SHOWN]
        # A notebook that wasn't rendered yet shows nothing: its first code is asked.
        first = next((i + 1 for i, b in enumerate(blocks) if b.kind == "code"), 0)
        code = [b for b in blocks[: shown[0] if shown else first] if b.kind == "code"]
        if not code:
            asked = f"What goes wrong here, and what do you do? **{heading}**"
            front, back = [Block("text", asked)], blocks
        else:
            asked = [Block("code", without_assertions(b.text)) for b in code]
            asked = [b for b in asked if b.text]
            while len(asked) > 1 and height(asked) > FRONT_LINES:
                del asked[0]
            front = [*asked, Block("text", "What happens, and why?")]
            seen = set(map(id, code))
            back = [b for b in blocks if id(b) not in seen]
        back = [Block("text", f"**{heading}**"), *back]
        level = _LEVEL_OF["trap"]
        yield "trap", level, heading, heading, heading, front, _short(back)


def _follow_ups(cells: list[Node]) -> Iterator[tuple]:
    for heading, inside in _headed(cells):
        blocks = [block for piece in inside for block in piece]
        found = _LEVELLED.fullmatch(heading)
        level, asked = found.groups() if found else ("", heading)
        level = level if level in LEVELS else "onsite"
        front = [Block("text", asked)]
        # What is shown after the answer shows it; the code behind that may be long.
        back = [b for b in blocks if b.kind != "code"]
        yield "follow-up", level, asked, asked, heading, front, _short(back)


def _tasks(
    sections: dict[str, list[Node]], section: str, number: int
) -> Iterator[tuple]:
    """One card for each check of a bug hunt or a second round."""
    groups, above = [], []
    for cell in sections.get(section, []):
        above.append(cell)
        if "check" in tags(cell):
            groups.append(above)
            above = []
    after = [*groups, above][1:]
    for group, following in zip(groups, after, strict=True):
        parts = questions.parts_of(group, registry.of(number).kinds)
        if not parts:
            continue
        kind = parts[0].kind
        name = ", ".join(part.name for part in parts)
        task = parts[0].task
        if kind == "bug hunt":
            ask = "Which faults are in it, and how do you repair them?"
        else:
            ask = "What is your plan?"
        plan = [Block("text", hint) for hint in parts[0].hints]
        said = [b for cell in _said_after(following) for b in _blocks(cell)]
        said = [b for b in said if b.kind == "text"]
        # Of a bug hunt the faults come first; of a second round the way to the code.
        back = [*said, *plan] if kind == "bug hunt" else [*plan, *said]
        solutions = [_solution(cell.source) for cell in group if "answer" in tags(cell)]
        code = [Block("code", text) for text in solutions if text]
        back = _short(back, BACK_LINES - height(code)) + code
        front = [*_split(task), Block("text", ask)]
        yield kind, _LEVEL_OF[kind], name, name, section, front, back


def _said_after(cells: list[Node]) -> Iterator[Node]:
    """What is said of a part when it's right, up to the next task or the next code."""
    for cell in cells:
        if cell.cell_type != "markdown" or "**Task" in cell.source:
            return
        if {"hint", "second-round", "bughunt"} & set(tags(cell)):
            return
        yield cell


def _solution(source: str) -> str:
    """The code of an answer cell, without the markers around the solution."""
    rows = [r for r in source.splitlines() if not questions.MARKER.match(r)]
    return "\n".join(rows).strip()


def _headed(cells: list[Node]) -> Iterator[tuple[str, list[list[Block]]]]:
    """What is under each `###` heading of a section, cell by cell."""
    heading, inside = None, []
    for cell in cells:
        if cell.cell_type != "markdown":
            inside.append(_blocks(cell))
            continue
        pieces = re.split(r"^### (.+)$", cell.source, flags=re.MULTILINE)
        inside.append(_blocks(Node(cell, source=pieces[0])))
        for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
            if heading:
                yield heading, inside
            heading, inside = title.strip(), [_blocks(Node(cell, source=text))]
    if heading:
        yield heading, inside


def _blocks(cell: Node) -> list[Block]:
    """A cell as blocks: text unfolded, code and what it showed."""
    if cell.cell_type == "markdown":
        text = re.sub(r"^## .+\n*", "", _DETAILS.sub(r"\2", cell.source))
        return _split(text)
    if cell.cell_type != "code":
        return []
    return [Block("code", _solution(cell.source)), *_outputs(cell)]


def _split(text: str) -> list[Block]:
    """Markdown as texts and the code that stands in it."""
    blocks = []
    for place, piece in enumerate(
        re.split(r"```(?:python)?\n(.*?)```", text, flags=re.S)
    ):
        if piece.strip():
            kind, kept = ("code", piece.strip("\n")) if place % 2 else ("text", piece)
            blocks.append(Block(kind, kept if place % 2 else kept.strip()))
    return blocks


_SHOWN = ("output", "figure")


def _outputs(cell: Node) -> list[Block]:
    """What a cell printed and drew; no warnings, nothing that is for programs."""
    blocks = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        plain = "".join(data.get("text/plain", ""))
        if "image/png" in data:
            png = "".join(data["image/png"]).replace("\n", "")
            blocks.append(Block("figure", plain, png))
        elif output.output_type == "stream" and output.get("name") == "stdout":
            blocks.append(Block("output", _first_lines(output.text)))
        elif plain and output.output_type in ("execute_result", "display_data"):
            blocks.append(Block("output", _first_lines(plain)))
    return [block for block in blocks if block.text.strip()]


def _first_lines(text: str) -> str:
    rows = text.rstrip().splitlines()
    return "\n".join([*rows[:OUTPUT_LINES], *["…"] * (len(rows) > OUTPUT_LINES)])


def without_assertions(source: str) -> str:
    """Code without what it asserts, which would tell what happens."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic
        return source
    gone: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        asserted = [n for n in body if isinstance(n, ast.Assert)]
        # A block mustn't become empty; nothing else may stand on the line.
        if node is tree or len(asserted) < len(body):
            for n in asserted:
                gone.update(range(n.lineno, n.end_lineno + 1))
    rows = enumerate(source.splitlines(), start=1)
    return "\n".join(row for number, row in rows if number not in gone).strip()


def height(blocks: Iterable[Block]) -> int:
    """About how many lines of a phone they take."""
    return sum(map(_lines, blocks))


def _lines(block: Block) -> int:
    if block.kind == "figure":
        return _FIGURE_LINES
    rows = block.text.splitlines()
    if block.kind == "text":
        return sum(1 + len(row) // _LETTERS for row in rows)
    return len(rows)


def _short(blocks: list[Block], limit: int = BACK_LINES) -> list[Block]:
    """The first blocks that fit on a card, and a line if there are more."""
    kept: list[Block] = []
    for block in blocks:
        if height([*kept, block]) > limit and len(kept) > 1:
            return [*kept, Block("text", MORE)]
        kept.append(block)
    return kept
