"""What a fidelity check is, and what it reads: a sentence, its translation, their word links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from alignment.document import Issue, Languages, Link
from alignment.span import Span, touching
from alignment.words import words


# Compared as itself, so that what checks find out about a pair is kept for the next at no cost.
@dataclass(frozen=True, slots=True, eq=False)
class SentencePair:
    """A sentence and its translation.

    All spans count code points from the start of each sentence; `links` may be
    empty, where nothing is known of the words. `score` is the model's mean
    log-probability a piece, None where no model made the translation.
    """

    source: str
    target: str
    source_words: tuple[Span, ...]
    target_words: tuple[Span, ...]
    links: tuple[Link, ...]
    languages: Languages
    score: float | None = None

    def answering(self, span: Span) -> tuple[Span, ...]:
        """The target words linked to the source words that `span` touches, in reading order."""
        asked = set(touching(self.source_words, span))
        return tuple(sorted({link.target for link in self.links if link.source in asked}))

    def answered(self, span: Span) -> tuple[Span, ...]:
        """The source words linked to the target words that `span` touches, in reading order."""
        asked = set(touching(self.target_words, span))
        return tuple(sorted({link.source for link in self.links if link.target in asked}))


@dataclass(frozen=True, slots=True)
class Check:
    """One question that is put to every sentence pair.

    `types` are those of the issues that it finds, `covers` says in a sentence
    what it looks at, `knows` whether there is data for a pair of languages:
    where there is none, the pair is not checked. `find` gives the issues, in
    code points from the start of each sentence.
    """

    name: str
    types: tuple[str, ...]
    covers: str
    knows: Callable[[Languages], bool]
    find: Callable[[SentencePair], Iterable[Issue]]


def sentence_pair(
    source: str,
    target: str,
    languages: Languages,
    links: Iterable[Link] = (),
    score: float | None = None,
) -> SentencePair:
    """A sentence and its translation, their words found."""
    return SentencePair(
        source,
        target,
        tuple(words(source)),
        tuple(words(target)),
        tuple(links),
        languages,
        score,
    )
