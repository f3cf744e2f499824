"""POST /v1/translations: an article in, the aligned document out."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from flask import Request, Response, g
from pydantic import ValidationError

from alignment.document import Languages
from alignment.formats.native import to_json
from alignment.span import Span
from service.api.answers import answer
from service.api.bodies import merged, read_form, read_json, read_query, read_text
from service.api.errors import FieldRejected, WrongContentType
from service.api.schemas import Options, TranslationForm, TranslationRequest, Wire
from service.article import check_article, check_characters, join_paragraphs
from service.config import Settings
from service.engine import Engines
from service.translate import translate_article

ACCEPTED = ("application/json", "text/plain", "multipart/form-data")

SomeFields = TypeVar("SomeFields", bound=Wire)


class Submission(NamedTuple):
    """An article, the field that it came in, and what is to be done with it."""

    options: Options
    field: str
    text: str
    paragraphs: tuple[Span, ...] | None = None


def translate(request: Request, settings: Settings, engines: Engines) -> Response:
    """Translate what a request carries; raises a ServiceError that names field and value."""
    submission = read_submission(request)
    options = submission.options
    g.characters = len(submission.text)
    check_article(submission.text, submission.field, settings)
    engine = engines.engine(Languages(options.source_language, options.target_language))
    document = translate_article(
        submission.text, engine, options.quality, paragraphs=submission.paragraphs
    )
    return answer(to_json(document, options.offset_unit))


def read_submission(request: Request) -> Submission:
    """What a request asks for, from its body and its query."""
    query = read_query(request)
    validated(Options, query)
    match request.mimetype:
        case "application/json":
            return _from_json(validated(TranslationRequest, merged(read_json(request), query)))
        case "multipart/form-data":
            return _from_form(validated(TranslationForm, merged(read_form(request), query)))
        case "text/plain":
            return Submission(validated(Options, query), "body", read_text(request))
        case other:
            raise WrongContentType(other, ACCEPTED)


def validated(model: type[SomeFields], fields: dict[str, object]) -> SomeFields:
    """The fields as `model` types them; raises FieldRejected for the first that does not fit."""
    for name, value in fields.items():
        if name not in model.model_fields:
            known = ", ".join(model.model_fields)
            raise FieldRejected(name, value, f"unknown field; the fields there are: {known}")
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = str(first["loc"][0]) + "".join(f"[{index}]" for index in first["loc"][1:])
        raise FieldRejected(field, first["input"], first["msg"]) from None


def _from_json(given: TranslationRequest) -> Submission:
    if _only(given, "text", "paragraphs") == "text":
        return Submission(given, "text", given.text)
    for number, paragraph in enumerate(given.paragraphs):
        check_characters(paragraph, f"paragraphs[{number}]")
    return Submission(given, "paragraphs", *join_paragraphs(given.paragraphs))


def _from_form(given: TranslationForm) -> Submission:
    field = _only(given, "text", "file")
    return Submission(given, field, given.text if field == "text" else given.file)


def _only(given: Options, one: str, other: str) -> str:
    found = given.model_fields_set & {one, other}
    if len(found) == 1:
        return found.pop()
    raise FieldRejected(one, None, f"give {one} or {other}, and not both")
