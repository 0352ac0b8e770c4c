"""A recall sheet: a question on one printable page, without its answers."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from interview import files, questions, study_notebooks
from interview.notebook_json import Node

TEMPLATES = Path(__file__).parent / "templates"
_FOLLOW_UP = re.compile(r"\((\w+)\) (.+)")


def write_sheet(notebook: Node, target: Path) -> None:
    """Write the sheet of a study notebook.

    Args:
        notebook: it isn't changed.
        target: the HTML file.
    """
    number = questions.number_of(notebook)
    question = questions.from_notebook(notebook, number)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape(default=True)
    )
    environment.filters["markdown"] = _markdown
    environment.filters["inline"] = _inline
    html = environment.get_template("sheet.html.j2").render(
        question=question,
        asked=f"> {question.spoken}",
        ask_back=[asked for asked, _ in question.clarifying],
        follow_ups=[_FOLLOW_UP.match(title).groups() for title in question.follow_ups],
        name=study_notebooks.path_of(number).name,
    )
    files.write(target, html)


def _markdown(text: str) -> Markup:
    return Markup(markdown2html_mistune(text))


def _inline(text: str) -> Markup:
    """One line of Markdown, without the paragraph around it."""
    html = markdown2html_mistune(text).strip()
    return Markup(re.sub(r"\A<p>(.*)</p>\Z", r"\1", html, flags=re.DOTALL))
