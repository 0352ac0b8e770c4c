"""Finds definitions that are nothing but a stub, without running the code."""

import ast
from collections.abc import Collection, Iterable, Sequence

# The line in a practice copy that the learner replaces with an answer.
STUB = 'raise NotImplementedError("not written yet")'


def only(body: Sequence[ast.stmt], names: Collection[str]) -> set[str]:
    """The names among these that a file defines, if all of them are stubs.

    The set is empty if the file defines none, or if one of them may be more than a
    stub, since only a call shows whether that is an answer.

    Args:
        body: the statements at the top level of the file.
        names: to look for.
    """
    found = set(_mentioned(body)) & {*names, "*"}
    blank = {name for name in found if _is_blank(name, body)}
    return blank if blank == found else set()


def _mentioned(body: Sequence[ast.stmt]) -> Iterable[str]:
    """All names in the code, and "*" if it has a star import.

    The base of a class isn't one of them: a stub may inherit from another stub.
    """
    nodes = [node for statement in body for node in ast.walk(statement)]
    bases = [base for node in nodes for base in getattr(node, "bases", ())]
    for node in nodes:
        if isinstance(node, ast.Name) and node not in bases:
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def _is_blank(name: str, body: Sequence[ast.stmt]) -> bool:
    """Whether a stub is the only definition and the only mention of a name."""
    if list(_mentioned(body)).count(name) != 1:
        return False
    functions = [
        node
        for statement in body
        if getattr(statement, "name", None) == name
        for node in ast.walk(statement)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return bool(functions) and all(map(_only_raises, functions))


def _only_raises(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    statements = [
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    return (
        len(statements) == 1
        and isinstance(statements[0], ast.Raise)
        and "NotImplementedError" in ast.unparse(statements[0])
    )
