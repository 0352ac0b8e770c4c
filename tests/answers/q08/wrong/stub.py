"""Not written yet."""

FAULT = "not written yet"


def train_members(build, x, y, seeds, epochs):
    raise NotImplementedError("write train_members")
