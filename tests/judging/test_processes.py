"""Which processes are ended and counted where there is no supervisor."""

import subprocess
import sys
import time

import psutil
import pytest

from interview.judging import processes
from interview.judging.processes import MARK, Family

SLEEP = [sys.executable, "-c", "import time; time.sleep(1000)"]
# Starts two processes, prints their numbers, and sleeps. The first has the mark but
# leaves the session; the second has no mark and stays a child.
PARENT = f"""
import os, subprocess, time
marked = subprocess.Popen({SLEEP!r}, start_new_session=True)
child = subprocess.Popen({SLEEP!r}, env={{}}, start_new_session=True)
print(marked.pid, child.pid, flush=True)
time.sleep(1000)
"""


@pytest.fixture
def family(monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 0.1)
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        env={MARK: "this test"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    yield Family(process, "this test"), process
    process.kill()
    process.wait()
    process.stdout.close()


def test_without_a_supervisor_what_was_seen_or_is_marked_ends(family):
    family, process = family
    started = list(map(psutil.Process, map(int, process.stdout.readline().split())))
    assert not family.has_too_many()
    family.end()
    assert process.returncode
    _, alive = psutil.wait_procs(started, timeout=10)
    assert not alive


def test_processes_are_not_looked_for_at_every_look(family, monkeypatch):
    """A search goes through all processes of the machine, which takes long."""
    family, _ = family
    searches = []
    children = psutil.Process.children

    def search(process, recursive=False):
        searches.append(process)
        return children(process, recursive)

    monkeypatch.setattr(psutil.Process, "children", search)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        family.has_too_many()
        time.sleep(0.01)
    assert 1 <= len(searches) <= 1 / processes.SEARCH_SECONDS + 1
