"""POST /v1/alignments: two texts that exist already in, the aligned document out."""

from __future__ import annotations

from flask import Request, Response, g

from alignment.document import Languages
from alignment.formats.native import to_json
from service.api.answers import answer
from service.api.bodies import merged, read_json, read_query
from service.api.errors import WrongContentType
from service.api.fields import typed, validated
from service.api.schemas import AlignmentRequest, PairOptions, named
from service.article import check_article
from service.bitext import align_texts
from service.config import Settings
from service.engine import Engine, Engines
from service.keeping import keep_alignment
from service.store.database import Store

ACCEPTED = ("application/json",)


def align(request: Request, settings: Settings, engines: Engines, store: Store) -> Response:
    """Align what a request carries; raises a ServiceError that names field and value."""
    if request.mimetype not in ACCEPTED:
        raise WrongContentType(request.mimetype, ACCEPTED)
    query = typed(PairOptions, read_query(request))
    validated(PairOptions, query)
    given = validated(AlignmentRequest, merged(read_json(request), query))
    g.characters = len(given.source) + len(given.target)
    check_article(given.source, "source", settings)
    check_article(given.target, "target", settings)
    languages = Languages(given.source_language, given.target_language)
    ignored = {*settings.ignored, *named(given.ignored)}
    engine = _engine(engines, languages)
    texts = (given.source, given.target)
    if given.store:
        kept = keep_alignment(store, *texts, languages, engine, given.lines, ignored, given.title)
        return answer({"id": kept.id, **to_json(kept.document, given.offset_unit)})
    document = align_texts(*texts, languages, engine, given.lines, ignored)
    return answer({"id": None, **to_json(document, given.offset_unit)})


def _engine(engines: Engines, languages: Languages) -> Engine | None:
    """The engine of the pair; people translate between more languages than there are models for."""
    return engines.engine(languages) if languages in engines.pairs() else None
