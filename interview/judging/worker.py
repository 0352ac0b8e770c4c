"""Check one file: `python -m interview.judging.worker 4`, in a process of its own.

`interview.judging.judge` starts this, so that a file that never ends can be ended. It
reads one line from standard input, the file's path as JSON, and writes one JSON object
a line to standard output. What the learner's file prints goes to standard error,
whichever of the two it prints to. It ends when its standard input does: whoever asked
is gone.
"""

import argparse
import importlib
import json
import mmap
import os
import queue
import re
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from interview.checks import registry
from interview.judging import loading, short_lived

LARGEST_FILE = 10**9
# Forks that come at once; each one after them takes a second.
QUICK_FORKS = 60

Report = Callable[..., None]


def main() -> None:
    """Run the file and check what it defines, one name after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("--module", default="")
    parser.add_argument("--warm", action="store_true")
    given = parser.parse_args()
    report = _take_standard_output()
    asked = _take_standard_input()
    _limit_files()
    _slow_down_forks()
    if given.warm:
        from interview.judging import warming

        warming.warm_up(given.number, given.module)
        report("ready")
    check_file(
        given.number, Path(asked.get()), report, given.module, brief=not given.warm
    )
    report("done")


def check_file(
    number: int,
    path: Path,
    report: Report,
    module: str = "",
    brief: bool = False,
) -> None:
    """Check all that a file defines of what a question checks, and report on each.

    Args:
        number: the question.
        path: of the learner's file.
        report: called with an event and its details: "tick", "passed", "failed" (of a
            `claim`, its id), "unwritten" and "missing", of a `name` and with a `text`;
            or "cannot_run". "traceback" follows where an error is behind it.
        module: what holds the `question`, in place of the question's own check.
        brief: the process ends afterwards, and spares what pays only in a long life.
    """
    try:
        answers = loading.load(path, number)
    except loading.CannotRun as error:
        report("cannot_run", text=str(error))
        if error.__cause__:
            text = "".join(traceback.format_exception(error.__cause__))
            report("traceback", text=text)
        return
    _report_missing(number, path, answers, report)
    for name, why in answers.broken.items():
        report("failed", name=name, text=f"✗ {name}: {why}")
    for name in registry.of(number).names:
        if name in answers.blank:
            _report_unwritten(number, name, report)
    if not answers.defined:  # the check would import TensorFlow for nothing
        return
    # Late: most checks import TensorFlow.
    check = importlib.import_module(module or f"interview.checks.q{number:02d}")
    machinery = importlib.import_module("interview.checks.claims")
    if brief:
        short_lived.spare_upkeep()
    machinery.tell = lambda line: report("tick", text=line)
    for name, failure in check.question.outcomes(answers.defined):
        if failure is None:
            report("passed", name=name)
            continue
        text = str(failure).replace("`interview.checks.why()`", "`--traceback`")
        if text.endswith(": not written yet"):
            _report_unwritten(number, name, report)
            continue
        text += _lost(text, answers)
        report("failed", name=name, claim=failure.claim, text=text)
        if text := machinery.last_traceback():
            report("traceback", name=name, text=text)


def _report_missing(
    number: int, path: Path, answers: loading.Answers, report: Report
) -> None:
    """Report what is asked for and isn't there, in one line for all of it."""
    there = {*answers.defined, *answers.broken, *answers.blank}
    missing = [name for name in registry.of(number).asked if name not in there]
    for name in missing:
        report("missing", name=name)
    if not missing:
        return
    text = f"✗ {path.name} doesn't define {_listed(missing)}, which question {number} "
    text += "asks for."
    if other := answers.other_question:
        text += f" Is it an answer to question {other}? `interview check {other}` asks."
    report("text", text=text)


def _report_unwritten(number: int, name: str, report: Report) -> None:
    # What the question doesn't ask for isn't held against it.
    mark = "✗" if name in registry.of(number).asked else "·"
    report("unwritten", name=name, text=f"{mark} {name}: not written yet")


def _listed(names: list[str] | tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _lost(text: str, answers: loading.Answers) -> str:
    """Why a name that an answer misses isn't there, where its own cell failed."""
    found = re.search(r"NameError: name '(\w+)' is not defined", text)
    why = found and answers.lost.get(found[1])
    return f"\n`{found[1]}` isn't there: {why}" if why else ""


def _take_standard_output() -> Report:
    """Keep standard output for reports; all other output goes to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    own = os.getpid()

    def report(event: str, **details: str) -> None:
        if os.getpid() != own:  # a fork in the learner's file runs on to here
            os._exit(0)
        sys.stderr.flush()
        channel.write(json.dumps({"event": event, **details}) + "\n")
        channel.flush()

    return report


def _take_standard_input() -> queue.SimpleQueue[str]:
    """The paths that are asked for; the learner's file finds its own input empty."""
    channel = os.fdopen(os.dup(0), encoding="utf-8")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        for line in channel:
            asked.put(json.loads(line))
        _leave()

    threading.Thread(target=read, daemon=True).start()
    return asked


def _leave() -> None:
    """End at once, with what the learner's file has started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _limit_files() -> None:
    """No file beyond a gigabyte, where the system can be asked for that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def _slow_down_forks() -> None:
    """Hold up a loop of forks, which would double faster than it's looked for.

    The count is of all that the file starts, in memory which its forks share.
    """
    if not hasattr(os, "register_at_fork"):  # Windows
        return
    count = mmap.mmap(-1, 1)

    def before() -> None:
        if count[0] >= QUICK_FORKS:
            time.sleep(1)
        else:
            count[0] += 1

    os.register_at_fork(before=before)


if __name__ == "__main__":
    main()
