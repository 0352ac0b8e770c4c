"""Inner functions, taken out of the function that defines them."""

import inspect

import pytest

from helpers.inner import inner_function


def twice(function):
    return lambda x: function(function(x))


def outer(start, log):
    base = start + 1

    @twice
    def add(x):
        return x + base

    log.append("what stands below isn't run")
    return add(0)


def test_it_is_what_the_outer_function_runs():
    log = []
    add = inner_function(outer, "add", "twice")(4, log)
    assert add(0) == outer(4, []) == 10
    assert log == []


def test_without_a_decorator_it_is_the_bare_function():
    add = inner_function(outer, "add")(4, [])
    assert add(0) == 5
    assert "return x + base" in inspect.getsource(add)


def test_each_has_variables_of_its_own():
    make_add = inner_function(outer, "add")
    assert (make_add(1, [])(0), make_add(2, [])(0)) == (2, 3)


def test_a_name_that_is_not_defined_there_is_refused():
    with pytest.raises(ValueError, match="outer defines no function subtract"):
        inner_function(outer, "subtract")
