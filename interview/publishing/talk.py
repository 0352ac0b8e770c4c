"""The slides of a notebook, one thought each, written for a projector.

A cell's metadata hold what its slide says: `slide`, a dictionary whose keys are all
optional.

- `title`: in place of the heading above the cell.
- `text`: Markdown beside what the cell shows, at most 50 words.
- `show`: `source`, `output`, `figure` (of the output the figures alone) or `both`
  (source and output); by default the output, or the source if there is none.
- `lines`: the first and the last line to show of the source or of the printed text.
- `minutes`: for the notes.
- `answers`: on the cell of the follow-ups, a short answer to each.

Slides that every deck has come from headings and tags: the question, what to ask back,
the tasks, the plan, the answer, the bug hunt, the second round, the follow-ups and the
rubric. A cell whose `slide` is false has none. The notebook's paragraphs go to the
speaker notes.
"""

import html
import re
import textwrap
from collections.abc import Callable

from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode

from interview import headings, questions
from interview.markdown import Renderer
from interview.notebook_json import tags
from interview.publishing.pages import coloured
from interview.publishing.slide_parts import (
    DETAILS,
    Slide,
    output_block,
    short_docstrings,
)

# What can be taken in from the last row.
WORDS, LINES = 50, 15
# Minutes that a slide takes unless its cell says otherwise.
LOOK, ASK, WRITE, HUNT, EXTEND = 2, 3, 9, 6, 10

_FOLLOW_UP = re.compile(
    r"^### \((?P<level>\w+)\) (?P<asked>.+)\n(?P<rest>(?:(?!^### ).*\n?)*)",
    re.MULTILINE,
)


def slides_of(notebook: NotebookNode, renderer: Renderer) -> list[Slide]:
    """The slides of a notebook, in the order of a lesson: the task before the plan."""
    talk = _Talk(MarkdownWithMath(renderer=renderer).render)
    sections: dict[str, list[NotebookNode]] = {"": []}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0][3:].strip()
        sections.setdefault(heading, []).append(cell)
    title, plan = sections.pop(""), sections.pop(headings.SHORT_ANSWER, [])
    for heading, cells in sections.items():
        if heading == headings.QUESTION:
            talk.open(title[0], cells)
        elif heading == headings.ANSWER:
            talk.write_now(cells)
            talk.show(headings.SHORT_ANSWER, plan)
            talk.show(heading, cells)
        elif heading in (headings.BUG_HUNT, headings.SECOND_ROUND):
            talk.let_work(heading, cells)
        elif heading == headings.FOLLOW_UPS:
            talk.ask_follow_ups(cells)
        else:
            talk.show(heading, cells)
    return talk.slides


