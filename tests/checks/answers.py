"""The right and wrong answers that prove the checks, and what of a check they reach."""

import ast
import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

import yaml

from interview import folders
from interview.checks import claims
from tests.support import ROOT

CHECKS = folders.HERE.root / "interview" / "checks"
# Calls that can end a proof, and what names a known mistake.
SITES = {
    *("fail", "need", "agree", "shaped", "keras_model", "steady", "finite_gradient"),
    *("a_float", "pair_of", "same_from_file", "judge_sizes"),
    "Fault",
}

# One right answer for each question, of another kind than the notebook's and of those
# that run quickly: its practice copy is worked through in `make test`.
WORKED_THROUGH = {
    1: "subclassed",
    2: "backward_by_hand",
    3: "subclassed",
    4: "step_factory",
    5: "tied_weights",
    6: "hinges",
    7: "operations_only",
    8: "batches_and_a_layer",
    9: "bounded_scores",
    10: "least_squares_subclassed",
}
AGAIN = yaml.safe_load((ROOT / "tests/answers/again.yaml").read_text("utf-8"))


def files(side: str, number: int) -> list[Path]:
    """The right or wrong answers to a question, by the name of their folder."""
    return sorted((ROOT / "tests/answers" / f"q{number:02d}" / side).glob("*.py"))


def question(number: int) -> claims.Question:
    return importlib.import_module(f"interview.checks.q{number:02d}").question


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answers(number: int, module: ModuleType) -> dict:
    names = question(number).names
    return {name: getattr(module, name) for name in names if hasattr(module, name)}


def sources(number: int) -> list[Path]:
    """The modules that hold a question's claims."""
    name = f"q{number:02d}"
    return sorted((*CHECKS.glob(f"{name}.py"), *CHECKS.glob(f"{name}/*.py")))


def chosen(number: int) -> list[Path]:
    """Answers for `make test`; `make test-all` judges the others.

    Right ones: for each name one that isn't worked through in a copy. Wrong ones: all
    but those that end at another's message and take longer.
    """
    known: set[str] = set()
    found = []
    for path in files("right", number):
        names = set(answers(number, load(path)))
        if path.stem != WORKED_THROUGH[number] and not names <= known:
            found.append(path)
            known |= names
    again = AGAIN[number]
    return found + [p for p in files("wrong", number) if p.stem not in again]


def unreached(paths: list[Path], reached: set) -> list[str]:
    """Places in these modules that can end a proof and that no failure came through."""
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
