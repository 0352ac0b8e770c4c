"""A pseudo-terminal with a command in it, which holds the keyboard."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

from tests.support import ROOT

WAIT_SECONDS = 30


def launch(*arguments: str, **environment: str | Path) -> tuple[subprocess.Popen, int]:
    """Start `interview` with these arguments; the process, and our end of its terminal.

    Args:
        arguments: of the command.
        environment: what differs from ours.
    """
    import pty

    ours, its = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "interview", *arguments],
        stdin=its,
        stdout=its,
        stderr=its,
        env={
            **os.environ,
            "COLUMNS": "80",
            **{k: str(v) for k, v in environment.items()},
        },
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(its)
    return process, ours


def until(terminal: int, words: str) -> str:
    """What the terminal shows until these words, for half a minute at most."""
    seen = b""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and words not in seen.decode(errors="ignore"):
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            seen += os.read(terminal, 65536)
        except OSError:  # its other end is closed
            break
    return seen.decode(errors="ignore")


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
