"""A small process above the one that runs a learner's file, which ends its family.

A process that a file starts may leave its group, session and environment. On Linux it
can't leave the supervisor: a process whose parent has ended becomes the supervisor's
child. On other systems there is no supervisor, and `processes` ends the processes that
it can find: Windows has no fork, and on macOS a fork may not use the system's
frameworks, which TensorFlow does.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

# From Linux's <sys/prctl.h>.
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def fork_worker() -> None:
    """Fork: this returns in the child, and the parent stays as its supervisor.

    The supervisor passes each line that it reads on to the child. When its input ends,
    the caller is gone or has finished, and it ends the child. When the child has ended,
    it ends all remaining processes of the child's family.
    """
    if sys.platform != "linux":
        return
    prctl = ctypes.CDLL(None).prctl
    lines, hand_on = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hand_on)
        os.dup2(lines, 0)
        os.close(lines)
        # The child gets a group of its own, so that a file that ends its group doesn't
        # end the supervisor.
        os.setpgid(0, 0)
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    os.close(lines)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    # Otherwise the reader of the file's output would wait for the supervisor as well.
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    threading.Thread(target=_hand_on_lines, args=(hand_on, child), daemon=True).start()
    while True:
        ended, status = os.wait()
        if ended == child:
            break
    _end_descendants(child)
    _exit_with(status)


def _hand_on_lines(pipe: int, child: int) -> None:
    with contextlib.suppress(OSError):  # the child may have ended
        for line in sys.stdin.buffer:
            os.write(pipe, line)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


def _end_descendants(group: int) -> None:
    """Kill children until there are none; their own children become ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if ended:
            continue
        # Imported here because most files leave no process behind.
        import psutil

        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                process.kill()
        time.sleep(0.002)


def _exit_with(status: int) -> None:
    """Leave as the child did, by its exit code or by the signal that ended it."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        import resource  # which Windows doesn't have

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(OSError):  # SIGKILL's handling can't be set
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(max(code, 0))
