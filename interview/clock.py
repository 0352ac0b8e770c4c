"""What the first cell of a practice copy imports: `clock.start(4)`."""

from interview.practising.clock import start

__all__ = ["start"]
