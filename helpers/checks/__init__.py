"""One module a question: `NAMES`, `ASKED` and `check(**answers)`."""

# Exit codes of `python -m helpers.checks`. Not 0 and 1, with which a learner's file can
# end the process itself, before anything was checked.
RIGHT, WRONG = 10, 11
