"""`interview watch 4 FILE` with the check that imports no TensorFlow.

python -m tests.practising.watch_stand_in FILE SECONDS
"""

import sys
from pathlib import Path

from interview.judging.judge import Limits
from interview.practising.watch import loop

if __name__ == "__main__":
    limits = Limits(seconds=float(sys.argv[2]))
    loop.watch_file(4, Path(sys.argv[1]), limits, module="tests.judging.stand_in")
