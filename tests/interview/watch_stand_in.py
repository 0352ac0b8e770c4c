"""`interview watch 4 FILE` with the check that imports no TensorFlow.

python -m tests.interview.watch_stand_in FILE SECONDS
"""

import sys
from pathlib import Path

from interview import watching
from interview.judge import Limits

if __name__ == "__main__":
    limits = Limits(seconds=float(sys.argv[2]))
    watching.run(4, Path(sys.argv[1]), limits, module="tests.interview.stand_in")
