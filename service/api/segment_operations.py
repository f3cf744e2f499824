"""The operations on segments, described in OpenAPI."""

from __future__ import annotations

from collections.abc import Sequence

from alignment.formats.native import Json
from alignment.span import Span
from service.access.errors import PermissionMissing
from service.api import segment_examples as examples
from service.api import segment_schemas as schemas
from service.api import stored_examples, stored_schemas
from service.api.errors import (
    SpanRejected,
)
from service.api.operations import (
    SCHEMAS,
    failures,
    in_json,
    in_path,
    in_query,
    json_body,
    unreadable_bodies,
)
from service.api.problems import MIMETYPE, anchor, problem
from service.api.stored_operations import NO_CLAIM, NO_DOCUMENT, READING, WRITING
from service.config import Settings
from service.errors import ModelDamaged, Overloaded, ServiceError
from service.store.errors import Unstorable
from service.store.reviews.errors import (
    EditRejected,
    FlagRejected,
    NoSuchComment,
    NoSuchFlag,
    NoSuchSegment,
    NothingToUndo,
    NotYours,
    SecondPersonWanted,
    SegmentChanged,
)

RECEIVED = (
    schemas.SegmentChangeRequest,
    schemas.UndoRequest,
    schemas.CommentRequest,
    schemas.FlagRequest,
    schemas.FlagResolution,
    schemas.OwnVerdict,
)
SENT = (
    schemas.ReviewedSegment,
    schemas.Segments,
    schemas.SegmentHistory,
    schemas.Comment,
    schemas.Comments,
    schemas.Flag,
    schemas.Agreements,
    schemas.ChangedProblem,
)

CHANGING = (
    "Of a segment that has changed since the caller's revision, nothing is written. A new"
    " translation is linked and checked anew; it is a draft, unless a state comes with it."
)
ONE = "/v1/documents/{document_id}/segments/{number}"
NO_SEGMENT = NoSuchSegment(99)
NO_FLAG = NoSuchFlag("tomorrow")
NO_COMMENT = NoSuchComment("tomorrow")
CHANGED = SegmentChanged(1, examples.PRESENT)
REVIEWERS_ONLY = PermissionMissing("role", ["translator"], "review", ["reviewer", "admin"])
SECOND = SecondPersonWanted("Zoé reviewed it")
STRAY = SpanRejected("end", Span(0, 99), "0:99 is not inside 0:23, where the segment is")
OTHERS = FlagRejected(Span(17, 22), "other words stand there now")
UNWRITABLE = Unstorable("target", 3, "\0")
BLANK = EditRejected(" ", "it is empty or white space")
PLACED: tuple[ServiceError, ...] = (*READING, NO_DOCUMENT, NO_SEGMENT)


def problems() -> tuple[ServiceError, ...]:
    """One of each error that only these operations bring."""
    mine = NotYours("tomorrow"), NothingToUndo(1)
    return (NO_SEGMENT, NO_FLAG, NO_COMMENT, SECOND, CHANGED, BLANK, OTHERS, *mine)


def paths(settings: Settings) -> Json:
    """The operations, by path and method."""
    return {
        "/v1/documents/{document_id}/segments": {"get": _segments()},
        ONE: {"get": _segment(), "patch": _change(settings)},
        f"{ONE}/undo": {"post": _undo(settings)},
        f"{ONE}/history": {"get": _history()},
        f"{ONE}/comments": {"get": _comments(), "post": _comment(settings)},
        f"{ONE}/flags": {"post": _flag(settings)},
        "/v1/comments/{comment_id}": {"delete": _uncomment()},
        "/v1/flags/{flag_id}": {"patch": _resolve(settings)},
        "/v1/claims/{claim_id}/judgements/mine": {"put": _judge(settings)},
        "/v1/documents/{document_id}/agreement": {"get": _agreement()},
    }


def _segments() -> Json:
    return _operation(
        "segments",
        "Read the segments of a document with their review",
        [_document(), *in_query(schemas.SegmentsQuery)],
        in_json("Some of them, in order.", schemas.Segments, examples.SEGMENTS),
        [*READING, NO_DOCUMENT],
    )


def _segment() -> Json:
    return _operation(
        "segment",
        "Read a segment with its review",
        [*_place(), *in_query(stored_schemas.Counted)],
        in_json("The segment.", schemas.ReviewedSegment, examples.SEGMENT),
        PLACED,
    )


def _change(settings: Settings) -> Json:
    errors = [
        *unreadable_bodies(settings),
        *PLACED,
        REVIEWERS_ONLY,
        SECOND,
        BLANK,
        UNWRITABLE,
        *WRITING[1:],
        ModelDamaged("the model's files are damaged"),
        Overloaded("more work is waiting than the service will hold"),
    ]
    sent = {"state": examples.CHANGE_REQUEST, "edit": examples.EDIT_REQUEST}
    return {"description": CHANGING} | _operation(
        "change",
        "Change the state of a segment, its translation or both",
        _place(),
        in_json("The segment.", schemas.ReviewedSegment, examples.SEGMENT),
        errors,
        json_body(schemas.SegmentChangeRequest, **sent),
        conflict=True,
    )


