"""Import TensorFlow without its start-up notes; import this before Keras.

TensorFlow writes about instruction sets and missing GPUs to the process's standard
error before any setting of its own is heeded, and a kernel puts that into the first
cell's output. Turning oneDNN off would silence half of it, and makes convolutions
1.6 times slower; so the notes are held back instead, and shown if the import fails.
"""

import os
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
# From here on: errors only.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def _import_tensorflow() -> None:
    if "tensorflow" in sys.modules:
        return
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


_import_tensorflow()
