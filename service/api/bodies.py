"""From the bytes of a request to its fields, with every character as it was sent.

Werkzeug's own form parser puts U+FFFD in the place of bytes that are no UTF-8,
and flask's JSON keeps the last of two equal names; here both are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, NoReturn

from flask import Request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Event,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

from service.api.errors import FieldRejected, MalformedBody, WrongCharset
from service.documents.kinds import said_kind

EXCERPT = 20
BYTE_ORDER_MARK = "\ufeff"


class Upload(NamedTuple):
    """A file of a form that is not plain text, as it came."""

    data: bytes
    name: str
    media_type: str


def read_text(request: Request) -> str:
    """A text/plain body; a byte order mark is its first character."""
    return decoded(request.get_data(), request.mimetype_params.get("charset"))


def read_json(request: Request) -> dict[str, object]:
    """The fields of a JSON object; raises MalformedBody with the position."""
    text = decoded(request.get_data(), request.mimetype_params.get("charset"))
    text = text.removeprefix(BYTE_ORDER_MARK)
    try:
        data = json.loads(text, object_pairs_hook=distinct, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        where = f"at character {error.pos} (line {error.lineno}, column {error.colno})"
        excerpt = text[error.pos : error.pos + EXCERPT]
        raise MalformedBody(f"no valid JSON {where}: {error.msg}", excerpt) from None
    except RecursionError:
        raise MalformedBody("the JSON is nested too deeply") from None
    except ValueError:
        # Python turns no more than 4300 digits into a number.
        raise MalformedBody("a number in the JSON has too many digits") from None
    if not isinstance(data, dict):
        raise FieldRejected("body", data, "the JSON has to be an object")
    return data


def read_form(request: Request) -> dict[str, object]:
    """The fields of a multipart form; raises MalformedBody.

    A field is text, and so is a file that is plain text; any other file is an Upload.
    """
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        raise MalformedBody("the Content-Type of a form has to name its boundary")
    try:
        return distinct(_parts(request.get_data(), boundary.encode()))
    except ValueError as error:
        raise MalformedBody(f"no valid multipart form: {error}") from None


def read_query(request: Request) -> dict[str, object]:
    """The fields in the query."""
    return distinct(request.args.items(multi=True))


def distinct(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """The pairs by name; raises FieldRejected if a name comes twice."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise FieldRejected(name, value, "given twice")
        fields[name] = value
    return fields


def merged(*sources: Mapping[str, object]) -> dict[str, object]:
    """The fields of several sources; raises FieldRejected if two give the same one."""
    return distinct(pair for source in sources for pair in source.items())


def decoded(body: bytes, charset: str | None) -> str:
    """The text of a UTF-8 `body`; raises WrongCharset, and MalformedBody with the position."""
    if charset and charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise WrongCharset(charset)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        value = body[error.start : error.end].hex(" ")
        raise MalformedBody(f"no valid UTF-8 at byte {error.start}", value) from None


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[str, object]]:
    name, filename, content, headers = "", "", b"", Headers()
    for event in _events(body, boundary):
        if isinstance(event, (Field, File)):
            if not event.name:
                raise ValueError("a part has no name")
            name, content, headers = event.name, b"", event.headers
            filename = (event.filename or "") if isinstance(event, File) else ""
        elif isinstance(event, Data):
            content += event.data
            if not event.more_data:
                yield name, _part(content, filename, headers.get("Content-Type", ""))


def _part(content: bytes, filename: str, content_type: str) -> str | Upload:
    # A browser calls what it does not know application/octet-stream: then the name says more.
    if filename and said_kind(filename, content_type) not in ("text", None):
        return Upload(content, filename, content_type)
    _, parameters = parse_options_header(content_type)
    return decoded(content, parameters.get("charset"))


def _events(body: bytes, boundary: bytes) -> Iterator[Event]:
    decoder = MultipartDecoder(boundary)
    decoder.receive_data(body)
    decoder.receive_data(None)
    while True:
        event = decoder.next_event()
        yield event
        if isinstance(event, (Epilogue, NeedData)):
            return


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedBody(f"no valid JSON: {name} is no number", name)
