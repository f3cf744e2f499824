"""What the rest of the service knows of a translation model.

This package is a wall: nothing outside it imports torch, transformers,
ctranslate2 or sentencepiece, and this module imports none of them either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from alignment.document import Issue, Languages, ModelInfo
from alignment.span import Span

Quality = Literal["best", "fast"]
QUALITIES: tuple[Quality, ...] = get_args(Quality)


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated sentence, its pieces, and how they attend to the source's.

    Spans, those of `issues` too, count code points within the sentence and
    within `text`; pieces are without the white space around them.
    `attention[t][s]` is the weight of source piece `s` behind target piece
    `t`; what a row lacks to 1 went to the end of the sentence. `score` is the
    mean log-probability a piece, None where no model was asked.
    """

    text: str
    source_pieces: tuple[Span, ...]
    target_pieces: tuple[Span, ...]
    attention: Sequence[Sequence[float]]
    score: float | None
    issues: tuple[Issue, ...] = ()


# Of a text and its translations, the likeliest first, the one to take; each is made when asked for.
Choice = Callable[[str, Iterator[Translation]], Translation]


def likeliest(text: str, translations: Iterator[Translation]) -> Translation:
    """The Choice that leaves it to the model."""
    return next(translations)


class Engine(Protocol):
    """A loaded model for one language pair. Safe to call from several threads."""

    @property
    def languages(self) -> Languages:
        """The pair that it translates."""
        ...

    def signature(self, quality: Quality) -> ModelInfo:
        """Which model this is, and how it decodes at this quality."""
        ...

    def translate(
        self,
        sentences: Sequence[str],
        quality: Quality = "best",
        on_progress: Callable[[int], None] | None = None,
        choice: Choice = likeliest,
    ) -> list[Translation]:
        """One translation for each sentence, in the order given.

        `quality` best is a beam of 4, fast is greedy. `on_progress` is told,
        now and then, how many more sentences are done. `choice` takes one of
        what the beam holds for a sentence, or for a part of one too long for
        the model; it is asked from several threads.
        """
        ...

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[Translation]:
        """Each pair of a sentence and a translation that somebody else made, in the order given.

        The model is made to say the translation as it stands: `text` is the
        pair's second, `attention` what the model looked at, and `score` how
        likely it was to say so.
        """
        ...


class Engines(Protocol):
    """The engines that a service can call on, one for each pair that it translates."""

    def pairs(self) -> tuple[Languages, ...]:
        """The pairs there are, the default one first."""
        ...

    def engine(self, languages: Languages) -> Engine:
        """The engine of a pair, loaded now if it was not. Raises UnsupportedPair."""
        ...

    def ready(self) -> bool:
        """Whether the default pair's model is loaded."""
        ...
