"""A function that another one defines inside itself, taken out to be measured."""

import ast
import inspect
import itertools
import linecache
import textwrap
from collections.abc import Callable

_numbers = itertools.count()


def inner_function(outer: Callable, name: str, decorator: str = "") -> Callable:
    """A function as `outer` but cut short: it returns its inner function `name`.

    Nothing else of the source changes but `name`'s decorator, so what is measured is
    what `outer` runs.

    Args:
        outer: a function whose source can be read, in a notebook too.
        name: of a function that is defined in the body of `outer`.
        decorator: an expression that stands in the place of `name`'s own decorators,
            in the names that `outer` knows; "" for none.

    Raises:
        ValueError: if `outer` defines no such function.
    """
    module = ast.parse(textwrap.dedent(inspect.getsource(outer)))
    body = module.body[0].body
    found = [s for s in body if isinstance(s, ast.FunctionDef) and s.name == name]
    if not found:
        raise ValueError(f"{outer.__name__} defines no function {name}.")
    inner = found[-1]
    inner.decorator_list = []
    if decorator:
        inner.decorator_list = [ast.parse(decorator, mode="eval").body]
    body[body.index(inner) + 1 :] = [ast.Return(ast.Name(name, ast.Load()))]
    return _defined(ast.unparse(ast.fix_missing_locations(module)), outer)


def _defined(source: str, like: Callable) -> Callable:
    """The function of a source, among the names of `like`; its lines can be read."""
    file = f"<{like.__name__}, cut short {next(_numbers)}>"
    # TensorFlow's AutoGraph asks for a function's lines.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    names = dict(like.__globals__)
    exec(compile(source, file, "exec"), names)
    return names[like.__name__]
