"""Check one file: `python -m interview.judging.worker 4`, in a process of its own.

`interview.judging.judge` starts this process, so that it can end a file that never
ends. The process reads one JSON object per line from standard input: first {"file":
path, "seconds": limit, "only": names}, then, when the file has been loaded, {"secret":
word}. It writes its reports to standard output in the same way, with that word, which
the file's own code couldn't know while it ran. All output of the file goes to standard
error. The process ends when its standard input does.
"""

import argparse
import faulthandler
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
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO

from interview.checks import registry
from interview.judging import loading, supervisor, tensorflow_startup

LARGEST_FILE = 10**9
# This many forks are immediate; each further one is delayed by a second.
QUICK_FORKS = 60

Report = Callable[..., None]


def main() -> None:
    """Run the file and check what it defines, one name after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("number", type=int)
    parser.add_argument("--module", default="")
    parser.add_argument("--warm", action="store_true")
    given = parser.parse_args()
    supervisor.fork_worker()
    connection = _Connection()
    _limit_files()
    _slow_down_forks()
    if given.warm:
        tensorflow_startup.warm_up(given.number, given.module)
        connection.report("ready")
    (path, only), is_brief = connection.next_file(), not given.warm
    check_file(given.number, path, connection.report, given.module, is_brief, only)
    connection.report("done")


def check_file(
    number: int,
    path: Path,
    report: Report,
    module: str = "",
    is_brief: bool = False,
    only: Collection[str] = (),
) -> None:
    """Check each of a question's names that a file defines, and report on each.

    Args:
        number: the question.
        path: the learner's file.
        report: called with the fields of an `interview.judging.judge.Event`.
        module: the module that holds the `question`; by default the question's check.
        is_brief: whether the process ends afterwards, and may skip work that pays only
            in a long life.
        only: the names to check; by default all.
    """
    wanted = set(only or registry.of(number).names)
    try:
        answers = loading.load(path, number)
    except loading.CannotRun as error:
        behind = _traceback(error.__cause__) if error.__cause__ else ""
        report("cannot_run", text=str(error), traceback=behind)
        return
    report("loaded")
    _report_missing(number, path, answers, report)
    for name, why in answers.broken.items():
        if name in wanted:
            report("failed", name=name, text=f"✗ {name}: {why}")
    for name in registry.of(number).names:
        if name in answers.blank & wanted:
            _report_unwritten(number, name, report)
    given = {name: answers.defined[name] for name in wanted & answers.defined.keys()}
    if not given:  # the check would import TensorFlow for nothing
        return
    if not module:
        # Imported first, since the check's imports would show TensorFlow's notes.
        importlib.import_module("helpers.quiet")
    # Imported here because most checks import TensorFlow.
    check = importlib.import_module(module or f"interview.checks.q{number:02d}")
    claims = importlib.import_module("interview.checks.claims")
    if is_brief:
        tensorflow_startup.skip_long_term_work()
    claims.tell = lambda line: report("tick", text=line)
    for _, name, failure in check.question.outcomes(given):
        if failure is None:
            report("passed", name=name)
        elif failure.is_unwritten:
            _report_unwritten(number, name, report)
        else:
            report(
                "failed",
                name=name,
                text=failure.message,
                claim=failure.claim,
                because=_why_lost(failure.cause, answers),
                traceback=_traceback(failure.cause) if failure.cause else "",
            )


def _report_missing(
    number: int, path: Path, answers: loading.Answers, report: Report
) -> None:
    """Report in one line all names that are asked for and missing."""
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
    # A missing name that the question doesn't ask for isn't a failure.
    mark = "✗" if name in registry.of(number).asked else "·"
    report("unwritten", name=name, text=f"{mark} {name}: not written yet")


def _listed(names: list[str] | tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _why_lost(error: BaseException | None, answers: loading.Answers) -> str:
    """Why a name that an answer needs is missing, if its own cell failed."""
    # For an error in a `tf.function`, only the message has its kind and the name.
    found = re.search(r"name '(\w+)' is not defined", str(error))
    why = found and answers.lost.get(found[1])
    return f"`{found[1]}` isn't there: {why}" if why else ""


class _Connection:
    """Standard input and output, kept for requests and reports.

    The learner's file finds its input empty, and all that it prints goes to standard
    error.
    """

    def __init__(self) -> None:
        requests = os.fdopen(os.dup(0), encoding="utf-8")
        self._reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
        empty = os.open(os.devnull, os.O_RDONLY)
        os.dup2(empty, 0)
        os.close(empty)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._process, self._secret = os.getpid(), ""
        self._requests: queue.SimpleQueue[dict] = queue.SimpleQueue()
        reader = threading.Thread(target=self._read, args=(requests,), daemon=True)
        reader.start()

    def next_file(self) -> tuple[Path, list[str]]:
        """Wait for the file, and the names to check; then its time begins to run.

        Shortly before the time is over, faulthandler writes the current line of each
        thread to the reports, whatever the process is doing.
        """
        request = self._requests.get()
        seconds = request["seconds"]
        shortly_before = seconds - min(5, seconds / 10)
        faulthandler.dump_traceback_later(shortly_before, file=self._reports)
        return Path(request["file"]), request["only"]

    def report(self, kind: str, **details: str) -> None:
        """Report an event; once the file is loaded, with the secret."""
        if os.getpid() != self._process:  # a fork in the learner's file gets here, too
            os._exit(0)
        sys.stderr.flush()
        event = {"kind": kind, "secret": self._secret, **details}
        self._reports.write(json.dumps(event) + "\n")
        self._reports.flush()
        if kind == "loaded":
            self._secret = self._requests.get()["secret"]

    def _read(self, requests: IO[str]) -> None:
        for line in requests:
            self._requests.put(json.loads(line))
        _leave()


def _leave() -> None:
    """End at once, with all that the file has started, because the caller is gone."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _limit_files() -> None:
    """Limit files to a gigabyte, if the system supports that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def _slow_down_forks() -> None:
    """Delay a loop of forks, which would otherwise outrun the search for processes.

    The count includes all forks that the file starts, in memory that they share.
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