class _Talk:
    """Slides in the making; `markdown` renders what stands on them."""

    def __init__(self, markdown: Callable[[str], str]) -> None:
        self.markdown = markdown
        self.slides: list[Slide] = []
        # What the last slide answers and its code, if an answer more may share it.
        self.answered: list[str] = []
        self.code = ""

    def open(self, title: NotebookNode, cells: list[NotebookNode]) -> None:
        """The title with the interviewer's words; then what a candidate asks back."""
        question = cells[0]
        name = re.search(r"^# (.+)$", title.source, re.MULTILINE)[1]
        quote = re.search(r"(?:^>.*\n?)+", question.source, re.MULTILINE)[0]
        slide = self._begin(name, 1, title, LOOK)
        self._add_text(slide, _wish(question).get("text", quote))
        slide.notes.append(self.markdown(_prose(title.source)))
        rows = [row for row in question.source.splitlines() if row.startswith("|")]
        if rows:
            asked = "\n".join(f"- {row.split('|')[1].strip()}" for row in rows[2:])
            slide = self._begin("What do you ask back?", 2, question, ASK)
            slide.add("text", self.markdown(asked), is_fragment=True)
            slide.notes.append(self.markdown("\n".join(rows)))
        for cell in cells[1:]:
            self._say(cell)

    def write_now(self, cells: list[NotebookNode]) -> None:
        """All that is asked for, as stubs, and a clock: the class writes."""
        tasks = [c for c in cells if c.cell_type == "markdown" and "**Task" in c.source]
        stubs = [_stub(cell.source) for cell in cells if "answer" in tags(cell)]
        only = _first_sentences(_task(tasks[0].source)) if len(tasks) == 1 else ""
        slide = self._begin_work("Write now", tasks[0], WRITE)
        self._add_text(slide, _wish(tasks[0]).get("text", only))
        slide.add("code", _code("\n\n".join(stubs)))
        slide.notes += [self.markdown(_task(cell.source)) for cell in tasks]

    def let_work(self, heading: str, cells: list[NotebookNode]) -> None:
        """A bug hunt or a second round: what to do, the code, a clock."""
        first = cells[0]
        words = re.sub(r"^## .+\n*", "", first.source)
        slide = self._begin_work(
            heading, first, HUNT if heading == headings.BUG_HUNT else EXTEND
        )
        task = _first_sentences(_task(words))
        self._add_text(slide, _wish(first).get("text", task))
        broken = [_lines(c.source, _wish(c)) for c in cells if "bughunt" in tags(c)]
        stubs = [_stub(cell.source) for cell in cells if "answer" in tags(cell)]
        slide.add("code", _code("\n\n".join(broken or stubs[:1])))
        slide.notes.append(self.markdown(words))
        for cell in cells[1:]:
            if "answer" in tags(cell):
                code = html.escape(_solution(cell.source))
                slide.notes.append(f"<pre>{code}</pre>")
            self._say(cell)

    def ask_follow_ups(self, cells: list[NotebookNode]) -> None:
        """A slide for each follow-up: the question, then a short answer to it."""
        short = [answer for cell in cells for answer in _wish(cell).get("answers", [])]
        text = "\n\n".join(cell.source for cell in cells)
        for place, found in enumerate(_FOLLOW_UP.finditer(text)):
            whole = DETAILS.search(found["rest"])["body"].strip()
            answer = short[place] if place < len(short) else _first_sentences(whole)
            slide = self._begin(found["asked"], 3, cells[0], LOOK)
            slide.section = f"Follow-up, {found['level']}"
            slide.add("text", self.markdown(answer), is_fragment=True)
            slide.notes.append(self.markdown(whole))

    def show(self, section: str, cells: list[NotebookNode]) -> None:
        """The slides of a section's cells.

        The text below such a cell, up to the next heading, goes to its notes. So does
        all that explains an answer.
        """
        heading, follows = section, False
        for cell in cells:
            text = cell.source if cell.cell_type == "markdown" else ""
            told = section == headings.ANSWER and "model-answer" in tags(cell)
            if told and "slide" not in cell.metadata:
                self._say(cell)
                continue
            above, *below = re.split(r"^#{2,} ", text, maxsplit=1, flags=re.MULTILINE)
            if follows and "hint" not in tags(cell):
                self._say(cell, above)
            for found in re.finditer(r"^#{2,} (.+)$", text, re.MULTILINE):
                heading = found[1]
            always = "answer" in tags(cell) or (
                cell is cells[0] and section in (headings.SHORT_ANSWER, headings.RUBRIC)
            )
            wish = cell.metadata.get("slide", {} if always else False)
            # A task stands beside its stub, on the slide for writing.
            if wish is False or "**Task" in text:
                follows = follows and not below
            elif "answer" in tags(cell):
                self._show_answer(cell)
                follows = True
            else:
                self._show_cell(heading, cell)
                follows = True

    def _show_answer(self, cell: NotebookNode) -> None:
        """The asked code, in pieces; on the last slide if it fits there."""
        wish, source = _wish(cell), _solution(cell.source)
        names = re.findall(r"^(?:def|class) (\w+)", source, re.MULTILINE)
        joined = f"{self.code}\n\n{source}"
        if self.answered and not wish and _length(joined) <= LINES:
            self.answered += names
            self.code = joined
            slide = self.slides[-1]
            slide.heading = self._title(_answer_title(self.answered))
            slide.blocks.pop()
            slide.add("code", _code(joined))
            return
        pieces = [_lines(source, wish)] if "lines" in wish else _cut(source)
        for place, piece in enumerate(pieces, start=1):
            title = wish.get("title", _answer_title(names))
            title += f" ({place} of {len(pieces)})" if len(pieces) > 1 else ""
            slide = self._begin(title, 2, cell, LOOK)
            if place == 1:
                self._add_text(slide, wish.get("text", ""))
            slide.add("code", _code(piece))
        if len(pieces) == 1 and not wish:
            self.answered, self.code = names, source

    def _show_cell(self, heading: str, cell: NotebookNode) -> None:
        wish = _wish(cell)
        slide = self._begin(wish.get("title", heading), 2, cell, LOOK)
        if cell.cell_type == "markdown":
            own = re.sub(r"^#+ .+\n*", "", cell.source, flags=re.MULTILINE)
            self._add_text(slide, wish.get("text", own))
            if "text" in wish:
                slide.notes.append(self.markdown(_prose(own)))
            return
        self._add_text(slide, wish.get("text", ""))
        outputs = [found for output in cell.outputs if (found := output_block(output))]
        show = wish.get("show", "output" if outputs else "source")
        if show in ("source", "both"):
            slide.add("code", _code(_lines(_solution(cell.source), wish)))
        if show == "source":
            return
        for kind, content in outputs:
            if kind == "output" and show == "output":
                printed = content.removeprefix("<pre>").removesuffix("</pre>")
                if printed != content:
                    content = f"<pre>{_lines(printed, wish)}</pre>"
            if kind == "figure" or show != "figure":
                slide.add(kind, content, is_fragment=show == "both")

    def _begin(self, title: str, level: int, cell: NotebookNode, default: int) -> Slide:
        minutes = _wish(cell).get("minutes", default)
        self.slides.append(Slide(self._title(title), level, minutes))
        self.answered = []
        return self.slides[-1]

    def _begin_work(self, title: str, cell: NotebookNode, default: int) -> Slide:
        slide = self._begin(_wish(cell).get("title", title), 2, cell, default)
        slide.heading += f": {slide.minutes} minutes"
        slide.clock = True
        return slide

    def _title(self, title: str) -> str:
        return re.sub(r"^<p>|</p>\s*$", "", self.markdown(title))

    def _add_text(self, slide: Slide, text: str) -> None:
        if text := DETAILS.sub("", text).strip():
            slide.add("text", self.markdown(text))

    def _say(self, cell: NotebookNode, text: str | None = None) -> None:
        """Put a cell's text, or a part of it, into the notes of the last slide."""
        if cell.cell_type == "markdown":
            text = cell.source if text is None else text
            if text.strip():
                self.slides[-1].notes.append(self.markdown(_prose(text)))


