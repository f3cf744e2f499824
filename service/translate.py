"""An article in, an aligned document out: the spine of the service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from alignment.document import AlignedDocument, Issue, Segment
from alignment.links import harden, soften
from alignment.sentences import paragraphs as lines_of
from alignment.sentences import sentences as sentences_of
from alignment.span import Span
from alignment.words import words
from service.engine import Engine, Quality, Translation

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
        paragraphs = tuple(lines_of(text))
    sentences = [
        Sentence(span, number)
        for number, paragraph in enumerate(paragraphs)
        for span in sentences_of(text, engine.languages.source, paragraph)
    ]
    return translate_sentences(text, sentences, engine, quality, on_progress)


def translate_lines(
    text: str, engine: Engine, quality: Quality = "best", on_progress: Progress | None = None
) -> AlignedDocument:
    """Translate a text whose every line is one sentence already."""
    sentences = [Sentence(span, number) for number, span in enumerate(lines_of(text))]
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
    original = sentence.span.of(text)
    source_words = tuple(words(original))
    target_words = tuple(words(translation.text))
    soft = soften(
        source_words,
        target_words,
        translation.source_pieces,
        translation.target_pieces,
        translation.attention,
    )
    links, nulls = harden(
        soft,
        [word.shifted(source_start) for word in source_words],
        [word.shifted(target_start) for word in target_words],
    )
    return Segment(
        id=name,
        paragraph=sentence.paragraph,
        source=sentence.span,
        target=Span(target_start, target_start + len(translation.text)),
        links=links,
        nulls=nulls,
        score=translation.score,
        issues=tuple(_shifted(each, source_start, target_start) for each in translation.issues),
    )


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
