"""The right and wrong answers that prove the checks, and which messages they reach.

A right answer is a file in `tests/answers/qNN/right`. A wrong one is an edit of a right
one: a table of `tests/answers/qNN/mutants.toml` (see `Mutant`). Where its design is
another than any right one's, it is a file in `tests/answers/qNN/wrong`, whose `FAULT`
is what the message about it has to say.
"""

import ast
import importlib
import importlib.util
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from interview import folders
from interview.checks import claims, registry
from tests.support import ROOT

CHECKS = folders.HERE.root / "interview" / "checks"
# The calls that can end a proof, and the one that names a known mistake.
SITES = {
    *("fail", "need", "agree", "shaped", "keras_model", "steady", "finite_gradient"),
    *("a_float", "pair_of", "same_from_file", "judge_sizes", "judge_places"),
    "Fault",
}


@dataclass(frozen=True)
class Mutant:
    """A wrong answer as an edit of a right one, with the keys of its table.

    Attributes:
        why: what is wrong about it, in a sentence.
        says: what the message about it has to say.
        base: the right answer that is edited.
        old: a piece of the base that occurs in it once.
        new: what takes the piece's place.
        edits: several pairs of `old` and `new`, where one isn't enough.
        names: what is handed in; as a rule the asked names that the edits change.
        slow: another one ends at the same message sooner, so that only `make test-all`
            judges this one.
    """

    why: str
    says: str
    base: str = "plain"
    old: str = ""
    new: str = ""
    edits: list[dict[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    slow: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(e["old"], e["new"]) for e in self.edits] or [(self.old, self.new)]


@dataclass(frozen=True)
class Answer:
    """An answer, as it would stand in a learner's file.

    Attributes:
        number: the question.
        name: tells it from the others.
        source: the file's text.
        says: what the message about a wrong answer has to say; empty for a right one.
        slow: only `make test-all` judges it.
    """

    number: int
    name: str
    source: str
    says: str = ""
    slow: bool = False

    @property
    def names(self) -> list[str]:
        """The names that it hands in."""
        defined = definitions(self.source)
        return [name for name in registry.of(self.number).names if name in defined]

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name}.py"
        path.write_text(self.source, "utf-8")
        return path


def worked_through(number: int) -> str:
    """The right answer whose practice copy `make test` works through."""
    return registry.of(number).worked_through


def files(side: str, number: int) -> list[Path]:
    """The files in one of the two folders of answers to a question."""
    return sorted((ROOT / "tests/answers" / f"q{number:02d}" / side).glob("*.py"))


def right(number: int) -> list[Answer]:
    """The right answers to a question."""
    return [
        Answer(number, path.stem, path.read_text("utf-8"))
        for path in files("right", number)
    ]


def wrong(number: int) -> list[Answer]:
    """The wrong answers to a question: files, and edits of right ones."""
    answers = []
    for path in files("wrong", number):
        source = path.read_text("utf-8")
        says = ast.literal_eval(definitions(source)["FAULT"].value)
        answers.append(Answer(number, path.stem, source, says))
    bases = {answer.name: answer.source for answer in right(number)}
    asked = registry.of(number).names
    for name, mutant in mutants(number).items():
        base = bases[mutant.base]
        source = edited(base, mutant.pairs, f"{name} of question {number}")
        handed_in = mutant.names or changed(base, source, asked)
        source = hidden(source, set(asked).difference(handed_in))
        answers.append(Answer(number, name, source, mutant.says, mutant.slow))
    return answers


def mutants(number: int) -> dict[str, Mutant]:
    """The tables of a question's `mutants.toml` by their names."""
    path = ROOT / "tests/answers" / f"q{number:02d}" / "mutants.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    return {name: Mutant(**table) for name, table in tables.items()}


def edited(base: str, pairs: list[tuple[str, str]], whose: str) -> str:
    """A source with new pieces in the places of old ones.

    Raises:
        ValueError: a piece to replace isn't in the base, or is there more than once.
    """
    for old, _ in pairs:
        if (count := base.count(old)) != 1:
            text = f"{whose}: `old` occurs {count} times in its base, not once: {old}"
            raise ValueError(text)
    source = base
    # Edits start from the end, so that the places found in the base stay valid.
    for old, new in sorted(pairs, key=lambda pair: -base.index(pair[0])):
        place = base.index(old)
        source = source[:place] + new + source[place + len(old) :]
    return source


def hidden(source: str, names: set[str]) -> str:
    """A source in which some names are renamed, so that no check finds them."""
    for name in names:
        source = re.sub(rf"\b{name}\b", f"_{name}", source)
    return source


def changed(before: str, after: str, asked: Iterable[str]) -> set[str]:
    """The asked names whose definitions differ; else those that use what differs."""
    old, new = definitions(before), definitions(after)
    differing = {
        name
        for name, node in new.items()
        if name not in old or ast.dump(node) != ast.dump(old[name])
    }
    while not differing.intersection(asked):
        users = {name for name, node in new.items() if differing & names_in(node)}
        if users <= differing:
            return set()
        differing |= users
    return differing.intersection(asked)


def definitions(source: str) -> dict[str, ast.stmt]:
    """The functions, classes and variables of a module and where they are bound."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                found.update(dict.fromkeys(names_in(target), node))
    return found


def names_in(node: ast.AST) -> set[str]:
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def question(number: int) -> claims.Question:
    return importlib.import_module(f"interview.checks.q{number:02d}").question


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sources(number: int) -> list[Path]:
    """The modules that hold a question's claims."""
    name = f"q{number:02d}"
    return sorted((*CHECKS.glob(f"{name}.py"), *CHECKS.glob(f"{name}/*.py")))


def chosen(number: int) -> list[Answer]:
    """The answers for `make test`; `make test-all` judges the others.

    Of the right answers it takes for each name one that isn't worked through in a copy.
    The plain one comes first, since most wrong answers are edits of it.
    """
    known: set[str] = set()
    found = []
    for answer in sorted(right(number), key=lambda answer: answer.name != "plain"):
        if answer.name != worked_through(number) and not known.issuperset(answer.names):
            found.append(answer)
            known.update(answer.names)
    return found + [answer for answer in wrong(number) if not answer.slow]


def unreached(paths: list[Path], reached: set) -> list[str]:
    """The places in these modules that can end a proof and that no failure reached."""
    missed = []
    for path in paths:
        lines = {line for file, line in reached if file == str(path)}
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            span = range(node.lineno, node.end_lineno + 1)
            if node.func.id in SITES and not lines.intersection(span):
                missed.append(f"{path.name}:{node.lineno} {node.func.id}")
    return missed