def _wish(cell: NotebookNode) -> dict:
    """What a cell's metadata ask of its slide."""
    return cell.metadata.get("slide") or {}


def _answer_title(names: list[str]) -> str:
    return f"The answer: {', '.join(f'`{name}`' for name in names)}"


def _code(source: str) -> str:
    """Python as HTML; a line that is too long goes on below, farther in."""
    lines = []
    for line in coloured(source).split("\n"):
        bare = re.sub(r"^((?:<span[^>]*>)?) +", r"\1", line)
        style = f"--spaces: {len(line) - len(bare)}"
        full = f'<span class="line" style="{style}">{bare}</span>'
        lines.append(full if bare else "<i></i>")
    return f'<pre class="code"><code>{"".join(lines)}</code></pre>'


def _prose(text: str) -> str:
    """Markdown without its headings' marks; what is folded in it stands open."""
    text = DETAILS.sub(lambda found: f"*{found['title']}.* {found['body']}", text)
    return re.sub(r"^#+ (.+)$", r"**\1**", text, flags=re.MULTILINE)


def _task(text: str) -> str:
    found = re.search(r"\*\*Task.*", text, re.DOTALL)
    return re.sub(r"^\*\*Task[^*]*\*\* *", "", found[0]) if found else text


def _first_sentences(text: str) -> str:
    """As many whole sentences as fit on a slide; of a sentence too long its clauses."""
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.?!:;]) +", text.split("\n\n")[0]):
        if len(" ".join([*kept, sentence]).split()) > WORDS:
            break
        kept.append(sentence)
    return re.sub(r"[:;]$", ".", " ".join(kept))


def _length(source: str) -> int:
    """How many lines of a source aren't empty."""
    return sum(bool(line.strip()) for line in source.splitlines())


def _lines(text: str, wish: dict) -> str:
    """The lines that a cell's metadata ask for, as far left as they go."""
    first, last = wish.get("lines", (1, None))
    return textwrap.dedent("\n".join(text.splitlines()[first - 1 : last]))


def _solution(source: str) -> str:
    """Code without solution markers; of a docstring the first line stays."""
    lines = short_docstrings(source).splitlines()
    return "\n".join(row for row in lines if not questions.MARKER.match(row)).rstrip()


def _stub(source: str) -> str:
    """Code without its solution."""
    kept, inside = [], False
    for line in short_docstrings(source).splitlines():
        if found := questions.MARKER.match(line):
            inside = found[1] == "BEGIN"
        elif not inside and line.strip():
            kept.append(line)
    return "\n".join(kept)


def _cut(source: str) -> list[str]:
    """Code in pieces that fit on a slide, cut at empty lines."""
    pieces = [""]
    for paragraph in re.split(r"\n\n+", source):
        joined = f"{pieces[-1]}\n\n{paragraph}".lstrip("\n")
        if _length(joined) <= LINES or not pieces[-1]:
            pieces[-1] = joined
        else:
            pieces.append(paragraph)
    return pieces
