"""The process that waits for the next file, without TensorFlow: `stand_in`."""

import time

import pytest

from interview.judging.judge import Limits, Worker
from interview.judging.spare_worker import DIED, SpareWorker
from tests.support import ROOT

STAND_IN = "tests.judging.stand_in"
RIGHT = b"def run_training_loop():\n    return 4\n"
PATIENCE = 60


@pytest.fixture
def spare():
    with SpareWorker(4, STAND_IN) as spare:
        yield spare


def judged(worker, content=RIGHT):
    heard = []
    with worker:
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
        until(lambda: spare.is_ready)
        worker = spare.take()
        assert worker.is_ready
        assert not spare.is_ready
        verdict, _ = judged(worker, content)
        assert verdict.passed == ["run_training_loop"]


def test_one_that_is_not_ready_yet_judges_too(spare):
    spare.prepare()
    verdict, heard = judged(spare.take())
    assert verdict.passed == ["run_training_loop"]
    assert [event.kind for event in heard] == ["tick", "passed"]


def test_a_file_may_ask_for_a_process_of_its_own(spare):
    spare.prepare()
    until(lambda: spare.is_ready)
    worker = spare.take(cold=True)
    assert spare.is_ready
    assert judged(worker)[0].passed


def test_one_that_dies_is_replaced_and_said(spare):
    spare.prepare()
    until(lambda: spare.is_ready)
    assert spare.replace_dead() == ""
    worker = spare.take()
    worker.close()
    spare._waiting = worker
    assert spare.replace_dead() == DIED
    assert judged(spare.take())[0].passed


def test_one_that_dies_while_it_warms_up_is_not(monkeypatch):
    """A new one would die, too; the next file's verdict says what is wrong."""
    with SpareWorker(4, "tests.interview.nothing_like_it") as spare:
        spare.prepare()
        waiting = spare._waiting
        until(lambda: waiting.exit_code is not None)
        assert spare.replace_dead() == ""
        assert spare._waiting is None
        verdict, _ = judged(spare.take())
        assert "ended its own process (exit code 1)" in verdict.trouble


def test_what_is_judged_may_be_dropped(spare):
    """Another thread drops it, as a later save does."""
    import threading

    worker = spare.take()
    threading.Timer(0.5, worker.drop).start()
    verdict, heard = judged(worker, b"while True: pass\n")
    assert verdict is None
    assert heard == []
    assert worker.exit_code is not None


def test_the_process_reads_nothing_of_ours(spare):
    """Standard input is empty for the learner's file."""
    worker = spare.take()
    verdict, heard = judged(worker, b"print(repr(input()))\n" + RIGHT)
    assert "EOFError" in verdict.trouble, heard


def test_a_warm_process_is_as_a_fresh_one():
    """In a real check, Keras's work ahead doesn't change the names of layers."""
    source = (ROOT / "tests/answers/q06/right/stable_where.py").read_text("utf-8")
    source += "\nprint(keras.layers.Dense(1).name, keras.Variable(1.0).name)\n"
    with Worker(6, warm=True) as warm, Worker(6) as cold:
        until(lambda: warm.is_ready or warm.exit_code is not None)
        said = [judged(worker, source.encode()) for worker in (warm, cold)]
    (verdict, heard), (fresh, heard_fresh) = said
    assert verdict.passed == ["WarmupStableDecay"], heard
    assert verdict == fresh
    # The file's prints come by a separate channel, so they are compared separately.
    for is_print in (True, False):
        warm_said, fresh_said = (
            [e for e in events if (e.kind == "printed") is is_print]
            for events in (heard, heard_fresh)
        )
        assert warm_said == fresh_said
