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
from collections.abc import Callable

from nbformat import NotebookNode

from interview import headings, notebook_json, questions
from interview.notebook_json import tags
from interview.publishing.slide_parts import (
    DETAILS,
    Slide,
    highlighted,
    output_block,
    short_docstrings,
)

# What can be taken in from the last row.
WORDS, LINES = 50, 15
# Minutes that a slide takes unless its cell says otherwise.
LOOK, ASK, WRITE, HUNT, EXTEND = 2, 3, 9, 6, 10

_NOTE = re.compile(r"^Teaching note: [^.]*?minutes?\b[^.]*[.;:] *")
_FOLLOW_UP = re.compile(
    r"^### \((?P<level>\w+)\) (?P<asked>.+)\n(?P<rest>(?:(?!^### ).*\n?)*)",
    re.MULTILINE,
)


def has_slides(notebook: NotebookNode) -> bool:
    """Whether a notebook's cells hold what is to stand on its slides."""
    return any("slide" in cell.metadata for cell in notebook.cells)


def slides_of(notebook: NotebookNode, markdown: Callable[[str], str]) -> list[Slide]:
    """The slides of a notebook, in the order of a lesson: the task before the plan.

    Args:
        notebook: with its outputs.
        markdown: renders Markdown as HTML.
    """
    talk = _Talk(markdown)
    sections = _sections(notebook)
    plan = sections.pop(headings.SHORT_ANSWER, [])
    for heading, cells in sections.items():
        if heading == headings.QUESTION:
            talk.open(sections[""], cells)
        elif heading == headings.ANSWER:
            talk.write_now(cells)
            talk.show(headings.SHORT_ANSWER, plan, first=True)
            talk.show_answers(cells)
        elif heading in (headings.BUG_HUNT, headings.SECOND_ROUND):
            talk.let_work(heading, cells)
        elif heading == headings.FOLLOW_UPS:
            talk.ask_follow_ups(cells)
        elif heading:
            talk.show(heading, cells, first=heading == headings.RUBRIC)
    return talk.slides


