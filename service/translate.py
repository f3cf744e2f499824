"""An article in, an aligned document out: the spine of the service."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from alignment import sentences as segmentation
from alignment.checks.guard import inspected
from alignment.document import AlignedDocument, Languages, Segment
from alignment.span import Span
from service.align import translation_links
from service.engine import Engine, Quality, Translation
from service.repair import repairing

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
    ignored: Collection[str] = (),
) -> AlignedDocument:
    """Translate an article and keep the thread back to it.

    `paragraphs` are taken as they are given; without them, every line is one.
    `on_progress` is told how many sentences are done, and of how many. Issues
    of the types `ignored` are not looked for.
    """
    sentences = cut_article(text, engine.languages, paragraphs)
    return translate_sentences(text, sentences, engine, quality, on_progress, ignored)


def cut_article(
    text: str, languages: Languages, paragraphs: Sequence[Span] | None = None
) -> list[Sentence]:
    """The sentences that an article is translated by, in their order."""
    if paragraphs is None:
        paragraphs = tuple(segmentation.paragraphs(text))
    return [
        Sentence(span, number)
        for number, paragraph in enumerate(paragraphs)
        for span in segmentation.sentences(text, languages.source, paragraph)
    ]


def translate_lines(
    text: str,
    engine: Engine,
    quality: Quality = "best",
    on_progress: Progress | None = None,
    ignored: Collection[str] = (),
) -> AlignedDocument:
    """Translate a text whose every line is one sentence already, blank lines included."""
    sentences = [Sentence(span, number) for number, span in enumerate(segmentation.lines(text))]
    return translate_sentences(text, sentences, engine, quality, on_progress, ignored)


def translate_sentences(
    text: str,
    sentences: Sequence[Sentence],
    engine: Engine,
    quality: Quality = "best",
    on_progress: Progress | None = None,
    ignored: Collection[str] = (),
) -> AlignedDocument:
    """Translate the given sentences of a text, in their order, and put the document together.

    What stands between two sentences is carried over as it is; where nothing
    does ("politique.Cependant"), the translation gets a space. Of what the
    model's beam holds, the likeliest translation that passes the fidelity
    checks is taken, and the document is checked as a whole.
    """
    translations = engine.translate(
        [sentence.span.of(text) for sentence in sentences],
        quality,
        on_progress and _counting(on_progress, len(sentences)),
        repairing(engine.languages, ignored),
    )
    target = ""
    end = 0
    segments: list[Segment] = []
    for sentence, translation in zip(sentences, translations, strict=True):
        target += text[end : sentence.span.start] or (" " if target else "")
        name = f"s{len(segments) + 1}"
        segments.append(_segment(name, text, sentence, translation, len(target), engine.languages))
        target += translation.text
        end = sentence.span.end
    document = AlignedDocument(
        source=text,
        target=target + text[end:],
        segments=tuple(segments),
        languages=engine.languages,
        model=engine.signature(quality),
    )
    return inspected(document, ignored)


def _segment(
    name: str,
    text: str,
    sentence: Sentence,
    translation: Translation,
    target_start: int,
    languages: Languages,
) -> Segment:
    start = sentence.span.start
    found = translation_links(sentence.span.of(text), translation, languages)
    found = found.shifted(start, target_start)
    return Segment(
        id=name,
        paragraph=sentence.paragraph,
        source=sentence.span,
        target=Span(target_start, target_start + len(translation.text)),
        links=found.links,
        nulls=found.nulls,
        score=translation.score,
        issues=tuple(issue.shifted(start, target_start) for issue in translation.issues),
    )


def _counting(on_progress: Progress, total: int) -> Callable[[int], None]:
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        on_progress(done, total)

    return count
