"""The practice tool: the command `interview`, and the check cells of the notebooks."""
