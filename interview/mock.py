"""What a notebook with a mock imports: `mock.start()` shows it, with buttons."""

from interview.commands import mock_notebook
from interview.commands.mock_notebook import start

# Notebooks of earlier releases begin with `from interview.mock import buttons as mock`.
buttons = mock_notebook

__all__ = ["buttons", "start"]
