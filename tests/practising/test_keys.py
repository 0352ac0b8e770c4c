"""Single keys in a pseudo-terminal, and whole lines where there is no terminal."""

import os
import sys

import pytest

from interview.practising.keys import Keys

posix = pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
SOON = 5.0


@pytest.fixture
def terminal(monkeypatch):
    """The end of a terminal that a learner types into; the other is standard input."""
    import pty

    ours, its = pty.openpty()
    with os.fdopen(its) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield ours
    os.close(ours)


@posix
def test_a_key_comes_without_enter(terminal):
    with Keys() as keys:
        for typed, key in ((b"h", "h"), (b"P", "p"), (b"\n", ""), (b"\r", "")):
            os.write(terminal, typed)
            assert keys.get(SOON) == key
        assert keys.get(0) is None
        os.write(terminal, b"\x1b[A")  # an arrow
        assert keys.get(SOON) is None
        os.write(terminal, b"\x04")
        with pytest.raises(EOFError):
            keys.get(SOON)


@posix
def test_lines_come_again_afterwards(terminal):
    import termios

    before = termios.tcgetattr(sys.stdin)
    with Keys() as keys:
        assert not termios.tcgetattr(sys.stdin)[3] & (termios.ECHO | termios.ICANON)
        # Ctrl-C still sends its signal.
        assert termios.tcgetattr(sys.stdin)[3] & termios.ISIG
        os.write(terminal, b"typed in between")
        # Keys that are typed faster than they are read aren't lost.
        assert [keys.get(SOON), keys.get(0)] == ["t", "y"]
    assert termios.tcgetattr(sys.stdin) == before


@posix
def test_a_terminal_that_is_gone(monkeypatch):
    reads, writes = os.pipe()
    os.close(writes)
    with os.fdopen(reads) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keys() as keys, pytest.raises(EOFError):
            keys.get(SOON)


@posix
def test_without_a_terminal_a_line_is_a_key(monkeypatch):
    reads, writes = os.pipe()
    with os.fdopen(reads) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        with Keys() as keys:
            assert keys.get(0) is None
            os.write(writes, b"hint\n")
            assert keys.get(SOON) == "h"
            os.write(writes, b"\n")
            assert keys.get(SOON) == ""
    os.close(writes)
