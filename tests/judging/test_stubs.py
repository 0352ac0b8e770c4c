"""Which definitions are nothing but a stub."""

import ast

import pytest

from interview.judging import stubs

STUB = "def f(x):\n    '''Say.'''\n    raise NotImplementedError('not yet')\n"
GIVEN = f"def f(x):\n    {{}}\n    {stubs.STUB}\n"
CLASS_GIVEN = f"""class f:
    def build(self, shape):
        return shape

    def {{}}(self):
        {stubs.STUB}
"""
CLASS = "class f:\n    def call(self):\n        raise NotImplementedError\n"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (STUB, "f"),
        ("import keras\n@keras.saving.register()\n" + STUB, "f"),
        (CLASS, "f"),
        (STUB + STUB.replace("f(x)", "g(x)"), "fg"),
        (CLASS + CLASS.replace("f:", "g(f):"), "fg"),
        (CLASS + "class g(f):\n    def call(self):\n        return 1\n", ""),
        (STUB + "def other():\n    return 1\n", "f"),
        ("", ""),
        ("def other():\n    return 1\n", ""),
        ("class f:\n    a = 1\n", ""),
        ("def f(x):\n    return x\n", ""),
        ("def f(x):\n    x += 1\n    raise NotImplementedError\n", ""),
        ("def f(x):\n    raise ValueError\n", ""),
        (
            "class f:\n    def g(self):\n        raise NotImplementedError\n"
            "    def h(self):\n        return 1\n",
            "",
        ),
        # A copy's stub below given lines never returns.
        (GIVEN.format("y = [x]"), "f"),
        (GIVEN.format("def inner(y):\n        return y"), "f"),
        (GIVEN.format("if x:\n        return 1"), ""),
        (GIVEN.format("yield x"), ""),
        (CLASS_GIVEN.format("__init__"), "f"),
        (CLASS_GIVEN.format("call"), ""),
        # One of two names is written, or may be.
        (STUB + "def g(x):\n    return x\n", ""),
        (STUB + "g = abs\n", ""),
        (STUB + "from math import sin as g\n", ""),
        (STUB + "from math import *\n", ""),
        # The name is bound once more, or used elsewhere.
        (STUB + "def f(x):\n    return x\n", ""),
        (STUB + "f = abs\n", ""),
        (STUB + "f.answer = 42\n", ""),
        ("if True:\n    def f():\n        raise NotImplementedError\n", ""),
    ],
)
def test_only_stubs(source, found):
    assert stubs.only(ast.parse(source).body, ["f", "g"]) == set(found)