def _undo(settings: Settings) -> Json:
    return _operation(
        "undo",
        "Take back the last change of a segment's state or translation; a second time, that",
        _place(),
        in_json("The segment.", schemas.ReviewedSegment, examples.SEGMENT),
        [
            *unreadable_bodies(settings),
            *PLACED,
            REVIEWERS_ONLY,
            NothingToUndo(1),
            *WRITING[1:],
        ],
        json_body(schemas.UndoRequest, last=examples.UNDO_REQUEST),
        conflict=True,
    )


def _history() -> Json:
    return _operation(
        "segment_history",
        "Read what has become of a segment, word by word",
        _place(),
        in_json("Its changes.", schemas.SegmentHistory, examples.HISTORY),
        PLACED,
    )


def _comments() -> Json:
    return _operation(
        "comments",
        "Read what was said about a segment",
        _place(),
        in_json("The first one first.", schemas.Comments, examples.COMMENTS),
        PLACED,
    )


def _comment(settings: Settings) -> Json:
    return _operation(
        "comment",
        "Say something about a segment",
        _place(),
        in_json("The comment.", schemas.Comment, examples.SAID),
        [*unreadable_bodies(settings), *PLACED, *WRITING],
        json_body(schemas.CommentRequest, said=examples.COMMENT_REQUEST),
        status="201",
    )


def _uncomment() -> Json:
    return _operation(
        "uncomment",
        "Take back one's own comment",
        [in_path("comment_id", "The comment's id.", examples.COMMENT)],
        {"description": "It is gone."},
        [*READING, NO_COMMENT, NotYours("tomorrow"), *WRITING[1:]],
        status="204",
    )


def _flag(settings: Settings) -> Json:
    return _operation(
        "flag",
        "Flag some characters of a segment",
        _place(),
        in_json("The flag.", schemas.Flag, examples.FLAGGED),
        [*unreadable_bodies(settings), *PLACED, STRAY, OTHERS, *WRITING],
        json_body(schemas.FlagRequest, flag=examples.FLAG_REQUEST),
        status="201",
    )


def _resolve(settings: Settings) -> Json:
    return _operation(
        "resolve",
        "Settle a flag, or open it again",
        [in_path("flag_id", "The flag's id.", examples.FLAG)],
        in_json("The flag.", schemas.Flag, {**examples.FLAGGED, "resolved": True}),
        [*unreadable_bodies(settings), *READING, NO_FLAG, *WRITING[1:]],
        json_body(schemas.FlagResolution, settled=examples.RESOLUTION),
    )


def _judge(settings: Settings) -> Json:
    judged = {**stored_examples.MARKED, "verdict": "faithful"}
    return _operation(
        "judge_mine",
        "Say what one finds of a claim, whose verdict it becomes; undecided takes it back",
        [in_path("claim_id", "The claim's id.", stored_examples.CLAIM)],
        in_json("The claim.", stored_schemas.Claim, judged),
        [*unreadable_bodies(settings), *READING, NO_CLAIM, *WRITING[1:]],
        json_body(schemas.OwnVerdict, verdict=examples.VERDICT),
    )


def _agreement() -> Json:
    return _operation(
        "agreement",
        "How far people agree on the claims of a document",
        [_document()],
        in_json("Any two of them.", schemas.Agreements, examples.AGREEMENTS),
        [*READING, NO_DOCUMENT],
    )


def _operation(
    name: str,
    summary: str,
    parameters: Sequence[Json],
    success: Json,
    errors: Sequence[ServiceError],
    body: Json | None = None,
    status: str = "200",
    conflict: bool = False,
) -> Json:
    responses = {status: success, **failures(errors), **(_conflict() if conflict else {})}
    found: Json = {"operationId": name, "summary": summary, "parameters": list(parameters)}
    return found | ({"requestBody": body} if body else {}) | {"responses": responses}


def _conflict() -> Json:
    """Of a segment that has changed: the problem, and what the segment is now."""
    body = problem(CHANGED) | {"current": examples.SEGMENT}
    content = {
        "schema": {"$ref": SCHEMAS + "ChangedProblem"},
        "examples": {anchor(SegmentChanged): {"value": body}},
    }
    return {"409": {"description": "Conflict", "content": {MIMETYPE: content}}}


def _place() -> list[Json]:
    number = {"type": "integer", "minimum": 1, "maximum": schemas.HIGHEST}
    described = {**number, "description": "The segment's number, from 1."}
    return [_document(), {**in_path("number", "", 1), "schema": described}]


def _document() -> Json:
    return in_path("document_id", "The document's id.", stored_examples.DOCUMENT)
