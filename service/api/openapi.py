"""The API described in OpenAPI 3.1: what it takes, what it answers, what can go wrong.

Schemas come from pydantic; the operations stand here. SpecTree would write
them too, but it reads a malformed body as an empty one, gives every route a
422, and knows neither text/plain nor problem+json nor examples.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from alignment.document import Languages
from alignment.formats.native import Json
from service.api import examples, schemas
from service.api.errors import (
    BodyTooLarge,
    FieldRejected,
    ForeignRequest,
    MalformedBody,
    NotReady,
    WrongCharset,
    WrongContentType,
)
from service.api.problems import FAILED, MIMETYPE, anchor, blank_problem, problem
from service.api.translations import ACCEPTED
from service.config import Settings
from service.errors import (
    ArticleRejected,
    ArticleTooLong,
    ModelDamaged,
    Overloaded,
    ServiceError,
    UnsupportedPair,
)

VERSION = "1.0.0"
SCHEMAS = "#/components/schemas/"
DESCRIPTION = """\
Translates an article and leads every sentence and word of the translation back to the exact
characters that it came from. Offsets are half-open and count Unicode code points of the text
exactly as it was sent, or what offset_unit says. Errors are application/problem+json (RFC 9457);
a path that does not exist is a 404 among them."""

RECEIVED = (
    schemas.TranslationRequest,
    schemas.TranslationForm,
    schemas.Options,
    schemas.AlignmentRequest,
)
SENT = (schemas.AlignedDocument, schemas.Models, schemas.Health, schemas.Problem)

FOREIGN = ForeignRequest("Host", "news.example", "this service answers to localhost only")
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
            "/v1/models": {"get": _models()},
            "/healthz": {"get": _healthz()},
            "/readyz": {"get": _readyz()},
        },
        "components": {"schemas": _schemas()},
    }


def problems(settings: Settings) -> tuple[ServiceError, ...]:
    """One of each error that a caller can meet, in the order of their statuses."""
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
        NOT_READY,
    )


def _translate(settings: Settings) -> Json:
    return {
        "operationId": "translate",
        "summary": "Translate an article",
        "description": "The options may stand in the body or in the query, each of them once.",
        "parameters": _query(schemas.Options),
        "requestBody": {"required": True, "content": _bodies(settings)},
        "responses": {
            "200": _json("The aligned document.", schemas.AlignedDocument, examples.translation()),
            **_failures(problems(settings)[:-1]),
        },
    }


def _align(settings: Settings) -> Json:
    # People translate between more languages than there are models for: no pair is refused.
    failures = [e for e in problems(settings)[:-1] if not isinstance(e, UnsupportedPair)]
    return {
        "operationId": "align",
        "summary": "Align a text with the translation that somebody made of it",
        "description": "Without a model for the pair, lengths and words alone decide.",
        "parameters": _query(schemas.PairOptions),
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": SCHEMAS + "AlignmentRequest"},
                    "examples": {"texts": {"value": examples.ALIGNMENT_REQUEST}},
                }
            },
        },
        "responses": {
            "200": _json("The aligned document.", schemas.AlignedDocument, examples.alignment()),
            **_failures(failures),
        },
    }


def _models() -> Json:
    return {
        "operationId": "models",
        "summary": "List the installed models",
        "responses": {
            "200": _json("The models, the default pair's first.", schemas.Models, examples.MODELS),
            **_failures([FOREIGN, ModelDamaged("the model's files are damaged")]),
        },
    }


def _healthz() -> Json:
    return {
        "operationId": "healthz",
        "summary": "Whether the service is alive",
        "responses": {
            "200": _json("It is.", schemas.Health, examples.ALIVE),
            **_failures([FOREIGN]),
        },
    }


def _readyz() -> Json:
    return {
        "operationId": "readyz",
        "summary": "Whether the default model is loaded",
        "responses": {
            "200": _json("It is.", schemas.Health, examples.READY),
            **_failures([FOREIGN, NOT_READY]),
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


def _query(model: type[BaseModel]) -> list[Json]:
    properties = model.model_json_schema()["properties"]
    return [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in properties.items()
    ]


def _json(description: str, model: type[BaseModel], example: Json) -> Json:
    content = {"schema": {"$ref": SCHEMAS + model.__name__}, "example": example}
    return {"description": description, "content": {"application/json": content}}


def _failures(errors: Sequence[ServiceError]) -> Json:
    """The error responses, by status; what fails for no reason of its own comes on top."""
    bodies = {anchor(type(error)): problem(error) for error in errors}
    bodies["not-allowed"] = blank_problem(HTTPStatus.METHOD_NOT_ALLOWED, "not this method")
    bodies["failed"] = blank_problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
    responses: Json = {}
    for name, body in sorted(bodies.items(), key=lambda item: int(item[1]["status"])):
        status = HTTPStatus(body["status"])
        response = responses.setdefault(str(status.value), _failure(status))
        response["content"][MIMETYPE]["examples"][name] = {"value": body}
    return responses


def _failure(status: HTTPStatus) -> Json:
    schema = {"$ref": SCHEMAS + schemas.Problem.__name__}
    return {
        "description": status.phrase,
        "content": {MIMETYPE: {"schema": schema, "examples": {}}},
    }


def _schemas() -> Json:
    modes: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        *((model, "validation") for model in RECEIVED),
        *((model, "serialization") for model in SENT),
    ]
    _, schema = models_json_schema(modes, ref_template=SCHEMAS + "{model}")
    definitions: Json = schema["$defs"]
    return definitions
