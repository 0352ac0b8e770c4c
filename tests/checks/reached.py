"""Records which messages, faults and hints of the checks a run of answers reaches."""

import sys
import traceback

from interview.checks import claims
from interview.checks.claims import CheckFailed, Fault


def watch(monkeypatch) -> set[tuple[str, int | str]]:
    """A set that fills with places: file and line, or "hint" and its text.

    A message is reached where a `CheckFailed` is made below it, a known fault where
    `agree` has chosen it when it fails.
    """
    reached: set[tuple[str, int | str]] = set()
    make_fault, make_failure = Fault.__init__, CheckFailed.__init__
    hint_for = claims.hint_for

    def fault_is_made(self, *arguments, **keywords):
        make_fault(self, *arguments, **keywords)
        frame = sys._getframe(1)
        place = frame.f_code.co_filename, frame.f_lineno
        object.__setattr__(self, "place", place)

    def failure_is_made(self, *arguments, **keywords):
        make_failure(self, *arguments, **keywords)
        for frame, line in traceback.walk_stack(sys._getframe(1)):
            reached.add((frame.f_code.co_filename, line))
            if place := getattr(frame.f_locals.get("fault"), "place", None):
                reached.add(place)

    def hint_is_looked_for(error, hints):
        found = hint_for(error, hints)
        reached.update(("hint", text) for text, hint in hints if hint is found)
        return found

    monkeypatch.setattr(Fault, "__init__", fault_is_made)
    monkeypatch.setattr(CheckFailed, "__init__", failure_is_made)
    monkeypatch.setattr(claims, "hint_for", hint_is_looked_for)
    return reached
