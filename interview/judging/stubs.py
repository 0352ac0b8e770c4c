"""What a practice copy has in the place of an answer."""

STUB = 'raise NotImplementedError("not written yet")'
