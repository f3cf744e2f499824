"""Translations and alignments that are kept: made once, and found again when asked for again."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass

from alignment.anchoring import text_sha256
from alignment.document import AlignedDocument, Languages
from alignment.span import Span
from service import bitext
from service.engine import Engine, Quality
from service.store.database import Store
from service.store.documents import TYPED, find_same, read_document, save_document
from service.store.errors import NoSuchDocument
from service.store.records import Options, Origin, check_storable
from service.translate import translate_article


@dataclass(frozen=True, slots=True)
class Kept:
    """A document, and the id that the store has it under."""

    id: str
    document: AlignedDocument


def keep_translation(
    store: Store,
    text: str,
    engine: Engine,
    quality: Quality = "best",
    paragraphs: Sequence[Span] | None = None,
    ignored: Collection[str] = (),
    title: str = "",
    origin: Origin = TYPED,
) -> Kept:
    """Translate an article and keep it; the same one is read instead, if it is kept already.

    The same has the same text, model signature and options; it keeps its own
    title and origin. Raises what `translate_article` does, and a StoreError.
    """
    check_storable("title", title)
    if found := find_translation(store, text, engine, quality, paragraphs, ignored):
        return found
    document = translate_article(text, engine, quality, paragraphs, ignored=ignored)
    saved = save_translation(store, document, quality, paragraphs, ignored, title, origin)
    return Kept(saved, document)


def find_translation(
    store: Store,
    text: str,
    engine: Engine,
    quality: Quality = "best",
    paragraphs: Sequence[Span] | None = None,
    ignored: Collection[str] = (),
) -> Kept | None:
    """What `keep_translation` would find kept already, None where it would translate."""
    options = _options(quality, paragraphs, ignored)
    model = engine.signature(quality)
    return _found(store, find_same(store, text_sha256(text), engine.languages, model, options))


def save_translation(
    store: Store,
    document: AlignedDocument,
    quality: Quality = "best",
    paragraphs: Sequence[Span] | None = None,
    ignored: Collection[str] = (),
    title: str = "",
    origin: Origin = TYPED,
    by: str = "",
) -> str:
    """Keep a translation that was made as `keep_translation` does; gives the document's id."""
    options = _options(quality, paragraphs, ignored)
    return save_document(store, document, title, options, origin, by)


def keep_alignment(
    store: Store,
    source: str,
    target: str,
    languages: Languages,
    engine: Engine | None,
    lines: bool = False,
    ignored: Collection[str] = (),
    title: str = "",
) -> Kept:
    """Align two texts and keep them; the same pair is read instead, if it is kept already.

    Without an engine there is little to save, and it is always aligned.
    Raises what `align_texts` does, and a StoreError.
    """
    check_storable("title", title)
    options: Options = {"cut": "lines" if lines else "sentences", "ignored": _listed(ignored)}
    if engine:
        model = engine.signature(bitext.QUALITY)
        given = text_sha256(target)
        same = find_same(store, text_sha256(source), languages, model, options, given)
        if found := _found(store, same):
            return found
    document = bitext.align_texts(source, target, languages, engine, lines, ignored)
    return Kept(save_document(store, document, title, options, given_target=True), document)


def _found(store: Store, document_id: str | None) -> Kept | None:
    """The document of an id, None where it was deleted at this very moment."""
    with suppress(NoSuchDocument):
        if document_id is not None:
            return Kept(document_id, read_document(store, document_id).document)
    return None


def _options(
    quality: Quality, paragraphs: Sequence[Span] | None, ignored: Collection[str]
) -> Options:
    """What makes a translation beside its text and model."""
    return {"quality": quality, "ignored": _listed(ignored), "paragraphs": _cut(paragraphs)}


def _listed(names: Collection[str]) -> str:
    return ",".join(sorted(set(names)))


def _cut(paragraphs: Sequence[Span] | None) -> str:
    """How the text was cut: given paragraphs make one text in more than one way."""
    return "lines" if paragraphs is None else text_sha256(json.dumps(list(paragraphs)))
