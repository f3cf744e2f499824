"""The line that tells how a run is doing."""

from __future__ import annotations

import time
from collections.abc import Callable

from training.checkpoints import Progress

SECONDS = 10.0  # between two lines


class Meter:
    """Adds up what is learnt, and reports its means every now and then."""

    def __init__(self, budget: float, report: Callable[[str], None]) -> None:
        """`budget` is in seconds."""
        self._budget = budget
        self._report = report
        self._begin()

    def add(self, progress: Progress, tokens: int, words: float, links: float, rate: float) -> None:
        """A step: its target pieces, its two losses and its learning rate."""
        self._steps += 1
        self._tokens += tokens
        self._words += words * tokens
        self._links += links
        elapsed = time.monotonic() - self._since
        if elapsed < SECONDS:
            return
        self._report(
            f"{progress.seconds / self._budget:4.0%}  step {progress.step:,}  "
            f"words {self._words / self._tokens:.3f}  links {self._links / self._steps:.3f}  "
            f"rate {rate:.1e}  {self._tokens / elapsed:,.0f} pieces/s"
        )
        self._begin()

    def _begin(self) -> None:
        self._since = time.monotonic()
        self._steps = self._tokens = 0
        self._words = self._links = 0.0
