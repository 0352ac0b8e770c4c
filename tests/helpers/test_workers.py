"""Two processes of one program: each knows its place, and none is left behind."""

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
