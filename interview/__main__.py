"""The way in to the command: Ctrl-C is one line, also while modules are loading."""

import sys


def main() -> None:
    """Run the command `interview`."""
    try:
        from interview.commands import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit("Aborted!")


if __name__ == "__main__":
    main()
