"""A reviewer's words in the place of a translation: linked, checked and kept."""

from __future__ import annotations

from dataclasses import replace

from alignment.checks.guard import inspected, looked_for
from alignment.document import AlignedDocument, Languages, Segment
from alignment.lexicon import lexicon
from alignment.span import Span
from service.align import WordLinks, align_sentences, link_words, side_of
from service.bitext import one_sided
from service.engine import Engine, Engines
from service.errors import UnsupportedPair
from service.store.database import Store
from service.store.records import check_storable
from service.store.reviews.changes import change_state, edit_segment
from service.store.reviews.errors import EditRejected, SegmentChanged
from service.store.reviews.reading import read_segment
from service.store.reviews.records import ReviewedSegment, State

# In code points: the model is made to say all of it.
LONGEST = 10_000


def edit_translation(
    store: Store,
    engines: Engines,
    document_id: str,
    number: int,
    revision: int,
    text: str,
    by: str,
    state: State | None = None,
    second: bool = False,
) -> ReviewedSegment:
    """Put what a person wrote in the place of a segment's translation, without white space around.

    Its words are linked by the model that is made to say it, or by the lexicon
    alone where no model translates the pair, and it is checked for what the
    document is checked for. It has no score: no model chose it. It is a draft,
    unless a `state` comes with it; the same text is no change, but the state may
    be. Raises what `edit_segment` does, and EditRejected for a text of more than
    LONGEST code points.
    """
    words = check_storable("target", text).strip()
    if not words:
        raise EditRejected(text, "it is empty or white space")
    if len(words) > LONGEST:
        raise EditRejected(text, f"{len(words)} characters are more than the limit of {LONGEST}")
    present = read_segment(store, document_id, number)
    if present.revision != revision:
        raise SegmentChanged(revision, present)
    if present.target in (text, words):
        state = state or present.state
        return change_state(store, document_id, number, revision, state, by, second)
    found = realigned(present, words, _engine(engines, present.languages))
    return edit_segment(
        store, document_id, number, revision, words, found, by, state or "draft", second
    )


def realigned(present: ReviewedSegment, text: str, engine: Engine | None) -> Segment:
    """A segment with another translation, its spans counted from the start of each text."""
    source = present.source
    here, there = Span(0, len(source)), Span(0, len(text))
    linked = _linked(source, text, present.languages, engine)
    segment = replace(
        present.segment,
        source=here,
        target=there,
        links=linked.links,
        nulls=linked.nulls,
        score=None,
        issues=tuple(one_sided(here, there)),
    )
    document = AlignedDocument(source, text, (segment,), present.languages)
    ignored = set(looked_for(present.languages)) - set(present.checked)
    return inspected(document, ignored).segments[0]


def _engine(engines: Engines, languages: Languages) -> Engine | None:
    try:
        return engines.engine(languages)
    except UnsupportedPair:
        return None


def _linked(source: str, text: str, languages: Languages, engine: Engine | None) -> WordLinks:
    if not source.strip() or not text.strip():
        return WordLinks((), ())
    if engine:
        return align_sentences([(source, text)], engine)[0]
    return link_words(side_of(source), side_of(text), None, lexicon(languages))
