"""The fields of a request as its schema types them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from flask import Request
from pydantic import ValidationError

from service.api.bodies import read_json, read_query
from service.api.errors import FieldRejected, WrongContentType
from service.api.schemas import Wire

JSON = "application/json"
# As many as a whole number that a database takes has at most.
DIGITS = re.compile("[0-9]{1,18}")

SomeFields = TypeVar("SomeFields", bound=Wire)


def read_body(request: Request, model: type[SomeFields]) -> SomeFields:
    """The fields of a JSON body, with nothing in the query; raises WrongContentType."""
    if request.mimetype != JSON:
        raise WrongContentType(request.mimetype, [JSON])
    read_nothing(request)
    return validated(model, read_json(request))


def read_parameters(request: Request, model: type[SomeFields]) -> SomeFields:
    """The fields of the query; raises FieldRejected."""
    return validated(model, typed(model, read_query(request)))


def read_nothing(request: Request) -> None:
    """Raises FieldRejected where the query has a field at all."""
    for name, value in read_query(request).items():
        raise FieldRejected(name, value, "unknown field; there are none in the query")


def typed(model: type[Wire], fields: Mapping[str, object]) -> dict[str, object]:
    """Fields of a query or a form, which are strings, as numbers and truth values where `model`
    has such; what reads as neither stays a string, for `validated` to refuse.
    """
    kinds = {name: each.annotation for name, each in model.model_fields.items()}
    return {name: _typed(value, kinds.get(name)) for name, value in fields.items()}


def validated(model: type[SomeFields], fields: Mapping[str, object]) -> SomeFields:
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


def only(given: Wire, *names: str) -> str:
    """Which of some fields was given; raises FieldRejected for none and for more than one."""
    found = given.model_fields_set & set(names)
    if len(found) == 1:
        return found.pop()
    raise FieldRejected(names[0], None, f"give {' or '.join(names)}, and only one of them")


def _typed(value: object, kind: object) -> object:
    if kind is bool and value in ("true", "false"):
        return value == "true"
    if kind is int and isinstance(value, str) and DIGITS.fullmatch(value):
        return int(value)
    return value
