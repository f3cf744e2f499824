"""What the descriptions of all operations have in common: parameters, answers, failures."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from pydantic import BaseModel

from alignment.formats.native import Json
from service.access import errors as access_errors
from service.api.errors import (
    BodyTooLarge,
    ForeignRequest,
    MalformedBody,
    WrongCharset,
    WrongContentType,
)
from service.api.problems import FAILED, MIMETYPE, anchor, blank_problem, problem
from service.config import Settings
from service.errors import ServiceError

SCHEMAS = "#/components/schemas/"
FOREIGN = ForeignRequest("Host", "news.example", "this service answers to localhost only")


def in_query(model: type[BaseModel]) -> list[Json]:
    """The fields of a model as parameters of the query."""
    schema = model.model_json_schema()
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": each}
        for name, each in schema["properties"].items()
    ]


def in_path(name: str, description: str, example: str | int) -> Json:
    """A parameter of the path."""
    return {
        "name": name,
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "description": description},
        "example": example,
    }


def json_body(model: type[BaseModel], **sent: Json) -> Json:
    """A request body that is JSON, with its examples by name."""
    return {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": SCHEMAS + model.__name__},
                "examples": {name: {"value": value} for name, value in sent.items()},
            }
        },
    }


def unreadable_bodies(settings: Settings) -> tuple[ServiceError, ...]:
    """What can be wrong with a body that has to be JSON."""
    return (
        MalformedBody("no valid JSON at character 9 (line 1, column 10): Expecting value", "}"),
        BodyTooLarge(None, settings.max_characters),
        WrongContentType("text/plain", ["application/json"]),
        WrongCharset("iso-8859-1"),
    )


def in_json(description: str, model: type[BaseModel], example: Json) -> Json:
    """A response that is JSON."""
    content = {"schema": {"$ref": SCHEMAS + model.__name__}, "example": example}
    return {"description": description, "content": {"application/json": content}}


def failures(errors: Sequence[ServiceError], public: bool = False) -> Json:
    """The error responses, by status; what fails for no reason of its own comes on top.

    Whoever asks for what is not `public` can be refused for who they are.
    """
    refused = () if public else access_errors.examples()
    bodies = {anchor(type(error)): problem(error) for error in (*errors, *refused)}
    bodies["not-allowed"] = blank_problem(HTTPStatus.METHOD_NOT_ALLOWED, "not this method")
    bodies["failed"] = blank_problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED)
    responses: Json = {}
    for name, body in sorted(bodies.items(), key=lambda item: int(item[1]["status"])):
        status = HTTPStatus(body["status"])
        response = responses.setdefault(str(status.value), _failure(status))
        response["content"][MIMETYPE]["examples"][name] = {"value": body}
    return responses


def _failure(status: HTTPStatus) -> Json:
    schema = {"$ref": SCHEMAS + "Problem"}
    return {
        "description": status.phrase,
        "content": {MIMETYPE: {"schema": schema, "examples": {}}},
    }
