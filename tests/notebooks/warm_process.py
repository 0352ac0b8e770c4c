"""Processes that start with Keras imported, because they are forks of one process.

An ordinary kernel takes four seconds until it has imported Keras, and `make test` runs
all notebooks, copies and programs. `python warm_process.py serve SOCKET`
imports it once, and forks for each connection. `python warm_process.py connect SOCKET
MODULE ARGUMENTS` stands for `python -m MODULE ARGUMENTS`, and is what a kernel's
specification starts: it asks for a process, hands its signals on, and lives as long as
the process does. Kernels of JupyterLab and of nbval's own run are ordinary ones.

These processes live for one run. So they skip work that pays only in a longer life, as
the process of a check does.
"""

import gc
import json
import os
import runpy
import select
import signal
import socket
import sys

LARGEST_REQUEST = 10**6


def serve(path: str) -> None:
    """Import what every notebook imports, then fork a process for each request.

    It ends when its standard input does, because the process that started it is gone.
    """
    import helpers.quiet  # isort: skip
    import keras  # noqa: F401
    from ipykernel import kernelapp  # noqa: F401

    from interview.judging import tensorflow_startup

    gc.collect()
    tensorflow_startup.skip_long_term_work()
    # The forked guards end by themselves, and nobody waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    server.bind(path)
    server.listen()
    while server in select.select([server, sys.stdin], [], [])[0]:
        connection, _ = server.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            server.close()
            _guard(connection)
        connection.close()


def _guard(connection: socket.socket) -> None:
    """Fork the process, send its number, and end with it or with the client."""
    request, streams, *_ = socket.recv_fds(connection, LARGEST_REQUEST, 3)
    # The pipe becomes readable when the process, which holds its other end, has ended.
    ended, held = os.pipe()
    process = os.fork()
    if process == 0:
        connection.close()
        os.close(ended)
        _become(json.loads(request), streams)
    for number in (*streams, held):
        os.close(number)
    connection.send(str(process).encode())
    ready, *_ = select.select([connection, ended], [], [])
    if ended not in ready:
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if ended in ready:
        connection.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(request: dict, streams: list[int]) -> None:
    """Run the module that was asked for, with its arguments, and end."""
    for own, given in enumerate(streams):
        os.dup2(given, own)
    os.environ.clear()
    # A kernel ends when its parent does, which is the guard.
    os.environ.update(request["environment"], JPY_PARENT_PID=str(os.getppid()))
    os.chdir(request["folder"])
    module, *arguments = request["arguments"]
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        # Python collects garbage before it ends, which takes long among traced graphs.
        gc.freeze()
    sys.exit()


def connect(path: str, arguments: list[str]) -> None:
    """Ask for a process, and act in its place until it ends."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    connection.connect(path)
    request = {
        "arguments": arguments,
        "environment": dict(os.environ),
        "folder": os.getcwd(),
    }
    socket.send_fds(connection, [json.dumps(request).encode()], [0, 1, 2])
    process = int(connection.recv(20))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: os.kill(process, number))
    parent = os.getppid()
    while not select.select([connection], [], [], 1)[0]:
        if os.getppid() != parent:  # whoever asked is gone
            sys.exit(1)
    sys.exit(int(connection.recv(20) or 1))


if __name__ == "__main__":
    _, what, where, *more = sys.argv
    serve(where) if what == "serve" else connect(where, more)
