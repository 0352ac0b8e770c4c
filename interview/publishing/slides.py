"""A notebook as a deck of slides: one HTML file that needs no network.

What stands on the slides comes from the cells' `slide` metadata, see `talk`. A
notebook without any has slides of whole cells, by its slideshow metadata (`slide`,
`subslide`, `fragment`, `skip`, `notes`): outputs come as fragments, and model answers
and the sentence that reads a figure go into the speaker notes. How a deck looks is in
templates/deck.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode

from interview import files, headings
from interview.markdown import Renderer
from interview.publishing import talk
from interview.publishing.libraries import FILES, Libraries, web_address
from interview.publishing.slide_parts import (
    DETAILS,
    Slide,
    highlighted,
    output_block,
    short_docstrings,
    without_pointers,
)

TEMPLATES = Path(__file__).parent / "templates"
# Lines of code on a slide of whole cells; more is split in two.
LINES = 28

_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
_DEFINED = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)


def write_slides(
    notebook: NotebookNode,
    target: Path,
    libraries: Libraries,
    beside: str = "",
    page: str = "",
) -> None:
    """Write the deck of a notebook.

    Args:
        notebook: with its outputs; it isn't changed.
        target: the HTML file.
        libraries: they go into the file; where they can't be had, the deck loads them
            from the web each time it's opened.
        beside: the address, from the file, of a folder that holds the libraries, for
            decks that share them; then they don't go into the file.
        page: the address, from the file, of the notebook's page, which the deck links
            to; empty if there is none.
    """
    renderer = Renderer()
    slides = slides_of(notebook, renderer)
    folder = TEMPLATES / "deck"
    texts = libraries.texts
    inline = {} if beside else texts
    deck = {
        "title": re.sub(r"<.*?>", "", slides[0].heading),
        "slides": slides,
        "large": talk.has_slides(notebook),
        "page": page,
        "math": renderer.math,
        "css": (folder / "deck.css").read_text("utf-8"),
        "js": (folder / "deck.js").read_text("utf-8"),
        "inline": {name: inlined(text) for name, text in inline.items()},
        "web": {
            name: beside + Path(file).name if beside and texts else web_address(name)
            for name, (_, file) in FILES.items()
        },
    }
    exporter = TemplateExporter(
        template_name="deck",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
    )
    text, _ = exporter.from_notebook_node(notebook, resources={"deck": deck})
    files.write(target, text)


def inlined(text: str) -> str:
    """JavaScript for a page, changed so that no end tag in it ends the script."""
    text = re.sub("</(script)", r"<\\/\1", text, flags=re.IGNORECASE)
    return text.replace("<!--", r"<\!--")


def slides_of(notebook: NotebookNode, renderer: Renderer) -> list[Slide]:
    """The slides of a notebook, in order."""
    markdown = MarkdownWithMath(renderer=renderer).render
    if talk.has_slides(notebook):
        return talk.slides_of(notebook, markdown)
    builder = _CellSlides(markdown)
    for cell in notebook.cells:
        builder.add(cell)
    return builder.slides


class _CellSlides:
    """Puts a notebook's whole cells onto slides, one after the other."""

    def __init__(self, markdown: Callable[[str], str]) -> None:
        self.markdown = markdown
        self.slides: list[Slide] = []
        self.section = ""
        self.heading, self.level = "", 1
        self.shown = False  # whether the cell before is on a slide

    def add(self, cell: NotebookNode) -> None:
        show = cell.metadata.get("slideshow", {})
        kind = show.get("slide_type", "-")
        text = cell.source if cell.cell_type == "markdown" else None
        if kind == "notes":
            self.slides[-1].notes.append(self.markdown(cell.source))
            return
        if self.section == headings.FOLLOW_UPS and text and text.startswith("### "):
            kind = "fragment"  # each deck asks them, and its notes have the answers
        begins = kind in ("slide", "subslide")
        if text is not None and (begins or kind == "skip"):
            # The text above the first heading explains the cell before. If that cell
            # is on a slide, its explanation goes to the notes.
            text, below = self._at_heading(text)
            hint = "hint" in cell.metadata.get("tags", [])
            if text and self.shown and not hint:
                self.slides[-1].notes.append(self.markdown(text))
            text = self._without_headings(below, strip=begins)
        elif text is not None:
            self._without_headings(text, strip=False)
        if kind == "skip":
            self.shown = False
            return
        if begins:
            self._open("" if text is not None else cell.source)
        if text is not None:
            self._add_text(text, kind == "fragment")
        else:
            self._add_code(cell, kind == "fragment", show.get("show"))
        self.shown = True

    def _at_heading(self, text: str) -> tuple[str, str]:
        """The text above the first heading, and the rest."""
        found = re.search(r"^#+ ", text, re.MULTILINE)
        return (text[: found.start()], text[found.start() :]) if found else (text, "")

    def _without_headings(self, text: str, strip: bool) -> str:
        """Remember the last heading; return the text, without headings if `strip`."""
        at = 0
        for found in re.finditer(r"^(#+) (.+)\n*", text, re.MULTILINE):
            if strip and found.start() != at:
                break
            self.heading, self.level = found[2], len(found[1])
            if self.level < 3:
                self.section = found[2]
            at = found.end()
        return text[at:] if strip else text

    def _open(self, code: str) -> None:
        """Begin a slide; the name that its code defines is in its heading."""
        title = self.heading
        if defined := _DEFINED.search(code):
            title += f": `{defined[1]}`"
        title = re.sub(r"^<p>|</p>\s*$", "", self.markdown(title))
        part = self.section if self.level > 2 else ""
        self.slides.append(Slide(part, title, self.level))

    def _add_text(self, text: str, fragment: bool) -> None:
        """Show Markdown; its folded parts go to the speaker notes."""
        slide = self.slides[-1]
        for folded in DETAILS.finditer(text):
            above = re.findall(r"^### (.+)$", text[: folded.start()], re.MULTILINE)
            title = above[-1] if above else folded["title"]
            slide.notes.append(self.markdown(f"**{title}**\n\n{folded['body']}"))
        text = DETAILS.sub("", text).strip()
        shown = without_pointers(text).strip()
        if shown != text:
            slide.notes.append(self.markdown(text))
            text = shown
        if not text:
            return
        # The class sees the question first, and what to ask back after a press.
        quote = re.match(r"(?:>.*\n?)+", text)
        parts = [text[: quote.end()], text[quote.end() :]] if quote else [text]
        for index, part in enumerate(filter(str.strip, parts)):
            number = slide.next_fragment() if fragment or index else None
            slide.add("text", self.markdown(part), number)

    def _add_code(self, cell: NotebookNode, fragment: bool, show: str | None) -> None:
        """Show code and its outputs. Of code that draws a picture only the picture.

        Args:
            cell: a code cell.
            fragment: whether both come as one fragment.
            show: `code`, `output` or `both`; None chooses by what the cell is.
        """
        tags = cell.metadata.get("tags", [])
        outputs = [found for output in cell.outputs if (found := output_block(output))]
        drawn = any(kind == "figure" for kind, _ in outputs)
        plumbing = {"parameters", "check", "results"} & set(tags)
        slide = self.slides[-1]
        number = slide.next_fragment() if fragment else None
        if show in ("code", "both") or not (show or drawn or plumbing):
            lines = highlighted(short_docstrings(cell.source))
            for part in self._parts(lines):
                slide = self.slides[-1]
                code, solution = _fragmented(part, "answer" in tags, slide.fragments)
                slide.fragments += solution
                slide.add("code", code, number)
        for kind, content in outputs if show != "code" else []:
            if number is None and slide.blocks:
                number = slide.next_fragment()
            slide.add(kind, content, number)

    def _parts(self, lines: list[str]) -> Iterator[list[str]]:
        """The code in one piece if it fits on a slide, else in two."""
        if len(lines) <= LINES:
            yield lines
            return
        # Cut at the empty line that is nearest to the middle.
        gaps = [i for i, line in enumerate(lines) if not line.strip()]
        cut = min(gaps, key=lambda i: abs(2 * i - len(lines)))
        first = self.slides[-1]
        title = first.heading
        first.heading = f"{title} (1 of 2)"
        yield lines[:cut]
        # Both have the same notes, since the explanation comes after the code.
        second = Slide(first.section, f"{title} (2 of 2)", first.level, [], first.notes)
        self.slides.append(second)
        yield lines[cut + 1 :]


def _fragmented(lines: list[str], answer: bool, number: int) -> tuple[str, bool]:
    """A block of code without solution markers, and whether it has a fragment.

    Args:
        lines: highlighted.
        answer: whether the solution in these lines is to be a fragment.
        number: the number of that fragment.
    """
    # An empty line takes half a line, see deck.css.
    text = "".join(line + "\n" if line.strip() else "<i></i>" for line in lines)
    before, begun, rest = _between(text, _BEGIN)
    solution, ended, after = _between(rest if begun else text, _END)
    answer = answer and (begun or ended)
    if answer:
        start = f'<span class="fragment" data-fragment-index="{number}">'
        text = (before if begun else "") + f"{start}{solution.rstrip()}</span>{after}"
    else:
        text = (before if begun else "") + solution + after
    return f'<pre class="code"><code>{text.rstrip()}</code></pre>', answer


def _between(text: str, marker: str) -> tuple[str, bool, str]:
    """The text before the marker's line, whether there is one, the text after it."""
    parts = re.split(rf"^.*{marker}.*\n", text, maxsplit=1, flags=re.MULTILINE)
    return parts[0], len(parts) == 2, parts[1] if len(parts) == 2 else ""
