"""Import TensorFlow without its start-up notes; import this before Keras.

Keras runs on TensorFlow from here on, whatever `KERAS_BACKEND` says in the shell.

TensorFlow writes about instruction sets and missing GPUs to the process's standard
error before it reads any of its settings, and a kernel puts that into the first cell's
output. Here the notes are held back, and shown only if the import fails. Turning oneDNN
off would silence half of them, and would make convolutions 1.6 times slower.
"""

import os
import sys
import tempfile


class OtherBackend(ImportError):
    """Keras already runs on another backend; the message says what to do.

    Jupyter shows the message alone.
    """

    def __init__(self, backend: str) -> None:
        super().__init__(
            f"Keras was imported on {backend} here, and this needs TensorFlow: restart "
            f"Python (in Jupyter, the kernel), import `helpers.quiet` before `keras`."
        )

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def _choose_backend() -> None:
    """Let Keras run on TensorFlow.

    Raises:
        OtherBackend: Keras has been imported with another backend.
    """
    os.environ["KERAS_BACKEND"] = "tensorflow"
    if "keras" in sys.modules:
        backend = sys.modules["keras"].config.backend()
        if backend != "tensorflow":
            raise OtherBackend(backend)
        return
    # A failed import, such as that of a backend that isn't installed, leaves modules
    # of Keras that are tied to that backend.
    for name in [name for name in sys.modules if name.startswith("keras.")]:
        del sys.modules[name]


def _import_tensorflow() -> None:
    if "tensorflow" in sys.modules:
        return
    # From here on TensorFlow writes errors only.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    saved = os.dup(2)
    with tempfile.TemporaryFile() as notes:
        os.dup2(notes.fileno(), 2)
        try:
            import tensorflow

            tensorflow.get_logger().setLevel("WARNING")
        except BaseException:
            notes.seek(0)
            os.write(saved, notes.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


_choose_backend()
_import_tensorflow()
