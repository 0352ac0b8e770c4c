"""The process that waits for the next file, without TensorFlow: `stand_in`."""

import contextlib
import time

import pytest

from interview.judging.judge import Limits, Worker
from interview.judging.spare_worker import SpareWorker
from tests.support import ROOT

STAND_IN = "tests.judging.stand_in"
RIGHT = b"def run_training_loop():\n    return 4\n"
PATIENCE = 60


@pytest.fixture
def spare():
    with contextlib.closing(SpareWorker(4, STAND_IN)) as spare:
        yield spare


def judged(worker, content=RIGHT):
    heard = []
    return worker.judge("answer.py", content, heard.append, Limits()), heard


def until(holds) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_each_process_judges_once(spare):
    """The next answer doesn't find anything that one answer leaves in its process."""
    leaves = b"import json\njson.left = True\n" + RIGHT
    looks = b"import json\nassert not hasattr(json, 'left')\n" + RIGHT
    for content in (leaves, looks):
        spare.prepare()
        until(lambda: spare.waiting.is_ready)
        worker = spare.take()
        assert worker.is_ready
        assert spare.waiting is None
        verdict, _ = judged(worker, content)
        assert verdict.passed == ["run_training_loop"]


def test_one_that_is_not_ready_yet_judges_too(spare):
    spare.prepare()
    verdict, heard = judged(spare.take())
    assert verdict.passed == ["run_training_loop"]
    assert [event.kind for event in heard] == ["tick", "passed"]


def test_one_that_dies_while_it_warms_up_is_not_replaced():
    """A new one would die, too; the next file's verdict says what is wrong."""
    spare = SpareWorker(4, "tests.interview.nothing_like_it")
    spare.prepare()
    until(lambda: spare.waiting.exit_code is not None)
    assert spare.replace_dead() == ""
    assert spare.waiting is None
    verdict, _ = judged(spare.take())
    assert "ended its own process (exit code 1)" in verdict.trouble


def test_a_warm_process_is_as_a_fresh_one():
    """In a real check, Keras's work ahead doesn't change the names of layers."""
    source = (ROOT / "tests/answers/q06/right/stable_where.py").read_text("utf-8")
    source += "\nprint(keras.layers.Dense(1).name, keras.Variable(1.0).name)\n"
    warm, cold = Worker(6, warm=True), Worker(6)
    until(lambda: warm.is_ready or warm.exit_code is not None)
    verdict, heard = judged(warm, source.encode())
    fresh, heard_fresh = judged(cold, source.encode())
    assert verdict.passed == ["WarmupStableDecay"], heard
    assert verdict == fresh
    # The file's prints come by a separate channel, so they are compared separately.
    for events in (heard, heard_fresh):
        events.sort(key=lambda event: event.kind == "printed")
    assert heard == heard_fresh
