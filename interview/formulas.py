"""Formulas in Markdown texts, for places where MathJax doesn't run."""

import functools
import re
from collections.abc import Callable

# A code block, code in a line, or a formula; only formulas are groups.
_PIECE = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$(.+?)\$\$|\$(?!\s)([^$\n]+?)(?<!\s)\$(?!\d)", re.DOTALL
)
_TRANSPOSED = "\N{DOWN TACK}"
_WORDS = ("arg", "max", "min", "log", "ln", "exp", "tanh", "cos", "sin")
_SCRIPTS = {
    "^": str.maketrans(f"0123456789+-−nit{_TRANSPOSED}", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱᵗᵀ"),
    "_": str.maketrans("0123456789+-−ijkmnptx", "₀₁₂₃₄₅₆₇₈₉₊₋₋ᵢⱼₖₘₙₚₜₓ"),
}


def replaced(text: str, formula: Callable[[str, bool], str]) -> str:
    """A Markdown text with its formulas replaced; code is left as it is.

    Args:
        text: Markdown.
        formula: makes the replacement from a formula in LaTeX, without its dollar
            signs, and whether it stands on lines of its own.
    """

    def piece(match: re.Match[str]) -> str:
        block, inline = match.groups()
        if block or inline:
            return formula((block or inline).strip(), bool(block))
        return match[0]

    return _PIECE.sub(piece, text)


def in_unicode(text: str) -> str:
    """A Markdown text whose formulas can be read in a terminal: `$d^2$` is d²."""
    if "$" not in text:
        return text
    return replaced(text, lambda latex, _: _escaped(unicode_of(latex)))


def unicode_of(latex: str) -> str:
    """A formula in LaTeX as plain text, with Unicode's letters and signs."""
    bracketed = re.sub(r"([_^])\{([^{}]+)\}", r"\1(\2)", latex)
    text = _converter().latex_to_text(bracketed)
    scripts = rf" *([_^])(?:\(([^()]+)\)|(\w|{_TRANSPOSED}))"
    text = re.sub(scripts, _script, text)
    text = re.sub(rf"\b({'|'.join(_WORDS)}) +(?=\()", r"\1", text)
    text = re.sub(r" *= *", " = ", text)
    return re.sub(r"\s+", " ", text).strip()


def _script(match: re.Match[str]) -> str:
    """A subscript or a superscript in small letters, where Unicode has all of them."""
    sign, group, letter = match.groups()
    whole = group or letter
    table = _SCRIPTS[sign]
    if all(ord(character) in table for character in whole):
        return whole.translate(table)
    return f"{sign}({group})" if group else f"{sign}{letter}"


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing to emphasise."""
    return re.sub(r"([\\*_`|<])", r"\\\1", text)


@functools.cache
def _converter():
    # Imported here because most of what a terminal shows has no formula.
    from pylatexenc import latex2text

    context = latex2text.get_default_latex_context_db()
    signs = {**{word: f" {word} " for word in _WORDS}, "|": "‖", "mid": " | "}
    macros = [latex2text.MacroTextSpec(name, text) for name, text in signs.items()]
    context.add_context_category("ours", prepend=True, macros=macros)
    return latex2text.LatexNodes2Text(latex_context=context, math_mode="text")
