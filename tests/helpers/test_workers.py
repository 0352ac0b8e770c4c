"""Two processes of one program: each knows its place, and none is left behind."""

import subprocess
import time

import psutil
import pytest

from helpers.workers import run_workers

PLACE = "import json, os; print(json.loads(os.environ['TF_CONFIG'])['task']['index'])"


def test_each_worker_knows_its_place():
    assert [printed.strip() for printed in run_workers(PLACE, count=3)] == list("012")


def test_a_worker_that_fails_says_why_and_none_is_left():
    fails = PLACE + "\nimport time\nraise ValueError('no network')"
    with pytest.raises(RuntimeError, match="no network"):
        run_workers(fails)
    left = psutil.Process().children(recursive=True)
    assert not [p for p in left if "no network" in " ".join(p.cmdline())]


def test_workers_may_write_much_while_they_wait_for_each_other(tmp_path):
    """The first waits until the second has written more than a pipe holds."""
    meeting = (
        f"{PLACE}\nimport pathlib, sys, time\n"
        f"done = pathlib.Path({str(tmp_path / 'done')!r})\n"
        "if json.loads(os.environ['TF_CONFIG'])['task']['index'] == 1:\n"
        "    sys.stderr.write('x' * 300_000)\n"
        "    done.touch()\n"
        "while not done.exists(): time.sleep(0.01)\n"
    )
    outputs = run_workers(meeting, seconds=30)
    assert [printed.strip() for printed in outputs] == ["0", "1"]


def test_the_limit_is_for_all_and_a_failure_ends_the_wait():
    began = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        run_workers(f"{PLACE}\nimport time; time.sleep(100)", count=3, seconds=1)
    # The first worker would run for long if the second didn't fail.
    alone = (
        f"{PLACE}\nimport time\n"
        "if json.loads(os.environ['TF_CONFIG'])['task']['index'] == 0: time.sleep(50)\n"
        "raise ValueError('no partner')"
    )
    with pytest.raises(RuntimeError, match="no partner"):
        run_workers(alone)
    assert time.monotonic() - began < 25
