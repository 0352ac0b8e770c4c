"""Notebooks written by an earlier release import the mock from here."""

from interview.practising.mock import notebook as buttons

__all__ = ["buttons"]
