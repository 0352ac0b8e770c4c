"""Keys as they are pressed, without Enter: on Unix by termios, on Windows by msvcrt.

Libraries for this put a terminal into its raw mode, in which Ctrl-C is a key like any
other: a check that is under way between two keys couldn't be interrupted any more.
"""

import os
import select
import sys
import time


class Keys:
    """Within `with`, what is typed comes key by key and isn't shown."""

    def __enter__(self) -> "Keys":
        """Let keys come at once."""
        self._before = None
        if os.name == "posix" and sys.stdin.isatty():
            import termios
            import tty

            self._before = termios.tcgetattr(sys.stdin)
            tty.setcbreak(sys.stdin)
        return self

    def __exit__(self, *error: object) -> None:
        """Let lines come again."""
        if self._before is not None:
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, self._before)

    def get(self, seconds: float) -> str | None:
        """The key that is pressed within these seconds, in lower case; "" is Enter.

        Returns:
            None if there was none.

        Raises:
            EOFError: there won't be any more.
        """
        key = _get_on_windows(seconds) if os.name == "nt" else self._get(seconds)
        if key in ("\x04", "\x1a"):
            raise EOFError
        return key if key is None else key.strip("\r\n").casefold()

    def _get(self, seconds: float) -> str | None:
        if not self._has_come(seconds):
            return None
        # One byte, as several keys may have come at once; and not from Python's buffer,
        # which `select` doesn't see.
        typed = os.read(sys.stdin.fileno(), 1)
        if not typed:
            raise EOFError
        if typed == b"\x1b" and self._has_come(0):  # an arrow, which has no use here
            os.read(sys.stdin.fileno(), 64)
            return None
        return typed.decode(errors="ignore") or None

    def _has_come(self, seconds: float) -> bool:
        return bool(select.select([sys.stdin], [], [], seconds)[0])


def _get_on_windows(seconds: float) -> str | None:
    import msvcrt

    until = time.monotonic() + seconds
    while not msvcrt.kbhit():
        if time.monotonic() >= until:
            return None
        time.sleep(0.02)
    key = msvcrt.getwch()
    if key in ("\0", "\xe0"):  # an arrow or a function key: the second half of it
        msvcrt.getwch()
        return None
    if key == "\x03":
        raise KeyboardInterrupt
    return key
