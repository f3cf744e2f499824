"""Engines with something around each of their calls: a clock, a place in the queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from alignment.document import Languages, ModelInfo
from service.engine import Choice, Engine, Engines, Quality, Translation, likeliest

Task = Literal["translate", "align"]
Call = Callable[[], list[Translation]]
# What is around a call: it makes the call, and gives what came of it.
Around = Callable[[Languages, Task, Call], list[Translation]]


@dataclass(frozen=True, slots=True)
class Surrounded:
    """An engine; all that asks a model goes through `around`."""

    engine: Engine
    around: Around

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
        """One translation for each sentence, in the order given."""
        return self.around(
            self.languages,
            "translate",
            lambda: self.engine.translate(sentences, quality, on_progress, choice),
        )

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair of a sentence and a translation of it, in the order given."""
        return self.around(self.languages, "align", lambda: self.engine.align(pairs))


@dataclass(frozen=True, slots=True)
class SurroundedEngines:
    """Engines that all have the same around them."""

    engines: Engines
    around: Around

    def pairs(self) -> tuple[Languages, ...]:
        """The pairs there are, the default one first."""
        return self.engines.pairs()

    def engine(self, languages: Languages) -> Engine:
        """The engine of a pair, loaded now if it was not. Raises UnsupportedPair."""
        return Surrounded(self.engines.engine(languages), self.around)

    def ready(self) -> bool:
        """Whether the default pair's model is loaded."""
        return self.engines.ready()
