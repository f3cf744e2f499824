"""Documents to store, made by hand: every word is shouted and aligns to itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from alignment.document import (
    FRENCH_ENGLISH,
    AlignedDocument,
    Issue,
    Link,
    ModelInfo,
    NullMass,
    Segment,
)
from alignment.span import Span
from alignment.words import words

MODEL = ModelInfo("shout", "1", "0" * 64, "fake", "beam:1")
CHOIR = (
    "Le chœur 🎉 a chanté à l’Élysée. ",
    "Il aurait, dit-on, gagné 12,5 %.\r\n\r\n",
    "Demain, Zoé reviendra\u00a0!",
)


def article(sentences: Sequence[str] = CHOIR, model: ModelInfo | None = MODEL) -> AlignedDocument:
    """The sentences, each with the white space after it, and their translation in capitals."""
    source = "".join(sentences)
    target = "".join(map(upper, source))
    segments = []
    start = 0
    for number, sentence in enumerate(sentences):
        span = Span(start, start + len(sentence.rstrip()))
        segments.append(segment(source, span, number))
        start += len(sentence)
    return AlignedDocument(
        source, target, tuple(segments), FRENCH_ENGLISH, model, ("untranslated",)
    )


def segment(source: str, span: Span, number: int) -> Segment:
    """A sentence on itself, an issue on its first word."""
    here = list(words(source, span))
    issue = Issue("untranslated", "minor", "“…”\0\ud800", tuple(here[:1]), tuple(here[:1]))
    return Segment(
        id=f"s{number + 1}",
        paragraph=0,
        source=span,
        target=span,
        links=tuple(Link(word, word, 1 / (1 + place)) for place, word in enumerate(here)),
        nulls=tuple(NullMass(word, 0.1 + 0.2) for word in islice(here, 2)),
        score=-1 / 3,
        issues=(issue,) if here else (),
    )


def upper(character: str) -> str:
    """In capitals, where that is one character too."""
    return character.upper() if len(character.upper()) == 1 else character
