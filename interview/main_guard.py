"""A program whose work runs only where it's the program that was started."""

import ast

GUARD = 'if __name__ == "__main__":'


def guarded(program: str) -> str:
    """A program with its call of `main`, which has all its work, under a guard.

    Whoever imports it, or checks it, gets what it defines and trains nothing. A call
    with the arguments that a notebook gives it for a short run goes. All other lines
    stay as they are.
    """
    lines, kept, begin = program.splitlines(), [], 0
    for node in ast.parse(program).body:
        if not _calls_main(node):
            kept += lines[begin : node.end_lineno]
        begin = node.end_lineno
    return "\n".join(kept).strip("\n") + f"\n\n{GUARD}\n    main()\n"


def _calls_main(node: ast.stmt) -> bool:
    """Whether a statement is a call of `main`, or keeps what one returns."""
    call = getattr(node, "value", None)
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") == "main"
