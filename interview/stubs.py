"""Which definitions are nothing but a stub: seen in the code, without running it."""

import ast
from collections.abc import Container, Iterable, Sequence


def blank(body: Sequence[ast.stmt], names: Iterable[str]) -> set[str]:
    """Of these names, those whose one definition only raises `NotImplementedError`.

    A name that is mentioned again, and so may be bound otherwise or built upon, isn't
    among them: whether that is an answer shows when it's called.

    Args:
        body: the statements at the top level of a file.
        names: to look for.
    """
    mentioned = {
        node.id
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name)
    }
    return {name for name in names if _is_blank(name, body, mentioned)}


def _is_blank(name: str, body: Sequence[ast.stmt], mentioned: Container[str]) -> bool:
    found = [node for node in body if getattr(node, "name", None) == name]
    if len(found) != 1 or name in mentioned:
        return False
    functions = [
        node
        for node in ast.walk(found[0])
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
