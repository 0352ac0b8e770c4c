"""A check that imports no TensorFlow, for tests of what is around a check.

It stands in for question 4's: one name that is asked for, one that isn't.
"""

import inspect

from interview.checks.claims import Part, Question, need

loop = Part("run_training_loop")
stopping = Part("fit_with_early_stopping")


def called(function):
    """What a function returns for as many arguments as it takes."""
    return function(*inspect.signature(function).parameters)


@loop.claim("returns 4")
def returns_4(run_training_loop):
    got = called(run_training_loop)
    need(got == 4, expected="4", got=repr(got), hint="what is two and two?")


@stopping.claim("stops")
def stops(fit_with_early_stopping):
    need(called(fit_with_early_stopping), expected="True", got="False", hint="stop.")


question = Question(4, loop, stopping)
