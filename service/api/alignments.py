"""POST /v1/alignments: two texts that exist already in, the aligned document out."""

from __future__ import annotations

from flask import Request, Response, g

from alignment.document import Languages
from alignment.formats.native import to_json
from service.api.answers import answer
from service.api.bodies import merged, read_json, read_query
from service.api.errors import WrongContentType
from service.api.schemas import AlignmentRequest, PairOptions
from service.api.translations import validated
from service.article import check_article
from service.bitext import align_texts
from service.config import Settings
from service.engine import Engine, Engines

ACCEPTED = ("application/json",)


def align(request: Request, settings: Settings, engines: Engines) -> Response:
    """Align what a request carries; raises a ServiceError that names field and value."""
    if request.mimetype not in ACCEPTED:
        raise WrongContentType(request.mimetype, ACCEPTED)
    query = read_query(request)
    validated(PairOptions, query)
    given = validated(AlignmentRequest, merged(read_json(request), query))
    g.characters = len(given.source) + len(given.target)
    check_article(given.source, "source", settings)
    check_article(given.target, "target", settings)
    languages = Languages(given.source_language, given.target_language)
    document = align_texts(
        given.source, given.target, languages, _engine(engines, languages), given.lines
    )
    return answer(to_json(document, given.offset_unit))


def _engine(engines: Engines, languages: Languages) -> Engine | None:
    """The engine of the pair; people translate between more languages than there are models for."""
    return engines.engine(languages) if languages in engines.pairs() else None
