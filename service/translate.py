"""An article in, an aligned document out: the spine of the service."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from alignment import sentences as segmentation
from alignment.document import AlignedDocument, Issue, Link, NullMass, Segment
from alignment.links import harden, soften
from alignment.span import Span, hull, touching
from alignment.words import words
from service.engine import Engine, Quality, Translation
from service.engine.attention import blocks

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where a sentence stands in the article, and the number of its paragraph."""

    span: Span
    paragraph: int


def translate_article(
    text: str,
    engine: Engine,
    quality: Quality = "best",
    paragraphs: Sequence[Span] | None = None,
    on_progress: Progress | None = None,
) -> AlignedDocument:
    """Translate an article and keep the thread back to it.

    `paragraphs` are taken as they are given; without them, every line is one.
    `on_progress` is told how many sentences are done, and of how many.
    """
    if paragraphs is None:
        paragraphs = tuple(segmentation.paragraphs(text))
    sentences = [
        Sentence(span, number)
        for number, paragraph in enumerate(paragraphs)
        for span in segmentation.sentences(text, engine.languages.source, paragraph)
    ]
    return translate_sentences(text, sentences, engine, quality, on_progress)


def translate_lines(
    text: str, engine: Engine, quality: Quality = "best", on_progress: Progress | None = None
) -> AlignedDocument:
    """Translate a text whose every line is one sentence already, blank lines included."""
    sentences = [Sentence(span, number) for number, span in enumerate(_lines(text))]
    return translate_sentences(text, sentences, engine, quality, on_progress)


def translate_sentences(
    text: str,
    sentences: Sequence[Sentence],
    engine: Engine,
    quality: Quality = "best",
    on_progress: Progress | None = None,
) -> AlignedDocument:
    """Translate the given sentences of a text, in their order, and put the document together.

    What stands between two sentences is carried over as it is; where nothing
    does ("politique.Cependant"), the translation gets a space.
    """
    translations = engine.translate(
        [sentence.span.of(text) for sentence in sentences],
        quality,
        on_progress and _counting(on_progress, len(sentences)),
    )
    target = ""
    end = 0
    segments: list[Segment] = []
    for sentence, translation in zip(sentences, translations, strict=True):
        target += text[end : sentence.span.start] or (" " if target else "")
        segments.append(_segment(f"s{len(segments) + 1}", text, sentence, translation, len(target)))
        target += translation.text
        end = sentence.span.end
    return AlignedDocument(
        source=text,
        target=target + text[end:],
        segments=tuple(segments),
        languages=engine.languages,
        model=engine.signature(quality),
    )


def _segment(
    name: str, text: str, sentence: Sentence, translation: Translation, target_start: int
) -> Segment:
    source_start = sentence.span.start
    links, nulls = _word_links(sentence.span.of(text), translation)
    return Segment(
        id=name,
        paragraph=sentence.paragraph,
        source=sentence.span,
        target=Span(target_start, target_start + len(translation.text)),
        links=tuple(
            Link(link.source.shifted(source_start), link.target.shifted(target_start), link.score)
            for link in links
        ),
        nulls=tuple(NullMass(null.target.shifted(target_start), null.mass) for null in nulls),
        score=translation.score,
        issues=tuple(_shifted(each, source_start, target_start) for each in translation.issues),
    )


def _word_links(original: str, translation: Translation) -> tuple[list[Link], list[NullMass]]:
    """The links between the words of a sentence and of its translation, and the null masses."""
    source_words = tuple(words(original))
    target_words = tuple(words(translation.text))
    links: list[Link] = []
    nulls: list[NullMass] = []
    # A sentence translated in parts has a block for each, and no weight between them.
    for block in blocks(translation.attention, len(translation.source_pieces)):
        source_pieces = translation.source_pieces[slice(*block.source)]
        target_pieces = translation.target_pieces[slice(*block.target)]
        here = touching(source_words, hull(source_pieces) or Span(0, 0))
        there = touching(target_words, hull(target_pieces) or Span(0, 0))
        soft = soften(here, there, source_pieces, target_pieces, block.weights)
        more_links, more_nulls = harden(soft, here, there)
        links.extend(more_links)
        nulls.extend(more_nulls)
    return links, nulls


def _shifted(issue: Issue, source_start: int, target_start: int) -> Issue:
    return replace(
        issue,
        source_spans=tuple(span.shifted(source_start) for span in issue.source_spans),
        target_spans=tuple(span.shifted(target_start) for span in issue.target_spans),
    )


def _counting(on_progress: Progress, total: int) -> Callable[[int], None]:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        on_progress(done, total)

    return count


def _lines(text: str) -> Iterator[Span]:
    """Every line without the white space around it; a final line break ends the last one."""
    for match in re.finditer(r"([^\n]*)\n|[^\n]+\Z", text):
        line = match.group(1) if match.group(1) is not None else match.group()
        start = match.start() + len(line) - len(line.lstrip())
        yield Span(start, start + len(line.strip()))
