"""What is kept, described in OpenAPI: the operations on documents and on claims."""

from __future__ import annotations

from alignment.formats.native import Json
from alignment.span import Span
from service.api import stored_examples as examples
from service.api import stored_schemas as schemas
from service.api.errors import (
    FieldRejected,
    SpanRejected,
)
from service.api.operations import (
    FOREIGN,
    failures,
    in_json,
    in_path,
    in_query,
    json_body,
    unreadable_bodies,
)
from service.config import Settings
from service.documents.exports import EXPORTS, UnknownFormat
from service.errors import ArticleRejected, ArticleTooLong, ServiceError
from service.store.errors import (
    BadCursor,
    ClaimRejected,
    NoSuchClaim,
    NoSuchDocument,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreUnusable,
    Unstorable,
)

RECEIVED = (schemas.ClaimRequest, schemas.Judgement, schemas.AnchorRequest)
SENT = (
    schemas.StoredDocument,
    schemas.Documents,
    schemas.Trace,
    schemas.Claim,
    schemas.Claims,
    schemas.History,
    schemas.Anchored,
)

NO_DOCUMENT = NoSuchDocument("tomorrow")
NO_CLAIM = NoSuchClaim("tomorrow")
UNKNOWN = FieldRejected("limt", "20", "unknown field; the fields there are: query, cursor, limit")
STRAY = SpanRejected("end", Span(0, 99), "0:99 is not inside a text of 23 characters")
BLANK = ClaimRejected(Span(2, 3), "it is empty or white space")
DAMAGED = StoreDamaged("the store: the file is damaged")
READING: tuple[ServiceError, ...] = (
    FOREIGN,
    UNKNOWN,
    StoreBusy("all connections to the store are in use"),
    StoreUnusable("the store: the file cannot be opened"),
)
WRITING: tuple[ServiceError, ...] = (
    Unstorable("title", 3, "\0"),
    *READING[2:],
    StoreFull("the store: there is no room left"),
)


def problems() -> tuple[ServiceError, ...]:
    """One of each error that what is kept can bring, and nothing else does."""
    return (
        NO_DOCUMENT,
        NO_CLAIM,
        STRAY,
        BLANK,
        BadCursor("tomorrow"),
        UnknownFormat("exe"),
        *WRITING,
        DAMAGED,
    )


def paths(settings: Settings) -> Json:
    """The operations, by path and method."""
    return {
        "/v1/documents": {"get": _search()},
        "/v1/documents/{document_id}": {"get": _read(), "delete": _forget()},
        "/v1/documents/{document_id}/trace": {"get": _trace()},
        "/v1/documents/{document_id}/export": {"get": _export()},
        "/v1/documents/{document_id}/claims": {"get": _claims(), "post": _mark(settings)},
        "/v1/claims/{claim_id}": {"get": _claim(), "patch": _judge(settings)},
        "/v1/claims/{claim_id}/history": {"get": _history()},
        "/v1/claims/{claim_id}/anchor": {"post": _anchor(settings)},
    }


def _search() -> Json:
    return {
        "operationId": "search",
        "summary": "List the documents that are kept, or search them",
        "parameters": in_query(schemas.Search),
        "responses": {
            "200": in_json("The newest first.", schemas.Documents, examples.DOCUMENTS),
            **failures([*READING, BadCursor("tomorrow")]),
        },
    }


def _read() -> Json:
    return {
        "operationId": "document",
        "summary": "Read a document that is kept",
        "parameters": [_document(), *in_query(schemas.Counted)],
        "responses": {
            "200": in_json("The document.", schemas.StoredDocument, examples.document()),
            **failures([*READING, NO_DOCUMENT, DAMAGED]),
        },
    }


def _forget() -> Json:
    return {
        "operationId": "forget",
        "summary": "Delete a document, its claims and their history, for good",
        "parameters": [_document()],
        "responses": {
            "204": {"description": "It is gone."},
            **failures([*READING, NO_DOCUMENT, *WRITING[1:]]),
        },
    }


def _trace() -> Json:
    return {
        "operationId": "trace",
        "summary": "Lead a span of one side to what answers it on the other",
        "parameters": [_document(), *in_query(schemas.TraceQuery)],
        "responses": {
            "200": in_json("What answers it.", schemas.Trace, examples.TRACE),
            **failures([*READING, NO_DOCUMENT, STRAY]),
        },
    }


