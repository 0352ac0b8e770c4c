"""A notebook as a talk: one HTML file that needs no network.

What stands on which slide comes from the cells' slideshow metadata (`slide`,
`subslide`, `fragment`, `skip`, `notes`), how it looks from templates/deck. What a
class shouldn't see yet, or never, doesn't: outputs come as fragments, model answers
and the sentence that reads a figure go into the speaker notes, and solution markers,
hints and standard error stay in the notebook.
"""

import base64
import html
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbconvert.exporters import TemplateExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from interview import files
from interview.markdown import Renderer
from interview.publishing.libraries import FILES, Libraries, web_address

TEMPLATES = Path(__file__).parent / "templates"
# What fits on a slide in a size that reads from the last row; more is split in two.
LINES = 28

_BEGIN, _END = "### BEGIN SOLUTION", "### END SOLUTION"
_DETAILS = re.compile(
    r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<body>.*?)</details>", re.DOTALL
)
_DOCSTRING = re.compile(
    r'(?P<first>^ +"""[^"\n]+)\n(?:(?!""").)*?"""', re.DOTALL | re.MULTILINE
)
_DEFINED = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)


@dataclass
class Block:
    """One thing on a slide: `text`, `code`, `output` or `figure`, as HTML."""

    kind: str
    html: str
    fragment: int | None = None


@dataclass
class Slide:
    """One slide: its heading, what stands on it in order, what the teacher reads."""

    section: str
    heading: str
    level: int
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fragments: int = 0

    def add(self, kind: str, content: str, fragment: int | None) -> None:
        self.blocks.append(Block(kind, content, fragment))

    def next_fragment(self) -> int:
        self.fragments += 1
        return self.fragments - 1


