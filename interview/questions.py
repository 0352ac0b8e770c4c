"""A question as its study notebook has it, read from headings and tags."""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass

from interview import files, headings, main_guard, notebook_json, study_notebooks
from interview.checks import registry
from interview.notebook_json import Node, tags

_DETAILS = re.compile(
    r"<details>\s*<summary>(.*?)</summary>\s*(.*?)\s*</details>", re.DOTALL
)
_TITLE = re.compile(r"^# (\d+) · (.+)$", re.MULTILINE)
_READING = re.compile(r"^\| Time (?:to read it|as a lesson) \| (\d+) ", re.MULTILINE)
MARKER = re.compile(r"\s*### (BEGIN|END) SOLUTION\s*$")
_CODE_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_TASK = re.compile(r"^\*\*Task.*?(?=^\*\*Task|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One thing that a question asks for, with its own check.

    `kind` is one of `registry.KINDS`.
    """

    name: str
    signature: str
    task: str
    hints: tuple[str, ...]
    kind: str

    @property
    def asked(self) -> bool:
        """Whether the question is passed only if this part is."""
        return self.kind == "asked"


@dataclass(frozen=True)
class Question:
    """A question as an interviewer would put it; all texts are Markdown.

    A row of the `rubric` is what it's about, and a weak, a good and a strong answer.
    `reading_minutes` are those that the notebook's first table names; 0 in a copy.
    """

    number: int
    title: str
    minutes: int
    prompt: str
    parts: tuple[Part, ...]
    traps: tuple[str, ...]
    follow_ups: tuple[str, ...]
    second_round: str
    rubric: tuple[tuple[str, ...], ...]
    reading_minutes: int

    @property
    def spoken(self) -> str:
        """The interviewer's words."""
        said = [line for line in self.prompt.splitlines() if line.startswith(">")]
        return " ".join(line.lstrip("> ") for line in said)

    @property
    def clarifying(self) -> tuple[tuple[str, ...], ...]:
        """What a strong candidate asks first, each with what is assumed."""
        return _rows(self.prompt)

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the parts that must pass for the question to be passed."""
        return tuple(part.name for part in self.parts if part.asked)


def read(number: int) -> Question:
    """The question of a number.

    Raises:
        NotebookError: there is no such question.
    """
    path = study_notebooks.path_of(number)
    return from_notebook(notebook_json.read(path), number)


def from_notebook(notebook: Node, number: int) -> Question:
    """The question that a study notebook, or a practice copy, is about."""
    manifest = registry.of(number)
    sections = sections_of(notebook)
    second_round = sections.get(headings.SECOND_ROUND, [])
    return Question(
        number=number,
        title=manifest.title,
        minutes=manifest.minutes,
        prompt=_markdown(sections.get(headings.QUESTION, [])),
        parts=tuple(
            part
            for heading in (headings.ANSWER, headings.BUG_HUNT, headings.SECOND_ROUND)
            for part in parts_of(sections.get(heading, []), manifest.kinds)
        ),
        traps=_titles(sections.get(headings.TRAPS, [])),
        follow_ups=_titles(sections.get(headings.FOLLOW_UPS, [])),
        second_round=_markdown([c for c in second_round if "second-round" in tags(c)]),
        rubric=_rows(_markdown(sections.get(headings.RUBRIC, []))),
        reading_minutes=_reading_minutes(notebook),
    )


def _reading_minutes(notebook: Node) -> int:
    for cell in notebook.cells:
        if found := _READING.search(cell.source):
            return int(found[1])
    return 0


def number_of(notebook: Node) -> int | None:
    """The question that a notebook is about, whatever stands on top of it.

    A practice copy says so in its metadata, which no learner edits by accident; else
    the first cell with a question's title does.
    """
    known = study_notebooks.numbers()
    said = notebook.metadata.get("interview")
    if isinstance(said, dict) and said.get("question") in known:
        return said["question"]
    titles = (
        int(found[1])
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for found in _TITLE.finditer(cell.source)
    )
    return next((number for number in titles if number in known), None)


def program(number: int) -> str:
    """The whole program in a study notebook: its cells tagged `program`, in order.

    A Markdown cell's code is what a file runs and the notebook only shows. One empty
    line stands between parts, two nowhere: it is as short as it can be read. What it
    does beyond defining is guarded, so that a check of it doesn't train.

    Raises:
        NotebookError: there is no such question, or no whole program in its notebook.
    """
    cells = notebook_json.read(study_notebooks.path_of(number)).cells
    pieces = [code_of(cell) for cell in cells if "program" in tags(cell)]
    if not pieces:
        raise study_notebooks.NotebookError(
            f"Question {number} has no whole program yet; its answer is in "
            f"{files.shown(study_notebooks.path_of(number))}."
        )
    return main_guard.guarded(re.sub("\n{3,}", "\n\n", "\n\n".join(pieces)))


def code_of(cell: Node) -> str:
    """The code of a cell, or in a text, without the markers around a solution."""
    source = cell.source
    if cell.cell_type != "code":
        source = "\n".join(_CODE_BLOCK.findall(source))
    return "\n".join(row for row in source.splitlines() if not MARKER.match(row))


def sections_of(notebook: Node) -> dict[str, list[Node]]:
    """The cells below each `##` heading."""
    sections: dict[str, list[Node]] = {}
    cells: list[Node] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            cells = sections.setdefault(cell.source.splitlines()[0][3:].strip(), [])
        cells.append(cell)
    return sections


def parts_of(cells: list[Node], kinds: Mapping[str, str]) -> list[Part]:
    """A part for each name that a check cell checks, and what stands above it.

    Where a later cell checks a name once more, together with others, its part is the
    first one's.

    Args:
        cells: of one section.
        kinds: what each name is; a check of another name makes no part.
    """
    parts: dict[str, Part] = {}
    above: list[Node] = []
    for cell in cells:
        above.append(cell)
        if "check" not in tags(cell):
            continue
        hints = "\n".join(c.source for c in above if "hint" in tags(c))
        ladder = tuple(
            f"**{title.strip()}**\n\n{text}" for title, text in _DETAILS.findall(hints)
        )
        for name in notebook_json.checked_names(cell):
            if name in kinds and name not in parts:
                kind = kinds[name]
                task = task_of(above, whole=kind == "bug hunt")
                signature = _signature(above, name)
                parts[name] = Part(name, signature, task, ladder, kind)
        above = []
    return list(parts.values())


def task_of(cells: list[Node], whole: bool) -> str:
    """The sentence that sets the task; or all of the text, and the broken program."""
    words = []
    for cell in cells:
        if "bughunt" in tags(cell):
            words.append(f"```python\n{cell.source}\n```")
        elif cell.cell_type == "markdown" and not {"hint", "model-answer"} & set(
            tags(cell)
        ):
            words.append(re.sub(r"^## .+\n*", "", cell.source))
    text = "\n\n".join(word for word in words if word.strip())
    found = None if whole else _TASK.search(text)
    return (found[0] if found else text).strip()


def _signature(cells: list[Node], name: str) -> str:
    """`def` or `class` line of a name, as the answer cell above the check has it."""
    for cell in cells:
        if "answer" not in tags(cell):
            continue
        try:
            body = ast.parse(cell.source).body
        except SyntaxError:  # a practice copy that its learner is in the middle of
            continue
        for node in body:
            if getattr(node, "name", None) != name:
                continue
            if isinstance(node, ast.ClassDef):
                return f"class {name}({', '.join(map(ast.unparse, node.bases))})"
            return f"{name}({ast.unparse(node.args)})"
    return name


def _titles(cells: list[Node]) -> tuple[str, ...]:
    return tuple(re.findall(r"^### (.+)$", _markdown(cells), re.MULTILINE))


def _markdown(cells: list[Node]) -> str:
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return re.sub(r"^## .+\n*", "", "\n\n".join(texts)).strip()


def _rows(markdown: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a table, without its head."""
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    return tuple(
        tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1])
        for row in rows[2:]
    )