def _sections(notebook: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The cells below each `##` heading, teaching notes with them."""
    sections: dict[str, list[NotebookNode]] = {"": []}
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            heading = cell.source.splitlines()[0][3:].strip()
        sections.setdefault(heading, []).append(cell)
    return sections


class _Talk:
    """Slides in the making; `markdown` renders what stands on them."""

    def __init__(self, markdown: Callable[[str], str]) -> None:
        self.markdown = markdown
        self.slides: list[Slide] = []

    def open(self, title: list[NotebookNode], cells: list[NotebookNode]) -> None:
        """The title with the interviewer's words; then what a candidate asks back."""
        source = cells[0].source
        name = re.search(r"^# (.+)$", title[0].source, re.MULTILINE)[1]
        quote = re.search(r"(?:^>.*\n?)+", source, re.MULTILINE)[0]
        slide = self._begin(name, 1, title[0], LOOK)
        slide.add("text", self.markdown(_wish(cells[0]).get("text", quote)))
        slide.notes.append(self.markdown(_prose(title[0].source)))
        rows = [line for line in source.splitlines() if line.startswith("|")]
        asked = [f"- {row.split('|')[1].strip()}" for row in rows[2:]]
        if asked:
            slide = self._begin("What do you ask back?", 2, cells[0], ASK)
            fragment = slide.next_fragment()
            slide.add("text", self.markdown("\n".join(asked)), fragment)
            slide.notes.append(self.markdown("\n".join(rows)))
        self._say_the_rest(cells[1:])

    def write_now(self, cells: list[NotebookNode]) -> None:
        """All that is asked for, as stubs, and a clock: the class writes."""
        tasks = [c for c in cells if c.cell_type == "markdown" and "**Task" in c.source]
        answers = [cell for cell in cells if "answer" in tags(cell)]
        wish = _wish(tasks[0])
        alone = _first_sentences(_task(tasks[0].source)) if len(tasks) == 1 else ""
        slide = self._begin_work(wish.get("title", "Write now"), tasks[0], WRITE)
        self._add_text(slide, wish.get("text", alone))
        self._add_code(slide, "\n\n".join(_stub(cell.source) for cell in answers))
        for cell in tasks:
            slide.notes.append(self.markdown(_task(cell.source)))

    def show_answers(self, cells: list[NotebookNode]) -> None:
        """The asked code; neighbours that fit on one slide together share it."""
        pieces: list[tuple[list[NotebookNode], str]] = []
        for cell in cells:
            wish = _wish(cell)
            if "answer" not in tags(cell) or wish is None:
                continue
            source = _solution(cell.source)
            chunks = [_lines(source, wish)] if "lines" in wish else _cut(source)
            joined = f"{pieces[-1][1]}\n\n{source}" if pieces else ""
            if joined and len(_full(joined)) <= LINES and not wish:
                pieces[-1] = ([*pieces[-1][0], cell], joined)
            else:
                pieces += [([cell], chunk) for chunk in chunks]
        for place, (answered, code) in enumerate(pieces):
            parts = [p for p, (of, _) in enumerate(pieces) if of[0] is answered[0]]
            names = [f"`{name}`" for cell in answered for name in _defined(cell.source)]
            title = f"The answer: {', '.join(names)}"
            if len(parts) > 1:
                title += f" ({parts.index(place) + 1} of {len(parts)})"
            wish = _wish(answered[0])
            slide = self._begin(wish.get("title", title), 2, answered[0], LOOK)
            self._add_text(slide, wish.get("text", "") if place == parts[0] else "")
            self._add_code(slide, code)
        # The notes of an answer follow its code, those of the last its own.
        self._say_answers(cells, [answered for answered, _ in pieces])

    def let_work(self, heading: str, cells: list[NotebookNode]) -> None:
        """A bug hunt or a second round: what to do, the code, a clock."""
        hunt = heading == headings.BUG_HUNT
        first, (answer, *_) = cells[0], [c for c in cells if "answer" in tags(c)]
        broken = next((cell for cell in cells if "bughunt" in tags(cell)), None)
        words = re.sub(r"^## .+\n*", "", first.source)
        slide = self._begin_work(heading, first, HUNT if hunt else EXTEND)
        default = _first_sentences(words if hunt else _task(words))
        self._add_text(slide, (_wish(first) or {}).get("text", default))
        code = _stub(answer.source)
        if hunt and broken is not None:
            code = _lines(broken.source, _wish(broken) or {})
        self._add_code(slide, code)
        slide.notes.append(self.markdown(words))
        for cell in cells[1:]:
            if "answer" in tags(cell):
                code = html.escape(_solution(cell.source))
                slide.notes.append(f"<pre>{code}</pre>")
            elif cell.cell_type == "markdown":
                slide.notes.append(self._note(cell))

    def ask_follow_ups(self, cells: list[NotebookNode]) -> None:
        """A slide for each follow-up: the question, then a short answer to it."""
        short = [a for c in cells for a in (_wish(c) or {}).get("answers", [])]
        text = "\n\n".join(c.source for c in cells if not notebook_json.is_note(c))
        for place, found in enumerate(_FOLLOW_UP.finditer(text)):
            folded = DETAILS.search(found["rest"])
            whole = (folded["body"] if folded else found["rest"]).strip()
            answer = short[place] if place < len(short) else _first_sentences(whole)
            slide = self._begin(found["asked"], 3, cells[0], LOOK)
            slide.section = f"Follow-up, {found['level']}"
            slide.add("text", self.markdown(answer), slide.next_fragment())
            slide.notes.append(self.markdown(whole))
        for cell in filter(notebook_json.is_note, cells):
            self.slides[-1].notes.append(self._note(cell))

    def show(self, heading: str, cells: list[NotebookNode], first: bool) -> None:
        """A slide for each cell that has one, and for the first if there's always one.

        What follows such a cell, up to the next heading, is for the teacher to say.
        """
        shown = False
        for place, cell in enumerate(cells):
            text = cell.source if cell.cell_type == "markdown" else ""
            if notebook_json.is_note(cell):
                self.slides[-1].notes.append(self._note(cell))
                continue
            before, *_ = re.split(r"^#+ .+$", text, maxsplit=1, flags=re.MULTILINE)
            if shown and before.strip() and "hint" not in tags(cell):
                self.slides[-1].notes.append(self.markdown(_prose(before)))
            for found in re.finditer(r"^#{2,} (.+)$", text, re.MULTILINE):
                heading = found[1]
            wish = _wish(cell)
            always = first and place == 0
            if wish is not None and (always or "slide" in cell.metadata):
                self._show_cell(heading, cell, wish)
                shown = True
            elif cell.cell_type == "code" or before != text:
                shown = shown and cell.cell_type == "code"

    def _show_cell(self, heading: str, cell: NotebookNode, wish: dict) -> None:
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
            self._add_code(slide, _lines(_solution(cell.source), wish))
        fragment = slide.next_fragment() if show == "both" else None
        for kind, content in outputs if show != "source" else []:
            if show == "figure" != kind:
                continue
            if "lines" in wish and show == "output" and kind == "output":
                printed = content.removeprefix("<pre>").removesuffix("</pre>")
                content = f"<pre>{_lines(printed, wish)}</pre>"
            slide.add(kind, content, fragment)

    def _say_answers(
        self, cells: list[NotebookNode], shown: list[list[NotebookNode]]
    ) -> None:
        """Put what the notebook says after each answer into its last slide's notes."""
        slides = self.slides[len(self.slides) - len(shown) :]
        last = None
        for cell in cells:
            for of, slide in zip(shown, slides, strict=True):
                if any(cell is one for one in of):
                    last = slide
            about = notebook_json.is_note(cell) or "model-answer" in tags(cell)
            if last and cell.cell_type == "markdown" and about:
                last.notes.append(self._note(cell))

    def _say_the_rest(self, cells: list[NotebookNode]) -> None:
        for cell in cells:
            if cell.cell_type == "markdown":
                self.slides[-1].notes.append(self._note(cell))

    def _begin(self, title: str, level: int, cell: NotebookNode, default: int) -> Slide:
        rendered = re.sub(r"^<p>|</p>\s*$", "", self.markdown(title))
        minutes = (_wish(cell) or {}).get("minutes", default)
        self.slides.append(Slide("", rendered, level, minutes=minutes))
        return self.slides[-1]

    def _begin_work(self, title: str, cell: NotebookNode, default: int) -> Slide:
        slide = self._begin(title, 2, cell, default)
        slide.heading += f": {slide.minutes} minutes"
        slide.clock = True
        return slide

    def _add_text(self, slide: Slide, text: str) -> None:
        if text.strip():
            slide.add("text", self.markdown(DETAILS.sub("", text).strip()))

    def _add_code(self, slide: Slide, source: str) -> None:
        lines = []
        for line in highlighted(source):
            # A line that is too long goes on below, farther in than it began.
            bare = re.sub(r"^((?:<span[^>]*>)?) +", r"\1", line)
            spaces = len(re.sub(r"<[^>]*>", "", line)) - len(
                re.sub(r"<[^>]*>", "", bare)
            )
            lines.append(
                f'<span class="line" style="--spaces: {spaces}">{bare}</span>'
                if bare.strip()
                else "<i></i>"
            )
        slide.add("code", f'<pre class="code"><code>{"".join(lines)}</code></pre>')

    def _note(self, cell: NotebookNode) -> str:
        return self.markdown(_prose(_NOTE.sub("", cell.source)))


def _wish(cell: NotebookNode) -> dict | None:
    """What a cell's metadata ask of its slide; None if it's to have none."""
    wish = cell.metadata.get("slide", {})
    return None if wish is False else wish


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


def _full(source: str) -> list[str]:
    """The lines of a source that aren't empty."""
    return [line for line in source.splitlines() if line.strip()]


def _lines(text: str, wish: dict) -> str:
    first, last = wish.get("lines", (1, None))
    return "\n".join(text.splitlines()[first - 1 : last])


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
    pieces: list[str] = []
    for paragraph in re.split(r"\n\n+", source):
        joined = f"{pieces[-1]}\n\n{paragraph}" if pieces else ""
        if joined and len(_full(joined)) <= LINES:
            pieces[-1] = joined
        else:
            pieces.append(paragraph)
    return pieces


def _defined(source: str) -> list[str]:
    return re.findall(r"^(?:def|class) (\w+)", source, re.MULTILINE)
