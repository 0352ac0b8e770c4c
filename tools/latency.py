"""How long a learner waits for a check: by command, and from a save while watching.

The answer is that of the study notebook, with all its parts. Nothing is recorded
outside of a temporary folder.
"""

import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import psutil

from interview import study_notebooks

# Seconds after which a check or a save counts as hanging.
PATIENCE = 120
# Seconds without work after which the process that waits for a save has warmed up.
IDLE = 1.0


def measure(number: int, rounds: int) -> dict[str, float]:
    """Medians, in seconds, of a cold check and of a watched save; memory in GB."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.ipynb"
        shutil.copyfile(study_notebooks.path_of(number), file)
        cold = [_cold(number, file) for _ in range(rounds)]
        with _Watched(number, file) as watched:
            saves = [watched.save() for _ in range(rounds)]
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
    lines, _ = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(f"question {number} isn't right:\n{lines}")
    return time.perf_counter() - began


class _Watched:
    """`interview watch` on a file."""

    def __init__(self, number: int, file: Path) -> None:
        self._file, self._content = file, file.read_bytes()
        self._end = f"question {number}: passed"
        self._lines: queue.SimpleQueue[tuple[float, str]] = queue.SimpleQueue()
        self._process = _start("watch", number, file)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> "_Watched":
        self._until(self._end)  # `watch` checks the file once when it begins
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()

    def save(self) -> tuple[float, float, float]:
        """Save the file: seconds to the first mark and to the verdict; memory in GB."""
        memory = self._wait_until_warm()
        began = time.perf_counter()
        self._file.write_bytes(self._content)
        first, _ = self._until("✓")
        verdict, _ = self._until(self._end)
        return first - began, verdict - began, memory

    def _read(self) -> None:
        for line in self._process.stdout:
            self._lines.put((time.perf_counter(), line))

    def _until(self, text: str) -> tuple[float, str]:
        while True:
            at, line = self._lines.get(timeout=PATIENCE)
            if text in line:
                return at, line

    def _wait_until_warm(self) -> float:
        """Wait until the next save's process is ready; returns its memory in GB."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            # The watching process starts a supervisor, which starts the worker.
            for child in psutil.Process(self._process.pid).children(recursive=True):
                before = child.cpu_times()
                time.sleep(IDLE)
                is_worker = "--warm" in child.cmdline() and not child.children()
                if is_worker and child.cpu_times() == before:
                    return child.memory_info().rss / 1e9
        raise RuntimeError("no process has warmed up")
