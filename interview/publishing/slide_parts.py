"""What a slide is made of: its blocks as HTML, its notes, its minutes."""

import html
import re
from dataclasses import dataclass, field

from nbformat import NotebookNode

from interview.publishing.pages import picture_of

DETAILS = re.compile(
    r"<details>\s*<summary>(?P<title>.*?)</summary>(?P<body>.*?)</details>", re.DOTALL
)
_DOCSTRING = re.compile(
    r'(?P<first>^ +"""[^"\n]+)\n(?:(?!""").)*?"""', re.DOTALL | re.MULTILINE
)


@dataclass
class SlideBlock:
    """One thing on a slide: `text`, `code`, `output` or `figure`, as HTML.

    A fragment is shown with the slide's other fragments, after the rest.
    """

    kind: str
    html: str
    is_fragment: bool = False


@dataclass
class Slide:
    """One slide.

    Attributes:
        heading: as HTML.
        level: of the heading, 1 to 3.
        blocks: what stands on the slide, in order.
        notes: what the teacher reads, as HTML.
        minutes: how long the slide takes.
        clock: whether the class works for these minutes, and sees a clock.
        section: what it belongs to, in small letters above the heading.
    """

    heading: str
    level: int
    minutes: int
    blocks: list[SlideBlock] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    clock: bool = False
    section: str = ""

    def add(self, kind: str, content: str, is_fragment: bool = False) -> None:
        self.blocks.append(SlideBlock(kind, content, is_fragment))


def output_block(output: NotebookNode) -> tuple[str, str] | None:
    """What an output shows, and as what; None for standard error and plumbing."""
    if output.output_type == "stream":
        if output.name != "stdout":
            return None
        return "output", f"<pre>{html.escape(output.text.rstrip())}</pre>"
    bundle = output.get("data", {})
    if "image/png" in bundle:
        _, attributes = picture_of(output)
        content = bundle["image/png"].replace("\n", "")
        return "figure", f'<img src="data:image/png;base64,{content}" {attributes}>'
    if "text/plain" in bundle:
        return "output", f"<pre>{html.escape(bundle['text/plain'])}</pre>"
    return None


def short_docstrings(source: str) -> str:
    """Python of whose docstrings only the first lines are left."""
    return _DOCSTRING.sub(r'\g<first>"""', source)
