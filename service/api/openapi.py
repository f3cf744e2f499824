"""The API described in OpenAPI 3.1: what it takes, what it answers, what can go wrong.

Schemas come from pydantic; the operations stand here. SpecTree would write
them too, but it reads a malformed body as an empty one, gives every route a
422, and knows neither text/plain nor problem+json nor examples.
"""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from alignment.document import Languages
from alignment.formats.native import Json
from service.access import errors as access_errors
from service.api import examples, job_operations, schemas, segment_operations, stored_operations
from service.api.errors import (
    BodyTooLarge,
    FieldRejected,
    MalformedBody,
    NotReady,
    WrongCharset,
    WrongContentType,
)
from service.api.operations import FOREIGN, SCHEMAS, failures, in_json, in_query, json_body
from service.api.translations import ACCEPTED
from service.config import Settings
from service.documents.errors import (
    DamagedFile,
    FileTooLarge,
    MisnamedFile,
    NothingToRead,
    SeveralArticles,
    UnknownEncoding,
    UnreadableFile,
    UnsafeFile,
    UnsupportedFile,
)
from service.errors import (
    ArticleRejected,
    ArticleTooLong,
    ModelDamaged,
    Overloaded,
    ServiceError,
    UnsupportedPair,
)

VERSION = "1.0.0"
DESCRIPTION = """\
Translates an article and leads every sentence and word of the translation back to the exact
characters that it came from. Offsets are half-open and count Unicode code points of the text
exactly as it was sent, or what offset_unit says. Errors are application/problem+json (RFC 9457);
a path that does not exist is a 404 among them."""

RECEIVED: tuple[type[BaseModel], ...] = (
    schemas.TranslationRequest,
    schemas.TranslationForm,
    schemas.Options,
    schemas.AlignmentRequest,
    *stored_operations.RECEIVED,
    *segment_operations.RECEIVED,
    *job_operations.RECEIVED,
)
SENT: tuple[type[BaseModel], ...] = (
    schemas.AlignedDocument,
    schemas.Models,
    schemas.Health,
    schemas.Problem,
    *stored_operations.SENT,
    *segment_operations.SENT,
    *job_operations.SENT,
)

UNREADABLE = (
    UnsupportedFile("a.pdf", "this is a PDF; plain text, HTML, Markdown and DOCX are read"),
    MisnamedFile("a.docx", "it is named as a DOCX, and its content is text"),
    FileTooLarge("a.html", "it has more characters than are read"),
    NothingToRead("a.docx", "there is no text in it"),
    UnknownEncoding("a.html", "no known encoding explains its bytes"),
    DamagedFile("a.docx", "it is no ZIP file"),
    UnsafeFile("a.docx", "it would unpack to more than it should"),
    SeveralArticles("a.jsonl", "it holds several articles, and one is wanted"),
)
SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key: vav_…"},
    "session": {"type": "apiKey", "in": "cookie", "name": "visavis-session"},
}
NOT_READY = NotReady("the model is being loaded")


