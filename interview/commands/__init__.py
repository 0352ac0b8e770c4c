"""The subcommands of `interview`, by what they are for."""