def _export() -> Json:
    names = ", ".join(f"{name} ({each.description})" for name, each in EXPORTS.items())
    parameter = {
        "name": "format",
        "in": "query",
        "required": False,
        "schema": {
            "type": "string",
            "enum": list(EXPORTS),
            "default": "json",
            "description": f"One of {names}.",
        },
    }
    return {
        "operationId": "export",
        "summary": "Take a document along as a file",
        "parameters": [_document(), parameter],
        "responses": {
            "200": {
                "description": "The file, its name made of the title.",
                "content": {each.media_type: {} for each in EXPORTS.values()},
            },
            **failures([*READING, NO_DOCUMENT, UnknownFormat("exe")]),
        },
    }


def _claims() -> Json:
    return {
        "operationId": "claims",
        "summary": "List the claims of a document",
        "parameters": [_document(), *in_query(schemas.Counted)],
        "responses": {
            "200": in_json("Every sentence, then what is marked.", schemas.Claims, examples.CLAIMS),
            **failures([*READING, NO_DOCUMENT]),
        },
    }


def _mark(settings: Settings) -> Json:
    marked = in_json("The claim.", schemas.Claim, examples.MARKED)
    location = {"description": "Its address.", "schema": {"type": "string"}}
    return {
        "operationId": "mark",
        "summary": "Mark a span as a claim",
        "description": "A span that is marked already is answered as it is.",
        "parameters": [_document()],
        "requestBody": json_body(schemas.ClaimRequest, target=examples.CLAIM_REQUEST),
        "responses": {
            "201": {**marked, "headers": {"Location": location}},
            **failures(
                [*unreadable_bodies(settings), *READING, NO_DOCUMENT, STRAY, BLANK, *WRITING]
            ),
        },
    }


def _claim() -> Json:
    location = {"description": "The page.", "schema": {"type": "string"}}
    return {
        "operationId": "claim",
        "summary": "Read a claim",
        "parameters": [_claim_id(), *in_query(schemas.Counted)],
        "responses": {
            "200": in_json("The claim.", schemas.Claim, examples.MARKED),
            "303": {
                "description": "To its page, where text/html is accepted before JSON.",
                "headers": {"Location": location},
            },
            **failures([*READING, NO_CLAIM]),
        },
    }


def _judge(settings: Settings) -> Json:
    judged = {**examples.MARKED, "verdict": "faithful"}
    return {
        "operationId": "judge",
        "summary": "Change the verdict or the status of a claim",
        "parameters": [_claim_id()],
        "requestBody": json_body(schemas.Judgement, verdict=examples.JUDGEMENT),
        "responses": {
            "200": in_json("The claim.", schemas.Claim, judged),
            **failures([*unreadable_bodies(settings), *READING, NO_CLAIM, *WRITING]),
        },
    }


def _history() -> Json:
    return {
        "operationId": "history",
        "summary": "Read what has become of a claim",
        "parameters": [_claim_id()],
        "responses": {
            "200": in_json("Its changes.", schemas.History, examples.HISTORY),
            **failures([*READING, NO_CLAIM]),
        },
    }


def _anchor(settings: Settings) -> Json:
    limit = settings.max_characters
    return {
        "operationId": "anchor",
        "summary": "Look for a claim's quotes in a text that has changed",
        "parameters": [_claim_id()],
        "requestBody": json_body(schemas.AnchorRequest, changed=examples.ANCHOR_REQUEST),
        "responses": {
            "200": in_json("An outcome a quote.", schemas.Anchored, examples.ANCHORED),
            **failures(
                [
                    *unreadable_bodies(settings),
                    *READING,
                    NO_CLAIM,
                    ArticleTooLong("text", limit + 1, limit),
                    ArticleRejected("text", "U+0000", "the character at code point 3 is NUL"),
                ]
            ),
        },
    }


def _document() -> Json:
    return in_path("document_id", "The document's id.", examples.DOCUMENT)


def _claim_id() -> Json:
    return in_path("claim_id", "The claim's id.", examples.CLAIM)
