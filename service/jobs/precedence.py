"""Requests that somebody waits for go before jobs, between two batches of a job.

A job's sentences go to the engine in slices of a few batches (`running`). Before
each, it waits until no request is being translated, nor was a moment ago; never
for longer than `LONGEST_WAIT`, so that a busy service gets through its jobs too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from alignment.document import Languages, ModelInfo
from service.engine import Choice, Engine, Engines, Quality, Translation, likeliest

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


@dataclass(frozen=True, slots=True)
class Ahead:
    """An engine whose work goes first."""

    engine: Engine
    precedence: Precedence

    @property
    def languages(self) -> Languages:
        """The pair that it translates."""
        return self.engine.languages

    def signature(self, quality: Quality) -> ModelInfo:
        """Which model this is, and how it decodes at this quality."""
        return self.engine.signature(quality)

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        """One translation for each sentence, before any job goes on."""
        with self.precedence.ahead():
            return self.engine.translate(sentences, quality, on_progress, choice)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair aligned, before any job goes on."""
        with self.precedence.ahead():
            return self.engine.align(pairs)


@dataclass(frozen=True, slots=True)
class Behind:
    """An engine that waits before each call; who has much to translate calls it for a bit."""

    engine: Engine
    precedence: Precedence

    @property
    def languages(self) -> Languages:
        """The pair that it translates."""
        return self.engine.languages

    def signature(self, quality: Quality) -> ModelInfo:
        """Which model this is, and how it decodes at this quality."""
        return self.engine.signature(quality)

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        """One translation for each sentence, once nobody is ahead."""
        self.precedence.give_way()
        return self.engine.translate(sentences, quality, on_progress, choice)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair aligned, once nobody is ahead."""
        self.precedence.give_way()
        return self.engine.align(pairs)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """Engines that all stand on one side of a precedence."""

    engines: Engines
    wrap: Callable[[Engine], Engine]

    def pairs(self) -> tuple[Languages, ...]:
        """The pairs there are, the default one first."""
        return self.engines.pairs()

    def engine(self, languages: Languages) -> Engine:
        """The engine of a pair, loaded now if it was not. Raises UnsupportedPair."""
        return self.wrap(self.engines.engine(languages))

    def ready(self) -> bool:
        """Whether the default pair's model is loaded."""
        return self.engines.ready()


def interactive(engines: Engines, precedence: Precedence) -> Engines:
    """The engines for what somebody waits for."""
    return Wrapped(engines, lambda engine: Ahead(engine, precedence))


def background(engines: Engines, precedence: Precedence) -> Engines:
    """The engines for jobs, which give way to the interactive ones."""
    return Wrapped(engines, lambda engine: Behind(engine, precedence))