def openapi(settings: Settings) -> Json:
    """The description of the API, with the limits of these settings."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vis-à-vis",
            "version": VERSION,
            "description": DESCRIPTION.replace("\n", " "),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/v1/translations": {"post": _translate(settings)},
            "/v1/alignments": {"post": _align(settings)},
            **stored_operations.paths(settings),
            **segment_operations.paths(settings),
            **job_operations.paths(settings),
            "/v1/models": {"get": _models()},
            "/healthz": {"get": _healthz()},
            "/readyz": {"get": _readyz()},
        },
        "components": {"schemas": _schemas(), "securitySchemes": SECURITY},
        # Nothing at all, where there are no accounts.
        "security": [{}, {"key": []}, {"session": []}],
    }


def problems(settings: Settings) -> tuple[ServiceError, ...]:
    """One of each error that a caller can meet, in the order of their statuses."""
    found = (
        *_refusals(settings),
        *stored_operations.problems(),
        *segment_operations.problems(),
        *job_operations.problems(),
        *access_errors.examples(),
        NOT_READY,
    )
    return tuple(sorted(found, key=lambda error: error.status))


def _refusals(settings: Settings) -> tuple[ServiceError, ...]:
    """What can be wrong with an article that is sent, or with its translation."""
    return (
        MalformedBody("no valid JSON at character 9 (line 1, column 10): Expecting value", "}"),
        FOREIGN,
        ArticleTooLong("text", settings.max_characters + 1, settings.max_characters),
        BodyTooLarge(None, settings.max_characters),
        WrongContentType("application/pdf", ACCEPTED),
        WrongCharset("iso-8859-1"),
        FieldRejected("qualty", "best", "unknown field; the fields there are: text, quality"),
        ArticleRejected("text", " ", "there is nothing to translate but white space"),
        UnsupportedPair(Languages("fr", "tlh"), [Languages("fr", "en")]),
        ModelDamaged("the model's files are damaged"),
        Overloaded("more work is waiting than the service will hold"),
        *UNREADABLE,
        *stored_operations.WRITING,
    )


def _translate(settings: Settings) -> Json:
    return {
        "operationId": "translate",
        "summary": "Translate an article",
        "description": "The options may stand in the body or in the query, each of them once.",
        "parameters": in_query(schemas.Options),
        "requestBody": {"required": True, "content": _bodies(settings)},
        "responses": {
            "200": in_json(
                "The aligned document.", schemas.AlignedDocument, examples.translation()
            ),
            **failures(_refusals(settings)),
        },
    }


def _align(settings: Settings) -> Json:
    # No file comes in here, and no pair is refused: people translate between more than models do.
    errors = [
        error
        for error in _refusals(settings)
        if not isinstance(error, (UnsupportedPair, UnreadableFile))
    ]
    return {
        "operationId": "align",
        "summary": "Align a text with the translation that somebody made of it",
        "description": "Without a model for the pair, lengths and words alone decide.",
        "parameters": in_query(schemas.PairOptions),
        "requestBody": json_body(schemas.AlignmentRequest, texts=examples.ALIGNMENT_REQUEST),
        "responses": {
            "200": in_json("The aligned document.", schemas.AlignedDocument, examples.alignment()),
            **failures(errors),
        },
    }


def _models() -> Json:
    return {
        "operationId": "models",
        "summary": "List the installed models",
        "responses": {
            "200": in_json(
                "The models, the default pair's first.", schemas.Models, examples.MODELS
            ),
            **failures([FOREIGN, ModelDamaged("the model's files are damaged")]),
        },
    }


def _healthz() -> Json:
    return {
        "operationId": "healthz",
        "summary": "Whether the service is alive",
        "responses": {
            "200": in_json("It is.", schemas.Health, examples.ALIVE),
            **failures([FOREIGN], public=True),
        },
    }


def _readyz() -> Json:
    return {
        "operationId": "readyz",
        "summary": "Whether the default model is loaded",
        "responses": {
            "200": in_json("It is.", schemas.Health, examples.READY),
            **failures([FOREIGN, NOT_READY], public=True),
        },
    }


def _bodies(settings: Settings) -> Json:
    limit = settings.max_characters
    return {
        "application/json": {
            "schema": {"$ref": SCHEMAS + "TranslationRequest"},
            "examples": {
                "text": {"value": examples.TRANSLATION_REQUEST},
                "paragraphs": {"value": examples.PARAGRAPHS_REQUEST},
            },
        },
        "text/plain": {
            "schema": {
                "type": "string",
                "minLength": 1,
                "maxLength": limit,
                "description": "The article in UTF-8.",
            },
            "examples": {"text": {"value": examples.SOURCE}},
        },
        "multipart/form-data": {
            "schema": {"$ref": SCHEMAS + "TranslationForm"},
            "examples": {"file": {"value": examples.FORM}},
        },
    }


def _schemas() -> Json:
    modes: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "validation") for model in RECEIVED),
        *((model, "serialization") for model in SENT),
    ]
    _, schema = models_json_schema(modes, ref_template=SCHEMAS + "{model}")
    definitions: Json = schema["$defs"]
    return definitions
