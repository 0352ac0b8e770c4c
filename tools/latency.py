"""How long a learner waits for a check: by command, and from a save while watching.

The answer is that of the study notebook, with all its parts. Nothing is recorded
outside of a temporary folder.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

from interview import study_notebooks

# Seconds without work after which the process that waits for a save has warmed up.
IDLE = 1.0


def measure(number: int, rounds: int) -> dict[str, float]:
    """Medians, in seconds, of a cold check and of a watched save; memory in GB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.ipynb"
        shutil.copyfile(study_notebooks.path_of(number), file)
        end = f"question {number}: passed"
        cold = [_cold(number, file) for _ in range(rounds)]
        watch = _start("watch", number, file)
        try:
            _until(watch, end)  # `watch` checks the file once when it begins
            saves = [_save(watch, file, end) for _ in range(rounds)]
        finally:
            watch.terminate()
            watch.wait()
    first, verdict, memory = map(median, zip(*saves, strict=True))
    return {
        "cold": round(median(cold), 1),
        "first": round(first, 2),
        "verdict": round(verdict, 1),
        "memory": round(memory, 2),
    }


def _start(command: str, number: int, file: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "interview", command, str(number), file.name],
        cwd=file.parent,
        env={**os.environ, "KERAS_INTERVIEW_PRACTICE": str(file.parent / "practice")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _cold(number: int, file: Path) -> float:
    began = time.perf_counter()
    process = _start("check", number, file)
    lines, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"question {number} isn't right:\n{lines}")
    return time.perf_counter() - began


def _save(watch: subprocess.Popen, file: Path, end: str) -> tuple[float, float, float]:
    """Save the file: seconds to the first mark and to the verdict; memory in GB."""
    memory = _wait_until_warm(watch)
    began = time.perf_counter()
    file.write_bytes(file.read_bytes())
    return _until(watch, "✓") - began, _until(watch, end) - began, memory


def _until(watch: subprocess.Popen, text: str) -> float:
    """Read what is printed until a line has a text; returns when that was."""
    for line in watch.stdout:
        if text in line:
            return time.perf_counter()
    raise RuntimeError(f"it ended, and never said {text}")


def _wait_until_warm(watch: subprocess.Popen) -> float:
    """Wait until the next save's process is ready; returns its memory in GB."""
    while watch.poll() is None:
        # The watching process starts a supervisor, which starts the worker.
        for child in psutil.Process(watch.pid).children(recursive=True):
            before = child.cpu_times()
            time.sleep(IDLE)
            is_worker = "--warm" in child.cmdline() and not child.children()
            if is_worker and child.cpu_times() == before:
                return child.memory_info().rss / 1e9
    raise RuntimeError("it ended before a process had warmed up")
