"""Which definitions are nothing but a stub."""

import ast

import pytest

from interview.judging import stubs

STUB = "def f(x):\n    '''Say.'''\n    raise NotImplementedError('not yet')\n"
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
