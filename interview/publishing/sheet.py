"""Sheets to print: a question without answers, or with them for the night before."""

import ast
import functools
import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from pygments.formatters import HtmlFormatter

from interview import (
    files,
    formulas,
    headings,
    notebook_json,
    questions,
    study_notebooks,
)
from interview.notebook_json import Node
from interview.publishing import pages
from interview.remembering import cards
from interview.remembering.cards import Card

_LEVELLED = re.compile(r"\((\w+)\) (.+)")
# Marks the place of a formula; a character that no text has.
_HELD = "\N{OBJECT REPLACEMENT CHARACTER}"
# So many fit on two pages beside the code.
MOST_FORMULAS = 4
# "0.5." alone says nothing of a trap.
SHORTEST_GIST = 60
# A sentence; it doesn't end inside code in a line.
_SENTENCE = re.compile(r"(?:`[^`]*`|[^`])*?[.?](?=\s+[A-Z`\"]|$)")


def write_sheet(number: int, target: Path) -> None:
    """Write a question's recall sheet, one page of HTML without answers."""
    question = questions.read(number)
    follow_ups = [_LEVELLED.match(title).groups() for title in question.follow_ups]
    html = _template("sheet.html.j2").render(
        question=question,
        asked=f"> {question.spoken}",
        ask_back=[asked for asked, _ in question.clarifying],
        traps=[c.title for c in cards.read(number) if c.kind == "trap"],
        follow_ups=follow_ups,
        name=study_notebooks.path_of(number).name,
    )
    files.write(target, html)


def write_answers(numbers: Sequence[int], target: Path) -> None:
    """Write the sheet with answers, two pages for each question, as one HTML file."""
    html = _template("answers.html.j2").render(
        colours=HtmlFormatter(style="bw").get_style_defs("pre"),
        questions=[_answers(number) for number in numbers],
    )
    files.write(target, html)


def _answers(number: int) -> dict:
    """What the sheet with answers shows of a question."""
    notebook = notebook_json.read(study_notebooks.path_of(number))
    sections = questions.sections_of(notebook)
    by_kind: dict[str, list[Card]] = {kind: [] for kind in cards.KINDS}
    for card in cards.read(number):
        by_kind[card.kind].append(card)
    return {
        "question": questions.read(number),
        "plan": _markdown_of(sections.get(headings.SHORT_ANSWER, [])),
        "formulas": [c for c in by_kind["term"] if "$" in c.back][:MOST_FORMULAS],
        "code": _solutions(sections.get(headings.ANSWER, [])),
        "traps": [(c.title, _gist(c.back)) for c in by_kind["trap"]],
        "bug_hunts": by_kind["bug hunt"],
        "second_rounds": by_kind["second round"],
        "second_code": _solutions(sections.get(headings.SECOND_ROUND, [])),
        "follow_ups": by_kind["follow-up"],
        "name": study_notebooks.path_of(number).name,
    }


def _markdown_of(cells: Sequence[Node]) -> str:
    """The list in a section, or all of its first text where there is no list."""
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    text = re.sub(r"^## .+\n*", "", texts[0]) if texts else ""
    items = re.findall(r"^(?:\d+\.|-) .+$", text, re.MULTILINE)
    return "\n".join(items) or text


def _solutions(cells: Sequence[Node]) -> str:
    """The answers' code in a section, without docstrings and markers."""
    return "\n\n".join(
        _without_docstrings(questions.code_of(cell))
        for cell in cells
        if "answer" in notebook_json.tags(cell)
    )


def _without_docstrings(code: str) -> str:
    gone: set[int] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            text = node.body[0]
            gone.update(range(text.lineno, text.end_lineno + 1))
    rows = enumerate(code.splitlines(), start=1)
    return "\n".join(row for place, row in rows if place not in gone and row.strip())


def _gist(text: str) -> str:
    """The first sentences of a text, as few as say something."""
    plain, said = re.sub(r"\s+", " ", text), ""
    for sentence in _SENTENCE.finditer(plain):
        said += sentence[0]
        if len(said) >= SHORTEST_GIST:
            return said
    return plain


def _template(name: str) -> Template:
    return pages.template(name, markdown=_html, inline=_inline, code=_code)


def _html(text: str) -> Markup:
    # Markdown would read signs inside MathML as its own, so formulas wait outside.
    found: list[str] = []

    def hold(latex: str, is_block: bool) -> str:
        found.append(_mathml(latex, is_block))
        return f"{_HELD}{len(found) - 1}{_HELD}"

    html = markdown2html_mistune(formulas.replaced(text, hold))
    shown = re.sub(f"{_HELD}(\\d+){_HELD}", lambda m: found[int(m[1])], html)
    return Markup(shown)


def _inline(text: str) -> Markup:
    """One line of Markdown, without the paragraph around it."""
    # A plain string, since re.sub would escape what it puts into a Markup.
    html = str(_html(text)).strip()
    return Markup(re.sub(r"\A<p>(.*)</p>\Z", r"\1", html, flags=re.DOTALL))


def _code(code: str) -> Markup:
    return Markup(pages.coloured(code))


@functools.cache
def _mathml(latex: str, is_block: bool) -> str:
    """A formula as MathML, which browsers print without a script."""
    # Imported here because a sheet without answers often has no formula.
    from latex2mathml import converter

    return converter.convert(latex, display="block" if is_block else "inline")
