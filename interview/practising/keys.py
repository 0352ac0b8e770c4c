"""Keys as they are pressed, without Enter: on Unix by termios, on Windows by msvcrt.

Libraries for this put a terminal into its raw mode, in which Ctrl-C is a key like any
other: a check that is under way between two keys couldn't be interrupted any more.
"""

import os
import select
import sys
import time


class Keys:
    """Within `with`, what is typed comes key by key and isn't shown; Ctrl-C is as ever.

    Where standard input is no terminal, a line's first letter counts as a key.
    """

    def __enter__(self) -> "Keys":
        """Let keys come at once."""
        self._before, self._ahead = None, ""
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
        if self._ahead:  # several keys came at once
            return self._next()
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        if not ready:
            return None
        if self._before is None:
            if not (line := sys.stdin.readline()):
                raise EOFError
            return line.strip()[:1] or "\n"
        # Read from the descriptor: `select` doesn't see what Python has buffered.
        typed = os.read(sys.stdin.fileno(), 64).decode(errors="ignore")
        if not typed:
            raise EOFError
        # An arrow or a function key sends several characters, and has no use here.
        self._ahead = "" if typed.startswith("\x1b") else typed
        return self._next() if self._ahead else None

    def _next(self) -> str:
        key, self._ahead = self._ahead[0], self._ahead[1:]
        return key


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
