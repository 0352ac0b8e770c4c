"""One module a question: `NAMES`, `ASKED` and `check(**answers)`."""
