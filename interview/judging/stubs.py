"""Finds definitions that are nothing but a stub, without running the code."""

import ast
from collections.abc import Collection, Iterable, Sequence

# The line in a practice copy that the learner replaces with an answer.
STUB = 'raise NotImplementedError("not written yet")'
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


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
    for statement in body:
        if getattr(statement, "name", None) == name:
            if isinstance(statement, ast.ClassDef):
                return _is_blank_class(statement)
            return _is_stub(statement)
    return False


def _is_blank_class(node: ast.ClassDef) -> bool:
    """Whether no object can be made of it, or all of its methods are stubs."""
    methods = [method for method in node.body if isinstance(method, FUNCTIONS)]
    stubs = [method.name for method in methods if _is_stub(method)]
    return "__init__" in stubs or 0 < len(methods) == len(stubs)


def _is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it only raises, or is a copy's stub below lines that the copy gives."""
    statements = [
        node
        for node in function.body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    if not statements or not isinstance(statements[-1], ast.Raise):
        return False
    raised = ast.unparse(statements[-1])
    if len(statements) == 1:
        return "NotImplementedError" in raised
    return raised == ast.unparse(ast.parse(STUB)) and not _returns(statements)


def _returns(statements: Iterable[ast.AST]) -> bool:
    """Whether one of these returns or yields, leaving out functions inside them."""
    for node in statements:
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom):
            return True
        inner = isinstance(node, (*FUNCTIONS, ast.Lambda, ast.ClassDef))
        if not inner and _returns(ast.iter_child_nodes(node)):
            return True
    return False
