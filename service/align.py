"""Word links of a sentence and its translation, whoever made the translation.

Where there is a lexicon for the pair (`alignment.lexicon`), it and the model's
attention decide together; where there is none, the attention alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alignment.combine import combined
from alignment.document import FRENCH_ENGLISH, Languages, Link, NullMass
from alignment.lexicon import Lexicon, lexicon
from alignment.links import SoftAlignment, harden, soften
from alignment.span import Span, hull, touching
from alignment.words import words
from service.engine import Engine, Translation
from service.engine.attention import blocks

# A longer sentence, in words, is cut on both sides alike: work and memory grow with the square.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The links of one sentence pair, in code points from the start of each sentence.

    `nulls` has the null mass of every target word; together with the masses of
    all its links, those too weak to be shown among them, it is 1.
    """

    links: tuple[Link, ...]
    nulls: tuple[NullMass, ...]

    def shifted(self, source: int, target: int) -> WordLinks:
        """The same links, in a document where the sentences start at these code points."""
        return WordLinks(
            tuple(link.shifted(source, target) for link in self.links),
            tuple(null.shifted(target) for null in self.nulls),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence and its words."""

    text: str
    words: tuple[Span, ...]


def align_sentences(pairs: Sequence[tuple[str, str]], engine: Engine) -> list[WordLinks]:
    """The word links of sentences and their translations, in the order given."""
    known = lexicon(engine.languages)
    return [
        link_words(side_of(source), side_of(target), translation, known)
        for (source, target), translation in zip(pairs, engine.align(pairs), strict=True)
    ]


def align_words(
    pairs: Sequence[tuple[Sequence[str], Sequence[str]]],
    engine: Engine | None,
    languages: Languages = FRENCH_ENGLISH,
    with_lexicon: bool = True,
) -> list[set[tuple[int, int]]]:
    """Which words of each pair translate each other: `(source word, target word)`, from 0.

    The words of both sides are given, and taken as they are. Without an engine,
    the lexicon of `languages` decides alone; without either, nothing is linked.
    """
    known = lexicon(languages) if with_lexicon else None
    sides = [(_spaced(source), _spaced(target)) for source, target in pairs]
    forced: Sequence[Translation | None] = [None] * len(sides)
    if engine:
        forced = engine.align([(source.text, target.text) for source, target in sides])
    return [
        {
            (source.words.index(link.source), target.words.index(link.target))
            for link in link_words(source, target, translation, known).links
        }
        for (source, target), translation in zip(sides, forced, strict=True)
    ]


def translation_links(source: str, translation: Translation, languages: Languages) -> WordLinks:
    """The word links of a sentence and the translation that an engine made of it."""
    # What was copied aligns to itself, whatever a lexicon makes of it.
    known = lexicon(languages) if translation.score is not None else None
    return link_words(side_of(source), side_of(translation.text), translation, known)


def link_words(
    source: Side, target: Side, translation: Translation | None, known: Lexicon | None
) -> WordLinks:
    """The word links of a sentence pair; `translation` has the attention between its pieces."""
    links: list[Link] = []
    nulls: list[NullMass] = []
    for here, there, soft in _views(source, target, translation):
        linked = None
        if known:
            names = [word.of(source.text) for word in here]
            soft, linked = combined(names, [word.of(target.text) for word in there], known, soft)
        if soft:
            more_links, more_nulls = harden(soft, here, there, linked)
            links.extend(more_links)
            nulls.extend(more_nulls)
    return WordLinks(tuple(links), tuple(nulls))


def _views(
    source: Side, target: Side, translation: Translation | None
) -> Iterator[tuple[Sequence[Span], Sequence[Span], SoftAlignment | None]]:
    """Words that may be linked to each other, and the attention between them."""
    if translation is None:
        parts = 1 + max(len(source.words), len(target.words)) // LONGEST
        for here, there in zip(_cut(source, parts), _cut(target, parts), strict=True):
            yield here, there, None
        return
    # A sentence translated in parts has a block for each, and no weight between them.
    for block in blocks(translation.attention, len(translation.source_pieces)):
        source_pieces = translation.source_pieces[slice(*block.source)]
        target_pieces = translation.target_pieces[slice(*block.target)]
        here = touching(source.words, hull(source_pieces) or Span(0, 0))
        there = touching(target.words, hull(target_pieces) or Span(0, 0))
        yield here, there, soften(here, there, source_pieces, target_pieces, block.weights)


def _cut(side: Side, parts: int) -> Iterator[Sequence[Span]]:
    edges = [len(side.words) * number // parts for number in range(parts + 1)]
    return (side.words[start:end] for start, end in pairwise(edges))


def side_of(text: str) -> Side:
    """A sentence and the words that a reader would see in it."""
    return Side(text, tuple(words(text)))


def _spaced(tokens: Sequence[str]) -> Side:
    """The words with a space between them; an empty one keeps its number."""
    spans = []
    start = 0
    for token in tokens:
        spans.append(Span(start, start + len(token)))
        start += len(token) + 1
    return Side(" ".join(tokens), tuple(spans))
