"""Cards of a question without a `cards.toml`, made from its study notebook.

Headings, tags and folded texts say what is asked and what the answer is.
"""

import ast
import re
from collections.abc import Iterator
from typing import Any

from interview import headings, questions
from interview.checks import registry
from interview.notebook_json import Node, tags

# What fits on a few screens of a phone.
LONGEST_FRONT = 1500
LONGEST_BACK = 3000
LONGEST_OUTPUT = 14
MORE = "*There is more in the notebook.*"

_DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL)
_LEVELLED = re.compile(r"\((\w+)\) (.+)")


def of(notebook: Node, number: int) -> list[dict[str, Any]]:
    """The cards of a study notebook, as `cards.toml` would have them."""
    sections = questions.sections_of(notebook)
    return [
        *_follow_ups(sections.get(headings.FOLLOW_UPS, [])),
        *_traps(sections.get(headings.TRAPS, [])),
        *_tasks(sections, headings.BUG_HUNT, number),
        *_tasks(sections, headings.SECOND_ROUND, number),
    ]


def _follow_ups(cells: list[Node]) -> Iterator[dict[str, Any]]:
    for heading, texts in _headed(cells):
        if levelled := _LEVELLED.fullmatch(heading):
            level, asked = levelled.groups()
            back = _short([text for text in texts if not text.startswith("```")])
            yield {
                "kind": "follow-up",
                "section": heading,
                "level": level,
                "front": asked,
                "back": back,
            }


def _traps(cells: list[Node]) -> Iterator[dict[str, Any]]:
    for heading, texts in _headed(cells):
        shown = next((i for i, t in enumerate(texts) if t.startswith("```\n")), 0)
        code = [t for t in texts[:shown] if t.startswith("```python")]
        if not code:
            front = f"What goes wrong here, and what do you do? **{heading}**"
        else:
            asked = [_without_assertions(text) for text in code]
            while len(asked) > 1 and sum(map(len, asked)) > LONGEST_FRONT:
                del asked[0]
            front = "\n\n".join([*asked, "What happens, and why?"])
        back = _short([f"**{heading}**", *(t for t in texts if t not in code)])
        yield {"kind": "trap", "section": heading, "front": front, "back": back}


def _tasks(
    sections: dict[str, list[Node]], section: str, number: int
) -> Iterator[dict[str, Any]]:
    """One card for each check of a bug hunt or a second round."""
    groups: list[list[Node]] = [[]]
    for cell in sections.get(section, []):
        groups[-1].append(cell)
        if "check" in tags(cell):
            groups.append([])
    for group in groups[:-1]:
        parts = questions.parts_of(group, registry.of(number).kinds)
        if not parts:
            continue
        is_hunt = parts[0].kind == "bug hunt"
        ask = "Which faults are in it?" if is_hunt else "What is your plan?"
        answers = [questions.code_of(cell) for cell in group if "answer" in tags(cell)]
        yield {
            "kind": parts[0].kind,
            "name": ", ".join(part.name for part in parts),
            "section": section,
            "front": f"{parts[0].task}\n\n{ask}",
            "back": _short([*parts[0].hints, *map(_fenced, answers)]),
        }


def _headed(cells: list[Node]) -> Iterator[tuple[str, list[str]]]:
    """What is under each `###` heading of a section, as pieces of Markdown."""
    heading, texts = "", []
    for cell in cells:
        if cell.cell_type != "markdown":
            texts += _shown(cell)
            continue
        source = _DETAILS.sub(r"\2", cell.source)
        above, *headed = re.split(r"^### (.+)$", source, flags=re.MULTILINE)
        texts.append(above.strip())
        for title, text in zip(headed[::2], headed[1::2], strict=True):
            if heading:
                yield heading, [text for text in texts if text]
            heading, texts = title.strip(), [text.strip()]
    if heading:
        yield heading, [text for text in texts if text]


def _shown(cell: Node) -> list[str]:
    """The code of a cell and what it printed."""
    texts = [_fenced(questions.code_of(cell))]
    for output in cell.get("outputs", []):
        if output.output_type == "stream" and output.get("name") == "stdout":
            rows = output.text.rstrip().splitlines()
            cut = rows[:LONGEST_OUTPUT] + ["…"] * (len(rows) > LONGEST_OUTPUT)
            texts.append("```\n{}\n```".format("\n".join(cut)))
    return texts


def _fenced(code: str) -> str:
    return f"```python\n{code.strip()}\n```"


def _without_assertions(fenced: str) -> str:
    """Code without the assertions at its end, which would tell what happens."""
    code = fenced.removeprefix("```python\n").removesuffix("\n```")
    asserted = [n for n in ast.parse(code).body if isinstance(n, ast.Assert)]
    gone = {row for n in asserted for row in range(n.lineno, n.end_lineno + 1)}
    rows = enumerate(code.splitlines(), start=1)
    return _fenced("\n".join(row for number, row in rows if number not in gone))


def _short(texts: list[str]) -> str:
    """The first texts that fit on a card, and a line if there are more."""
    kept: list[str] = []
    for text in texts:
        if kept and len("\n\n".join([*kept, text])) > LONGEST_BACK:
            return "\n\n".join([*kept, MORE])
        kept.append(text)
    return "\n\n".join(kept)
