"""Which definitions are nothing but a stub."""

import ast

import pytest

from interview import stubs

STUB = "def f(x):\n    '''Say.'''\n    raise NotImplementedError('not yet')\n"


@pytest.mark.parametrize(
    ("source", "is_blank"),
    [
        (STUB, True),
        ("import keras\n@keras.saving.register()\n" + STUB, True),
        ("class f:\n    def g(self):\n        raise NotImplementedError\n", True),
        ("class f:\n    a = 1\n", False),
        ("def f(x):\n    return x\n", False),
        ("def f(x):\n    x += 1\n    raise NotImplementedError\n", False),
        ("def f(x):\n    raise ValueError\n", False),
        (
            "class f:\n    def g(self):\n        raise NotImplementedError\n"
            "    def h(self):\n        return 1\n",
            False,
        ),
        # Bound once more, or built upon: that shows when it's called.
        (STUB + "def f(x):\n    return x\n", False),
        (STUB + "f = abs\n", False),
        (STUB + "f.answer = 42\n", False),
        ("if True:\n    def f():\n        raise NotImplementedError\n", False),
        ("from math import sin as f\n", False),
    ],
)
def test_blank(source, is_blank):
    names = {"f"} if is_blank else set()
    assert stubs.blank(ast.parse(source).body, ["f"]) == names
