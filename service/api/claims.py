"""Claims: marked, read, judged, and looked for in a text that has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus

from flask import Blueprint, Request, Response, g, request

from alignment.anchoring import Quote, text_sha256
from alignment.document import Side
from alignment.formats.native import Json
from alignment.span import Span
from alignment.units import Ruler, ruler
from service.access.person import person
from service.api.answers import answer
from service.api.documents import moment
from service.api.errors import FieldRejected
from service.api.fields import only, read_body, read_nothing, read_parameters
from service.api.segment_schemas import OwnVerdict
from service.api.spans import read_span, written
from service.api.stored_schemas import AnchorRequest, ClaimRequest, Counted, Judgement
from service.article import check_characters
from service.config import Settings
from service.errors import ArticleTooLong
from service.store.claims import add_claim, anchor_claim, claims_of, judge_claim, read_claim
from service.store.database import Store
from service.store.errors import ClaimRejected, StoreBusy
from service.store.history import read_history
from service.store.quotations import Claim
from service.store.reviews import judgements
from service.store.texts import Texts, read_texts

JSON = "application/json"
HTML = "text/html"
# How often claims and texts are read that somebody edits meanwhile.
TRIES = 5


def claims_blueprint(settings: Settings, store: Store) -> Blueprint:
    """/v1/claims, and those of a document, over the given store."""
    claims = Blueprint("claims", __name__)

    @claims.get("/v1/documents/<document_id>/claims")
    def of_document(document_id: str) -> Response:
        unit = read_parameters(request, Counted).offset_unit
        found, texts = _with_texts(store, document_id, lambda: claims_of(store, document_id))
        return answer({"claims": list(claims_json(found, texts, unit))})

    @claims.post("/v1/documents/<document_id>/claims")
    def mark(document_id: str) -> Response:
        return _marked(read_body(request, ClaimRequest), store, document_id)

    @claims.get("/v1/claims/<claim_id>")
    def read(claim_id: str) -> Response:
        unit = read_parameters(request, Counted).offset_unit
        claim = read_claim(store, claim_id)
        response = page_of(claim) if _wants_page(request) else answer(_json(store, claim, unit))
        response.vary.add("Accept")
        return response

    @claims.patch("/v1/claims/<claim_id>")
    def judge(claim_id: str) -> Response:
        given = read_body(request, Judgement)
        return answer(_json(store, _judged(given, store, claim_id), given.offset_unit))

    @claims.put("/v1/claims/<claim_id>/judgements/mine")
    def judge_mine(claim_id: str) -> Response:
        given = read_body(request, OwnVerdict)
        claim = judgements.judge(store, claim_id, person().name, given.verdict)
        return answer(_json(store, claim, given.offset_unit))

    @claims.get("/v1/claims/<claim_id>/history")
    def history(claim_id: str) -> Response:
        read_nothing(request)
        return answer(_changes(store, read_claim(store, claim_id)))

    @claims.post("/v1/claims/<claim_id>/anchor")
    def anchor(claim_id: str) -> Response:
        given = read_body(request, AnchorRequest)
        return answer(_anchored(given, settings, read_claim(store, claim_id)))

    return claims


def claims_json(claims: Iterable[Claim], texts: Texts, unit: str) -> Iterable[Json]:
    """Claims of one document, their offsets in `unit` of its texts."""
    source, target = ruler(texts.source, unit), ruler(texts.target, unit)
    for claim in claims:
        yield {
            "id": claim.id,
            "document": claim.document,
            "kind": claim.kind,
            "side": claim.side,
            "offset_unit": unit,
            "span": _span(claim, source if claim.side == "source" else target),
            "source": [_quote(each, source) for each in claim.source],
            "target": [_quote(each, target, claim.lost) for each in claim.target],
            "coverage": claim.coverage,
            "confidence": claim.confidence,
            "source_sha256": claim.source_sha256,
            "target_sha256": claim.target_sha256,
            "verdict": claim.verdict,
            "status": claim.status,
            "created": moment(claim.created),
            "by": claim.by,
            "page": page_path(claim),
        }


def page_path(claim: Claim) -> str:
    """Where a claim is shown to people."""
    return f"/claims/{claim.id}"


def page_of(claim: Claim) -> Response:
    """A reader of pages is sent on to the page."""
    return Response(status=HTTPStatus.SEE_OTHER, headers={"Location": page_path(claim)})


def _wants_page(request: Request) -> bool:
    accepted = request.accept_mimetypes
    return accepted[HTML] > accepted[JSON]


def _json(store: Store, claim: Claim, unit: str) -> Json:
    found, texts = _with_texts(store, claim.document, lambda: [read_claim(store, claim.id)])
    return next(iter(claims_json(found, texts, unit)))


def _with_texts(
    store: Store, document_id: str, read: Callable[[], Sequence[Claim]]
) -> tuple[Sequence[Claim], Texts]:
    """Claims, and the texts that they count in; read again where an edit came in between."""
    for _ in range(TRIES):
        texts, found = read_texts(store, document_id), read()
        sha256 = text_sha256(texts.target)
        if all(claim.lost or claim.target_sha256 == sha256 for claim in found):
            return found, texts
    raise StoreBusy("the document is being edited")


def _span(claim: Claim, counted: Ruler) -> Json | None:
    return None if claim.lost and claim.side == "target" else written(claim.span, counted)


def _quote(quote: Quote, counted: Ruler, lost: bool = False) -> Json:
    return {
        "span": None if lost else written(quote.span, counted),
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }


def _marked(given: ClaimRequest, store: Store, document_id: str) -> Response:
    side: Side = "target" if only(given, "target", "source") == "target" else "source"
    sent = given.target if side == "target" else given.source
    texts = read_texts(store, document_id)
    counted = ruler(texts.side(side), given.offset_unit)
    span = read_span(Span(sent.start, sent.end), counted, side)
    try:
        claim = add_claim(store, document_id, side, span, _by(given.by))
    except ClaimRejected as error:
        # It is the caller's field and the caller's unit that are at fault.
        error.field, error.value = side, f"{sent.start}:{sent.end}"
        raise
    response = answer(_json(store, claim, given.offset_unit))
    response.status_code = HTTPStatus.CREATED
    response.headers["Location"] = f"/v1/claims/{claim.id}"
    return response


def _judged(given: Judgement, store: Store, claim_id: str) -> Claim:
    fields = given.model_fields_set
    if not fields & {"verdict", "status"}:
        raise FieldRejected("verdict", None, "give verdict or status, or both")
    verdict = given.verdict if "verdict" in fields else None
    return judge_claim(
        store, claim_id, _by(given.by), verdict, given.status if "status" in fields else None
    )


def _by(given: str) -> str:
    """Who does it: whoever is signed in, and who they say they are only where nobody can be."""
    who = person()
    return who.name if who.id else given


def _changes(store: Store, claim: Claim) -> Json:
    changes = [
        {
            "at": moment(change.at),
            "by": change.by,
            "action": change.action,
            "before": change.before,
            "after": change.after,
        }
        for change in read_history(store, "claim", claim.id)
    ]
    return {"claim": claim.id, "changes": changes}


def _anchored(given: AnchorRequest, settings: Settings, claim: Claim) -> Json:
    g.characters = len(given.text)
    if len(given.text) > settings.max_characters:
        raise ArticleTooLong("text", len(given.text), settings.max_characters)
    check_characters(given.text, "text")
    counted = ruler(given.text, given.offset_unit)
    found = anchor_claim(claim, given.side, given.text)
    return {
        "claim": claim.id,
        "side": given.side,
        "offset_unit": given.offset_unit,
        "quotes": [
            {
                "exact": quote.exact,
                "outcome": each.outcome,
                "spans": [written(span, counted) for span in each.spans],
            }
            for quote, each in zip(claim.quotes(given.side), found, strict=True)
        ],
    }
