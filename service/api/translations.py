"""POST /v1/translations: an article in, the aligned document out."""

from __future__ import annotations

from typing import NamedTuple

from flask import Request, Response, g

from alignment.document import Languages
from alignment.formats.native import to_json
from alignment.span import Span
from service.api.answers import answer
from service.api.bodies import merged, read_form, read_json, read_query, read_text
from service.api.errors import WrongContentType
from service.api.fields import only, typed, validated
from service.api.schemas import Options, TranslationForm, TranslationRequest, named
from service.article import check_article, check_characters, join_paragraphs
from service.config import Settings
from service.engine import Engines
from service.keeping import keep_translation
from service.store.database import Store
from service.translate import translate_article

ACCEPTED = ("application/json", "text/plain", "multipart/form-data")


class Submission(NamedTuple):
    """An article, the field that it came in, and what is to be done with it."""

    options: Options
    field: str
    text: str
    paragraphs: tuple[Span, ...] | None = None


def translate(request: Request, settings: Settings, engines: Engines, store: Store) -> Response:
    """Translate what a request carries; raises a ServiceError that names field and value."""
    submission = read_submission(request)
    options = submission.options
    g.characters = len(submission.text)
    check_article(submission.text, submission.field, settings)
    engine = engines.engine(Languages(options.source_language, options.target_language))
    text, paragraphs = submission.text, submission.paragraphs
    ignored = {*settings.ignored, *named(options.ignored)}
    if options.store:
        kept = keep_translation(
            store, text, engine, options.quality, paragraphs, ignored, options.title
        )
        return answer({"id": kept.id, **to_json(kept.document, options.offset_unit)})
    document = translate_article(text, engine, options.quality, paragraphs, ignored=ignored)
    return answer({"id": None, **to_json(document, options.offset_unit)})


def read_submission(request: Request) -> Submission:
    """What a request asks for, from its body and its query."""
    query = typed(Options, read_query(request))
    validated(Options, query)
    match request.mimetype:
        case "application/json":
            return _from_json(validated(TranslationRequest, merged(read_json(request), query)))
        case "multipart/form-data":
            form = typed(TranslationForm, read_form(request))
            return _from_form(validated(TranslationForm, merged(form, query)))
        case "text/plain":
            return Submission(validated(Options, query), "body", read_text(request))
        case other:
            raise WrongContentType(other, ACCEPTED)


def _from_json(given: TranslationRequest) -> Submission:
    if only(given, "text", "paragraphs") == "text":
        return Submission(given, "text", given.text)
    for number, paragraph in enumerate(given.paragraphs):
        check_characters(paragraph, f"paragraphs[{number}]")
    return Submission(given, "paragraphs", *join_paragraphs(given.paragraphs))


def _from_form(given: TranslationForm) -> Submission:
    field = only(given, "text", "file")
    return Submission(given, field, given.text if field == "text" else given.file)
