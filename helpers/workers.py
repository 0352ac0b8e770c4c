"""Several processes of one program, as several machines would run it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from typing import IO


def run_workers(program: str, count: int = 2, seconds: float = 180) -> list[str]:
    """Run a program once for each worker of a TensorFlow cluster on this machine.

    Args:
        program: Python source; `TF_CONFIG` tells each worker who the others are.
        count: number of workers.
        seconds: time limit for the whole run. All workers are ended before this
            function returns, since a worker whose partner has died would wait forever.

    Returns:
        What each worker printed to standard output.

    Raises:
        RuntimeError: a worker failed; the message is the end of what it said.
        subprocess.TimeoutExpired: they didn't finish in time.
    """
    end = time.monotonic() + seconds
    ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    addresses = [f"127.0.0.1:{port.getsockname()[1]}" for port in ports]
    for port in ports:
        port.close()
    workers: list[subprocess.Popen] = []
    with contextlib.ExitStack() as stack:
        # The workers write into files, because a worker that fills an unread pipe would
        # block, and the others with it.
        outputs = [stack.enter_context(tempfile.TemporaryFile("w+")) for _ in ports]
        errors = [stack.enter_context(tempfile.TemporaryFile("w+")) for _ in ports]
        try:
            for index in range(count):
                role = {"type": "worker", "index": index}
                config = {"cluster": {"worker": addresses}, "task": role}
                worker = subprocess.Popen(
                    [sys.executable, "-c", program],
                    env={**os.environ, "TF_CONFIG": json.dumps(config)},
                    stdout=outputs[index],
                    stderr=errors[index],
                )
                workers.append(worker)
            while None in (codes := [worker.poll() for worker in workers]):
                if any(codes):
                    break
                if time.monotonic() > end:
                    raise subprocess.TimeoutExpired(workers[0].args, seconds)
                time.sleep(0.05)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
        for code, output in zip(codes, errors, strict=True):
            if code:
                raise RuntimeError(_read(output)[-2000:])
        return [_read(output) for output in outputs]


def _read(file: IO[str]) -> str:
    file.seek(0)
    return file.read()
