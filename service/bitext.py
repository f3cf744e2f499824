"""Two texts that people wrote, an original and its translation: the map between them.

Sentences are found on both sides, put into beads (`alignment.bitext`), and the
words inside each bead are linked as in a translation of our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from alignment import sentences as segmentation
from alignment.bitext import Bead, align
from alignment.checks.guard import inspected
from alignment.document import AlignedDocument, Issue, Languages, Segment
from alignment.lexicon import lexicon
from alignment.span import Span, hull
from service.align import WordLinks, align_sentences, link_words, side_of
from service.engine import Engine, Quality

# Our own translation is only compared with the one there is: beam search would not pay.
QUALITY: Quality = "fast"
OMITTED = "nothing in the translation answers this"
ADDED = "nothing in the original answers this"


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text, and the number of the paragraph that each lies in."""

    text: str
    spans: tuple[Span, ...]
    paragraphs: tuple[int, ...]

    def strings(self) -> list[str]:
        """The characters of each sentence."""
        return [span.of(self.text) for span in self.spans]


def align_texts(
    source: str,
    target: str,
    languages: Languages,
    engine: Engine | None,
    lines: bool = False,
    ignored: Collection[str] = (),
) -> AlignedDocument:
    """Align a text with its translation: a segment for each bead of sentences.

    Sentences without a counterpart have a segment of their own, with an empty
    span on the other side and an issue that says so. With `lines`, every line
    of both texts is one sentence already, blank ones included. Without an
    engine, the lexicon of the pair links words, if there is one, and the
    document has no model. Issues of the types `ignored` are not looked for.
    """
    cut = by_lines if lines else by_sentences
    here, there = cut(source, languages.source), cut(target, languages.target)
    beads = align_segmented(here, there, languages, engine)
    spans = list(_spans(here, there, beads))
    links = _word_links(
        [(one.of(source), other.of(target)) for one, other in spans], languages, engine
    )
    paragraph = 0
    segments: list[Segment] = []
    for bead, (one, other), linked in zip(beads, spans, links, strict=True):
        paragraph = here.paragraphs[bead.source[0]] if bead.source else paragraph
        name = f"s{len(segments) + 1}"
        placed = linked.shifted(one.start, other.start)
        segments.append(_segment(name, paragraph, one, other, placed))
    model = engine.signature(QUALITY) if engine else None
    document = AlignedDocument(source, target, tuple(segments), languages, model)
    return inspected(document, ignored)


def align_segmented(
    source: Sentences, target: Sentences, languages: Languages, engine: Engine | None
) -> tuple[Bead, ...]:
    """The beads of two texts.

    Where there is no lexicon of the pair, an engine's own translation of the
    source helps to find them (Bleualign: Sennrich & Volk 2010). Beside the
    lexicon, that of the built-in model gains nothing; see docs/alignment.md.
    """
    sentences = source.strings()
    translations = None
    if engine and not lexicon(languages):
        translations = [each.text for each in engine.translate(sentences, QUALITY)]
    return align(sentences, target.strings(), languages, translations=translations)


def by_sentences(text: str, language: str) -> Sentences:
    """The sentences of running text."""
    found = [
        (span, number)
        for number, paragraph in enumerate(segmentation.paragraphs(text))
        for span in segmentation.sentences(text, language, paragraph)
    ]
    return Sentences(text, tuple(span for span, _ in found), tuple(number for _, number in found))


def by_lines(text: str, language: str) -> Sentences:
    """Every line of a text as a sentence, blank ones included."""
    spans = tuple(segmentation.lines(text))
    return Sentences(text, spans, tuple(range(len(spans))))


def _spans(
    source: Sentences, target: Sentences, beads: Sequence[Bead]
) -> Iterator[tuple[Span, Span]]:
    """Where each bead stands on both sides; an empty side stands after what came before it."""
    here = there = 0
    for bead in beads:
        one = hull(source.spans[number] for number in bead.source) or Span(here, here)
        other = hull(target.spans[number] for number in bead.target) or Span(there, there)
        here, there = one.end, other.end
        yield one, other


def _word_links(
    pairs: Sequence[tuple[str, str]], languages: Languages, engine: Engine | None
) -> Iterator[WordLinks]:
    """The word links of each pair of stretches of text; a blank one has none."""
    filled = [pair for pair in pairs if not any(not text or text.isspace() for text in pair)]
    if engine:
        found = iter(align_sentences(filled, engine))
    else:
        known = lexicon(languages)
        found = (link_words(side_of(one), side_of(other), None, known) for one, other in filled)
    for pair in pairs:
        yield next(found) if all(pair) and not any(map(str.isspace, pair)) else WordLinks((), ())


def _segment(name: str, paragraph: int, source: Span, target: Span, linked: WordLinks) -> Segment:
    return Segment(
        id=name,
        paragraph=paragraph,
        source=source,
        target=target,
        links=linked.links,
        nulls=linked.nulls,
        issues=tuple(one_sided(source, target)),
    )


def one_sided(source: Span, target: Span) -> Iterator[Issue]:
    """What is wrong where one side is empty and the other is not."""
    if source.start < source.end and target.start == target.end:
        yield Issue("omitted", "major", OMITTED, source_spans=(source,))
    elif source.start == source.end and target.start < target.end:
        yield Issue("added", "minor", ADDED, target_spans=(target,))
