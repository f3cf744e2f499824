"""The documents that are kept: found, read, traced, taken along, forgotten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from alignment.document import ModelInfo
from alignment.formats import xliff
from alignment.formats.native import Json, to_json
from alignment.span import Span
from alignment.units import ruler
from service.api.answers import answer
from service.api.fields import read_nothing, read_parameters
from service.api.spans import passage, passages, read_span
from service.api.stored_schemas import Counted, ExportQuery, Search, TraceQuery
from service.documents.exports import export, format_of
from service.store.database import Store
from service.store.documents import delete_document, read_document
from service.store.listing import Summary, list_documents
from service.store.records import Origin, StoredDocument
from service.store.reviews.progress import strip
from service.store.reviews.records import Progress, State
from service.store.texts import read_texts
from service.store.traces import trace

# What no file system has to cope with in a name.
UNSUITED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\"*/:<>?\\|]+")
NAME_LENGTH = 80
NAMELESS = "Vis-à-vis"
XLIFF_STATES: Mapping[State, xliff.State] = {"reviewed": "reviewed", "signed_off": "final"}


def documents_blueprint(store: Store) -> Blueprint:
    """/v1/documents over the given store."""
    documents = Blueprint("documents", __name__)

    @documents.get("/v1/documents")
    def search() -> Response:
        return answer(_listed(request, store))

    @documents.get("/v1/documents/<document_id>")
    def read(document_id: str) -> Response:
        unit = read_parameters(request, Counted).offset_unit
        return answer(stored_json(read_document(store, document_id), unit))

    @documents.delete("/v1/documents/<document_id>")
    def forget(document_id: str) -> ResponseReturnValue:
        read_nothing(request)
        delete_document(store, document_id)
        return "", 204

    @documents.get("/v1/documents/<document_id>/trace")
    def lead(document_id: str) -> Response:
        return answer(_traced(read_parameters(request, TraceQuery), store, document_id))

    @documents.get("/v1/documents/<document_id>/export")
    def download(document_id: str) -> Response:
        given = read_parameters(request, ExportQuery)
        format_of(given.format)
        return exported(store, read_document(store, document_id), given.format)

    return documents


def moment(at: datetime) -> str:
    """A moment as RFC 3339 has it."""
    return at.isoformat(timespec="milliseconds")


def stored_json(stored: StoredDocument, unit: str) -> Json:
    """A document that is kept, with what is known about it."""
    return {
        "id": stored.id,
        "title": stored.title,
        "created": moment(stored.created),
        "updated": moment(stored.updated),
        "source_sha256": stored.source_sha256,
        "target_sha256": stored.target_sha256,
        "origin": _origin(stored.origin),
        "page": f"/documents/{stored.id}",
        **to_json(stored.document, unit),
    }


def states_of(store: Store, stored: StoredDocument) -> dict[str, xliff.State]:
    """How far each segment that is no draft has come, as XLIFF says it, by segment id.

    Raises NoSuchDocument.
    """
    pairs = zip(stored.document.segments, strip(store, stored.id), strict=True)
    return {
        segment.id: XLIFF_STATES[tile.state]
        for segment, tile in pairs
        if tile.state in XLIFF_STATES
    }


def exported(store: Store, stored: StoredDocument, name: str) -> Response:
    """A document as a file, with the states of its segments where the format has any.

    Raises UnknownFormat.
    """
    found = format_of(name)
    title = stored.title or stored.origin.filename or NAMELESS
    if name == "xliff":
        content = xliff.write(stored.document, title, states_of(store, stored)).encode()
    else:
        content = export(stored.document, name, title)
    stem = file_stem(stored.title) or f"vis-a-vis-{stored.source_sha256[:12]}"
    file = f"{stem}.{found.extension}"
    return Response(
        content,
        content_type=found.media_type,
        headers={"Content-Disposition": disposition(file)},
    )


def file_stem(title: str) -> str:
    """A title as the name of a file without its extension; empty where nothing is left of it."""
    return UNSUITED.sub(" ", title).strip(" .")[:NAME_LENGTH].strip(" .")


def disposition(name: str) -> str:
    """`Content-Disposition` of a file to keep (RFC 6266): in ASCII for old readers, then whole."""
    plain = re.sub(r"[^\x20-\x7e]|[%;]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _listed(request: Request, store: Store) -> Json:
    given = read_parameters(request, Search)
    page = list_documents(store, given.query, given.cursor or None, given.limit)
    return {"documents": [_summary(each) for each in page.documents], "next": page.next}


def _summary(each: Summary) -> Json:
    return {
        "id": each.id,
        "title": each.title,
        "opening": each.opening,
        "source_language": each.languages.source,
        "target_language": each.languages.target,
        "model": each.model and {name: getattr(each.model, name) for name in ModelInfo.__slots__},
        "origin": _origin(each.origin),
        "source_sha256": each.source_sha256,
        "source_length": each.source_length,
        "target_length": each.target_length,
        "segments": each.segments,
        "progress": _progress(each.progress),
        "created": moment(each.created),
        "updated": moment(each.updated),
        "page": f"/documents/{each.id}",
    }


def _progress(progress: Progress) -> Json:
    return {
        "draft": progress.draft,
        "reviewed": progress.reviewed,
        "signed_off": progress.signed_off,
        "edited": progress.edited,
        "flagged": {name: progress.flagged[name] for name in ("critical", "major", "minor")},
        "open_flags": progress.open_flags,
    }


def _origin(origin: Origin) -> Json:
    return {"media_type": origin.media_type, "filename": origin.filename}


def _traced(given: TraceQuery, store: Store, document_id: str) -> Json:
    texts = read_texts(store, document_id)
    here, there = texts.source, texts.target
    if given.side == "target":
        here, there = there, here
    one, other = ruler(here, given.offset_unit), ruler(there, given.offset_unit)
    span = read_span(Span(given.start, given.end), one, "end")
    found = trace(store, document_id, given.side, span)
    return {
        "document": document_id,
        "side": given.side,
        "offset_unit": given.offset_unit,
        "span": passage(here, span, one),
        "spans": passages(there, found.spans, other),
        "coverage": found.coverage,
        "confidence": found.confidence,
        "unlinked": passages(here, found.unlinked, one),
        "sentences": passages(there, found.sentences, other),
    }
