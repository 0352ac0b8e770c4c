"""A program's work moves below its main guard, and the rest stays unchanged."""

import pytest

from interview.main_guard import guarded

PROGRAM = '''\
"""What it is."""
import math

# As many as there are.
SIZES = [2, 3]


def main(epochs=20):
    return f"""
{epochs}"""
'''


@pytest.mark.parametrize(
    "call", ["", "\nscore = main(epochs=1)\n", "\n# Short.\nmain(load_data=some)\n"]
)
def test_work_comes_last_and_without_a_notebook_s_arguments(call):
    expected = f'{PROGRAM}\nif __name__ == "__main__":\n    main()\n'
    assert guarded(PROGRAM + call) == expected
