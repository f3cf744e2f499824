"""The segments of a document that is kept: reviewed, edited, flagged, commented on."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from alignment.span import Span
from service.access.control import may
from service.access.errors import PermissionMissing
from service.access.permissions import roles_with
from service.access.person import person
from service.api.answers import answer
from service.api.errors import FieldRejected, SpanRejected
from service.api.fields import read_body, read_nothing, read_parameters
from service.api.problems import MIMETYPE, problem
from service.api.segment_json import (
    agreement_json,
    change_json,
    comment_json,
    flag_json,
    segment_json,
    stretch,
)
from service.api.segment_schemas import (
    HIGHEST,
    CommentRequest,
    FlagRequest,
    FlagResolution,
    SegmentChangeRequest,
    SegmentsQuery,
    UndoRequest,
)
from service.api.stored_schemas import Counted
from service.config import Settings
from service.engine import Engines
from service.reviewing import edit_translation
from service.store.database import Store
from service.store.history import read_history
from service.store.identifiers import sentence_claim_id
from service.store.reviews import changes, judgements
from service.store.reviews.comments import add_comment, comments_of, delete_comment
from service.store.reviews.errors import NoSuchSegment, SegmentChanged
from service.store.reviews.flags import add_flag, resolve_flag
from service.store.reviews.reading import read_segment, read_segments
from service.store.reviews.records import ReviewedSegment


def segments_blueprint(settings: Settings, engines: Engines, store: Store) -> Blueprint:
    """/v1/documents/…/segments over the given engines and store."""
    segments = Blueprint("segments", __name__)
    segments.register_error_handler(SegmentChanged, changed_problem)

    @segments.get("/v1/documents/<document_id>/segments")
    def of_document(document_id: str) -> Response:
        return _some(store, document_id)

    @segments.get("/v1/documents/<document_id>/segments/<number>")
    def read(document_id: str, number: str) -> Response:
        unit = read_parameters(request, Counted).offset_unit
        return answer(segment_json(read_segment(store, document_id, _number(number)), unit))

    @segments.patch("/v1/documents/<document_id>/segments/<number>")
    def change(document_id: str, number: str) -> Response:
        given = read_body(request, SegmentChangeRequest)
        g.unit = given.offset_unit
        found = _changed(given, settings, engines, store, document_id, _number(number))
        return answer(segment_json(found, given.offset_unit))

    @segments.post("/v1/documents/<document_id>/segments/<number>/undo")
    def undo(document_id: str, number: str) -> Response:
        given = read_body(request, UndoRequest)
        g.unit = given.offset_unit
        place = _number(number)
        if not may("review") and changes.undoes_review(store, document_id, place):
            raise _for_reviewers()
        found = changes.undo(store, document_id, place, given.revision, person().name)
        return answer(segment_json(found, given.offset_unit))

    @segments.get("/v1/documents/<document_id>/segments/<number>/history")
    def history(document_id: str, number: str) -> Response:
        read_nothing(request)
        place = read_segment(store, document_id, _number(number))
        name = sentence_claim_id(document_id, place.number - 1)
        found = read_history(store, "segment", name)
        return answer({"changes": [change_json(each) for each in found]})

    @segments.get("/v1/documents/<document_id>/agreement")
    def agreement(document_id: str) -> Response:
        read_nothing(request)
        pairs = judgements.agreement(store, document_id)
        return answer({"pairs": [agreement_json(each) for each in pairs]})

    _add_remarks(segments, store)
    return segments


def _add_remarks(segments: Blueprint, store: Store) -> None:
    """The routes of comments and flags."""

    @segments.get("/v1/documents/<document_id>/segments/<number>/comments")
    def comments(document_id: str, number: str) -> Response:
        read_nothing(request)
        found = comments_of(store, document_id, _number(number))
        return answer({"comments": [comment_json(each) for each in found]})

    @segments.post("/v1/documents/<document_id>/segments/<number>/comments")
    def comment(document_id: str, number: str) -> Response:
        given = read_body(request, CommentRequest)
        text = _said("text", given.text)
        made = add_comment(store, document_id, _number(number), text, person().name)
        return _created(answer(comment_json(made)))

    @segments.delete("/v1/comments/<comment_id>")
    def uncomment(comment_id: str) -> ResponseReturnValue:
        read_nothing(request)
        who = person()
        delete_comment(store, comment_id, who.name, anybodys=who.role == "admin")
        return "", HTTPStatus.NO_CONTENT

    @segments.post("/v1/documents/<document_id>/segments/<number>/flags")
    def flag(document_id: str, number: str) -> Response:
        given = read_body(request, FlagRequest)
        return _flagged(given, store, document_id, _number(number))

    @segments.patch("/v1/flags/<flag_id>")
    def resolve(flag_id: str) -> Response:
        given = read_body(request, FlagResolution)
        made = resolve_flag(store, flag_id, given.resolved, person().name)
        found = read_segment(store, made.document, made.number)
        return answer(flag_json(made, stretch(found, made.side, given.offset_unit)))


def changed_problem(error: SegmentChanged) -> Response:
    """A conflict, with what the segment is now: whoever lost can see what they lost to."""
    body = problem(error) | {"current": segment_json(error.current, g.get("unit", "codepoint"))}
    return Response(json.dumps(body, ensure_ascii=False), error.status, mimetype=MIMETYPE)


def _some(store: Store, document_id: str) -> Response:
    given = read_parameters(request, SegmentsQuery).model_dump()
    first, limit, unit = given["from"], given["limit"], given["offset_unit"]
    # One more tells whether there are any after them.
    found = read_segments(store, document_id, first, limit + 1)
    more = first + limit if len(found) > limit else None
    return answer({"segments": [segment_json(each, unit) for each in found[:limit]], "next": more})


def _number(given: str) -> int:
    """A number in an address; raises NoSuchSegment for what is none."""
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:10]) <= HIGHEST):
        raise NoSuchSegment(given)
    return int(given)


def _for_reviewers() -> PermissionMissing:
    """Whoever translates may reach these routes; what a state is worth is for reviewers."""
    return PermissionMissing("role", [person().role], "review", roles_with("review"))


def _changed(
    given: SegmentChangeRequest,
    settings: Settings,
    engines: Engines,
    store: Store,
    document_id: str,
    number: int,
) -> ReviewedSegment:
    fields = given.model_fields_set
    if not fields & {"state", "target"}:
        raise FieldRejected("state", None, "give state or target, or both")
    if "state" in fields and not may("review"):
        raise _for_reviewers()
    who, second = person().name, settings.two_signatures
    if "target" not in fields:
        return changes.change_state(
            store, document_id, number, given.revision, given.state, who, second
        )
    return edit_translation(
        store,
        engines,
        document_id,
        number,
        given.revision,
        given.target,
        who,
        given.state if "state" in fields else None,
        second,
    )


def _said(field: str, text: str) -> str:
    """What somebody says; raises FieldRejected where it is nothing but white space."""
    if not text.strip():
        raise FieldRejected(field, text, "it is white space")
    return text


def _flagged(given: FlagRequest, store: Store, document_id: str, number: int) -> Response:
    reason = _said("reason", given.reason)
    sent = Span(given.start, given.end)
    found = read_segment(store, document_id, number)
    side = stretch(found, given.side, given.offset_unit)
    span = side.codepoints(sent)
    if span.start == span.end:
        raise SpanRejected("end", sent, "it is empty")
    # Somebody may edit the text between that reading and this writing.
    quote = given.quote or span.shifted(-side.begins.codepoint).of(side.text)
    flag = add_flag(
        store, document_id, number, given.side, span, reason, given.severity, person().name, quote
    )
    return _created(answer(flag_json(flag, side)))


def _created(response: Response) -> Response:
    response.status_code = HTTPStatus.CREATED
    return response
