"""Facts about each question that don't need its check: `question.toml` and the claims.

Each question has a folder `qNN` beside this module; the list of questions is read from
these folders. Nothing here imports TensorFlow, so that listing the questions is quick.
"""

import ast
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# The kinds of parts. An "asked" part must pass for the question to be passed. Not every
# right answer needs an "extra". A bug hunt and a second round have their own sections.
KINDS = ("asked", "extra", "bug hunt", "second round")
# How often a general deep-learning interview comes to a question. "often": one that
# any candidate may get (an image, a text, a training loop, attention); "rarely": one
# that is asked where the job needs it. The drill and the plan put what is asked often
# first, and follow the numbers among equals.
FREQUENCIES = ("often", "sometimes", "rarely")


class ManifestError(Exception):
    """A `question.toml` can't be read; the message says what to change."""


@dataclass(frozen=True)
class Manifest:
    """The contents of a `question.toml`.

    Attributes:
        number: the question.
        title: the text of the notebook's first heading.
        minutes: the time to code it in an interview.
        afterwards: what a learner can say after reading the notebook.
        worked_through: the right answer whose practice copy `make test` works through.
        kinds: for each name that is checked, in this order, one of `KINDS`.
        frequency: how often interviews ask it, one of `FREQUENCIES`.
        explained: for names and claim ids the notebook's heading that explains the
            claim, if it isn't the part's own heading.
        reduced: short settings for the tests, parameters of the notebook or of its
            whole program.
        bounds: for each number of the notebook's results "min" and "max" in the
            "committed" run and in the "reduced" one.
        uncomputed: decimals of the notebook's prose that no cell computes, and why
            they may stand there.
    """

    number: int
    title: str
    minutes: int
    afterwards: str
    worked_through: str
    kinds: dict[str, str]
    reduced: dict[str, Any]
    bounds: dict[str, dict[str, dict[str, float]]]
    explained: dict[str, dict[str, str]] = field(default_factory=dict)
    uncomputed: dict[str, str] = field(default_factory=dict)
    frequency: str = "sometimes"

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are checked."""
        return tuple(self.kinds)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names that have to pass for the question to be passed."""
        return tuple(name for name, kind in self.kinds.items() if kind == "asked")


def numbers() -> list[int]:
    """The questions that have a folder."""
    return sorted(int(path.name[1:]) for path in FOLDER.glob("q[0-9][0-9]"))


@functools.cache
def of(number: int) -> Manifest:
    """The manifest of a question.

    Raises:
        ManifestError: its `question.toml` is missing or malformed.
    """
    path = FOLDER / f"q{number:02d}" / "question.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        kinds = {
            name: kind
            for kind in KINDS
            for name in found["names"].get(kind.replace(" ", "_"), [])
        }
        # The notebook's order, where an extra stands between asked parts.
        order = found.pop("names").get("order", kinds)
        kinds = {name: kinds[name] for name in order}
        return Manifest(number=number, kinds=kinds, **found)
    except OSError as error:
        raise ManifestError(f"{path} can't be read: {error.strerror}.") from None
    except KeyError as error:
        raise ManifestError(f"{path} has no table {error}.") from None
    except (tomllib.TOMLDecodeError, TypeError) as error:
        raise ManifestError(f"{path}: {error}.") from None


@functools.cache
def sentences(number: int) -> dict[str, str]:
    """The sentence of each claim id of a question, read from the source of its check.

    Claims about several names that have the same id have the same sentence. The claims
    that several questions share are included.
    """
    found = {}
    own = (FOLDER / f"q{number:02d}").glob("*.py")
    for path in sorted([*FOLDER.glob("*.py"), *own]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for says in _claimed(node):
                    found[node.name] = says
    return found


def _claimed(function: ast.FunctionDef) -> Iterator[str]:
    """The sentence of a function with the decorator `@part.claim("…")`."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(
                func=ast.Attribute(attr="claim") | ast.Name(id="claim"),
                args=[ast.Constant(value=str(says))],
            ):
                yield says


def claim_id(number: int, says: str) -> str:
    """The id of the claim with this sentence, or the sentence itself if there is none.

    Records and practice copies of earlier editions hold only the sentence.
    """
    known = {sentence: id for id, sentence in sentences(number).items()}
    return known.get(says, says)
