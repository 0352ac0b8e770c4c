"""A check without TensorFlow, for tests of the code around a check.

It stands in for question 4's check, with one name that is asked for and one that isn't.
"""

import inspect

import psutil

from interview.checks.claims import AnswerClaims, QuestionCheck, need
from interview.judging.processes import MARK

loop = AnswerClaims("run_training_loop")
stopping = AnswerClaims("fit_with_early_stopping")


def called(function):
    """The result of a function, called with as many arguments as it takes."""
    return function(*inspect.signature(function).parameters)


@loop.claim("returns 4")
def returns_4(run_training_loop):
    got = called(run_training_loop)
    need(got == 4, expected="4", got=repr(got), hint="what is two and two?")


@stopping.claim("stops")
def stops(fit_with_early_stopping):
    need(called(fit_with_early_stopping), expected="True", got="False", hint="stop.")


question = QuestionCheck(4, loop, stopping)


def judging(folder) -> list[psutil.Process]:
    """The living processes that check a file of the test with this folder.

    The test sets the variable THIS_TEST to its folder. Each worker has a supervisor.
    """
    found = []
    for process in psutil.process_iter():
        try:
            environ = process.environ()
            is_ours = environ.get("THIS_TEST") == str(folder) and MARK in environ
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def workers(folder) -> list[psutil.Process]:
    """Those of the judging processes that aren't supervisors."""
    found = judging(folder)
    return [process for process in found if process.ppid() in {p.pid for p in found}]