def write_slides(
    notebook: NotebookNode, target: Path, libraries: Libraries, beside: str = ""
) -> None:
    """Write the deck of a notebook.

    Args:
        notebook: with its outputs; it isn't changed.
        target: the HTML file.
        libraries: they go into the file; where they can't be had, the deck loads them
            from the web each time it's opened.
        beside: the address, from the file, of a folder that holds the libraries, for
            decks that share them; then they don't go into the file.
    """
    renderer = Renderer()
    slides = slides_of(notebook, renderer)
    folder = TEMPLATES / "deck"
    texts = libraries.texts
    inline = {} if beside else texts
    deck = {
        "title": re.sub(r"<.*?>", "", slides[0].heading),
        "slides": slides,
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
    """JavaScript that may stand in a page: no end tag in it ends the script."""
    text = re.sub("</(script)", r"<\\/\1", text, flags=re.IGNORECASE)
    return text.replace("<!--", r"<\!--")


def slides_of(notebook: NotebookNode, renderer: Renderer) -> list[Slide]:
    """The slides of a notebook, in order."""
    builder = _Builder(MarkdownWithMath(renderer=renderer).render)
    for cell in notebook.cells:
        builder.add(cell)
    return builder.slides


class _Builder:
    """Puts a notebook's cells onto slides, one after the other."""

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
        begins = kind in ("slide", "subslide")
        if text is not None and (begins or kind == "skip"):
            # What stands before a heading reads the cell above it: if that is on a
            # slide, it's for the teacher to say.
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
        """What is before the first heading, and the rest."""
        found = re.search(r"^#+ ", text, re.MULTILINE)
        return (text[: found.start()], text[found.start() :]) if found else (text, "")

    def _without_headings(self, text: str, strip: bool) -> str:
        """Notes which part this is; takes its headings off if a slide begins here."""
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
        """Begin a slide. One that begins with code is called after what it defines."""
        title = self.heading
        if defined := _DEFINED.search(code):
            title += f": `{defined[1]}`"
        title = re.sub(r"^<p>|</p>\s*$", "", self.markdown(title))
        part = self.section if self.level > 2 else ""
        self.slides.append(Slide(part, title, self.level))

    def _add_text(self, text: str, fragment: bool) -> None:
        """Markdown; what is folded in it goes to the speaker notes."""
        slide = self.slides[-1]
        for folded in _DETAILS.finditer(text):
            asked = re.search(r"^### (.+)$", text, re.MULTILINE)
            title = asked[1] if asked else folded["title"]
            slide.notes.append(self.markdown(f"**{title}**\n\n{folded['body']}"))
        text = _DETAILS.sub("", text).strip()
        if not text:
            return
        # Of a question the class sees the question first, then what to ask back.
        quote = re.match(r"(?:>.*\n?)+", text)
        parts = [text[: quote.end()], text[quote.end() :]] if quote else [text]
        for index, part in enumerate(filter(str.strip, parts)):
            number = slide.next_fragment() if fragment or index else None
            slide.add("text", self.markdown(part), number)

    def _add_code(self, cell: NotebookNode, fragment: bool, show: str | None) -> None:
        """Code and what it showed. What draws a picture isn't shown beside it.

        Args:
            cell: a code cell.
            fragment: whether both come as one fragment.
            show: `code`, `output` or `both` where that isn't what is wanted.
        """
        tags = cell.metadata.get("tags", [])
        outputs = [found for output in cell.outputs if (found := _output(output))]
        drawn = any(kind == "figure" for kind, _ in outputs)
        plumbing = {"parameters", "check", "results"} & set(tags)
        slide = self.slides[-1]
        number = slide.next_fragment() if fragment else None
        if show in ("code", "both") or not (show or drawn or plumbing):
            lines = _highlighted(cell.source)
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
        """Code that fits on a slide as it is; longer code on two slides."""
        if len(lines) <= LINES:
            yield lines
            return
        # At the empty line that is nearest to the middle.
        gaps = [i for i, line in enumerate(lines) if not line.strip()]
        cut = min(gaps, key=lambda i: abs(2 * i - len(lines)))
        first = self.slides[-1]
        title = first.heading
        first.heading = f"{title} (1 of 2)"
        yield lines[:cut]
        # The same notes for both: what is said of it comes after the code.
        second = Slide(first.section, f"{title} (2 of 2)", first.level, [], first.notes)
        self.slides.append(second)
        yield lines[cut + 1 :]


def _output(output: NotebookNode) -> tuple[str, str] | None:
    """What an output shows, and as what; None for standard error and plumbing."""
    if output.output_type == "stream":
        if output.name != "stdout":
            return None
        return "output", f"<pre>{html.escape(output.text.rstrip())}</pre>"
    bundle = output.get("data", {})
    if "image/png" in bundle:
        alt = output.metadata.get("image/png", {}).get("alt", "")
        content = bundle["image/png"].replace("\n", "")
        width, height = struct.unpack(">II", base64.b64decode(content[:44])[16:24])
        return "figure", (
            f'<img src="data:image/png;base64,{content}" alt="{html.escape(alt)}" '
            f'width="{width}" height="{height}">'
        )
    if "text/html" in bundle:
        return "output", bundle["text/html"]
    if "text/plain" in bundle:
        return "output", f"<pre>{html.escape(bundle['text/plain'])}</pre>"
    return None


def _highlighted(source: str) -> list[str]:
    """Lines of highlighted Python. Of a docstring the first line stays."""
    source = _DOCSTRING.sub(r'\g<first>"""', source)
    lexer, formatter = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)
    return highlight(source, lexer, formatter).rstrip("\n").split("\n")


def _fragmented(lines: list[str], answer: bool, number: int) -> tuple[str, bool]:
    """A block of code without solution markers, and whether it has a fragment.

    Args:
        lines: highlighted.
        answer: whether the solution, or what there is of it, is to be a fragment.
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
    """What is before and after the line with the marker, and whether it's there."""
    parts = re.split(rf"^.*{marker}.*\n", text, maxsplit=1, flags=re.MULTILINE)
    return parts[0], len(parts) == 2, parts[1] if len(parts) == 2 else ""
