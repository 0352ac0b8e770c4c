"""A question lives in four places, and each of them is written to its end."""

import pytest

from interview.checks import registry
from tests.support import left_to_write, places_of


@pytest.mark.parametrize("number", registry.numbers(), ids="{:02d}".format)
def test_the_question_is_written(number):
    """Missing parts are listed; until none is, the other tests are skipped."""
    missing = [place for place, files in places_of(number).items() if not files]
    # A notebook without drawings of its own needs no module for them.
    missing = [place for place in missing if not place.startswith("helpers/")]
    left = [f"{place}: isn't there" for place in missing] + left_to_write(number)
    assert not left, f"question {number} needs:\n" + "\n".join(left)
