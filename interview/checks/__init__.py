"""The checks of all questions; `qNN.check(**answers)` checks the answers given."""


def why() -> None:
    """Print the traceback of the error that the last failed check met."""
    from interview.checks import claims

    claims.why()
