"""How often somebody may ask: a bucket of requests for each, which fills up again by itself.

In memory, so each process has its own; failed passwords are counted in the
store instead, see `service.store.people.failures`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

# Requests a minute, and as many at once. A page with its parts takes about ten.
SIGNED_IN = 1200
UNKNOWN = 240
# More buckets than this are looked through for full ones, which nothing has to be known of.
KEPT = 10_000


@dataclass(slots=True)
class Rates:
    """The buckets: who, what is left in it, and when that was."""

    left: dict[str, tuple[float, float]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def take(self, who: str, a_minute: int) -> float:
        """Seconds until `who` may ask again, 0 if they may now, which is counted."""
        at = monotonic()
        with self.lock:
            if len(self.left) > KEPT:
                self._forget_full(at)
            left, then = self.left.get(who, (float(a_minute), at))
            left = min(a_minute, left + (at - then) * a_minute / 60)
            if left < 1:
                return (1 - left) * 60 / a_minute
            self.left[who] = (left - 1, at)
        return 0.0

    def _forget_full(self, at: float) -> None:
        """Every bucket is full after a minute."""
        self.left = {who: each for who, each in self.left.items() if at - each[1] < 60}
