"""Requests that somebody waits for go before jobs, between two batches of a job.

A job's sentences go to the engine in slices of a few batches (`running`). Before
each, it waits until no request is being translated, nor was a moment ago; never
for longer than `LONGEST_WAIT`, so that a busy service gets through its jobs too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alignment.document import Languages
from service.engine import Engines, Translation
from service.engine.surrounded import Call, SurroundedEngines, Task

# Seconds that have to pass after a request: a page asks for one article after another.
QUIET = 0.05
# Seconds that a slice of a job waits at most.
LONGEST_WAIT = 5.0


class Precedence:
    """Who is being translated for, and when somebody last was. Safe to use from several threads."""

    def __init__(
        self,
        quiet: float = QUIET,
        longest_wait: float = LONGEST_WAIT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quiet = quiet
        self._longest_wait = longest_wait
        self._clock = clock
        self._changed = threading.Condition()
        self._running = 0
        self._last = -float("inf")

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Somebody waits for what is done within."""
        with self._changed:
            self._running += 1
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._last = self._clock()
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until nobody is ahead, for at most the longest wait."""
        until = self._clock() + self._longest_wait
        with self._changed:
            while (wait := min(self._to_wait(), until - self._clock())) > 0:
                self._changed.wait(wait)

    def _to_wait(self) -> float:
        if self._running:
            return float("inf")
        return self._last + self._quiet - self._clock()


def interactive(engines: Engines, precedence: Precedence) -> Engines:
    """The engines for what somebody waits for."""

    def first(_languages: Languages, _task: Task, call: Call) -> list[Translation]:
        with precedence.ahead():
            return call()

    return SurroundedEngines(engines, first)


def background(engines: Engines, precedence: Precedence) -> Engines:
    """The engines for jobs, which give way to the interactive ones before each call."""

    def after(_languages: Languages, _task: Task, call: Call) -> list[Translation]:
        precedence.give_way()
        return call()

    return SurroundedEngines(engines, after)
