"""Several processes of one program, as several machines would run it."""

import json
import os
import socket
import subprocess
import sys


def run_workers(program: str, count: int = 2, seconds: float = 180) -> list[str]:
    """Run a program once for each worker of a TensorFlow cluster on this machine.

    Args:
        program: Python source; `TF_CONFIG` tells each worker who the others are.
        count: number of workers.
        seconds: time limit. Whatever happens, all workers are ended before this
            returns: one whose partner has died would wait for it for ever.

    Returns:
        What each worker printed to standard output.

    Raises:
        RuntimeError: a worker failed; the message is the end of what it said.
        subprocess.TimeoutExpired: they didn't finish in time.
    """
    ports = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    addresses = [f"127.0.0.1:{port.getsockname()[1]}" for port in ports]
    for port in ports:
        port.close()
    workers = []
    try:
        for index in range(count):
            role = {"type": "worker", "index": index}
            config = {"cluster": {"worker": addresses}, "task": role}
            workers.append(
                subprocess.Popen(
                    [sys.executable, "-c", program],
                    env={**os.environ, "TF_CONFIG": json.dumps(config)},
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
            )
        outputs = [worker.communicate(timeout=seconds) for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    for worker, (_, said) in zip(workers, outputs, strict=True):
        if worker.returncode:
            raise RuntimeError(said[-2000:])
    return [printed for printed, _ in outputs]
