"""POST /v1/translations: an article in, the aligned document out."""

from __future__ import annotations

from typing import NamedTuple

from flask import Request, Response, g

from alignment.document import Languages
from alignment.formats.native import to_json
from alignment.span import Span
from service.api.answers import answer
from service.api.bodies import Upload, merged, read_form, read_json, read_query, read_text
from service.api.errors import WrongContentType
from service.api.fields import only, typed, validated
from service.api.schemas import Options, TranslationForm, TranslationRequest, named
from service.article import check_article, check_characters, join_paragraphs, read_upload
from service.config import Settings
from service.engine import Engines
from service.keeping import keep_translation
from service.store.database import Store
from service.store.documents import TYPED
from service.store.records import Origin
from service.translate import translate_article

ACCEPTED = ("application/json", "text/plain", "multipart/form-data")


class Submission(NamedTuple):
    """An article, the field that it came in, and what is to be done with it."""

    options: Options
    field: str
    text: str
    paragraphs: tuple[Span, ...] | None = None
    title: str = ""
    origin: Origin = TYPED


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
        title = options.title or submission.title
        kept = keep_translation(
            store, text, engine, options.quality, paragraphs, ignored, title, submission.origin
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
            return _from_form(typed(TranslationForm, read_form(request)), query)
        case "text/plain":
            return Submission(validated(Options, query), "body", read_text(request))
        case other:
            raise WrongContentType(other, ACCEPTED)


def _from_json(given: TranslationRequest) -> Submission:
    match only(given, "text", "paragraphs", "html"):
        case "text":
            return Submission(given, "text", given.text)
        case "html":
            check_characters(given.html, "html")
            return _from_file(given, Upload(given.html.encode(), "html", "text/html"), "html")
    for number, paragraph in enumerate(given.paragraphs):
        check_characters(paragraph, f"paragraphs[{number}]")
    return Submission(given, "paragraphs", *join_paragraphs(given.paragraphs))


def _from_form(form: dict[str, object], query: dict[str, object]) -> Submission:
    file = form.get("file")
    if not isinstance(file, Upload):
        given = validated(TranslationForm, merged(form, query))
        field = only(given, "text", "file")
        return Submission(given, field, given.text if field == "text" else given.file)
    # Its fields are checked before the file is read.
    given = validated(TranslationForm, merged({**form, "file": ""}, query))
    only(given, "text", "file")
    return _from_file(given, file, "file")


def _from_file(options: Options, file: Upload, field: str) -> Submission:
    article = read_upload(file.data, file.name, file.media_type, field)
    origin = Origin(file.media_type, file.name if field == "file" else "", file.data)
    return Submission(options, field, article.text, article.paragraphs, article.title or "", origin)
