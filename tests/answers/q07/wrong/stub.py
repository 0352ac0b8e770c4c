"""Nothing yet."""

FAULT = "not written yet"


def make_pairs(x, y, num_pairs, seed):
    raise NotImplementedError("not written yet")
