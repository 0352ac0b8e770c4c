"""Every decimal in a notebook's prose is computed by the notebook.

The rules, for a decimal in a Markdown cell:

- It is computed if it stands in an output or in a code cell.
- It is computed if a number in an output rounds to it, at the decimals that it has: an
  output 0.98947 covers 0.989 and 0.99. A decimal with one significant digit, such as
  0.5, has to stand there itself, since some output rounds to nearly each of them.
- A percentage is also computed if a share rounds to it: 0.98947 covers 98.9 %.
- Signs don't count. Text alternatives of figures and results in JSON are outputs.
- A version isn't computed: a number behind Keras, TensorFlow, Python and the like.
- Nor is what belongs to an address or an identifier: a link's target, an arXiv number,
  a DOI. What has a second point, such as 3.15.1, is no decimal.
- What no cell computes is listed, with the reason, under `uncomputed` in the question's
  `question.toml`. A number that a cell does compute has to leave that list.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

import nbformat
import pytest

from interview import notebook_json
from interview.checks import registry
from tests.support import number_of

PROGRAMS = "Keras|TensorFlow|Python|NumPy|SciPy|scikit-learn|PyTorch|JAX|CUDA|version"
NOT_MEASURED = re.compile(
    rf"\]\([^)]*\)|<?https?://\S+|arXiv[: ]\d{{4}}\.\d{{4,5}}|doi:\S+"
    rf"|\b(?:{PROGRAMS}) \d+(?:\.\d+)+",
    re.IGNORECASE,
)
DECIMAL = re.compile(
    r"(?<![\w.])(?P<number>\d[\d,]*\.\d+(?:e[-+]?\d+)?)(?!\.?\d)(?P<share>\s?\\?%)?"
)
NUMBER = re.compile(r"(?<![\w.])\d[\d,_]*(?:\.\d*)?(?:e[-+]?\d+)?", re.IGNORECASE)
COLOURS = re.compile(r"\x1b\[[\d;]*m")


def uncovered(notebook) -> set[str]:
    """The decimals of a notebook's prose that nothing in it computes."""
    printed = sorted(numbers(outputs(notebook)))
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    exact = {*printed, *numbers(code)}
    return {
        match["number"]
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for match in DECIMAL.finditer(NOT_MEASURED.sub(" ", cell.source))
        if not is_covered(match["number"], bool(match["share"]), printed, exact)
    }


def is_covered(
    text: str, is_share: bool, printed: list[float], exact: set[float]
) -> bool:
    value = float(text.replace(",", ""))
    if value in exact:
        return True
    mantissa, _, power = text.partition("e")
    if len(re.sub(r"[,.]", "", mantissa).lstrip("0")) < 2:
        return False
    place = int(power or 0) - len(mantissa.partition(".")[2])
    for scale in (1, 100) if is_share else (1,):
        half = 0.5 * 10.0**place / scale * (1 + 1e-9)
        nearest = bisect_left(printed, value / scale - half)
        if nearest < len(printed) and printed[nearest] <= value / scale + half:
            return True
    return False


def numbers(texts: Iterable[str]) -> set[float]:
    return {
        float(re.sub("[,_]", "", match[0]))
        for text in texts
        for match in NUMBER.finditer(text)
    }


def outputs(notebook) -> Iterator[str]:
    """All texts that a notebook shows."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            shown = [text for kind, text in data.items() if kind.startswith("text/")]
            for text in [output.get("text", ""), *shown]:
                yield COLOURS.sub("", "".join(text))
            yield " ".join(map(str, data.get("application/json", {}).values()))


def test_decimals_are_computed(path):
    found = uncovered(notebook_json.read(path))
    listed = set(registry.of(number_of(path)).uncomputed)
    assert found - listed == set(), f"{path.name}: no cell computes these"
    assert listed - found == set(), f"{path.name}: computed, or gone from the prose"


@pytest.mark.parametrize(
    ("prose", "output", "code", "expected"),
    [
        ("It reaches 0.989, or 0.99.", "accuracy 0.98947", "", []),
        ("It reaches 0.988.", "accuracy 0.98947", "", ["0.988"]),
        ("It reaches 0.9895.", "accuracy 0.989", "", ["0.9895"]),
        ("98.9 % are right, 1.1% aren't.", "0.98947 0.01053", "", []),
        ("98.9 of a hundred are right.", "0.98947", "", ["98.9"]),
        ("The state is −0.10.", "state -0.0973", "", []),
        ("Half, 0.5, are.", "0.4973", "", ["0.5"]),
        ("Half, 0.5, are.", "", "Dropout(0.5)", []),
        ("A rate of 0.01.", "", "Adam(0.0125)", ["0.01"]),
        ("In 1,234.5 s, 1.5e-3 each.", "1,234.51 s, 0.00152", "", []),
        ("It is 1.5x as fast, or 2.5s.", "1.52", "", ["2.5"]),
        ("A loss of $1.5 \\cdot 2$.", "1.50e+00", "", []),
        ("Keras 3.15 and `keras` 3.15.1 do, from version 3.14 on.", "", "", []),
        ("[Paper](https://arxiv.org/abs/1706.03762), arXiv:1706.03762.", "", "", []),
        ("`margin=1.25` stands in the code.", "", "margin = 1.25", []),
    ],
)
def test_rules(prose, output, code, expected):
    cell = nbformat.v4.new_code_cell(code)
    cell.outputs = [nbformat.v4.new_output("stream", text=output)]
    text = nbformat.v4.new_markdown_cell(prose)
    assert uncovered(nbformat.v4.new_notebook(cells=[text, cell])) == set(expected)


def test_results_and_text_alternatives_are_outputs():
    text = nbformat.v4.new_markdown_cell("It is 0.125, and 0.75 in the figure.")
    cell = nbformat.v4.new_code_cell("")
    bundle = {"text/plain": "ends at 0.752", "application/json": {"loss": 0.12498}}
    cell.outputs = [nbformat.v4.new_output("display_data", data=bundle)]
    assert uncovered(nbformat.v4.new_notebook(cells=[text, cell])) == set()
