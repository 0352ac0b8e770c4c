"""A program whose work runs only where it's the program that was started."""

import ast
import io
import tokenize

GUARD = 'if __name__ == "__main__":'


def guarded(program: str) -> str:
    """A program with imports, definitions and constants first, and its work guarded.

    Whoever imports it, or checks it, gets what it defines and trains nothing. What the
    work assigns stays global, as the program's functions may expect. Comments and
    layout stay as they are; a comment goes with the statement below it.

    Where a program has a function `main`, its work is `main()`, whatever arguments a
    notebook gives it for a short run.
    """
    lines, tree = program.splitlines(), ast.parse(program)
    fixed = _rows_in_strings(program)
    has_main = any(getattr(node, "name", "") == "main" for node in tree.body)
    defines, works, begin = [], [], 0
    for node in tree.body:
        rows, begin = range(begin, node.end_lineno), node.end_lineno
        if _only_defines(node):
            defines += [lines[row] for row in rows]
        elif not (has_main and _calls_main(node)):
            works += [_indented(lines[row], row in fixed) for row in rows]
    works += [_indented(line, False) for line in lines[begin:]]
    if has_main:
        works.append("    main()")
    text = "\n".join(defines).strip("\n")
    if works:
        text += f"\n\n{GUARD}\n" + "\n".join(works).strip("\n")
    return text + "\n"


def _only_defines(node: ast.stmt) -> bool:
    """Whether a statement is an import, a definition, a constant or a docstring."""
    if isinstance(node, ast.Assign):
        try:
            ast.literal_eval(node.value)
        except ValueError:
            return False
        return True
    definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return isinstance(node, ast.Import | ast.ImportFrom | definition) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


def _calls_main(node: ast.stmt) -> bool:
    """Whether a statement is a call of `main`, or keeps what one returns."""
    call = getattr(node, "value", None)
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") == "main"


def _rows_in_strings(program: str) -> set[int]:
    """Rows that begin inside a string, whose spaces belong to it."""
    tokens = tokenize.generate_tokens(io.StringIO(program).readline)
    # No other token goes over several rows.
    return {row for token in tokens for row in range(token.start[0], token.end[0])}


def _indented(line: str, is_fixed: bool) -> str:
    return line if is_fixed or not line.strip() else f"    {line}"
